"""What people see of credit."""
