"""Members: where they belong, and what reaches them."""
