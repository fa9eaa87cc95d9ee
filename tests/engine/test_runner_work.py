"""The runner and due work: handlers run whole, fail alone, and wait for nobody else."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from plnbot.engine import audit, inbox, work
from plnbot.engine.retry import ORDINARY
from plnbot.engine.routes import Due
from plnbot.engine.runner.runner import KEEP_FINISHED
from plnbot.engine.store import inbox as inbox_table
from plnbot.errors import Refused, Unavailable
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store
from plnbot.talk.interactions import Command, Interaction
from plnbot.talk.text import verbatim
from plnbot.talk.words import msg
from tests.engine.conftest import House

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


async def notes(store: Store, network: int) -> list[str]:
    """Return what handlers wrote down, oldest first."""
    entries = await store.read(lambda tx: audit.entries(tx, network))
    return [each.subject for each in reversed(entries)]


def noting(house: House) -> Callable[[Due], None]:
    """Return a handler that writes down that it ran."""

    def handler(what: Due) -> None:
        key = str(what.payload["key"])
        audit.record(what.tx, house.network.id, None, "ran", key, now=what.now)

    return handler


async def test_work_runs_once_at_its_time(house: House) -> None:
    """A handler gets the time it runs at, the time it was due and its payload; once."""
    seen: list[tuple[datetime, datetime, object]] = []
    house.routes.when_due("kind")(lambda what: seen.append((what.now, what.due_at, what.payload)))
    begin = house.clock.now()
    await house.plan("kind", "a", begin + MINUTE)
    await house.after(MINUTE - SECOND)
    assert seen == []
    await house.after(2 * SECOND)
    await house.after(MINUTE)
    assert seen == [(begin + MINUTE + SECOND, begin + MINUTE, {"key": "a"})]
    assert await house.ended("a") == ("done", "")


async def test_work_that_plans_work_is_followed(house: House) -> None:
    """What a handler plans for now is done in the same run."""
    note = noting(house)

    def first(what: Due) -> None:
        note(what)
        work.add(what.tx, "second", "b", what.now, {"key": "b"})

    house.routes.when_due("first")(first)
    house.routes.when_due("second")(note)
    await house.plan("first", "a")
    await house.after(SECOND)
    assert await notes(house.store, house.network.id) == ["a", "b"]


async def test_one_poisoned_item_does_not_stop_the_others(house: House) -> None:
    """What fails leaves nothing half done, is tried again, and in the end is parked."""
    note = noting(house)

    def fails(what: Due) -> None:
        note(what)
        raise KeyError("our bug")

    house.routes.when_due("fails")(fails)
    house.routes.when_due("works")(note)
    for number in range(3):
        await house.plan("works", f"before {number}")
        await house.plan("fails", f"failing {number}")
        await house.plan("nobody's", f"unknown {number}")
        await house.plan("works", f"after {number}")
    await house.after(SECOND)
    good = {f"{when} {number}" for when in ("before", "after") for number in range(3)}
    assert set(await notes(house.store, house.network.id)) == good
    assert await house.ended("failing 1") == ("due", "KeyError")
    for _ in range(ORDINARY.tries):
        await house.after(10 * MINUTE)
    assert await house.ended("failing 1") == ("parked", "KeyError")
    assert await house.ended("unknown 1") == ("parked", "KeyError")
    assert len(await notes(house.store, house.network.id)) == len(good)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (msg("This chat is over."), "This chat is over."),
        (msg("{name} left.", name=verbatim("Ana")), "{name} left."),
        (verbatim("Ana left."), "Refused"),
    ],
)
async def test_what_is_refused_ends_with_its_reason(
    house: House, message: object, said: str
) -> None:
    """A refusal is not tried again, and says why without what was filled into the sentence."""

    def refuses(_what: Due) -> None:
        raise Refused(message)

    house.routes.when_due("refuses")(refuses)
    await house.plan("refuses", "a")
    await house.after(SECOND)
    assert await house.ended("a") == ("refused", said)


async def test_what_is_unavailable_is_tried_when_told(house: House) -> None:
    """The other side says when; until then it is left alone."""
    trouble = [Unavailable("closed for lunch", timedelta(hours=1))]

    def needs_it(what: Due) -> None:
        if trouble:
            raise trouble.pop()
        noting(house)(what)

    house.routes.when_due("needs it")(needs_it)
    await house.plan("needs it", "a")
    await house.after(SECOND)
    await house.after(timedelta(minutes=59))
    assert await house.ended("a") == ("due", "closed for lunch")
    await house.after(MINUTE)
    assert await notes(house.store, house.network.id) == ["a"]


async def test_tidying_keeps_what_is_young(house: House) -> None:
    """Finished work and inbox keys are forgotten after their time, not before."""
    house.routes.when_due("kind")(noting(house))

    async def event(key: str) -> None:
        who, where = MemberRef("test", "w", "u"), Place("test", "w", "c")
        what, now = Interaction(key, who, where, Command("home")), house.clock.now()
        await house.store.run(lambda tx: inbox.first_time(tx, what, now))

    await house.plan("kind", "old")
    await event("old")
    await house.after(SECOND)
    await house.after(KEEP_FINISHED - inbox.KEEP)
    await house.plan("kind", "young")
    await house.after(inbox.KEEP)
    await event("young")
    await house.after(SECOND)
    await house.runner.tidy()
    assert await house.store.read(work.backlog) == {"done": 1}
    query = select(inbox_table.c.key)
    assert await house.store.read(lambda tx: list(tx.execute(query).scalars())) == ["young"]
