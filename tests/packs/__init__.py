"""Packs: reading them, and those that are shipped."""
