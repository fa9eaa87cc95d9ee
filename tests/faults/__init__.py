"""Faults: real processes killed, paused and starved, on both databases."""
