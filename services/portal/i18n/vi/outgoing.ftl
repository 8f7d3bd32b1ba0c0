# Văn bản đi
