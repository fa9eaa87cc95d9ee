"""What people see and do, platform-free."""
