"""Checks that `./run lint` runs beside the linters."""
