"""Who approves for a district or a school alone: what waits there is looked at and decided, and nothing else."""

import pytest

from plnbot.credit.model.entries import Standing
from plnbot.engine.roles import DISTRICT, SCHOOL, Role, scoped
from plnbot.members.model import Organisation, OrganisationKind
from plnbot.members.store import organisations
from plnbot.refs import MemberRef
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import Command, OpenForm, Press
from plnbot.talk.pages import Page
from plnbot.testing import FrozenClock
from tests.credit.school import LEE, PRIYA, SAM, TEAM, School, school_of, words

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ELSEWHERE = "U0ELSE"


@pytest.fixture
async def school(store: Store, clock: FrozenClock) -> School:
    """Return a network in which Sam teaches at Oak Middle in Columbus, and another in no district."""
    made = await school_of(store, clock)
    sam, now = await made.person(SAM), clock.now()

    def settle(tx: Tx) -> None:
        columbus = organisations.add(
            tx,
            Organisation(
                0, sam.network.id, OrganisationKind.DISTRICT, "Columbus", "Ohio", settled=True
            ),
            now,
        )
        assert columbus is not None
        oak = organisations.add(
            tx,
            Organisation(
                0, sam.network.id, OrganisationKind.SCHOOL, "Oak", "", columbus.id, settled=True
            ),
            now,
        )
        assert oak is not None
        organisations.belong(tx, sam.id, district=columbus.id, school=oak.id)

    await store.run(settle)
    await made.do(ELSEWHERE, Command("home"))
    return made


@pytest.mark.parametrize("scope", [scoped(DISTRICT, 1), scoped(SCHOOL, 2)])
async def test_what_waits_there_is_decided(school: School, scope: str) -> None:
    """By the queue's buttons, one after another, several at once, and by somebody else meanwhile."""
    await school.gives(PRIYA, Role.APPROVER, scope)
    theirs = await school.logs(ELSEWHERE, title="Elsewhere")
    first, second = await school.logs(title="One"), await school.logs(title="Two")
    queue = words(await school.card(PRIYA, Command("credit queue")))
    assert "One" in queue
    assert "Elsewhere" not in queue
    page = await school.parts.desk.page(MemberRef("slack", TEAM, PRIYA), "credit.queue", "")
    assert isinstance(page, Page)
    assert "Two" in str(page)
    assert "One" in words(await school.card(PRIYA, Press("credit.look", "", f"{first}.1")))
    assert "One" in words(await school.card(PRIYA, Press("credit.next")))
    assert "Elsewhere" not in words(
        await school.card(PRIYA, Press("credit.look", "", f"{theirs}.1"))
    )
    await school.card(PRIYA, Press("credit.approve", f"{first}.1"))
    assert isinstance(await school.do(PRIYA, Press("credit.away")), OpenForm)
    assert "Two" in words(await school.card(PRIYA, Press("credit.batch")))
    standing = {each.entry.id: each.entry.standing for each in await school.entries()}
    assert standing == {first: Standing.APPROVED, second: Standing.WAITING}


async def test_district_staff_read_the_year(school: School) -> None:
    """Of their district alone; who has no such role has no such page."""
    await school.gives(PRIYA, Role.DISTRICT_STAFF, scoped(DISTRICT, 1))
    number = await school.logs()
    await school.card(LEE, Press("credit.approve", f"{number}.1"))
    for who, reads in ((PRIYA, True), (SAM, False)):
        page = await school.parts.desk.page(MemberRef("slack", TEAM, who), "credit.year", "")
        assert isinstance(page, Page) is reads
