"""Goals: which line is which goal, and what is kept of them."""
