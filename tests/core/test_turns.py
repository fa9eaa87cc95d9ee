"""What takes turns comes up in one of them, and leaves nothing out."""

from tests.turns import LONG, in_turn


def test_every_part_comes_up() -> None:
    """As many turns as there are parts have everything, each thing once; the long run has it each time."""
    parts = [in_turn(range(10), 3, offset) for offset in range(3)]
    assert {each for part in parts for each in part} == set(range(10))
    assert sum(map(len, parts)) == (30 if LONG else 10)
