"""Tests of what is gathered under posts."""
