"""Topics: the count and its lot, and what becomes of suggestions that are merged, taken back or erased."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.chats.model.topics import ranking
from plnbot.chats.store import polls, suggestions
from plnbot.chats.store.suggestions import Kind
from plnbot.refs import Place
from plnbot.store.database import Store
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import Answer, Command, Press, Reply, Submit
from plnbot.talk.plain import card_as_text
from plnbot.testing import FrozenClock
from tests.chats.workspace import ROOM, TEAM, Seeded, seeded

ZONE = "America/New_York"
HERE = Place("slack", TEAM, ROOM)
DAY = timedelta(days=1)
TOPICS = st.lists(st.integers(1, 12), min_size=1, max_size=8, unique=True)
VOTES = st.lists(st.integers(1, 12), max_size=30)
SEEDS = st.integers(0, 2**56)


@given(TOPICS, VOTES, SEEDS)
def test_a_count_is_a_count(topics: list[int], votes: list[int], seed: int) -> None:
    """Every topic has its place, more votes come first, votes for others and order do not matter."""
    came = ranking(topics, votes, seed)
    assert sorted(each.topic for each in came.places) == sorted(topics)
    counts = Counter(each for each in votes if each in topics)
    assert [each.votes for each in came.places] == sorted(
        (counts[each] for each in topics), reverse=True
    )
    assert all(each.votes == counts[each.topic] for each in came.places)
    assert len(came.taken) == min(2, len(counts))
    assert ranking(sorted(topics), list(reversed(votes)), seed) == came


@given(TOPICS, VOTES, SEEDS)
def test_one_more_vote_never_harms(topics: list[int], votes: list[int], seed: int) -> None:
    """Whoever leads still leads with another vote, and a lot is named where it decided, only there."""
    came = ranking(topics, votes, seed)
    first = came.places[0]
    more = ranking(topics, [*votes, first.topic], seed)
    assert more.places[0].topic == first.topic
    assert more.places[0].votes == first.votes + 1
    ties = Counter(each.votes for each in came.places)
    decided = {each.votes for each in came.taken if ties[each.votes] > 1}
    assert {each.votes for each in came.drawn} == decided


def test_a_lot_falls_to_each_in_its_turn() -> None:
    """Of two with as many votes each wins about as often, over many seeds."""
    wins = Counter(ranking([3, 4], [3, 4], seed).places[0].topic for seed in range(400))
    assert min(wins[3], wins[4]) > 150


def said(answered: Answer) -> str:
    """Return the words of a reply."""
    assert isinstance(answered, Reply), answered
    return card_as_text(answered.card, ZONE)


@pytest.fixture
async def room(store: Store, clock: FrozenClock) -> Seeded:
    """Return a room in which two suggested nearly the same and a third something else."""
    made = await seeded(store, clock)
    await made.do("U0PRIYA", Command("chat suggest Feedback that pupils use"))
    told = said(await made.do("U0LUIS", Command("chat suggest feedback pupils really use")))
    assert "Alike: Feedback that pupils use" in told
    await made.do("U0SAM", Command("chat suggest Homework nobody copies"))
    return made


async def stands(room: Seeded) -> list[tuple[str, int]]:
    """Return what waits, with how many suggest it."""
    found = await room.store.read(lambda tx: suggestions.waiting_in(tx, Kind.TOPIC, HERE))
    return [(each.words, len(each.authors)) for each in found]


async def test_made_one_taken_apart_and_taken_back(room: Seeded) -> None:
    """Both authors are kept; apart, each has its own; taken back, the other's words stand."""
    assert len(await stands(room)) == 3
    await room.do("U0LUIS", Press("topic.same", "2.1"))
    assert (await stands(room))[0] == ("Feedback that pupils use", 2)
    await room.do("U0LUIS", Press("topic.apart", "2"))
    assert len(await stands(room)) == 3
    assert "moderator decides" not in said(await room.do("U0LUIS", Press("topic.same", "2.1")))
    left = said(await room.do("U0PRIYA", Press("topic.take_back", "1")))
    assert "1 other suggests it too" in left
    assert ("feedback pupils really use", 1) in await stands(room)
    assert "It is gone" in said(await room.do("U0LUIS", Press("topic.take_back", "1")))
    assert await stands(room) == [("Homework nobody copies", 1)]


async def test_who_may_not(room: Seeded) -> None:
    """Nobody merges or takes back what is another's, nor opens votes without leading chats."""
    for press in (
        Press("topic.same", "1.3"),
        Press("topic.merge", "1", "3"),
        Press("topic.take", "1"),
        Press("topic.take_back", "1"),
        Press("topic.apart", "1"),
    ):
        await room.do("U0SAM", press)
    assert len(await stands(room)) == 3
    told = said(await room.do("U0SAM", Command("chat vote until Friday noon")))
    assert "by moderators" in told


async def test_what_is_in_the_way_is_said_at_once(room: Seeded) -> None:
    """A span that is none, a slot before the end, and no date: each has its sentence."""
    wish = {"when": "from pigs until fly", "first": "today 1 pm", "second": ""}
    errors = await room.do("U0MAYA", Submit("topic.vote", wish))
    assert isinstance(errors, FieldErrors)
    assert set(errors.errors) == {"when"}
    wish = {"when": "until Friday noon", "first": "tomorrow 1 pm", "second": "pigs"}
    errors = await room.do("U0MAYA", Submit("topic.vote", wish))
    assert isinstance(errors, FieldErrors)
    assert "has not ended by then" in str(errors.errors["first"])
    assert "do not understand" in str(errors.errors["second"])
    wish = {"when": "until Friday noon", "first": "", "second": "Tuesday 8 pm"}
    errors = await room.do("U0MAYA", Submit("topic.vote", wish))
    assert isinstance(errors, FieldErrors)
    assert "No chats repeat here" in str(errors.errors["first"])
    twice = {"when": "until Friday noon", "first": "Dec 3 2026 8 pm", "second": "Dec 3 2026 8 pm"}
    errors = await room.do("U0MAYA", Submit("topic.vote", twice))
    assert isinstance(errors, FieldErrors)
    assert "another time" in str(errors.errors["second"])


VOTE = {"when": "until Friday noon", "first": "Dec 3 2026 8 pm", "second": "Dec 3 2026 12:30 pm"}


async def test_votes_are_counted_once_and_forgotten(room: Seeded) -> None:
    """The last vote of each counts; nothing shows how it stands; afterwards nobody knows whose they were."""
    await room.do("U0MAYA", Submit("topic.vote", VOTE))
    await room.do("U0LUIS", Press("topic.same", "2.1"))
    for who, topic in (("PRIYA", "1"), ("LUIS", "1"), ("SAM", "3"), ("SAM", "2"), ("SAM", "1")):
        await room.do(f"U0{who}", Press("topic.vote", "1", topic))
    assert "votes)" not in said(await room.do("U0MAYA", Command("chat topics")))
    assert "3 have voted" in said(await room.do("U0MAYA", Command("chat topics")))
    refused = said(await room.do("U0MAYA", Press("topic.merge", "2", "1")))
    assert "being voted on" in refused
    await room.pass_time(room.clock.at + 5 * DAY)
    ended = await room.store.read(lambda tx: polls.get(tx, 1))
    assert ended is not None
    assert dict(ended.votes) == {1: 3, 2: 0, 3: 0}
    assert await room.store.read(lambda tx: polls.many(tx, 1)) == 0
    assert "has ended" in said(await room.do("U0SAM", Press("topic.vote", "1", "3")))


async def test_who_votes_for_what_was_taken_back_votes_again(room: Seeded) -> None:
    """A topic that its author takes back in mid-vote is out, and its votes with it; the vote goes on."""
    await room.do("U0MAYA", Submit("topic.vote", VOTE))
    await room.do("U0PRIYA", Press("topic.vote", "1", "3"))
    await room.do("U0SAM", Press("topic.take_back", "3"))
    seen = said(await room.do("U0PRIYA", Command("chat topics")))
    assert "1 topic was taken back" in seen
    assert "0 have voted" in seen
    await room.do("U0PRIYA", Press("topic.vote", "1", "2"))
    await room.pass_time(room.clock.at + 5 * DAY)
    ended = await room.store.read(lambda tx: polls.get(tx, 1))
    assert ended is not None
    assert set(ended.chats) == {2}
