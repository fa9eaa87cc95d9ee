"""Cards of a board, by buttons that were there before something changed, and by two at the same moment."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest

from plnbot.edcamps.actions import merging, phases, posting
from plnbot.edcamps.model import BoardCard, Phase
from plnbot.edcamps.store import boards, cards, votes
from plnbot.engine import roles
from plnbot.engine.ports import Person
from plnbot.engine.roles import Grant, Role
from plnbot.errors import Refused
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx
from plnbot.talk.cards import Button
from plnbot.talk.interactions import Command, Press, Submit
from plnbot.talk.pages import Page
from plnbot.walltime import local
from tests.chats.workspace import TEAM, Seeded
from tests.edcamps.test_board import BOARD, begin, card, made, said, stands
from tests.edcamps.test_grid import press, published, voted

__all__ = ["made", "voted"]


async def test_who_takes_back_what_was_made_one_takes_back_their_own(made: Seeded) -> None:
    """By the button that they were given with it; the other's card stays, and is what it was."""
    await made.do("U0LUIS", Press("edcamp.same", "2.1"))
    told = said(await made.do("U0LUIS", Press("edcamp.withdraw", "2")))
    assert "“Feedback without any grades” is off the board" in told
    assert ("Feedback without grades", 1, 0) in await stands(made)
    assert "on the board again" in said(await made.do("U0LUIS", Press("edcamp.bring_back", "2")))
    assert ("Feedback without any grades", 1, 1) in await stands(made)


async def test_what_everybody_was_told_of_is_called_off_and_not_taken_back(voted: Seeded) -> None:
    """Else those who wanted to come stood before an empty room."""
    await published(voted)
    told = said(await voted.do("U0EMMA", Press("edcamp.withdraw", "4")))
    assert "Everybody was told when it is held" in told
    await press(voted, "edcamp.session_off", "1.4")
    assert "is off the board" in said(await voted.do("U0EMMA", Press("edcamp.withdraw", "4")))


async def test_once_all_is_over_its_cards_stay_as_they_were(made: Seeded) -> None:
    """Whatever buttons are still on somebody's screen."""
    await made.do("U0LUIS", Press("edcamp.same", "2.1"))
    await begin(made, Phase.OVER)
    before = await stands(made)
    for who, action, row in (
        ("U0PRIYA", "withdraw", "1"),
        ("U0LUIS", "step_back", "2"),
        ("U0LUIS", "apart", "2"),
        ("U0SAM", "same", "3.1"),
        ("U0SAM", "too", "1"),
        ("U0SAM", "lead", "1"),
    ):
        told = said(await made.do(who, Press(f"edcamp.{action}", row)))
        assert "This EdCamp is over" in told, action
    assert await stands(made) == before


async def test_to_ask_for_anothers_card_leaves_room_for_ones_own(made: Seeded) -> None:
    """While everybody has one; and who asked too can ask no more, but not for what is theirs alone."""
    await made.do("U0EMMA", Press("edcamp.too", "1"))
    assert "Your card is on the board" in said(await made.do("U0EMMA", card("Choir")))
    assert "Yours is “Choir”" in said(await made.do("U0EMMA", card("Orchestra")))
    await made.do("U0EMMA", Press("edcamp.same", "4.3"))
    assert "Yours is “Choir”" in said(await made.do("U0EMMA", card("Orchestra")))
    assert "no longer ask" in said(await made.do("U0EMMA", Press("edcamp.not_too", "1")))
    assert ("Feedback without grades", 1, 0) in await stands(made)
    assert "You do not ask" in said(await made.do("U0EMMA", Press("edcamp.not_too", "1")))
    assert "Take it back instead" in said(await made.do("U0PRIYA", Press("edcamp.not_too", "1")))


async def test_a_vote_is_changed_also_where_it_was_given_for_a_part(made: Seeded) -> None:
    """Whoever was interested before two cards were made one is not held to it."""
    await begin(made, Phase.VOTE)
    await made.do("U0SAM", Press("edcamp.interested", "2"))
    await made.do("U0MAYA", Press("edcamp.same", "2.1"))
    await made.do("U0SAM", Press("edcamp.skip", "1"))
    assert await made.store.read(lambda tx: votes.interested(tx, 1)) == {}


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("Requests: no\nCards: tomorrow 8 pm\nVotes: no\nGrid: no", "This board opens"),
        ("Requests: no\nCards: no\nVotes: no\nGrid: tomorrow 8 pm", "This board takes no cards"),
    ],
)
async def test_a_board_that_is_planned_says_when_it_takes_cards(
    made: Seeded, when: str, told: str
) -> None:
    """Also in the moment after an outage in which it has not noticed that its time is over."""
    await made.do("U0MAYA", Press("edcamp.call_off", "1"))
    await made.do("U0MAYA", Submit("edcamp.new", {**BOARD, "phases": when}))
    wish = Submit("edcamp.card", card("Choir").values, "2")
    assert told in said(await made.do("U0SAM", wish))
    board = await made.store.read(lambda tx: phases.again(tx, 2))
    assert board.phase is Phase.PLANNED
    made.clock.at = board.ends_at + timedelta(minutes=1)
    assert told in said(await made.do("U0SAM", wish))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_two_cards_are_made_one_by_two_at_once(made: Seeded) -> None:
    """Each takes another for the one that stays: whoever comes second reads that it was done."""
    looked, done = Event(), Event()
    maya = await made.parts.desk.person(MemberRef("slack", TEAM, "U0MAYA"))
    assert maya is not None

    def two(tx: Tx) -> tuple[BoardCard, BoardCard]:
        found = cards.of_numbers(tx, [1, 2])
        return found[1], found[2]

    def merge(tx: Tx, one: BoardCard, into: BoardCard, by: Person) -> None:
        merging.merge(
            tx, one, into, made.clock.now(), made.parts.desk.directory, by=by, organises=True
        )

    def second(tx: Tx) -> None:
        one, other = two(tx)
        looked.set()
        done.wait(30)
        merge(tx, other, one, maya)

    async def first() -> None:
        await asyncio.to_thread(looked.wait, 30)
        await made.store.run(lambda tx: merge(tx, *two(tx), maya))
        done.set()

    with pytest.raises(Refused, match="made one already"):
        await asyncio.gather(made.store.run(second), first())
    assert ("Feedback without any grades", 2, 1) in await stands(made)


async def test_nobody_is_told_of_a_host_who_stepped_back(made: Seeded) -> None:
    """Nor that a card is one with another which was taken apart before they read of it."""
    tools = made.parts.runner.tools

    def taken_back(tx: Tx) -> None:
        luis = tools.directory.known(tx, MemberRef("slack", TEAM, "U0LUIS"))
        one = cards.of_numbers(tx, [3])[3]
        assert luis is not None
        posting.lead(tx, one, made.clock.now(), tools.directory, by=luis)
        posting.step_back(tx, one, made.clock.now(), by=luis)

    await made.store.run(taken_back)
    await made.parts.runner.run_all_due()
    assert not [
        each for each in made.platform.sent if each.card.title.bare().startswith("You asked")
    ]


async def test_two_organisers_press_the_same(made: Seeded) -> None:
    """What the button says is done once, and not taken back by the second; also once the board is over."""
    for _organiser in range(2):
        told = said(await made.do("U0MAYA", Press("edcamp.public", "1.1")))
        assert "Anybody may read it now" in told
        told = said(await made.do("U0MAYA", Press("edcamp.roll", "1.1")))
        assert "It comes again every week" in told
    assert await made.store.read(lambda tx: phases.again(tx, 1).public)
    maya = MemberRef("slack", TEAM, "U0MAYA")
    for phase in (Phase.VOTE, Phase.OVER):
        await begin(made, phase)
        page = await made.parts.desk.page(maya, "edcamp", "1")
        assert isinstance(page, Page)
        assert page.head is not None
        ways = [(each.action, each.row) for each in page.head.more if isinstance(each, Button)]
        assert ("edcamp.public", "1.0") in ways
    assert "Members alone" in said(await made.do("U0MAYA", Press("edcamp.public", "1.0")))
    assert not await made.store.read(lambda tx: phases.again(tx, 1).public)


async def test_a_board_like_one_is_laid_at_the_same_clock(made: Seeded) -> None:
    """Whoever lays it anew, wherever they are: the form shows the slots of the first."""
    await made.store.run(lambda tx: boards.change(tx, 1, zone="Asia/Tokyo"))
    await made.do("U0MAYA", Press("edcamp.call_off", "1"))
    await made.do("U0MAYA", Submit("edcamp.copy", BOARD, "1"))
    laid = await made.store.read(lambda tx: phases.again(tx, 2))
    assert laid.zone == "Asia/Tokyo"
    assert local(laid.starts_at, "Asia/Tokyo").hour == 9


async def test_a_word_in_another_room_means_the_board_that_comes_next(made: Seeded) -> None:
    """Though one for next month was laid since; and of the many that are over none hides what is to come."""
    later = Submit("edcamp.new", {**BOARD, "title": "Next month", "day": "in 30 days"})
    assert "is laid" in said(await made.do("U0MAYA", later, where=Place("slack", TEAM, "C0TWO")))
    elsewhere = Place("slack", TEAM, "")
    answer = await made.do("U0SAM", Command("edcamp"), where=elsewhere)
    assert "cards on the board" in said(answer)

    def long_over(tx: Tx) -> None:
        old = phases.again(tx, 1)
        for _each in range(60):
            boards.add(
                tx, replace(old, place=None, phase=Phase.OVER, secret=str(_each)), old.starts_at
            )

    await made.store.run(long_over)
    page = await made.parts.desk.page(MemberRef("slack", TEAM, "U0MAYA"), "edcamps", "")
    assert isinstance(page, Page)
    shown = str(page.blocks)
    assert "Next month" in shown
    assert "The newest " in shown


async def test_what_is_called_off_is_one_week_of_a_standing_board(made: Seeded) -> None:
    """It comes again a week later, with the same organisers; where it is to come no more, it does not."""
    await made.do("U0MAYA", Press("edcamp.roll", "1.1"))
    luis = await made.parts.desk.person(MemberRef("slack", TEAM, "U0LUIS"))
    assert luis is not None
    given, now = Grant(Role.ORGANISER, "edcamp:1"), made.clock.now()
    ends = now + timedelta(days=90)
    await made.store.run(lambda tx: roles.grant(tx, 1, luis.id, given, by=None, now=now, ends=ends))
    first = await made.store.read(lambda tx: phases.again(tx, 1))
    await made.do("U0MAYA", Press("edcamp.call_off", "1"))
    await made.parts.runner.run_all_due()
    second = await made.store.read(lambda tx: phases.again(tx, 2))
    assert second.starts_at - first.starts_at == timedelta(weeks=1)
    held = await made.store.read(lambda tx: roles.held_in(tx, 1, now))
    assert [each.ends for each in held if each.given.scope == "edcamp:2"] == [ends]
    assert "It comes again no more" in said(await made.do("U0LUIS", Press("edcamp.roll", "2.0")))
    await made.do("U0LUIS", Press("edcamp.call_off", "2"))
    await made.parts.runner.run_all_due()
    assert await made.store.read(lambda tx: boards.get(tx, 3)) is None
