"""Which card stands when and where."""
