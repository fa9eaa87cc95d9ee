"""Wins: once a week a room is asked what went well, and everybody reads the answers."""
