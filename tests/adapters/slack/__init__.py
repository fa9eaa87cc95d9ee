"""Slack: what it is sent, what it sends, and a counterpart of it on this machine."""
