"""Boards of five slots in three rooms and of forty in eight with four hundred cards, and what does not fit."""

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise

import pytest
from sqlalchemy import insert

from plnbot.edcamps.actions import phases
from plnbot.edcamps.actions.posting import MOST_CARDS
from plnbot.edcamps.model import Phase, Session
from plnbot.edcamps.store import boards, cards, sessions, tables
from plnbot.refs import MemberRef
from plnbot.store.database import Store, Tx
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import Press, Submit
from plnbot.talk.pages import Page
from plnbot.testing import FrozenClock, HeavyHere
from tests.chats.workspace import TEAM, Seeded, seeded
from tests.edcamps.test_board import BOARD, begin, card, said

MAYA = MemberRef("slack", TEAM, "U0MAYA")
PAGES = ("edcamp/1", "edcamp.grid/1", "edcamp_wall/1", "edcamp_paper/1")


def laid(slots: int, rooms: int) -> Mapping[str, str]:
    """Return the form of a board with so many slots and rooms."""
    quarters = [f"{7 + n // 4:02}:{n % 4 * 15:02}" for n in range(slots + 1)]
    lines = [f"{one}–{other}" for one, other in pairwise(quarters)]
    return {
        **BOARD,
        "slots": "\n".join(lines),
        "rooms": "\n".join(f"Room {n}, {10 + n} seats" for n in range(1, rooms + 1)),
    }


def fill(tx: Tx, many: int, now: datetime) -> None:
    """Put so many cards on the first board, each asked for by its organiser."""
    own = {
        "board_id": 1,
        "kind": "share",
        "about": "",
        "needs": [],
        "state": "open",
        "newcomer": False,
        "at": now,
        "interested": 0,
        "maybe": 0,
    }
    rows = [{**own, "id": 1_000 + n, "words": f"What we tried in term {n}"} for n in range(many)]
    tx.execute(insert(tables.card), rows)
    by = [{"card_id": each["id"], "member_id": 1, "words": "", "at": now} for each in rows]
    tx.execute(insert(tables.author), by)


async def looked_at(of: Seeded) -> None:
    """See that every page of the board can be made."""
    for each in PAGES:
        name, _, row = each.partition("/")
        assert isinstance(await of.parts.desk.page(MAYA, name, row), Page), each


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_five_by_three(store: Store, clock: FrozenClock) -> None:
    """Fifteen cards have a place each, suggested and published."""
    of = await seeded(store, clock)
    of.parts.runner.tools.heavy = HeavyHere()
    assert "is laid" in said(await of.do("U0MAYA", Submit("edcamp.new", laid(5, 3))))
    await store.run(lambda tx: fill(tx, 15, clock.now()))
    await begin(of, Phase.GRID)
    await of.do("U0MAYA", Press("edcamp.suggest", "1"))
    await of.parts.runner.run_all_due()
    assert "version 1" in said(await of.do("U0MAYA", Press("edcamp.publish", "1")))
    there = await store.read(lambda tx: sessions.of_board(tx, 1))
    assert len({(each.shown_slot, each.shown_room) for each in there}) == 15
    await looked_at(of)


async def test_forty_by_eight_with_four_hundred_cards(store: Store, clock: FrozenClock) -> None:
    """The next card and the next slot get a sentence; what has a place, and what has none, is shown."""
    of = await seeded(store, clock)
    too_many = await of.do("U0MAYA", Submit("edcamp.new", laid(41, 8)))
    assert isinstance(too_many, FieldErrors)
    assert set(too_many.errors) == {"slots"}
    assert "is laid" in said(await of.do("U0MAYA", Submit("edcamp.new", laid(40, 8))))
    await store.run(lambda tx: fill(tx, MOST_CARDS, clock.now()))
    assert "as many cards as fit" in said(await of.do("U0SAM", card("One more")))
    await begin(of, Phase.GRID)

    def place(tx: Tx) -> None:
        board = phases.again(tx, 1)
        free = [
            (slot.id, room.id)
            for slot in boards.slots_of(tx, 1)
            for room in boards.rooms_of(tx, board)
        ]
        there = cards.of_board(tx, 1)
        sessions.add_all(
            tx, [Session(0, 1, one.id, *at) for one, at in zip(there, free, strict=False)]
        )

    await store.run(place)
    assert "version 1" in said(await of.do("U0MAYA", Press("edcamp.publish", "1")))
    there = await store.read(lambda tx: sessions.of_board(tx, 1))
    assert len(there) == 320
    assert all(each.version == 1 and each.shown_slot == each.slot for each in there)
    await looked_at(of)
