"""Each adapter at its edges."""
