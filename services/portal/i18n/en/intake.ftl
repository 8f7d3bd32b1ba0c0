# what waits for a number
