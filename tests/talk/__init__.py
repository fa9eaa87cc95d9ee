"""Text, cards, forms and their fallbacks."""
