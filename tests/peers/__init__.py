"""Tests of introductions."""
