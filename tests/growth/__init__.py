"""Growth: what fed a goal, looking back, and that nobody else is led there."""
