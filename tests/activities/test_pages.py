"""What members see of what they did: theirs alone, page by page, by their own calendar."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from plnbot.activities.model import Done, Role
from plnbot.activities.routes import ON_A_PAGE
from plnbot.activities.store import activities_of, write
from plnbot.members.store import member
from plnbot.refs import MemberRef
from plnbot.talk.cards import Actions, PageButton
from plnbot.talk.interactions import Command, Handed, Opened, Reply
from plnbot.talk.pages import Heading, Listing, Missing, Page
from plnbot.talk.plain import card_as_text, plain
from tests.engine.test_platforms import Bench, bench

__all__ = ["bench"]
ANA, BO = 1, 2
MIDNIGHT = datetime(2027, 1, 1, 2, 0, tzinfo=UTC)
"""New Year in London and Madrid, and still the old year in New York."""


async def two(bench: Bench, many: int) -> None:
    """Let Ana have done many things, one a day up to New Year, and Bo nothing."""
    for who in ("ana", "bo"):
        await bench.do(who, Command("home"))
    done = [
        Done(
            1,
            ANA,
            "chat",
            Role.ATTENDED,
            f"Chat {number}",
            MIDNIGHT - timedelta(days=number),
            MIDNIGHT - timedelta(days=number) + timedelta(minutes=5),
            5,
            f"chat:{number}",
        )
        for number in range(many)
    ]
    await bench.store.run(lambda tx: write(tx, done, MIDNIGHT))


async def page(bench: Bench, who: str, row: str = "") -> Page | Missing:
    """Return somebody's page."""
    return await bench.parts.desk.page(MemberRef("test", "w", who), "did", row)


def lines(shown: Page | Missing) -> list[str]:
    """Return the lines of a page."""
    assert isinstance(shown, Page)
    return [plain(e) for each in shown.blocks if isinstance(each, Listing) for e in each.entries]


async def test_page_by_page(bench: Bench) -> None:
    """Everything comes once, newest first, and the last page leads no further."""
    many = 2 * ON_A_PAGE
    await two(bench, many)
    row, seen = "", []
    while True:
        shown = await page(bench, "ana", row)
        seen += lines(shown)
        assert isinstance(shown, Page)
        on = [
            item.row
            for each in shown.blocks
            if isinstance(each, Actions)
            for item in each.items
            if isinstance(item, PageButton)
        ]
        if not on:
            break
        (row,) = on
    assert [each.split(" · ")[1] for each in seen] == [f"Chat {n}" for n in range(many)]


async def test_nobody_else_is_led_there(bench: Bench) -> None:
    """A row of somebody else's, or of none, is not there; and one's own page has none of it."""
    await two(bench, 3)
    (mine, *_more) = await bench.store.read(lambda tx: activities_of(tx, ANA))
    for row in (str(mine.id), "99", "x", "-1"):
        assert isinstance(await page(bench, "bo", row), Missing)
    shown = await page(bench, "bo")
    assert lines(shown) == []
    assert "Nothing yet" in str(shown)


async def test_years_are_the_readers(bench: Bench) -> None:
    """What began at two in the morning in London was last year in New York."""

    def live_in(zone: str) -> object:
        return lambda tx: tx.execute(update(member).values(zone=zone))

    await two(bench, 1)
    for zone, year in (("Europe/London", "2027"), ("America/New_York", "2026")):
        await bench.store.run(live_in(zone))  # type: ignore[arg-type] # a unit of work
        shown = await page(bench, "ana")
        assert isinstance(shown, Page)
        assert [plain(b.text) for b in shown.blocks if isinstance(b, Heading)] == [year]


async def test_where_pages_have_no_address(bench: Bench) -> None:
    """The card has the latest; the page comes as one file with everything in it."""
    many = ON_A_PAGE + 20
    await two(bench, many)
    said = await bench.do("ana", Command("did"))
    assert isinstance(said, Reply)
    assert "Chat 4 · 5 minutes" in card_as_text(said.card)
    assert "Chat 5 " not in card_as_text(said.card)
    given = await bench.do("ana", Opened("did"))
    assert isinstance(given, Handed)
    assert given.file.content.decode().count("Chat ") == many


async def test_a_moment_is_said_to_be_one(bench: Bench) -> None:
    """Nobody reads of 0 minutes; where no clock ran, nothing is said of time."""
    await two(bench, 0)
    times = ((0, "less than a minute"), (1, "1 minute"), (None, "Talk"))
    for number, (counted, _said) in enumerate(times):
        at = MIDNIGHT + timedelta(hours=number)
        until = at + timedelta(minutes=1)
        talk = Done(1, ANA, "chat", Role.LED, "Talk", at, until, counted, f"chat:{number}")
        await bench.store.run(lambda tx, talk=talk: write(tx, [talk], MIDNIGHT))  # type: ignore[misc]
    found = lines(await page(bench, "ana"))
    assert [each.split(" · ")[-2] for each in reversed(found)] == [said for _n, said in times]
