"""Activities: the arithmetic, the table, what members see."""
