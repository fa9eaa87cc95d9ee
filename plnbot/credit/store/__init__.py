"""Credit's tables and queries."""
