"""What people see of insight."""
