"""What is done with feeds, items and stories."""
