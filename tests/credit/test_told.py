"""What both sides are told: all of it may be muted, and what waits for a week is said again to both."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from plnbot.credit.actions import approvers, daily
from plnbot.engine.notices import How, gate
from plnbot.engine.ports import Person
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import Press
from plnbot.testing import FrozenClock
from tests.credit.school import LEE, SAM, School, school_of, words

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def school(store: Store, clock: FrozenClock) -> School:
    """Return a school on the test's own database."""
    return await school_of(store, clock)


async def looks(school: School) -> None:
    """Let the day's look be done, and what follows from it."""
    now = school.clock.now()
    await school.store.run(lambda tx: daily.look(tx, school.parts.desk.directory, now))
    await school.parts.runner.run_all_due()


@pytest.mark.parametrize(("how", "told"), [(How.AT_ONCE, True), (How.NEVER, False)])
async def test_all_of_it_may_be_muted(school: School, how: How, told: bool) -> None:  # noqa: FBT001
    """That hours wait for one, what became of one's own, and that drafts wait."""
    for user in (SAM, LEE):
        person, now = await school.person(user), school.clock.now()

        def set_all(tx: Tx, person: Person = person, now: datetime = now) -> None:
            for kind in approvers.KINDS:
                gate.set_how(tx, person, kind, how, now)

        await school.store.run(set_all)
    await school.did(title="A chat that waits as a draft")
    number = await school.logs(day="2026-11-19")
    await school.card(LEE, Press("credit.approve", f"{number}.1"))
    await school.logs(title="Waits", day="2026-11-18")
    for _day in range(2):
        school.clock.at += timedelta(days=1)
        await looks(school)
    said = "\n".join(words(each.card) for each in school.sender.sent)
    found = [each in said for each in ("waits for you", "approved it", "A chat that waits")]
    assert found == [told] * 3, said


async def test_what_waits_for_a_week_is_said_again(school: School) -> None:
    """To who sent it in and to who is to decide; not on the seventh day, and once a week."""
    await school.logs()
    sent_in = school.clock.at

    async def keys() -> list[str]:
        found = "SELECT key FROM notice WHERE key LIKE 'credit/long/%' OR key LIKE '%/long' ORDER BY key"
        return [
            str(each)
            for each in await school.store.read(lambda tx: tx.execute(text(found)).scalars().all())
        ]

    school.clock.at = sent_in + timedelta(days=7)
    await looks(school)
    assert await keys() == []
    school.clock.at = sent_in + timedelta(days=7, hours=1)
    for _time in range(2):
        await looks(school)
    first = await keys()
    assert [each.rpartition("/")[0][:11] for each in first] == ["credit/long", "credit/queu"]
    school.clock.at = sent_in + timedelta(days=14, hours=1)
    await looks(school)
    assert len(await keys()) == 2 * len(first)
