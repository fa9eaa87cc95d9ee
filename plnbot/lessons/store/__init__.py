"""The tables of lessons and their queries."""
