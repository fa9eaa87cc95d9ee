"""Spaces: a place for a few people, and words carried between their ends."""
