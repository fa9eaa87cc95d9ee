"""What insight does: keep tallies current, freeze months, assess."""
