"""The tables of growth and their queries."""
