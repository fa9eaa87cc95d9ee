"""The tables of reading, and their named queries."""
