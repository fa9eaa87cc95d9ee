"""EdCamps: what a board is read from, what is decided about it, and what its tables hold."""
