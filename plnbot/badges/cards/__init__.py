"""What people see of micro-credentials."""
