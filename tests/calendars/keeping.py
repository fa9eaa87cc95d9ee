"""A bot in whose network school calendars are kept, with a web of a few pages."""

from datetime import date, timedelta

from plnbot.calendars import out_of_school
from plnbot.calendars.school import kept
from plnbot.calendars.school import store as calendars
from plnbot.calendars.school.model import Calendar, Day, Kind
from plnbot.engine import roles, work
from plnbot.engine.roles import Grant, Role
from plnbot.fetching import Fetched
from plnbot.members import store as members
from plnbot.members.model import Organisation, OrganisationKind
from plnbot.members.store import organisations
from plnbot.refs import MemberRef
from plnbot.store.database import Store, Tx
from plnbot.talk.cards import Actions, Button
from plnbot.talk.interactions import (
    Answer,
    Command,
    OpenForm,
    Reply,
    Submit,
)
from plnbot.talk.pages import Missing, markdown
from plnbot.talk.plain import card_as_text
from plnbot.testing import FrozenClock, HeavyHere, StubFetcher
from tests.engine.test_platforms import Bench

ADDRESS = "https://schools.example/calendar.ics"
ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Schools//EN
X-WR-CALNAME:Lincoln USD 2026-27
BEGIN:VEVENT
UID:1@schools.example
DTSTART;VALUE=DATE:20270315
DTEND;VALUE=DATE:20270320
SUMMARY:Spring Break
END:VEVENT
BEGIN:VEVENT
UID:2@schools.example
DTSTART;VALUE=DATE:20270111
SUMMARY:Board Picnic
END:VEVENT
END:VCALENDAR
"""
MARCH = date(2027, 3, 17)


def answered(body: str | bytes, status: int = 200, **headers: str) -> Fetched:
    """Return an answer of the web."""
    content = body.encode() if isinstance(body, str) else body
    return Fetched(
        status, {name.replace("_", "-"): value for name, value in headers.items()}, content
    )


class Keeping(Bench):
    """A bot in a network of one district; Ana administers, Bo is in the district, Cy in none."""

    def __init__(self, store: Store, clock: FrozenClock) -> None:
        super().__init__(store, clock, "https://pln.example.org")
        self.web = StubFetcher()
        self.parts.runner.tools.fetcher = self.web
        self.parts.runner.tools.heavy = self.heavy = HeavyHere()
        self.network = self.district = 0

    async def open(self) -> "Keeping":
        """Let them all come in."""
        await self.parts.desk.settle("test", "w", "Ridgeview Schools")
        for user in ("ana", "bo", "cy"):
            await self.do(user, Command("help"), leads=user == "ana")
        self.network, self.district = await self.store.run(self._made)
        return self

    def _made(self, tx: Tx) -> tuple[int, int]:
        bo = members.by_ref(tx, MemberRef("test", "w", "bo"))
        assert bo is not None
        new = Organisation(0, bo.network.id, OrganisationKind.DISTRICT, "Lincoln USD", settled=True)
        row = organisations.add(tx, new, self.clock.now())
        assert row is not None
        organisations.belong(tx, bo.id, district=row.id, school=None)
        return bo.network.id, row.id

    async def number(self, user: str) -> int:
        """Return a member's number."""
        found = await self.parts.desk.person(MemberRef("test", "w", user))
        assert found is not None
        return found.id

    async def add(
        self, days: str = "", address: str = "", *, row: str = "", user: str = "ana"
    ) -> Answer:
        """Send the form, for the district unless `row` says for whom."""
        values = {"days": days, "address": address}
        return await self.do(user, Submit("school.add", values, row or f"district:{self.district}"))

    async def text(self, answer: Answer) -> str:
        """Return what an answer says."""
        assert isinstance(answer, Reply), answer
        return "\n".join(card_as_text(each) for each in (answer.card, *answer.more))

    async def page(self, user: str, name: str, row: str = "") -> str:
        """Return the words of a page, or nothing."""
        found = await self.parts.desk.page(MemberRef("test", "w", user), name, row)
        return "" if isinstance(found, Missing) else markdown(found, "UTC", "en")

    async def standing(self) -> list[Calendar]:
        """Return the network's calendars."""
        return list(await self.store.run(lambda tx: calendars.calendars_of(tx, self.network)))

    async def days(self) -> list[Day]:
        """Return everything that stands in the network's calendars."""

        def all_of(tx: Tx) -> list[Day]:
            found = calendars.calendars_of(tx, self.network)
            return [day for each in found for day in kept.days_of(tx, each.id)]

        return await self.store.run(all_of)

    async def kinds(self) -> dict[str, Kind]:
        """Return as what each title is taken, in all calendars."""
        return {day.entry.title: day.entry.kind for day in await self.days()}

    async def day(self, title: str) -> str:
        """Return the row of a title's first day."""
        return str(next(each.id for each in await self.days() if each.entry.title == title))

    async def staff(self, user: str) -> None:
        """Make somebody staff of the district."""
        number = await self.number(user)
        given = Grant(Role.DISTRICT_STAFF, f"district:{self.district}")
        now = self.clock.now()
        await self.store.run(
            lambda tx: roles.grant(tx, self.network, number, given, by=None, now=now)
        )

    def sure(self, answer: Answer) -> dict[str, str]:
        """Return what the last step of an erasure is sent with."""
        assert isinstance(answer, OpenForm), answer
        found = {}
        for each in answer.form.inputs:
            options = getattr(each, "options", ())
            found[each.name] = options[0].value if options else "yes"
        return found

    async def out(self, day: date = MARCH) -> bool:
        """Return whether Bo, and nobody else, is out of school."""
        found = await self.store.run(lambda tx: out_of_school(tx, self.network, day))
        assert found <= {await self.number("bo")}
        return bool(found)

    async def pass_time(self, by: timedelta) -> None:
        """Let time pass, with what is due at its moment."""
        goal = self.clock.now() + by
        while (at := await self.store.read(work.next_at)) is not None and at <= goal:
            self.clock.at = max(at, self.clock.at)
            await self.parts.runner.run_all_due()
        self.clock.at = goal


def buttons(answer: Reply) -> list[Button]:
    """Return the buttons of a card."""
    rows = [each for each in answer.card.blocks if isinstance(each, Actions)]
    return [each for row in rows for each in row.items if isinstance(each, Button)]
