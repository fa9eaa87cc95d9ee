"""What a stranger may try on the running bot, and how long another client waits meanwhile."""
