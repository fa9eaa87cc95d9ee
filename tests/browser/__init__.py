"""A real browser on a real, running bot."""
