"""Measurements, printed as ratios against a baseline in the same run; nothing here asserts a time."""
