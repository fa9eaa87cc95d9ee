"""Making a grid in a child process: plain values in, plain values out.

`given` has the board's `slots`, `rooms` and `cards`, each as the fields of `plnbot.grids` in their order, and the
`seed`. The same values make the same grid on every machine.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from plnbot import grids
from plnbot.engine.heavy import Plain, Told

_PARTS = 100


def solve(given: Mapping[str, Any], tell: Told) -> Plain:
    """Return where each card stands, for which a rule was waived, and how good the grid is."""
    board = grids.Board(
        tuple(grids.Slot(one, frozenset(away), begun) for one, away, begun in given["slots"]),
        tuple(grids.Room(one, seats, frozenset(has)) for one, seats, has in given["rooms"]),
        tuple(_card(each) for each in given["cards"]),
    )

    def told(part: float) -> None:
        tell({"done": round(part * _PARTS), "of": _PARTS})

    made = grids.solve(board, int(given["seed"]), told)
    return {
        "places": [[card, *place] for card, place in made.places.items()],
        "waived": [[card, one.rule.name, one.host, one.need] for card, one in made.waived],
        "quality": asdict(made.quality),
    }


def plain(board: grids.Board, seed: int) -> dict[str, Plain]:
    """Return a board as plain values."""
    return {
        "seed": seed,
        "slots": [[each.id, sorted(each.away), each.begun] for each in board.slots],
        "rooms": [[each.id, each.seats, sorted(each.has)] for each in board.rooms],
        "cards": [
            [each.id, sorted(each.hosts), sorted(each.wanted), sorted(each.needs), each.at]
            for each in board.cards
        ],
    }


def _card(said: list[Any]) -> grids.Card:
    one, hosts, wanted, needs, at = said
    place = grids.Place(*at) if at else None
    return grids.Card(one, frozenset(hosts), frozenset(wanted), frozenset(needs), place)
