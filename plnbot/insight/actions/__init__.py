"""What insight does: keep tallies current, freeze months, take wishes."""
