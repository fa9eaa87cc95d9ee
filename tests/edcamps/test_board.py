"""What a board's tables hold: phases begun once, cards made one with people and votes, votes forgotten."""

from datetime import timedelta

import pytest

from plnbot.edcamps.actions import phases
from plnbot.edcamps.coming import happenings, on_offer
from plnbot.edcamps.model import Board, Phase, Tally, Vote, quick_order, tallies
from plnbot.edcamps.store import cards, votes
from plnbot.engine.context import Context
from plnbot.engine.offers import Idea
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import Answer, Command, OpenForm, Press, Reply, Submit
from plnbot.talk.plain import card_as_text
from plnbot.testing import FrozenClock
from tests.chats.workspace import ROOM, TEAM, Seeded, seeded

BOARD = {
    "title": "Spring EdCamp",
    "day": "in 3 days",
    "slots": "9:00–9:45\n10:00–10:45",
    "rooms": "Library\nGym",
    "phases": "Requests: no\nCards: now\nVotes: tomorrow 8 am\nGrid: in 2 days 8 pm",
}
DAY = timedelta(days=1)


def said(answered: Answer) -> str:
    """Return the words of a reply."""
    assert isinstance(answered, Reply), answered
    return card_as_text(answered.card, "America/New_York")


def card(words: str, *, leads: str = "ask") -> Submit:
    """Return the form that puts a card on the first board."""
    given = {"words": words, "invites": "discuss", "leads": leads, "about": "", "needs": ""}
    return Submit("edcamp.card", given, "1")


@pytest.fixture
async def made(store: Store, clock: FrozenClock) -> Seeded:
    """Return a workspace whose board has three cards, two of them alike."""
    found = await seeded(store, clock)
    assert "is laid" in said(await found.do("U0MAYA", Submit("edcamp.new", BOARD)))
    assert "is on the board" in said(await found.do("U0PRIYA", card("Feedback without grades")))
    alike = said(await found.do("U0LUIS", card("Feedback without any grades", leads="lead")))
    assert "Alike: Discuss" in alike
    await found.do("U0SAM", card("Calm starts"))
    return found


async def board(of: Seeded) -> Board:
    """Return the board."""
    return await of.store.read(lambda tx: phases.again(tx, 1))


async def stands(of: Seeded) -> list[tuple[str, int, int]]:
    """Return the cards with how many ask for and how many lead each."""
    there = await of.store.read(lambda tx: cards.of_board(tx, 1))
    return [(each.words, len(each.authors), len(each.hosts)) for each in there]


async def begin(of: Seeded, phase: Phase) -> None:
    """Let it be a minute after a phase began."""
    of.clock.at = (await board(of)).times[phase] + timedelta(minutes=1)
    await of.parts.runner.run_all_due()


async def test_made_one_keeps_people_and_votes(made: Seeded) -> None:
    """Both authors and the host are kept, a member's best vote counts once, and apart each has its own."""
    await begin(made, Phase.VOTE)
    for press in ("edcamp.interested", "edcamp.skip"):
        await made.do("U0SAM", Press(press, "1" if press.endswith("interested") else "2"))
    await made.do("U0MAYA", Press("edcamp.same", "2.1"))
    assert ("Feedback without grades", 2, 1) in await stands(made)
    assert len(await stands(made)) == 2
    counted = await made.store.read(lambda tx: votes.tally_of(tx, 1))
    assert counted[1] == Tally(1, 0)
    sam = await made.parts.desk.person(MemberRef("slack", TEAM, "U0SAM"))
    assert sam is not None
    assert await made.store.read(lambda tx: votes.interested(tx, 1)) == {1: {sam.id}}
    await made.do("U0MAYA", Press("edcamp.apart", "2"))
    assert ("Feedback without any grades", 1, 1) in await stands(made)
    assert ("Feedback without grades", 1, 0) in await stands(made)


async def test_each_phase_begins_once_however_often_its_work_runs(made: Seeded) -> None:
    """Run twice, it tells once; after an outage over two phases the room is told where things stand alone."""
    await begin(made, Phase.VOTE)
    for _ in range(2):
        await made.store.run(lambda tx: phases.tick(tx, 1, made.clock.now()))
        await made.parts.runner.run_all_due()
    told = [each.key for each in made.platform.sent if not each.key.startswith("edit/")]
    assert [key for key in told if key.startswith("edcamp/1/")] == [
        "edcamp/1/propose",
        "edcamp/1/vote",
    ]
    await begin(made, Phase.SHARE_OUT)
    assert (await board(made)).phase is Phase.SHARE_OUT
    told = [each.key for each in made.platform.sent]
    assert "edcamp/1/share-out" in told
    assert not {"edcamp/1/grid", "edcamp/1/live"} & set(told)


async def test_when_all_is_over_nobody_knows_who_voted(made: Seeded) -> None:
    """The counts stay, also those of an earlier vote; a vote before, after, or for what was withdrawn is none."""
    assert "Voting begins" in said(await made.do("U0SAM", Press("edcamp.maybe", "3")))
    await begin(made, Phase.VOTE)
    await made.do("U0PRIYA", Press("edcamp.withdraw", "1"))
    told = said(await made.do("U0SAM", Press("edcamp.interested", "1")))
    assert "This card was withdrawn, so it takes no votes." in told
    await made.do("U0PRIYA", Press("edcamp.maybe", "3"))
    await made.do("U0LUIS", Press("edcamp.interested", "3"))
    await begin(made, Phase.OVER)
    assert await made.store.read(lambda tx: votes.of_board(tx, 1)) == ()
    assert (await made.store.read(lambda tx: votes.tally_of(tx, 1)))[3] == Tally(1, 1)
    assert "Voting ended" in said(await made.do("U0SAM", Press("edcamp.interested", "3")))


async def test_a_second_board_in_a_room_waits_for_the_first(made: Seeded) -> None:
    """One room has one board at a time; called off, it makes room."""
    again = Submit("edcamp.new", BOARD)
    assert "has a board already" in said(await made.do("U0MAYA", again))
    assert "organisers of this board" in said(await made.do("U0SAM", Press("edcamp.call_off", "1")))
    await made.do("U0MAYA", Press("edcamp.call_off", "1"))
    assert "is laid" in said(await made.do("U0MAYA", again))
    assert "What shall we talk about?" in said(await made.do("U0SAM", Command("edcamp")))


@pytest.mark.rows(21)
async def test_an_idea_becomes_a_card(made: Seeded) -> None:
    """Its form comes filled in; where no board takes cards, it is no way for an idea."""
    desk = made.parts.desk
    way = desk.routes.takes_over["edcamps"]
    idea = Idea("What did a pupil teach you?", "", "prompt/1", Place("slack", TEAM, ROOM))

    def context(tx: Tx) -> Context:
        person = desk.directory.known(tx, MemberRef("slack", TEAM, "U0SAM"))
        assert person is not None
        return desk._context(tx, person, Place("slack", TEAM, ""), made.clock.now())

    answer = await made.store.run(lambda tx: way.take(context(tx), idea))
    assert isinstance(answer, OpenForm)
    words = next(each for each in answer.form.inputs if each.name == "words")
    assert getattr(words, "value", "") == idea.words
    await begin(made, Phase.GRID)
    assert not await made.store.run(lambda tx: way.open_now(context(tx)))


async def test_calendar_and_home_tell_of_it(made: Seeded) -> None:
    """The day stands in the network's calendar and among what is on offer; cards wait to be voted on."""
    there = await board(made)
    found = await made.store.read(lambda tx: list(happenings(tx, there.network)))
    assert [(each.starts_at, each.off) for each in found] == [(there.starts_at, False)]
    offered = await made.store.read(lambda tx: on_offer(tx, there.network, made.clock.now()))
    assert [(each.title, each.page) for each in offered] == [("Spring EdCamp", "edcamp/1")]
    await begin(made, Phase.VOTE)
    home = said(await made.do("U0SAM", Command("home")))
    assert "3 cards to vote on" in home
    await begin(made, Phase.OVER)
    assert not await made.store.read(lambda tx: on_offer(tx, there.network, made.clock.now()))


def test_a_quick_vote_shows_what_fewest_voted_on_first() -> None:
    """Then by a lot of the member's own, the same whenever it is drawn; what was voted on is left out."""
    voted = {1: 3, 2: 0, 3: 1, 4: 0, 5: 0}
    order = quick_order([1, 2, 3, 4, 5], voted, {5}, 7, 11)
    assert order[2:] == [3, 1]
    assert set(order[:2]) == {2, 4}
    assert order == quick_order([5, 4, 3, 2, 1], voted, {5}, 7, 11)
    firsts = {quick_order([2, 4], voted, (), 7, member)[0] for member in range(20)}
    assert firsts == {2, 4}


def test_a_members_best_vote_for_what_was_made_one_counts_once() -> None:
    """Interested and skip for the same card by one is one who is interested."""
    given = [(1, 9, Vote.SKIP), (1, 9, Vote.INTERESTED), (2, 9, Vote.MAYBE), (3, 8, Vote.SKIP)]
    assert tallies(given) == {9: Tally(1, 1), 8: Tally(0, 0)}


async def test_a_phase_that_begins_again_is_shown_again(made: Seeded) -> None:
    """Its time was changed after it had begun: what told of it offers what there is to do once more."""
    await begin(made, Phase.VOTE)
    form = await made.do("U0MAYA", Press("edcamp.change", "1"))
    assert isinstance(form, OpenForm)
    shown = {each.name: str(getattr(each, "value", "")) for each in form.form.inputs}
    later = {**shown, "phases": f"{shown['phases']}\nVotes: tomorrow 9 am"}
    assert "Changed" in said(await made.do("U0MAYA", Submit("edcamp.change", later, form.form.row)))
    assert (await board(made)).phase is Phase.PROPOSE
    told = [e.card for e in made.platform.sent if "edcamp/1/propose" in e.key + e.edits]
    assert "put a card on the board" in card_as_text(told[-1], "UTC")
