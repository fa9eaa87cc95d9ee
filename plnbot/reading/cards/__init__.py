"""What people see of feeds, items and stories."""
