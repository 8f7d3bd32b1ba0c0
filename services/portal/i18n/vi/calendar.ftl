# Lịch, thông báo
