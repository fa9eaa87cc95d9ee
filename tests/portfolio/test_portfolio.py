"""The portfolio beneath the platforms: how shares end, what goes with what, files kept once, on both databases."""

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from plnbot import kept_files
from plnbot.engine.personal import Whose
from plnbot.goals import store as goals
from plnbot.members.store import switch
from plnbot.papers.offline import Chapter, book
from plnbot.papers.outline import outline
from plnbot.portfolio.model import Share, Standing, Told, ends, standing
from plnbot.portfolio.personal import PERSONAL
from plnbot.portfolio.store import exemplars, shares
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.talk.forms import ChoiceInput, MultiChoiceInput
from plnbot.talk.interactions import Command, Opened, OpenForm, Press, Reply, Submit
from plnbot.talk.links import read_link
from plnbot.talk.pages import Downloads, Heading, Listing, Missing, Page
from plnbot.talk.plain import card_as_text
from plnbot.talk.text import Link, Text, verbatim
from plnbot.talk.uploads import received
from plnbot.talk.words import Sentence
from tests.engine.test_platforms import Bench, bench
from tests.every_row import every_row
from tests.growth.test_growth import page

__all__ = ["bench"]
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TICKET = {"title": "Exit tickets", "what": "Three questions", "indicator": "", "own": ""}


@pytest.mark.parametrize(
    ("after", "withdrawn", "expected"),
    [
        (timedelta(days=7) - timedelta(microseconds=1), None, Standing.OPEN),
        (timedelta(days=7), None, Standing.OVER),
        (timedelta(0), NOW, Standing.WITHDRAWN),
        (timedelta(days=8), NOW, Standing.WITHDRAWN),
    ],
)
def test_a_share_ends_by_itself(
    after: timedelta, withdrawn: datetime | None, expected: Standing
) -> None:
    """With its last instant, and at once where it is withdrawn."""
    one = Share(1, 1, 1, (1,), NOW, NOW + timedelta(days=7), withdrawn=withdrawn)
    assert standing(one, NOW + after) is expected


@pytest.mark.parametrize(
    ("zone", "last"),
    [
        ("UTC", datetime(2026, 12, 1, 23, 59, 59, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 12, 1, 4, 59, 59, tzinfo=UTC)),
        ("Asia/Tokyo", datetime(2026, 12, 1, 14, 59, 59, tzinfo=UTC)),
    ],
)
def test_until_a_day_is_until_its_end(zone: str, last: datetime) -> None:
    """By the clock of whoever shares: on the day that others read, they still see it."""
    assert ends(NOW, 7, zone) == last


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://good.example@evil.example/",
        "http://:pw@x.example",
        "https://one two.example",
        "https://",
        "https://nowhere",
        "https://x.example:99999999/",
        "https://[x",
        "https://x.example/" + "a" * 2_000,
        "example.org/page",
        "",
    ],
)
def test_what_is_no_address(typed: str) -> None:
    """What leads nowhere, or hides where it leads, gets a sentence."""
    assert isinstance(read_link(typed), Sentence)


def test_an_address_is_kept_as_it_was_typed() -> None:
    """With its port, its query and its place on the page."""
    for typed in ("https://x.example:8443/a?b=c#d", "http://münchen.example/ü"):
        assert read_link(f" {typed} ") == typed


def test_paper_says_what_a_page_says() -> None:
    """Words are words, whatever they look like; links of the web and files in the book lead on, others do not."""
    blocks = (
        Heading(verbatim("<h1>"), "a", 4),
        Listing((Text((Link('https://x.example/?a=1&b="', "<i>"),)),)),
        Downloads(
            ((verbatim("a.txt"), "portfolio.file/1"), (verbatim("b.txt"), "portfolio.file/2"))
        ),
    )
    lines, leads = outline(blocks, "UTC", "en"), {"portfolio.file/1": "1-a.txt"}
    made = book("T", "en", (), [Chapter("C", lines, "", leads)])
    assert made == book("T", "en", (), [Chapter("C", lines, "", leads)])
    page = zipfile.ZipFile(io.BytesIO(made)).read("entry-1.html").decode()
    assert "<h2>&lt;h1&gt;</h2>" in page
    assert 'href="https://x.example/?a=1&amp;b=&quot;"' in page
    assert 'href="files/1-a.txt"' in page
    assert "portfolio.file" not in page


async def kept(bench: Bench) -> None:
    """Let Ana and Bo each keep an exemplar, with the same file."""
    for at, who in enumerate(("ana", "bo"), 1):
        await bench.do(who, Command("home"))
        await bench.do(who, Submit("portfolio.new", TICKET))
        sent = {"files": [received("card.txt", b"left open?")]}
        answer = await bench.do(who, Submit("portfolio.evidence", {}, str(at), files=sent))
        assert "Added to version 1" in said(answer)


def said(answer: object) -> str:
    """Return what somebody reads."""
    assert isinstance(answer, Reply), answer
    return card_as_text(answer.card)


async def share(bench: Bench, **otherwise: str) -> str:
    """Let Ana share hers with Bo; return what she is told."""
    given = {"these": ("1",), "how": "person", "person": "row:2", "days": "7"}
    return said(await bench.do("ana", Submit("portfolio.share", {**given, **otherwise})))


async def test_only_while_it_is_shared(bench: Bench) -> None:
    """Page, files and questions are there for whom it is shared with, until it is over; for nobody else."""
    await kept(bench)
    assert isinstance(await page(bench, "bo", "exemplar", "1"), Missing)
    await share(bench)
    assert "Three questions" in str(await page(bench, "bo", "portfolio.shared", "1"))
    assert isinstance(await page(bench, "bo", "exemplar", "1"), Missing)
    assert await _has(bench, "bo", "portfolio.file", "1")
    assert not await _has(bench, "cy", "portfolio.file", "1")
    assert "Opened" not in said(await bench.do("bo", Press("portfolio.withdraw", "1")))
    assert isinstance(await page(bench, "bo", "portfolio.shared", "1"), Page)
    bench.clock.at += timedelta(days=8)
    assert "that has passed" in str(await page(bench, "bo", "portfolio.shared", "1"))
    assert not await _has(bench, "bo", "portfolio.file", "1")
    assert await _has(bench, "ana", "portfolio.file", "1")
    for name in ("portfolio.shared.zip", "portfolio.shared.pdf"):
        assert not await _has(bench, "bo", name, "1")


async def _has(bench: Bench, who: str, name: str, row: str) -> bool:
    await bench.do(who, Opened("home"))
    found = await bench.parts.desk.download(MemberRef("test", "w", who), name, row)
    return not isinstance(found, Missing)


async def test_two_forms_at_once_lose_nothing(bench: Bench) -> None:
    """Two versions written beside each other are two, each with its why."""
    await kept(bench)
    for why in ("Shorter", "Calmer"):
        await bench.do("ana", Submit("portfolio.version", {"what": why, "why": why}, "1"))
    shown = str(await page(bench, "ana", "exemplar", "1"))
    assert all(each in shown for each in ("Shorter", "Calmer", "Three questions"))


async def test_what_belongs_to_it_goes_with_it(bench: Bench, database_url: str) -> None:
    """Versions, evidence, files and questions go with an exemplar; a content with the last who named it."""
    await kept(bench)
    rows = every_row(database_url)
    assert len(rows["file_content"]) == 1
    await share(bench)
    await bench.do("bo", Submit("portfolio.ask", {"words": "Why three?"}, "1-1"))
    await bench.do("ana", Press("portfolio.remove", "1"))
    rows = every_row(database_url)
    for table in ("portfolio_exemplar", "portfolio_version", "portfolio_evidence", "file"):
        assert len(rows[table]) == 1, table
    assert rows["portfolio_question"] == []
    assert len(rows["file_content"]) == 1
    await bench.do("bo", Submit("members.forget", {"answers": "gone"}))
    rows = every_row(database_url)
    assert rows["portfolio_exemplar"] == rows["file"] == rows["file_content"] == []


async def test_who_asked_is_erased(bench: Bench, database_url: str) -> None:
    """Their words go, what was shared with them ends, and the answer stays its teacher's."""
    await kept(bench)
    await share(bench)
    await bench.do("bo", Submit("portfolio.ask", {"words": "Why three?"}, "1-1"))
    answer = Submit("portfolio.answer", {"words": "To see more."}, "1")
    assert "is told of it" in said(await bench.do("ana", answer))
    await bench.do("bo", Submit("members.forget", {"answers": "gone"}))
    (row,) = every_row(database_url)["portfolio_question"]
    assert (row["words"], row["answer"]) == ("", "To see more.")
    shown = str(await page(bench, "ana", "exemplar", "1"))
    assert "went with whoever asked it" in shown
    assert "Only you see this." in shown
    assert "Why three?" not in shown


async def test_there_is_room_for_so_much(bench: Bench) -> None:
    """What is over a quota is refused with a sentence, and nothing of it is kept."""
    await kept(bench)

    def fill(tx: Tx) -> None:
        for each in range(10):
            new = kept_files.KeptFile(
                0, 1, 1, "portfolio", 1, f"{each}", received("x", b"x").kind, 0, NOW
            )
            kept_files.add(tx, new, bytes([each]) * 4_999_999)

    await bench.store.run(fill)
    sent = {"files": [received("more.txt", b"x" * 100_000)]}
    answer = await bench.do("ana", Submit("portfolio.evidence", {}, "1", files=sent))
    assert "50 MB" in str(answer)


async def test_a_long_address_is_kept(bench: Bench) -> None:
    """With no words for it, it stands for itself."""
    await kept(bench)
    long = f"https://x.example/{'a' * 400}"
    answer = await bench.do("ana", Submit("portfolio.evidence", {"link": long}, "1"))
    assert "Added to version 1" in said(answer)
    assert f"text='{long}'" in str(await page(bench, "ana", "exemplar", "1"))
    assert "x.example" in str(await bench.do("ana", Press("portfolio.unshow", "1")))


async def test_what_is_answered_afterwards_its_teacher_alone_reads(bench: Bench) -> None:
    """It was said so: who asked has what they were shown in their file, and no more."""
    await kept(bench)
    await share(bench)
    await bench.do("bo", Submit("portfolio.ask", {"words": "Why three?"}, "1-1"))
    (holding,) = (each for each in PERSONAL.holdings if each.name == "portfolio_questions")
    bo = Whose(2, 1, bench.clock.now(), (), "Former member")

    async def taken_out() -> str:
        return str(await bench.store.read(lambda tx: holding.export(tx, bo)))

    await bench.do("ana", Submit("portfolio.answer", {"words": "To see more."}, "1"))
    bench.clock.at += timedelta(minutes=1)
    await bench.do("ana", Press("portfolio.withdraw", "1"))
    assert "To see more." in await taken_out()
    answer = Submit("portfolio.answer", {"words": "For my own notes."}, "1")
    assert "you alone read it" in said(await bench.do("ana", answer))
    assert "For my own notes." not in await taken_out()


async def test_what_a_list_cuts_off_is_said_and_not_lost(bench: Bench) -> None:
    """With many exemplars the form says which can be chosen; with many goals the one that it has stays."""
    await kept(bench)

    def many(tx: Tx) -> None:
        for number in range(30):
            one = goals.add(tx, 1, 1, f"Goal {number}", NOW + timedelta(minutes=number))
            goals.end(tx, one, NOW + timedelta(minutes=number))
            exemplars.add(tx, 1, 1, Told(f"Card {number}"), "What", now=NOW)

    await bench.store.run(many)
    form = await bench.do("ana", Press("portfolio.share"))
    assert isinstance(form, OpenForm)
    these = form.form.inputs[0]
    assert isinstance(these, MultiChoiceInput)
    assert these.hint.bare() == "The 25 that you changed last. Others go by their goal."
    first = (await bench.store.read(lambda tx: goals.ended(tx, 1)))[-1].id
    it = Told("Exit tickets", goal=first)
    await bench.store.run(lambda tx: exemplars.change(tx, 1, it, NOW))
    changed = await bench.do("ana", Press("portfolio.change", "1"))
    assert isinstance(changed, OpenForm)
    (goal,) = (each for each in changed.form.inputs if each.name == "goal")
    assert isinstance(goal, ChoiceInput)
    assert goal.value == str(first)


async def test_switched_off_no_link_leads_to_anything(bench: Bench) -> None:
    """Nobody could withdraw it meanwhile; switched on again, it is as it was."""
    await kept(bench)
    link = {"these": ("1",), "how": "link", "days": "30"}
    await bench.do("ana", Submit("portfolio.share", link))
    (row,) = await bench.store.read(lambda tx: shares.of_member(tx, 1))

    async def shown() -> str:
        return str(await bench.parts.desk.public_page("practice", row.code, "en"))

    assert "Exit tickets" in await shown()
    await bench.store.run(lambda tx: switch(tx, 1, "portfolio", off=True))
    assert "Exit tickets" not in await shown()
    await bench.store.run(lambda tx: switch(tx, 1, "portfolio", off=False))
    assert "Exit tickets" in await shown()
