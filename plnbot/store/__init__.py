"""Database set-up, column types and migrations."""
