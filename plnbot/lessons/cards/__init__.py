"""What is seen of lessons."""
