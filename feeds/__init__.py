"""Blogs and videos from outside will come in here: bytes in, plain values out, no database.

Fetching, the guard, parsing, sanitising and discovery each get a file; nothing is read yet.
"""
