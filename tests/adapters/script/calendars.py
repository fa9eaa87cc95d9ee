"""The calendar's address, shown, renewed and no longer wanted; and school calendars, kept and shown."""

from datetime import timedelta

from plnbot.calendars.school import kept, store
from plnbot.fetching import Fetched
from plnbot.refs import MemberRef
from plnbot.talk.interactions import Command, Opened, Press, Submit
from plnbot.testing import StubFetcher
from tests.adapters.script import ANA, BO, CY, Script

LINCOLN, GONE = "https://lincoln.example/days.ics", "https://gone.example/days.ics"
ICS = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Lincoln//EN
X-WR-CALNAME:Lincoln *USD* @everyone
BEGIN:VEVENT
UID:1@lincoln.example
DTSTART;VALUE=DATE:20261204
SUMMARY:No School: Teacher Work Day
END:VEVENT
BEGIN:VEVENT
UID:2@lincoln.example
DTSTART;VALUE=DATE:20261208
SUMMARY:Board <meeting> & more
END:VEVENT
END:VCALENDAR
"""
TYPED = """Spring break 15–19 March
PD day 6 Nov
Founders' Day 11 Feb
half day Dec 18 until noon
that week in May
break 31 Feb"""


async def after(script: Script) -> None:
    """Learn the address, renew it, and hear of that at home; then keep school calendars."""
    for user in (ANA, BO):
        await script.do(user, Command("calendar"), f"command calendar of {user}")
    await script.do(ANA, Command("calendar new"))
    await script.do(ANA, Press("calendar.renew"))
    await script.do(BO, Opened("home"), "opened home after the address was renewed")
    await script.do(BO, Press("calendar.show"))
    await script.do(CY, Press("calendar.drop"))
    await _school(script)


async def _school(script: Script) -> None:
    script.parts.runner.tools.fetcher = StubFetcher(
        {LINCOLN: Fetched(200, {}, ICS), GONE: Fetched(404, {}, b"")}
    )
    ref = MemberRef(script.room.platform, script.room.workspace, script.ids[BO])
    bo = await script.parts.desk.person(ref)
    assert bo is not None
    network, place = bo.network.id, f"network:{bo.network.id}"
    await script.do(BO, Command("calendar school"), "command calendar school without any")
    await script.do(ANA, Command("calendar add spring break 15–19 March"))
    await script.do(ANA, Press("school.add", place))
    await script.do(ANA, Submit("school.add", {}, place), "left empty: form school.add")
    await script.do(
        ANA, Submit("school.add", {"days": "soon"}, place), "not understood: form school.add"
    )
    # The one that runs out comes first: afterwards another goes further.
    await script.do(
        ANA, Submit("school.add", {"address": LINCOLN}, place), "form school.add of an address"
    )
    await script.do(
        ANA, Submit("school.add", {"address": GONE}, place), "form school.add of nothing"
    )
    await script.until(script.clock.now() + timedelta(hours=20))
    await script.do(ANA, Opened("home"), "opened home with a school calendar in trouble")
    await script.do(ANA, Submit("school.add", {"days": TYPED}, place), "form school.add typed")
    calendars = await script.store.read(lambda tx: store.calendars_of(tx, network))
    typed = calendars[-1].id
    days = await script.store.read(lambda tx: kept.days_of(tx, typed))
    founders = next(each for each in days if "Founders" in each.entry.title)
    await script.do(ANA, Press("school.take", str(founders.id), "nothing"))
    await script.do(BO, Command("calendar school"))
    for view, row in (
        ("school-year", ""),
        ("school-year", f"{place}@2027"),
        ("school-calendars", ""),
    ):
        await script.do(BO, Opened(view, row), f"opened {view} {row}".strip())
    await script.do(ANA, Opened("school-calendar", str(calendars[0].id)), "opened school-calendar")
    numbers = [each.id for each in days]
    await script.do(ANA, Press("school.undo", f"{typed}.{min(numbers)}-{max(numbers)}"))
    await script.do(ANA, Press("school.read_now", str(calendars[0].id)))
    for each in calendars:
        await script.do(
            ANA, Press("school.remove", str(each.id)), f"press school.remove {each.source}"
        )
    await script.do(ANA, Press("school.back", str(typed)))
    await script.do(ANA, Press("school.remove", str(typed)), "press school.remove again")
    once_more = Submit("school.add", {"days": TYPED}, place)
    await script.do(ANA, once_more, "form school.add typed once more")
