"""Badges as files: what we make, and what verifiers that are not ours say of it."""
