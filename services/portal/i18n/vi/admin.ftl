# Quản trị
