"""What comes in from strangers: fetched, guarded, read, cleaned."""
