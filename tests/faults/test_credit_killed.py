"""Kill -9 while hours are sent in and decided: no credit is lost, none doubled, and the ledger is whole."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from plnbot.credit.store import ledger
from plnbot.credit.verify import verifying
from plnbot.engine import roles
from plnbot.engine.roles import Grant, Role
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.store.opening import open_store
from plnbot.talk.interactions import Interaction, Press, Submit, What
from tests.faults.bot import POINTS, Life
from tests.faults.conftest import LONG, NOON, ROOM, Row, on_a_database
from tests.faults.lives import heard, lived
from tests.faults.receiver import Receiver

pytestmark = pytest.mark.faults
TAKING_IN = tuple(each for each in POINTS if each.startswith(("take in", "answered")))
ROUNDS = 5 if LONG else 1
DYING = TAKING_IN if LONG else TAKING_IN[1:3]


def does(key: str, who: str, what: What) -> Interaction:
    """Return something that somebody does, by a key that stays the same when it is told again."""
    return Interaction(key, MemberRef("test", "w", who), ROOM, what, name=who)


def hours(number: int) -> Interaction:
    """Return that Sam sends in a workshop."""
    values = {
        "title": f"Workshop {number}",
        "day": "2026-11-02",
        "minutes": "10",
        "what_kind": "workshop",
        "provider": "approved",
        "reflection": "",
    }
    return does(f"hours/{number}", "sam", Submit("credit.log", values))


async def _set_up(url: str) -> None:
    store = open_store(url)

    def give(tx: Tx) -> None:
        maya = tx.execute(
            text("SELECT member_id FROM account WHERE \"user\" = 'maya'")
        ).scalar_one()
        roles.grant(tx, 1, maya, Grant(Role.APPROVER), by=None, now=NOON)

    await store.run(give)
    await store.close()


def _entries(tx: Tx) -> list[int]:
    return list(tx.execute(text("SELECT id FROM credit_entry ORDER BY id")).scalars())


async def _decision(url: str, at: int) -> Interaction:
    """Return that Maya approves the entry that was sent in last; what died may have taken numbers with it."""
    store = open_store(url)
    entry = (await store.read(_entries))[at]
    await store.close()
    return does(f"approve/{at}", "maya", Press("credit.approve", f"{entry}.1"))


@on_a_database
async def test_no_credit_is_lost_and_none_doubled(
    chat_url: str, tally: Callable[[Row], None]
) -> None:
    """Each is told again until it is acknowledged, whatever died where; each counts once."""
    await _set_up(chat_url)
    receiver, killed, number = Receiver(knows=True), 0, 0
    sent: list[Interaction] = []
    async with receiver.listening() as port:
        for at, point in enumerate(DYING * ROUNDS):
            sends = hours(at)
            for step in (sends, None):
                each = step or await _decision(chat_url, at)
                sent.append(each)
                left, dies = [each], point
                while left:
                    number += 1
                    now = NOON + timedelta(minutes=number)
                    life = Life(chat_url, port, number, now, tuple(left), dies, 1)
                    died, known = await heard(life)
                    killed += died
                    left = [each for each in left if each.key not in known]
                    dies = ""
    # Everything once more, as platforms tell it again.
    async with receiver.listening() as port:
        again = Life(chat_url, port, number + 1, NOON + timedelta(days=1), tuple(sent))
        await lived(again)
    store = open_store(chat_url)
    many = len(DYING) * ROUNDS

    def look(tx: Tx) -> tuple[list[str], list[str]]:
        verifying(())(tx, NOON)
        kinds = [row.kind for row in tx.execute(text("SELECT kind FROM credit_event ORDER BY seq"))]
        found = (ledger.get(tx, each) for each in _entries(tx))
        return kinds, [each.entry.standing.value for each in found if each is not None]

    kinds, standing = await store.read(look)
    await store.close()
    assert killed >= many, "the points are where nothing passes"
    assert sorted(kinds) == ["approve"] * many + ["submit"] * many
    assert standing == ["approved"] * many
    database = "SQLite" if chat_url.startswith("sqlite") else "PostgreSQL"
    tally(Row(f"kill -9 while hours are sent in and decided ({database})", killed))
