"""The whole bot in a Discord server."""
