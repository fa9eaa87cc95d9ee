"""School calendars as people keep them: typed, pasted, changed, removed, taken back, by who may."""

from datetime import date, timedelta

import pytest

from plnbot.calendars.school import kept
from plnbot.calendars.school.actions import address_of
from plnbot.calendars.school.model import Kind, Source
from plnbot.errors import Refused
from plnbot.store.database import Store
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import Command, OpenForm, Press, Reply, Submit
from plnbot.talk.plain import card_as_text
from plnbot.talk.uploads import received
from plnbot.testing import FrozenClock
from tests.calendars.keeping import ADDRESS, ICS, Keeping, answered, buttons


@pytest.fixture
async def keeping(store: Store, clock: FrozenClock) -> Keeping:
    """Return a bot with a district."""
    return await Keeping(store, clock).open()


async def test_every_line_is_read_back_or_named(keeping: Keeping) -> None:
    """What is typed is on the calendar at once; what is not understood says why."""
    said = await keeping.text(
        await keeping.add(
            "spring break 15–19 March\nPD day 6 Nov\nhalf day Dec 18 until noon\nhello there\nbreak 31 Feb"
        )
    )
    for words in (
        "3 entries for Lincoln USD",
        "Mon, Mar 15 – Fri, Mar 19, 2027: spring break",
        "Fri, Nov 6, 2026: PD day\n",
        "Fri, Dec 18, 2026: half day, until 12:00 PM",
        "“hello there”: I find no day in it",
        "“break 31 Feb”: there is no such day",
    ):
        assert words in said.replace("\u202f", " "), said
    assert await keeping.out()


async def test_what_was_typed_is_taken_back(keeping: Keeping) -> None:
    """Undo takes out what this one sending brought, and nothing else."""
    await keeping.add("PD day 6 Nov")
    answer = await keeping.add("spring break 15–19 March\nPD day 13 Nov")
    assert isinstance(answer, Reply)
    undo = next(each for each in buttons(answer) if each.action == "school.undo")
    said = await keeping.text(await keeping.do("ana", Press("school.undo", undo.row)))
    assert "2 entries are gone again" in said
    assert await keeping.kinds() == {"PD day": Kind.PD}
    assert len(await keeping.standing()) == 1


async def test_the_same_typed_again_is_there_once(keeping: Keeping) -> None:
    """However it is written."""
    await keeping.add("spring break 15–19 March")
    said = await keeping.text(await keeping.add("Spring Break March 15-19"))
    assert "1 stood there already" in said
    assert len(await keeping.kinds()) == 1


async def test_nothing_understood_keeps_the_form_open(keeping: Keeping) -> None:
    """With why below the field, and an example; as does an empty form, or an address that is none."""
    for days, address, field in (
        ("hello", "", "days"),
        ("", "", "days"),
        ("", "not a web address", "address"),
    ):
        answer = await keeping.add(days, address)
        assert isinstance(answer, FieldErrors), (days, address)
        assert set(answer.errors) == {field}
    assert await keeping.standing() == []


async def test_a_file_is_pasted(keeping: Keeping) -> None:
    """Where the days go; it is read once, and not kept."""
    await keeping.add(ICS)
    (calendar,) = await keeping.standing()
    assert calendar.name == "Lincoln USD 2026-27"
    assert await keeping.out()
    assert await keeping.store.run(lambda tx: kept.file_of(tx, calendar.id)) is None
    await keeping.pass_time(timedelta(days=3))
    assert len(keeping.heavy.ran) == 1


async def test_a_file_is_given(keeping: Keeping) -> None:
    """As a file; what is none is named at its field, and nothing is added then."""
    row = f"district:{keeping.district}"
    files = {"file": (received("days.ics", ICS.encode()),)}
    await keeping.do("ana", Submit("school.add", {"days": "PD 6 Nov", "address": ""}, row, files))
    assert [each.source for each in await keeping.standing()] == [Source.TYPED, Source.FILE]
    assert await keeping.out()
    files = {"file": (received("days.ics", b"<html><body>Sign in</body></html>"),)}
    answer = await keeping.do("ana", Submit("school.add", {"days": "PD 7 Jan"}, row, files))
    assert isinstance(answer, FieldErrors)
    assert set(answer.errors) == {"file"}
    assert len(await keeping.standing()) == 2
    assert "PD 7 Jan" not in await keeping.page("ana", "school-calendar", "1")


async def test_a_file_that_cannot_be_read_says_so(keeping: Keeping) -> None:
    """In a sentence, to who pasted it."""
    await keeping.add("BEGIN:VCALENDAR\nEND:VCALENDAR")
    await keeping.pass_time(timedelta(hours=20))
    (told,) = keeping.shown("A school calendar cannot be read")
    assert "without a single event" in card_as_text(told.card)


async def test_removed_and_brought_back(keeping: Keeping) -> None:
    """It counts no more at once, can be brought back for 30 days, and is then gone for good."""
    await keeping.add("spring break 15–19 March")
    said = await keeping.text(await keeping.do("ana", Press("school.remove", "1")))
    assert "30 days" in said
    assert not await keeping.out()
    await keeping.do("ana", Press("school.back", "1"))
    assert await keeping.out()
    await keeping.do("ana", Press("school.remove", "1"))
    later = keeping.clock.now() + timedelta(days=31)
    expire = next(
        each.expire
        for each in keeping.parts.desk.routes.holdings
        if each.name == "school_calendars" and each.expire
    )
    await keeping.store.run(lambda tx: expire(tx, later))
    said = await keeping.text(await keeping.do("ana", Press("school.back", "1")))
    assert "no longer there" in said


async def test_who_keeps_a_calendar(keeping: Keeping) -> None:
    """Administrators every one; who is staff of a district, that district's alone; others none."""
    own = f"district:{keeping.district}"
    refused = await keeping.text(await keeping.do("bo", Press("school.add", own)))
    assert "another role" in refused
    refused = await keeping.text(await keeping.add("PD 6 Nov", user="bo"))
    assert "another role" in refused
    await keeping.staff("cy")
    form = await keeping.do("cy", Command("calendar add PD day 6 Nov"))
    assert isinstance(form, OpenForm)
    assert form.form.row == own
    await keeping.add("PD day 6 Nov", user="cy")
    assert await keeping.kinds() == {"PD day": Kind.PD}
    everybody = f"network:{keeping.network}"
    refused = await keeping.text(await keeping.add("PD 7 Nov", row=everybody, user="cy"))
    assert "another role" in refused
    for press in ("school.remove", "school.read_now"):
        refused = await keeping.text(await keeping.do("bo", Press(press, "1")))
        assert "another role" in refused
    refused = await keeping.text(await keeping.do("bo", Press("school.take", "1", "closed")))
    assert "another role" in refused
    assert "PD day" in await keeping.page("cy", "school-calendar", "1")
    assert await keeping.page("bo", "school-calendar", "1") == ""


async def test_one_chooses_for_whom_it_is(keeping: Keeping) -> None:
    """Who keeps all of them finds districts by typing; nothing chosen is the whole network."""
    everybody = f"network:{keeping.network}"
    chosen = f"row:district:{keeping.district}"
    values = {"days": "spring break 15–19 March", "address": "", "whose": chosen}
    await keeping.do("ana", Submit("school.add", values, everybody))
    assert await keeping.out()
    await keeping.add("PD 6 Nov", row=everybody)
    assert [each.organisation for each in await keeping.standing()] == [keeping.district, None]


async def test_a_calendar_that_runs_out_warns_once(keeping: Keeping) -> None:
    """Three weeks ahead, whoever keeps it; again once days were added and those run out."""
    await keeping.add("PD day 15 Jan")
    await keeping.pass_time(timedelta(days=28))  # until 21 December
    assert keeping.shown("A school calendar runs out") == []
    await keeping.pass_time(timedelta(days=5))
    (told,) = keeping.shown("A school calendar runs out")
    assert "Fri, Jan 15, 2027" in card_as_text(told.card)
    await keeping.pass_time(timedelta(days=14))
    assert len(keeping.shown("A school calendar runs out")) == 1
    await keeping.add("PD day 12 Feb")
    await keeping.pass_time(timedelta(days=1))
    assert len(keeping.shown("A school calendar runs out")) == 1
    await keeping.pass_time(timedelta(days=25))
    assert len(keeping.shown("A school calendar runs out")) == 2


async def test_nobody_is_warned_where_another_goes_on(keeping: Keeping) -> None:
    """One of last year beside that of this year is no news."""
    keeping.web.pages[ADDRESS] = answered(ICS)
    await keeping.add("", ADDRESS)
    await keeping.add("PD day 4 Dec")
    await keeping.pass_time(timedelta(days=20))
    assert keeping.shown("A school calendar runs out") == []


async def test_the_year(keeping: Keeping) -> None:
    """Month by month, as a page and as words; years that nobody told of are empty; all may look."""
    await keeping.add(
        "First day of school 17 August 2026\nspring break 15–19 March\nhalf day Dec 18 until noon"
        "\ntesting 3–7 May\nLast day of school June 11"
    )
    page = await keeping.page("bo", "school-year")
    for words in (
        "School year 2026–27: Lincoln USD",
        "March 2027",
        "Mon, Mar 15 – Fri, Mar 19, 2027: spring break",
        "half day, until 12:00 PM",
        "testing",
        "Sat, Jun 12 – Sat, Jul 31, 2027: out of term",
    ):
        assert words in page.replace("\u202f", " "), page
    row = f"district:{keeping.district}"
    assert "No calendar says anything" in await keeping.page("bo", "school-year", f"{row}@2024")
    assert await keeping.page("bo", "school-year", f"{row}@99999") == ""
    said = await keeping.text(await keeping.do("bo", Command("calendar school")))
    assert "School calendar: Lincoln USD" in said
    assert "spring break" in said


async def test_a_title_is_taken_otherwise(keeping: Keeping) -> None:
    """One tap changes all of that title, what is added later too; nonsense changes nothing."""
    await keeping.add("Founders' Day 11 Feb\nFounders' Day 12 Feb")
    day = await keeping.day("Founders' Day")
    said = await keeping.text(await keeping.do("ana", Press("school.take", day, "nothing")))
    assert "all 2 of that name" in said
    assert not await keeping.out(date(2027, 2, 11))
    await keeping.add("founders’ day 19 Feb")
    assert not await keeping.out(date(2027, 2, 19))
    said = await keeping.text(await keeping.do("ana", Press("school.take", day, "holiday")))
    assert "choose one from the list" in said
    await keeping.do("ana", Press("school.take", day, "closed"))
    assert await keeping.out(date(2027, 2, 19))


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("webcal://x.example/a.ics", "https://x.example/a.ics"),
        (" <https://x.example/a.ics> ", "https://x.example/a.ics"),
        ("x.example/a.ics", "https://x.example/a.ics"),
        (
            "https://calendar.google.com/calendar/embed?src=abc%40group.calendar.google.com&ctz=UTC",
            "https://calendar.google.com/calendar/ical/abc%40group.calendar.google.com/public/basic.ics",
        ),
    ],
)
def test_an_address_as_people_copy_it(said: str, address: str) -> None:
    """Whatever a program shows leads to the calendar."""
    assert address_of(said) == address


@pytest.mark.parametrize(
    "said",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https://u:p@x.example/",
        "two words",
        "ftp://x.example/a",
        "https://[",
        "x" * 2000,
    ],
)
def test_what_is_no_address(said: str) -> None:
    """Is refused in words, before anything is fetched."""
    with pytest.raises(Refused):
        address_of(said)
