"""The tables of the portfolio and their queries."""
