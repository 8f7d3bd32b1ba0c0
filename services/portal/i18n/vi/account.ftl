# Tài khoản của mình
