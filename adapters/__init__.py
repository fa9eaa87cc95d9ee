"""One folder a platform, each thin: inbound, render, sender, app."""
