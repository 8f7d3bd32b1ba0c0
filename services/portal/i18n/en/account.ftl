# one's own account
