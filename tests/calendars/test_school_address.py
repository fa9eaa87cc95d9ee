"""School calendars that are read from an address: politely, again and again, whatever answers there."""

from datetime import date, timedelta

import pytest

from plnbot.calendars.school.model import Kind
from plnbot.engine.heavy import HeavyError
from plnbot.errors import Refused
from plnbot.fetching import Fetched, Unreachable, Why
from plnbot.refs import MemberRef
from plnbot.store.database import Store
from plnbot.talk.interactions import Command, Press, Submit
from plnbot.talk.plain import card_as_text
from plnbot.talk.words import msg
from plnbot.testing import FrozenClock
from tests.calendars.keeping import ADDRESS, ICS, Keeping, answered


@pytest.fixture
async def keeping(store: Store, clock: FrozenClock) -> Keeping:
    """Return a bot with a district."""
    return await Keeping(store, clock).open()


async def test_an_address_is_read_and_who_gave_it_is_told(keeping: Keeping) -> None:
    """What counts is shown, what does not is listed, and one tap changes what a title is taken as."""
    keeping.web.pages[ADDRESS] = answered(ICS, etag='"1"')
    said = await keeping.text(await keeping.add("", "webcal://schools.example/calendar.ics"))
    assert "I am reading the calendar for Lincoln USD" in said
    (calendar,) = await keeping.standing()
    assert (calendar.name, calendar.address) == ("Lincoln USD 2026-27", ADDRESS)
    await keeping.pass_time(timedelta(hours=20))
    (told,) = keeping.shown("The calendar is read")
    assert "1 entry counts for Lincoln USD" in card_as_text(told.card)
    page = await keeping.page("ana", "school-calendar", str(calendar.id))
    assert "Spring Break" in page
    assert "Board Picnic" in page
    assert await keeping.out()
    picnic, monday = await keeping.day("Board Picnic"), date(2027, 1, 11)
    assert not await keeping.out(monday)
    await keeping.do("ana", Press("school.take", picnic, "closed"))
    assert await keeping.out(monday)
    # It stays so when the calendar is read again, and its days are new.
    keeping.web.pages[ADDRESS] = answered(ICS.replace("20270111", "20270118"), etag='"2"')
    await keeping.pass_time(timedelta(days=1))
    assert not await keeping.out(monday)
    assert await keeping.out(date(2027, 1, 18))


async def test_an_address_is_asked_politely(keeping: Keeping) -> None:
    """Once a day, with what it said of its last answer; whole again after weeks, for what recurs."""
    since = "Mon, 23 Nov 2026 08:00:00 GMT"
    keeping.web.pages[ADDRESS] = answered(ICS, etag='"1"', last_modified=since)
    await keeping.add("", ADDRESS)
    keeping.web.pages[ADDRESS] = answered("", 304)
    await keeping.pass_time(timedelta(days=10))
    asked = [headers for _address, headers in keeping.web.asked]
    assert len(asked) == 11
    assert asked[0] == {}
    conditions = {"If-None-Match": '"1"', "If-Modified-Since": since}
    assert all(each == conditions for each in asked[1:])
    assert len(keeping.heavy.ran) == 1, "what has not changed is not read again"
    assert await keeping.out()
    keeping.web.pages[ADDRESS] = answered(ICS)
    await keeping.pass_time(timedelta(days=46))
    assert {} in [headers for _address, headers in keeping.web.asked[11:]]


async def test_the_same_address_is_read_once(keeping: Keeping) -> None:
    """A second time, for the same district, it is refused in words."""
    keeping.web.pages[ADDRESS] = answered(ICS)
    await keeping.add("", ADDRESS)
    await keeping.add("", ADDRESS)
    assert len(await keeping.standing()) == 1


async def test_what_changed_is_shown(keeping: Keeping) -> None:
    """On the calendar's page and in the log: what is new, and what is gone."""
    keeping.web.pages[ADDRESS] = answered(ICS)
    await keeping.add("", ADDRESS)
    keeping.web.pages[ADDRESS] = answered(ICS.replace("Board Picnic", "Snow Day"))
    await keeping.pass_time(timedelta(days=1))
    page = await keeping.page("ana", "school-calendar", "1")
    assert "New: Snow Day. Gone: Board Picnic." in page
    log = await keeping.page("ana", "audit")
    assert "The school calendar for Lincoln USD changed: 1 new, 1 gone" in log


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (answered("<html><body>Sign in</body></html>"), "It is a web page, not a calendar"),
        (answered("", 404), "There is nothing at the address"),
        (answered("", 401), "asks for a sign-in"),
        (answered("BEGIN:VCALENDAR\nEND:VCALENDAR\n"), "without a single event"),
        (Refused(msg("Never.")), "I may not read that address"),
        (Unreachable(Why.NAME, msg("No such host.")), "does not answer"),
    ],
    ids=["web page", "not there", "sign-in", "no events", "not allowed", "away"],
)
async def test_an_address_that_fails(
    keeping: Keeping, page: Fetched | Exception, words: str
) -> None:
    """Who added it is told once, in words; what it said last goes on counting; it may come back."""
    keeping.web.pages[ADDRESS] = answered(ICS)
    await keeping.add("", ADDRESS)
    await keeping.pass_time(timedelta(hours=20))
    keeping.web.pages[ADDRESS] = page
    await keeping.pass_time(timedelta(days=5))
    (told,) = keeping.shown("A school calendar cannot be read")
    said = card_as_text(told.card)
    assert words in said
    assert "What it said last goes on counting" in said
    assert await keeping.out()
    assert words in await keeping.page("ana", "school-calendar", "1")
    assert "1 school calendar cannot be read" in await keeping.page("ana", "home")
    keeping.web.pages[ADDRESS] = answered(ICS)
    await keeping.pass_time(timedelta(days=2))
    assert words not in await keeping.page("ana", "school-calendar", "1")
    assert "cannot be read" not in await keeping.page("ana", "home")
    assert len(keeping.shown("A school calendar cannot be read")) == 1


async def test_one_that_fails_for_long_is_asked_weekly(keeping: Keeping) -> None:
    """And never again once it is removed."""
    keeping.web.pages[ADDRESS] = answered("", 404)
    await keeping.add("", ADDRESS)
    await keeping.pass_time(timedelta(days=40))
    asked = len(keeping.web.asked)
    await keeping.pass_time(timedelta(days=28))
    assert len(keeping.web.asked) - asked == 4
    await keeping.do("ana", Press("school.remove", "1"))
    await keeping.pass_time(timedelta(days=28))
    assert len(keeping.web.asked) - asked == 4


async def test_where_who_added_it_has_gone_others_are_told(keeping: Keeping) -> None:
    """An erased member leaves the calendar, and who administers the network hears of it."""
    await keeping.staff("cy")
    keeping.web.pages[ADDRESS] = answered(ICS)
    await keeping.add("", ADDRESS, user="cy")
    await keeping.do("cy", Command("me forget"))
    form = await keeping.do("cy", Press("members.forget"))
    await keeping.do("cy", Submit("members.forget", keeping.sure(form)))
    (calendar,) = await keeping.standing()
    assert calendar.added_by is None
    keeping.web.pages[ADDRESS] = answered("", 404)
    await keeping.pass_time(timedelta(days=3))
    (told,) = keeping.shown("A school calendar cannot be read")
    assert told.to == MemberRef("test", "w", "ana")


async def test_what_takes_too_much_is_refused_in_words(keeping: Keeping) -> None:
    """A child that was broken off is no error of ours: it is asked again tomorrow, and who gave it is told."""
    keeping.heavy.fails["plnbot.calendars.school.reading:read"] = HeavyError("it took too long")
    keeping.web.pages[ADDRESS] = answered(ICS)
    await keeping.add("", ADDRESS)
    await keeping.pass_time(timedelta(hours=20))
    (told,) = keeping.shown("A school calendar cannot be read")
    assert "more than I can read within my limits" in card_as_text(told.card)
    keeping.heavy.fails.clear()
    await keeping.pass_time(timedelta(days=1))
    assert await keeping.out()


async def test_a_name_that_pings_pings_nobody(keeping: Keeping) -> None:
    """Titles and names are words, whatever stands in them."""
    hostile = ICS.replace("Board Picnic", "<!channel> @everyone **No School**").replace(
        "Lincoln USD 2026-27", "@here <b>x</b>"
    )
    keeping.web.pages[ADDRESS] = answered(hostile)
    await keeping.add("", ADDRESS)
    assert await keeping.kinds() == {
        "Spring Break": Kind.BREAK,
        "<!channel> @everyone **No School**": Kind.CLOSED,
    }
    page = await keeping.page("ana", "school-calendar", "1")
    assert "<b>" not in page
    assert "\\*\\*No School\\*\\*" in page
