"""Members: who belongs to a network, what they tell of themselves, and who may see it."""
