"""Which entries of a batch are looked at one by one: drawn by a seed that is kept. Pure."""

import hashlib
from collections.abc import Sequence

ONE_IN = 10
FEWEST = 2
MOST = 100


def sample(seed: str, entries: Sequence[int]) -> tuple[int, ...]:
    """Return which of these are looked at: one in ten, two at least, the same again for the same seed."""
    many = min(len(entries), max(FEWEST, -(-len(entries) // ONE_IN)))

    def drawn(number: int) -> str:
        return hashlib.sha256(f"{seed}|{number}".encode()).hexdigest()

    return tuple(sorted(sorted(set(entries), key=drawn)[:many]))
