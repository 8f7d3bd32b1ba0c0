# Chờ vào sổ
