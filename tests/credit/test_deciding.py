"""Who decides, for whom, until when, and what others are told of it."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import text

from plnbot.activities.store import activities_of
from plnbot.credit.actions import approvers, deciding, documents, drafting
from plnbot.credit.actions.sending import Rules
from plnbot.credit.cards import approver
from plnbot.credit.cards.approver import Seen
from plnbot.credit.model.entries import By, Claim, Standing, Why
from plnbot.credit.sentences import WHY
from plnbot.credit.store import batches, delegations, ledger
from plnbot.credit.store.batches import Batch
from plnbot.credit.store.delegations import Delegation
from plnbot.credit.store.documents import Document
from plnbot.credit.store.ledger import Stands
from plnbot.engine import roles
from plnbot.engine.ports import Person
from plnbot.engine.roles import Grant, Role
from plnbot.errors import Refused
from plnbot.refs import MemberRef
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import Command, OpenForm, Press, Submit
from plnbot.talk.pages import Page, markdown
from plnbot.talk.words import Sentence, Translate
from plnbot.testing import FrozenClock
from tests.credit.school import LEE, LOG, MAYA, PRIYA, SAM, TEAM, School, labels, school_of, words

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
APPROVER = Grant(Role.APPROVER, "")


@pytest.fixture
async def school(store: Store, clock: FrozenClock) -> School:
    """Return a school on the test's own database."""
    return await school_of(store, clock)


async def away(school: School, who: str, to: str, days: int) -> Delegation:
    """Let somebody decide in another's place for so many days."""
    person, other, now = await school.person(who), await school.person(to), school.clock.now()

    def lend(tx: Tx) -> Delegation:
        grants = roles.grants_of(tx, person.id, now)
        until = now + timedelta(days=days)
        return approvers.delegate(tx, person, other, until, now, grants=grants)

    return await school.store.run(lend)


async def approves(school: School, who: str) -> bool:
    """Return whether somebody is an approver now."""
    person, now = await school.person(who), school.clock.now()
    return APPROVER in await school.store.read(lambda tx: roles.grants_of(tx, person.id, now))


async def back(school: School, found: Delegation) -> None:
    """Let somebody come back."""
    await school.store.run(lambda tx: approvers.back(tx, found, school.clock.now()))


async def test_who_stands_in_for_two_decides_for_neither(school: School) -> None:
    """The first one's hours are not theirs to decide, and the second one's neither."""
    first, second = await away(school, LEE, SAM, 3), await away(school, MAYA, SAM, 5)
    sam, now = await school.person(SAM), school.clock.now()
    for who in (LEE, MAYA):
        await school.logs(who)
        stands = (await school.entries(who))[0]

        def look(tx: Tx, stands: Stands = stands) -> tuple[By, Sentence | None]:
            whose = deciding.by_whom(tx, stands.entry, sam, now)
            return whose, deciding.barred(tx, stands, sam, now)

        whose, barred = await school.store.read(look)
        assert set(whose.instead_of) == {first.member, second.member}
        assert barred == WHY[Why.OWN]


async def test_what_was_lent_is_not_handed_on_nor_outlasts_its_giver(school: School) -> None:
    """Sam decides for Lee, so lends nothing; who has a role until Friday lends it until Friday."""
    await away(school, LEE, SAM, 3)
    with pytest.raises(Refused, match="hand on"):
        await away(school, SAM, PRIYA, 2)
    priya, now = await school.person(PRIYA), school.clock.now()
    ends = now + timedelta(days=2)

    def gives(tx: Tx) -> None:
        roles.grant(tx, priya.network.id, priya.id, APPROVER, by=None, now=now, ends=ends)

    await school.store.run(gives)
    assert (await away(school, PRIYA, MAYA, 30)).ends == ends


async def test_coming_back_takes_what_was_lent_and_nothing_else(school: School) -> None:
    """Not what another lends still, nor what was given for good meanwhile."""
    first, second = await away(school, LEE, SAM, 3), await away(school, MAYA, SAM, 9)
    await back(school, first)
    assert await approves(school, SAM)
    await back(school, second)
    assert not await approves(school, SAM)
    third = await away(school, LEE, SAM, 3)
    await school.gives(SAM, Role.APPROVER)
    await back(school, third)
    assert await approves(school, SAM)
    sam, now = await school.person(SAM), school.clock.now()
    assert await school.store.read(lambda tx: delegations.stands_in_for(tx, sam.id, now)) == ()


async def test_two_logs_of_today(school: School) -> None:
    """Nobody said at which hour: the second one does not overlap the first."""
    await school.logs(title="One", day="")
    await school.logs(title="Two", day="")
    assert [each.title for each in await school.entries()] == ["Two", "One"]


async def test_it_waits_with_nobody_who_may_not_decide(school: School) -> None:
    """Sam decided about Lee's hours, so Sam's own do not wait for Lee, but for who comes next."""
    await school.gives(SAM, Role.APPROVER)
    number = await school.logs(LEE)
    await school.card(SAM, Press("credit.approve", f"{number}.1"))
    await school.logs(SAM)
    said = words(await school.card(SAM, Command("credit status")))
    entry, now = (await school.entries(SAM))[0].entry, school.clock.now()
    waits = await school.store.read(
        lambda tx: approvers.queue_of(tx, entry, school.parts.desk.directory, now)
    )
    assert "Lee" not in said
    assert list(waits) == [(await school.person(MAYA)).id]


async def test_an_administrator_allows_a_ring_and_it_is_shown(school: School) -> None:
    """Sam decided for Lee, so Lee does not decide for Sam, until another allows it; the history says who did."""
    await school.gives(SAM, Role.APPROVER)
    for day in ("2026-11-18", "2026-11-19"):
        theirs = await school.logs(LEE, day=day)
        await school.card(SAM, Press("credit.approve", f"{theirs}.1"))
    number = await school.logs(SAM)
    approve = Press("credit.approve", f"{number}.1")
    assert "decided" in words(await school.card(LEE, approve))
    lee, maya = await school.person(LEE), await school.person(MAYA)
    allow = Submit("credit.ring", {"member": f"row:{lee.id}"}, f"{number}.1")
    assert "another role" in words(await school.card(LEE, allow)), "an approver allows nothing"
    assert (await school.entries(SAM))[0].entry.standing is Standing.WAITING
    await school.card(MAYA, allow)
    await school.card(LEE, approve)
    entry = (await school.entries(SAM))[0].entry
    assert (entry.standing, entry.ring) == (Standing.APPROVED, maya.id)
    page = await school.parts.desk.page(MemberRef("slack", TEAM, SAM), "credit.entry", str(number))
    assert isinstance(page, Page)
    assert "an administrator had allowed that they decide for each other" in markdown(
        page, "UTC", "en"
    )


async def test_it_waits_with_who_is_there_and_has_not_said_yes(school: School) -> None:
    """Who is away, has said yes already or is its member is not named; a name stands once."""
    await school.gives(PRIYA, Role.APPROVER)
    await school.logs()
    entry, now = (await school.entries())[0], school.clock.now()

    async def named(stands: Stands = entry) -> str:
        directory = school.parts.desk.directory
        return await school.store.read(lambda tx: approvers.with_whom(tx, stands, directory, now))

    assert await named() == "Lee, Priya"
    once = replace(entry.entry, approvals=((await school.person(LEE)).id,))
    assert await named(replace(entry, entry=once)) == "Priya"
    await away(school, PRIYA, MAYA, 3)
    assert await named() == "Lee, Maya"


async def test_a_plan_is_asked_about_half_a_day_after_it_ended(school: School) -> None:
    """Not while it goes on, and by whoever planned it."""
    ahead = {**LOG, "day": "2026-11-25"}
    await school.card(SAM, Submit("credit.plan", ahead))
    stands = (await school.entries())[0]
    agreed = _as(stands, Standing.AGREED)

    async def due(at: datetime) -> datetime:
        def tell(tx: Tx) -> datetime:
            approvers.told_of_plan(tx, agreed, school.parts.desk.directory, at)
            found = text("SELECT wanted_at FROM notice WHERE key LIKE 'credit/happened/%'")
            micro: int = tx.execute(found).scalar_one()
            tx.execute(text("DELETE FROM notice WHERE key LIKE 'credit/happened/%'"))
            return datetime.fromtimestamp(micro / 1e6, UTC)

        return await school.store.run(tell)

    ended = stands.entry.claim.ended
    assert await due(ended - timedelta(days=2)) == ended + timedelta(hours=12)
    late = ended + timedelta(days=3)
    assert await due(late) == late + timedelta(hours=12)


async def test_what_several_lend_lasts_as_long_as_the_longest(school: School) -> None:
    """Whoever comes second shortens nothing; that somebody is away is about no entry."""
    number = await school.logs()
    for who, days in ((LEE, 5), (MAYA, 3)):
        await away(school, who, SAM, days)
    sam = await school.person(SAM)
    for days, stands in ((4, True), (6, False)):
        at = school.clock.now() + timedelta(days=days)
        grants = await school.store.read(partial(roles.grants_of, person=sam.id, now=at))
        assert (APPROVER in grants) is stands
    history = await school.store.read(lambda tx: ledger.history(tx, number))
    assert [each.kind for each in history] == ["submit"]


async def test_minutes_are_from_one_to_what_it_lasted(school: School) -> None:
    """None, and more than there were, are refused with what can be; one is taken."""
    number = await school.logs(minutes="90")
    for minutes in ("0", "1441"):
        wrong = Submit("credit.adjust", {"minutes": minutes, "note": "So"}, f"{number}.1")
        await school.do(LEE, wrong)
        assert (await school.entries())[0].entry.standing is Standing.WAITING
    await school.card(LEE, Submit("credit.adjust", {"minutes": "1", "note": "So"}, f"{number}.1"))
    assert (await school.entries())[0].entry.claim.minutes == 1


async def test_what_took_a_moment_is_a_minute_at_most(school: School) -> None:
    """Less than a minute from first to last: one can be approved, and not two."""
    await school.logs()
    stands, lee = (await school.entries())[0], await school.person(LEE)
    claim = replace(stands.entry.claim, started=stands.entry.claim.ended)
    moment, now = replace(stands, entry=replace(stands.entry, claim=claim)), school.clock.now()
    with pytest.raises(Refused, match="from 1 to"):
        await school.store.run(lambda tx: deciding.approve(tx, moment, 1, now, by=lee, minutes=2))
    done = await school.store.run(
        lambda tx: deciding.approve(tx, moment, 1, now, by=lee, minutes=1)
    )
    assert done.claim.minutes == 1


async def test_a_week_is_sent_in_by_the_rules_of_what_it_counts_as(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chat is a chat to us; rules know it by the kind that the entry has."""
    asked: list[str] = []

    def rules(_tx: Tx, _person: Person, claim: Claim, _now: object) -> Rules:
        asked.append(claim.kind)
        return Rules()

    monkeypatch.setattr(drafting, "rules_of", rules)
    await school.did()
    await school.card(SAM, Press("credit.week"))
    assert asked == [(await school.entries())[0].entry.claim.kind] != ["chat"]


async def test_documents_give_nothing_away(school: School) -> None:
    """A code shows no name that nobody chose to show, and the ledger's digest cannot be guessed."""
    number = await school.did()
    sam, now = await school.person(SAM), school.clock.now()

    def certified(tx: Tx) -> list[Document]:
        activity = next(each for each in activities_of(tx, sam.id, 1) if each.id == number)
        return [documents.certify(tx, sam, activity, now) for _time in range(2)]

    one, two = await school.store.run(certified)
    assert not one.shows_name
    assert one.rows == two.rows
    assert one.digest != two.digest
    assert (await school.store.read(lambda tx: documents.checked(tx, one))).genuine


async def test_a_form_without_room_to_ask_shares_nothing(school: School) -> None:
    """Compass points: four questions, and no fifth about who sees it."""
    number = await school.did()
    opened = await school.do(SAM, Press("credit.reflect", str(number), "compass"))
    assert isinstance(opened, OpenForm)
    assert "shares" not in {each.name for each in opened.form.inputs}
    assert "does not see" in opened.form.intro.bare()
    asks = {f"ask{n}": "Mine" for n in range(1, 5)}
    await school.card(SAM, Submit("credit.confirm", {"minutes": "48", **asks}, opened.form.row))
    assert (await school.entries())[0].words["shares"] == []


async def test_what_stands_on_a_card_works(school: School) -> None:
    """Nobody corrects what nobody approved; only a ring is for an administrator to allow."""
    await school.logs()
    stands = (await school.entries())[0]
    t = Translate("en")
    approved = _as(stands, Standing.APPROVED)
    assert "Correct the minutes" in labels(approver.one(t, Seen(approved, "Sam", {})))
    declared = labels(approver.one(t, Seen(_as(stands, Standing.DECLARED), "Sam", {})))
    assert "Correct the minutes" not in declared
    assert "Revoke" in declared
    for why, allowed in ((Why.RING, True), (Why.OWN, False)):
        seen = Seen(stands, "Sam", {}, barred=WHY[why], administers=True)
        assert ("Allow it" in labels(approver.one(t, seen))) is allowed


def _as(stands: Stands, standing: Standing) -> Stands:
    return replace(stands, entry=replace(stands.entry, standing=standing))


async def test_nobody_draws_until_they_like_what_was_drawn(school: School) -> None:
    """The same batch all day; what was returned was looked at; the ledger has how it was drawn."""
    for day in range(10, 14):
        await school.logs(title=f"Workshop {day}", day=f"2026-11-{day}")
    one, again = [await _draws(school) for _time in range(2)]
    assert one == again
    looked, returned = one.drawn
    await school.card(LEE, Submit("credit.return", {"note": "Which?"}, f"{returned}.1"))
    assert await _draws(school) == replace(one, looked=())
    await school.card(LEE, Press("credit.right", f"{one.id}.{looked}"))
    assert "3 entries approved" in words(
        await school.card(LEE, Press("credit.together", str(one.id)))
    )
    facts = await school.store.read(
        lambda tx: tx.execute(
            text("SELECT facts FROM credit_event WHERE kind = 'batch'")
        ).scalar_one()
    )
    told, lee = json.loads(facts), await school.person(LEE)
    drawn_by = f"{lee.network.id}|{lee.id}|{told['head']}|{told['at']}"
    digest = hashlib.sha256(drawn_by.encode()).hexdigest()[:16]
    assert told["seed"] == f"{told['head']}-{digest}"


async def _draws(school: School) -> Batch:
    await school.card(LEE, Press("credit.batch"))
    number = await school.store.read(
        lambda tx: tx.execute(text("SELECT MAX(id) FROM credit_batch")).scalar_one()
    )
    found = await school.store.read(lambda tx: batches.get(tx, number))
    assert found is not None
    return found
