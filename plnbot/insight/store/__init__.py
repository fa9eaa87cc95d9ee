"""The tables of insight and their queries."""
