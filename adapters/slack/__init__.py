"""Slack: the whole bot in a workspace, over Socket Mode or HTTP."""
