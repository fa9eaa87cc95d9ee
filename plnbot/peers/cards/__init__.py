"""What people see of programmes and introductions."""
