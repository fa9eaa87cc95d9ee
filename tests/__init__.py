"""The tests; README and docs say how to run them."""
