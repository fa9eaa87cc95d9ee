"""What is seen of a portfolio: by its teacher, by whom it is shared with, on paper."""
