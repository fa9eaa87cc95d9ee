"""Suggesting a grid: outside any transaction, in a child process, with a card that says how far it is.

Nobody is told of what was suggested until organisers publish it. What everybody was told of, what was put
somewhere by hand and what has begun stays where it is.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from plnbot.edcamps.actions import phases
from plnbot.edcamps.actions.arranging import apply, made_by_now
from plnbot.edcamps.actions.grid_board import laid_out
from plnbot.edcamps.actions.organising import key_of
from plnbot.edcamps.model import Board
from plnbot.edcamps.model.gridding import Stand, Suggestion
from plnbot.edcamps.solving import plain
from plnbot.edcamps.store import boards, gridding
from plnbot.engine import notices, outbox, work
from plnbot.engine.context import Due
from plnbot.engine.heavy import Limits, Plain
from plnbot.engine.outside import Outside, OutsideWork
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.grids import Broken, Place, Quality, Rule
from plnbot.store.database import Tx
from plnbot.talk.words import msg
from plnbot.values import dataclass

SUGGEST = "edcamps.suggest"
"""The work that makes a grid, and the card that tells how far it is and what it came to."""
FUNCTION = "plnbot.edcamps.solving:solve"
LIMITS = Limits(processor=timedelta(minutes=2), longest=timedelta(minutes=4))
_NOTHING = msg("There is nothing to place: the board has no cards without a place.")
_NOWHERE = msg(
    "There is nowhere to place anything: a grid needs rooms, and slots that are to come."
)


def suggest(tx: Tx, board: Board, now: datetime, *, by: Person) -> None:
    """Have a grid made, and what it comes to shown to who asked."""
    board = phases.again(tx, board.id, lock=True)
    made_by_now(board)
    laid = laid_out(tx, board, now)
    if all(each.at is not None for each in laid.to_suggest.cards):
        raise Refused(_NOTHING)
    if not laid.made_from.rooms or all(each.begun for each in laid.made_from.slots):
        raise Refused(_NOWHERE)
    nth = int(now.timestamp())
    payload: work.Payload = {"board": board.id, "by": by.id, "nth": nth}
    work.put(tx, SUGGEST, work_key(board.id), now, payload, lane=SUGGEST, network=board.network)
    args: outbox.Args = {"board": board.id}
    notices.answer(
        tx, board.network, by.ref, SUGGEST, args, key=f"{key_of(board)}/suggested/{nth}", now=now
    )
    tx.announce(board.scope)


def work_key(board: int) -> str:
    """Return the key of the work that makes a board's grid."""
    return f"edcamp/{board}/suggest"


@dataclass(frozen=True, slots=True)
class Asked:
    """A grid that is to be made: from what, for whom, and where it is told how far it is."""

    board: int
    by: int
    given: Mapping[str, Plain]
    shown_by: str


def _begin(due: Due) -> Asked | None:
    board = boards.get(due.tx, int(str(due.payload["board"])))
    if board is None or board.ended:
        return None
    given = plain(laid_out(due.tx, board, due.now).to_suggest, board.seed)
    shown_by = f"{key_of(board)}/suggested/{due.payload['nth']}"
    return Asked(board.id, int(str(due.payload["by"])), given, shown_by)


async def _do(asked: Asked, outside: Outside) -> tuple[Asked, Mapping[str, Any]]:
    far: asyncio.Queue[tuple[int, int]] = asyncio.Queue()

    def told(said: Plain) -> None:
        if isinstance(said, Mapping):
            far.put_nowait((int(str(said["done"])), int(str(said["of"]))))

    async def tell() -> None:
        while True:
            await outside.progress(*await far.get(), shown_by=asked.shown_by)

    telling = asyncio.create_task(tell())
    try:
        made = await outside.heavy.run(FUNCTION, asked.given, LIMITS, told)
    finally:
        telling.cancel()
    if not isinstance(made, Mapping):
        raise TypeError("a grid was made as something else")
    return asked, made


def _end(due: Due, found: tuple[Asked, Mapping[str, Any]]) -> None:
    asked, made = found
    board = boards.get(due.tx, asked.board, lock=True)
    if board is None or board.ended:
        return
    laid = laid_out(due.tx, board, due.now)
    stays = {each.id for each in laid.made_from.cards if each.at is not None}
    wanted = {card: Place(slot, room) for card, slot, room in made["places"]}
    taken = {place for what, place in laid.places.items() if what in stays}
    after = [
        Stand(each.id, *(place if place and place not in taken else (None, None)))
        for each in laid.made_from.cards
        if each.id not in stays
        for place in [wanted.get(each.id)]
    ]
    apply(due.tx, board, laid, after, due.now, by=asked.by)
    waived = {
        card: Broken(Rule[rule], host=host, need=need) for card, rule, host, need in made["waived"]
    }
    quality = Quality(**made["quality"])
    gridding.keep(due.tx, Suggestion(board.id, asked.by, due.now, quality, waived))
    _shown(due, asked.shown_by, board)


def _given_up(due: Due, _reason: str) -> None:
    board = boards.get(due.tx, int(str(due.payload["board"])))
    if board is not None:
        _shown(due, f"{key_of(board)}/suggested/{due.payload['nth']}", board)


def _shown(due: Due, shown_by: str, board: Board) -> None:
    outbox.refresh(due.tx, shown_by, due.now)
    due.tx.announce(board.scope)


SUGGESTING: OutsideWork[Asked, tuple[Asked, Mapping[str, Any]]] = OutsideWork(
    kind=SUGGEST,
    begin=_begin,
    do=_do,
    end=_end,
    given_up=_given_up,
    lane=SUGGEST,
    longest=timedelta(minutes=5),
)
