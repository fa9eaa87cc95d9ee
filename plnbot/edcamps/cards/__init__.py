"""What people see of a board in a chat window and as entries of its page."""
