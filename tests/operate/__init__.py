"""What an operator does: with real files, real databases and real processes."""
