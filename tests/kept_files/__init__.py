"""Micro-credentials, below what people see."""
