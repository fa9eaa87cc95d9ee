"""Lessons, below what people see."""
