"""Feeds as values: which item is which, what is one story, when to ask again."""
