"""What is kept of micro-credentials."""
