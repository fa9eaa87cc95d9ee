"""Policies: how one is read, and what a history comes to under it."""
