"""The portfolio of practice, below what people see."""
