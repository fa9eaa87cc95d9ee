"""A workspace that anybody may have connected: on its own, until both sides say that they are one."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from plnbot.engine.ports import Person
from plnbot.first_start import Beginnings, first_network
from plnbot.members import store as members
from plnbot.members.model import OrganisationKind
from plnbot.members.store import organisations
from plnbot.prompts import store as prompts
from plnbot.prompts.actions.making import fill_bank
from plnbot.prompts.store.tables import occurrence
from plnbot.reading.actions.feeds import add as add_feed
from plnbot.reading.actions.feeds import feed_key
from plnbot.reading.actions.taking import take_in
from plnbot.reading.model.feeds import About, Manner
from plnbot.reading.store import feeds
from plnbot.reading.store.feeds import New as NewFeed
from plnbot.refs import MemberRef, Place
from plnbot.schedules import Schedule
from plnbot.store.database import Store, Tx
from plnbot.store.schema import metadata
from plnbot.syndication import Item
from plnbot.talk.interactions import (
    Answer,
    Command,
    Interaction,
    Joined,
    Opened,
    Press,
    Reply,
    Submit,
    What,
)
from plnbot.talk.pages import Page, markdown
from plnbot.talk.plain import card_as_text
from plnbot.testing import FrozenClock, RecordingSender
from tests.engine.test_platforms import EIGHT, Bench

MAYA, ANA = MemberRef("web", "lobby", "maya"), MemberRef("test", "w", "ana")


class Town:
    """The operator's network in the lobby, and a server that somebody connected."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.lobby = bench, RecordingSender("web")
        bench.parts.runner.senders["web"] = self.lobby
        self._count = 0

    async def press(
        self, who: MemberRef, row: str = "test/w", action: str = "members.admit"
    ) -> str:
        """Let somebody press a button; return what they are told."""
        return await self.does(who, Press(action, row))

    async def does(self, who: MemberRef, what: What, *, leads: bool = False) -> str:
        """Let somebody do something; return what they are told."""
        self._count += 1
        nowhere = Place(who.platform, who.workspace, "")
        given = Interaction(f"p{self._count}", who, nowhere, what, leads=leads)
        answer = await self.bench.parts.desk.handle(given)
        await self.bench.parts.runner.run_all_due()
        return told(answer)

    def asked(self, who: MemberRef) -> str:
        """Return the card that asks somebody, as it stands now; empty where nobody asked."""
        sender = self.lobby if who.platform == "web" else self.bench.platform
        titles = ("has connected", "or together", "It has joined")
        shown = [each.card for each in sender.sent if each.to == who]
        found = [card for card in shown if any(each in card.title.bare() for each in titles)]
        return card_as_text(found[-1], "UTC", "en") if found else ""

    async def person(self, who: MemberRef) -> Person:
        """Return somebody who is known."""
        found = await self.bench.parts.desk.person(who)
        assert found is not None
        return found


def told(answer: Answer) -> str:
    """Return an answer's words."""
    assert isinstance(answer, Reply)
    return card_as_text(answer.card, "UTC", "en")


@pytest.fixture
async def town(store: Store, clock: FrozenClock) -> Town:
    """Return one, after school, in which the server has a chat going on already."""
    clock.at = EIGHT - timedelta(hours=4)

    def begin(tx: Tx) -> None:
        first_network(tx, Beginnings("Ours", "en", "America/New_York"), clock.now())

    await store.run(begin)
    made = Town(Bench(store, clock))
    await made.bench.parts.desk.settle("test", "w", "Ridgeview Schools", joins=False)
    await made.bench.plan()
    await made.bench.do("bo", Joined())
    return made


async def test_who_is_let_in_by_nobody_sees_nothing(town: Town) -> None:
    """It works, in a network of its own: whoever administers it administers that and no other."""
    ana = await town.person(ANA)
    maya = await town.person(MAYA)
    assert (ana.network.name, maya.network.name) == ("Ridgeview Schools", "Ours")
    (asked,) = [each for each in town.lobby.sent if each.to == MAYA]
    words = card_as_text(asked.card, "UTC", "en")
    assert "Ridgeview Schools has connected" in words
    assert "network of its own" in words
    await town.bench.parts.desk.settle("test", "w", "Ridgeview Schools", joins=False)
    await town.bench.parts.desk.settle("slack", "T9", "Lakeside")
    await town.bench.parts.runner.run_all_due()
    assert len([each for each in town.lobby.sent if each.to == MAYA]) == 1


async def test_the_other_side_is_asked_once_the_first_has_said_yes(town: Town) -> None:
    """Before that it hears of no network; after it, both cards say what stands, and for whom to wait."""
    assert town.asked(ANA) == ""
    assert "waits for their administrator" in await town.press(MAYA)
    assert "You have said yes" in town.asked(MAYA)
    assert "Take that back" in town.asked(MAYA)
    assert "Ours, the network of whoever runs me, says that" in town.asked(ANA)
    assert "Join them" in town.asked(ANA)
    assert (await town.person(ANA)).network != (await town.person(MAYA)).network
    assert "said so already" in await town.press(MAYA)


async def test_it_joins_with_all_that_was_done_in_it(town: Town, store: Store) -> None:
    """Members, their chat and its roles go along; the chat goes on, and nothing is left behind."""
    old = (await town.person(ANA)).network.id
    await town.press(MAYA)
    assert "belongs to your network" in await town.press(ANA)
    ana, maya = await town.person(ANA), await town.person(MAYA)
    assert ana.network == maya.network
    tables = [each for each in metadata.sorted_tables if "network_id" in each.c]

    def left(tx: Tx) -> dict[str, int]:
        return {
            each.name: tx.execute(
                select(func.count()).select_from(each).where(each.c.network_id == old)
            ).scalar_one()
            for each in tables
        }

    assert set((await store.read(left)).values()) == {0}
    await town.bench.until(datetime(2026, 11, 24, 1, 11, tzinfo=EIGHT.tzinfo))
    assert len(town.bench.shown("Q1")) == 1
    panel = await town.bench.do("ana", Command("chat panel"))
    assert "Moderators only" in told(panel)
    assert isinstance(await town.bench.do("bo", Opened("home")), Reply)
    for who in (MAYA, ANA):
        assert "It has joined" in town.asked(who), "the question is answered"
    assert "belongs to your network already" in await town.press(MAYA)
    assert "joined by the word of" in await audited(town)


async def test_what_both_call_alike_is_one_afterwards(town: Town, store: Store) -> None:
    """A district that members of both have told of has all of them, and all of its schools."""
    told_by_both = {
        "subjects": ("science",), "zone": "America/New_York", "quiet": "none",
        "district": "Columbus City", "state": "Ohio",
    }  # fmt: skip
    for who, school in ((MAYA, "Oak Middle"), (ANA, "Elm High")):
        await town.does(who, Submit("members.start", {**told_by_both, "school": school}))
    await town.press(MAYA)
    assert "belongs to your network" in await town.press(ANA)
    maya, ana = await town.person(MAYA), await town.person(ANA)

    def look(tx: Tx) -> tuple[list[str], list[tuple[str, int]]]:
        own = select(members.member.c.district_id).where(members.member.c.id.in_([maya.id, ana.id]))
        (district,) = set(tx.execute(own).scalars())
        known = organisations.listed(tx, maya.network.id, OrganisationKind.DISTRICT)
        schools = organisations.listed(tx, maya.network.id, OrganisationKind.SCHOOL)
        assert {each.row.district for each in schools} == {district}
        return sorted(each.row.name for each in schools), [
            (each.row.name, each.members) for each in known
        ]

    schools, districts = await store.read(look)
    assert (schools, districts) == (["Elm High", "Oak Middle"], [("Columbus City", 2)])


async def test_prompts_of_one_pack_are_one_afterwards(town: Town, store: Store) -> None:
    """Both took their prompts from a pack: each is there once, and what was asked is still known."""
    ana, maya = await town.person(ANA), await town.person(MAYA)

    def fill(tx: Tx) -> None:
        for each in (ana, maya):
            network = each.network.id
            fill_bank(tx, network, "openers", (), town.bench.clock.now())
            ids = [one.id for one in prompts.bank_of(tx, network, "openers")]
            assert len(ids) == 30
            row = {
                "schedule_id": _schedule(tx, each), "network_id": network, "prompt_id": ids[0],
                "due": town.bench.clock.now(), "state": "asked", "extra": False,
            }  # fmt: skip
            tx.execute(occurrence.insert().values(row))

    await store.run(fill)
    await town.press(MAYA)
    assert "belongs to your network" in await town.press(ANA)

    def look(tx: Tx) -> tuple[int, set[int]]:
        bank = prompts.bank_of(tx, maya.network.id, "openers")
        return len(bank), set(tx.execute(select(occurrence.c.prompt_id)).scalars())

    many, asked = await store.read(look)
    assert (many, len(asked)) == (30, 1)


async def test_a_feed_of_both_is_one_afterwards(town: Town, store: Store) -> None:
    """It is polled once and posted in the rooms of both, and what it showed to either is known."""
    ana, maya = await town.person(ANA), await town.person(MAYA)
    address, now = "https://blog.example/feed", town.bench.clock.now()

    def add(tx: Tx) -> None:
        for each, place in ((maya, MAYA), (ana, ANA)):
            new = NewFeed(
                address=address, key=feed_key(address), kind="", site="", language="en",
                about=About(title="Blog"), approval=False, last=0,
            )  # fmt: skip
            room = Place(place.platform, place.workspace, "room")
            feed = add_feed(tx, new, room, Manner.INSTANT, now, by=each)
            take_in(tx, feed, [Item(guid="1", title="A post")], "en", now, first=True)

    await store.run(add)
    await town.press(MAYA)
    assert "belongs to your network" in await town.press(ANA)

    def look(tx: Tx) -> tuple[int, set[str], int]:
        (feed,) = feeds.feeds_of(tx, maya.network.id)
        rooms = feeds.rooms_of(tx, [feed.id])[feed.id]
        again = take_in(tx, feed, [Item(guid="1", title="A post")], "en", now, first=False)
        return feed.network, {each.place.platform for each in rooms}, again.new

    assert await store.run(look) == (maya.network.id, {"web", "test"}, 0)


def _schedule(tx: Tx, by: Person) -> int:
    weekly = Schedule(("FREQ=WEEKLY",), datetime(2026, 11, 23, 8), "UTC")  # noqa: DTZ001 - a wall's
    wish = prompts.Wish("Openers", weekly, "openers", timedelta(hours=2))
    return prompts.new_schedule(tx, by.network.id, wish, by=by.id, now=EIGHT)


async def audited(town: Town) -> str:
    """Return the log as the first network's administrator reads it."""
    page = await town.bench.parts.desk.page(MAYA, "audit", "")
    assert isinstance(page, Page)
    return markdown(page, "UTC", "en")


async def test_the_workspace_may_ask_first(town: Town) -> None:
    """Its administrator asks by a command, without being told of whom; then the first decides."""
    shown = await town.does(ANA, Command("join"))
    assert "whoever runs me" in shown
    assert "Ours" not in shown
    assert "waits for their administrator" in await town.press(ANA)
    assert "Their administrator has said yes" in town.asked(MAYA)
    assert "belongs to your network" in await town.press(MAYA)
    assert (await town.person(ANA)).network == (await town.person(MAYA)).network


async def test_either_side_takes_its_yes_back(town: Town) -> None:
    """As long as the other has not said yes: then it is as if nothing had been said."""
    await town.press(MAYA)
    assert "You have said yes" not in await town.press(MAYA, action="members.take_back")
    assert "Ours" not in town.asked(ANA), "what was withdrawn is not told any longer"
    assert "waits for their administrator" in await town.press(ANA)
    assert (await town.person(ANA)).network != (await town.person(MAYA)).network
    await town.press(ANA, action="members.take_back")
    assert "waits for their administrator" in await town.press(MAYA)
    assert "nothing yet" in await town.press(ANA, action="members.take_back")


async def test_a_no_is_remembered(town: Town) -> None:
    """It stands for good, whoever asks again and however late, until its own side takes it back."""
    assert "You have said no" in await town.press(MAYA, action="members.turn_down")
    assert "has said no" in await town.does(ANA, Command("join"))
    assert "has said no" in await town.press(ANA)
    town.bench.clock.advance(timedelta(days=40))
    assert "has said no" in await town.press(ANA)
    await town.bench.parts.desk.settle("test", "w", "Ridgeview Schools", joins=False)
    await town.press(MAYA, action="members.take_back")
    assert "waits for their administrator" in await town.press(ANA), "asked anew"
    assert "belongs to your network" in await town.press(MAYA)


async def test_the_workspace_says_no(town: Town) -> None:
    """What one side's administrator wants does not happen to the other."""
    await town.press(MAYA)
    await town.press(ANA, action="members.turn_down")
    assert "Their administrator has said no" in town.asked(MAYA)
    await town.press(MAYA, action="members.take_back")
    assert "has said no" in await town.press(MAYA)
    assert (await town.person(ANA)).network != (await town.person(MAYA)).network


async def test_a_question_lapses(town: Town) -> None:
    """A yes that nobody met within thirty days joins nothing later."""
    await town.press(MAYA)
    town.bench.clock.advance(timedelta(days=31))
    assert "within 30 days" in await town.press(MAYA, action="members.turn_down")
    assert "waits for their administrator" in await town.press(ANA), "it asks anew"
    assert (await town.person(ANA)).network != (await town.person(MAYA)).network
    assert "Their administrator has said yes" in town.asked(MAYA)
    assert "belongs to your network" in await town.press(MAYA)


async def test_who_is_not_asked_decides_nothing(town: Town, store: Store) -> None:
    """A button that was made up takes in nobody: no question about that workspace is open."""
    await town.bench.parts.desk.settle("test", "w2", "Lakeside")  # it joins at once
    await town.bench.parts.desk.settle("test", "w3", "Hillside")  # and of this nobody was asked
    before = await store.read(members.every_workspace)
    for action in ("members.admit", "members.turn_down", "members.take_back"):
        assert "cannot be decided here" in await town.press(MAYA, "test/w3", action)
        for forged in ("test/nowhere", "", "/", "test/", "web/lobby/x", "w"):
            assert "cannot be decided here" in await town.press(MAYA, forged, action)
            assert "cannot be decided here" in await town.press(ANA, forged, action)
    assert await store.read(members.every_workspace) == before


async def test_a_new_administrator_is_asked_too(town: Town) -> None:
    """Who gets the role later finds what is open, and may decide it."""
    luis = MemberRef("web", "lobby", "luis")
    number = (await town.person(luis)).id
    given = {"person": f"row:{number}", "role": "administrator"}
    assert town.asked(luis) == ""
    await town.does(MAYA, Submit("members.role", given))
    assert "has connected" in town.asked(luis)
    await town.press(luis)
    cy = MemberRef("test", "w", "cy")
    await town.does(cy, Command("help"))
    theirs = {
        "person": f"row:{(await town.person(cy)).id}",
        "role": "administrator",
    }
    await town.does(ANA, Submit("members.role", theirs))
    assert "says that" in town.asked(cy)
    assert "belongs to your network" in await town.press(cy)


async def test_only_administrators_of_the_two_decide(town: Town, store: Store) -> None:
    """Nobody else: not their members, nor who administers a third network, nor about a third."""
    for who in (MemberRef("web", "lobby", "priya"), MemberRef("test", "w", "bo")):
        for action in ("members.admit", "members.turn_down", "members.take_back"):
            assert "another role" in await town.press(who, action=action)
    await town.bench.parts.desk.settle("test", "w2", "Lakeside", joins=False)
    assert "cannot be decided here" in await town.press(ANA, "test/w2")
    eve = MemberRef("test", "w2", "eve")
    await town.does(eve, Command("help"), leads=True)
    assert "cannot be decided here" in await town.press(eve, "test/w")
    assert "others join" in await town.does(MAYA, Command("join"))
    theirs = (await town.person(ANA)).network.id
    await store.run(lambda tx: members.attach(tx, theirs, "slack", "T1"))
    await town.press(MAYA)
    assert "together with others" in await town.press(ANA)
