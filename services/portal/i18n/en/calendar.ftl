# calendar, notices
