"""What is done about micro-credentials, each in one unit."""
