"""The calendar as programs read it, and its address as people come and go."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from alembic import command
from sqlalchemy import create_engine, select, update

from plnbot.calendars.store import calendar, calendar_reader
from plnbot.chats.store.tables import chat
from plnbot.refs import MemberRef
from plnbot.store.database import Store, Tx
from plnbot.store.migrations import migrate
from plnbot.store.migrations.stepping import _config
from plnbot.talk.happenings import Happening
from plnbot.talk.interactions import Command, Interaction, Left, Press, Reply, Submit
from plnbot.talk.pages import File, Page
from plnbot.talk.plain import card_as_text
from plnbot.talk.text import Bold, Text, When, verbatim
from plnbot.testing import FrozenClock
from tests.engine.test_platforms import ROOM, Bench

NOBODY = MemberRef("web", "lobby", "")
ODD = "\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e"


class Kept(Bench):
    """A bot whose pages have an address; Ana moderates, Bo and Cy take part."""

    async def token(self, user: str) -> str:
        """Return the address that somebody is shown."""
        answer = await self.do(user, Command("calendar"), leads=user == "ana")
        assert isinstance(answer, Reply)
        found = re.search(r"/calendar/([\w-]+)\.ics", card_as_text(answer.card))
        assert found is not None
        return found[1]

    async def read(self, token: str) -> bytes:
        """Return what a calendar program finds there, or nothing."""
        found = await self.parts.desk.download(NOBODY, "calendar", token)
        return found.content if isinstance(found, File) else b""

    async def leaves(self, user: str) -> None:
        """Let an account leave the workspace."""
        who = MemberRef("test", "w", user)
        nowhere = type(ROOM)("test", "w", "")
        await self.parts.desk.handle(Interaction(f"left/{user}", who, nowhere, Left()))

    async def told_at_home(self, user: str) -> bool:
        """Return whether somebody's home tells of a new address."""
        page = await self.parts.desk.page(MemberRef("test", "w", user), "home", "")
        assert isinstance(page, Page)
        return "The calendar has a new address" in str(page)


@pytest.fixture
async def kept(store: Store, clock: FrozenClock) -> Kept:
    """Return one in which nobody has been told the address yet."""
    made = Kept(store, clock, "https://pln.example")
    await made.parts.desk.settle("test", "w", "Ridgeview Schools")
    await made.do("ana", Command("help"), leads=True)
    for user in ("bo", "cy", "dee"):
        await made.do(user, Command("help"))
    return made


async def test_who_leaves_reads_on_no_longer(kept: Kept) -> None:
    """If they knew the address: it is renewed at once, the others learn of it, and the log says why."""
    first = await kept.token("ana")
    assert await kept.token("bo") == first
    await kept.leaves("cy")
    assert await kept.read(first), "who never knew it takes nothing along"
    await kept.leaves("bo")
    assert not await kept.read(first)
    assert await kept.told_at_home("ana")
    assert not await kept.told_at_home("dee")
    log = await kept.parts.desk.page(MemberRef("test", "w", "ana"), "audit", "")
    assert "renewed" in str(log)
    assert "Bo" in str(log)
    second = await kept.token("ana")
    assert second != first
    assert await kept.read(second)
    assert not await kept.told_at_home("ana")
    await kept.do("bo", Command("help"))  # and is back
    await kept.leaves("bo")
    assert await kept.read(second), "who was not shown it again"


async def test_who_is_erased_reads_on_no_longer(kept: Kept) -> None:
    """Whether they had themselves erased, or an administrator did."""
    first = await kept.token("bo")
    assert await kept.token("cy") == first
    await kept.do("bo", Submit("members.forget", {"answers": "gone"}))
    assert not await kept.read(first)
    second = await kept.token("cy")
    cy = await kept.parts.desk.person(MemberRef("test", "w", "cy"))
    assert cy is not None
    await kept.do("ana", Submit("members.forget", {"answers": "gone"}, str(cy.id)))
    assert not await kept.read(second)


async def test_a_forged_press_renews_nothing(kept: Kept) -> None:
    """By whom the button was not made for."""
    first = await kept.token("bo")
    await kept.do("bo", Press("calendar.renew"))
    assert await kept.read(first)


async def drafted(kept: Kept, **values: str) -> None:
    """Let Ana publish a chat."""
    given = {"starts": "today 8 pm", "plan": "classic60", **values}
    await kept.do("ana", Submit("chat.new", given))
    await kept.do("ana", Press("chat.publish", "1"))


async def test_no_odd_separator_stands_in_a_line(kept: Kept) -> None:
    """What other programs take for the end of a line is in no line of the file."""
    odd = f"a{ODD}b"
    await drafted(kept, title=odd, questions=f"Q1: Why {odd} so?\nQ2: What {odd} next?")
    # Older versions kept them as they came.
    kept_so = update(chat).values(title=odd)
    await kept.store.run(lambda tx: tx.execute(kept_so).rowcount)
    content = (await kept.read(await kept.token("ana"))).decode()
    assert content.splitlines() == content.removesuffix("\r\n").split("\r\n")
    assert not set(ODD) & set(content)
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert "Q2: What" in str(event["description"])


async def test_ids_are_the_worlds(kept: Kept, clock: FrozenClock) -> None:
    """No other installation has them, and a new address leaves them as they are."""
    await drafted(kept, questions="Q1: Why?")
    token = await kept.token("ana")
    before = uids(await kept.read(token))
    (only,) = before
    assert re.fullmatch(r"chat-1-[0-9a-f]{16}@plnbot", only)
    await kept.do("ana", Press("calendar.renew"))
    assert uids(await kept.read(await kept.token("ana"))) == before


def uids(content: bytes) -> list[str]:
    """Return the ids of all events."""
    return [str(each["uid"]) for each in icalendar.Calendar.from_ical(content).walk("VEVENT")]


async def test_a_slow_chat_blocks_nobodys_time(kept: Kept) -> None:
    """It goes on for weeks; a chat of an hour does block it."""
    await drafted(kept, questions="Q1: Why?\nQ2: What?\nQ3: Who?", plan="slow_weekly")
    (event,) = icalendar.Calendar.from_ical(await kept.read(await kept.token("ana"))).walk("VEVENT")
    assert event["transp"] == "TRANSPARENT"
    assert event.decoded("dtend") - event.decoded("dtstart") > timedelta(days=7)
    assert event.decoded("dtstart") > datetime(2026, 11, 23, tzinfo=UTC)


async def test_what_is_over_stays(kept: Kept, clock: FrozenClock) -> None:
    """A chat that took place stands where it was, as long as it lasted, behind those to come."""
    await drafted(kept, questions="Q1: Why?")
    token = await kept.token("ana")
    before = uids(await kept.read(token))
    await kept.do("ana", Press("chat.go_on", "1"))
    clock.advance(timedelta(minutes=20))
    await kept.do("ana", Press("chat.end", "1"))
    (event,) = icalendar.Calendar.from_ical(await kept.read(token)).walk("VEVENT")
    assert [str(event["uid"])] == before
    assert event["status"] == "CONFIRMED"
    assert event.decoded("dtend") > event.decoded("dtstart")


async def test_each_capability_brings_its_own(kept: Kept) -> None:
    """What another capability says takes place stands there beside the chats, in order of time."""
    await drafted(kept, questions="Q1: Why?")
    noon = datetime(2026, 11, 23, 17, tzinfo=UTC)

    def boards(_tx: Tx, network: int) -> list[Happening]:
        about = Text((When(noon), Bold(" in room 5"))) + verbatim(f"\n\nnetwork {network}")
        return [Happening("board:7", verbatim("A board"), about, noon, noon + timedelta(hours=3))]

    kept.parts.desk.routes.happenings.append(boards)
    content = await kept.read(await kept.token("ana"))
    board, talk = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert str(board["summary"]) == "A board"
    assert str(board["description"]).splitlines()[-1] == "network 1"
    assert str(board["uid"]).startswith("board-7-")
    assert str(board["uid"]).partition("@")[0].split("-")[-1] in str(talk["uid"])


async def test_called_off_is_told_to_who_subscribed(kept: Kept) -> None:
    """Under the same id, so that a program takes it off its page."""
    await drafted(kept, questions="Q1: Why?")
    token = await kept.token("ana")
    before = uids(await kept.read(token))
    await kept.do("ana", Press("chat.discard", "1"))
    (event,) = icalendar.Calendar.from_ical(await kept.read(token)).walk("VEVENT")
    assert (str(event["status"]), [str(event["uid"])]) == ("CANCELLED", before)


def test_what_was_there_moves_to_the_new_tables(tmp_path: Path) -> None:
    """Addresses that people subscribed to go on, and so do ids and who was shown them."""
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    command.upgrade(_config(url), "0018")
    engine = create_engine(url)
    with engine.begin() as old:
        told = "(id, network_id, name, locale, zone, profile, created_at)"
        for row in (
            "network VALUES (1, 'N', 'en', 'UTC', 0)",
            f"member {told} VALUES (1, 1, 'Ana', 'en', 'UTC', '{{}}', 0)",
            "chat_calendar VALUES (1, 'secret', 'seed', 5)",
            "chat_calendar_reader VALUES (1, 1, 'secret')",
        ):
            old.exec_driver_sql(f"INSERT INTO {row}")
    migrate(url)
    with engine.connect() as new:
        assert new.execute(select(calendar)).one()[:3] == (1, "secret", "seed")
        assert new.execute(select(calendar_reader)).one() == (1, 1, "secret")
    engine.dispose()
