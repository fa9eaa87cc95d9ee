"""Kill -9 around an EdCamp's day: each phase, grid, notice and session's place comes once, whatever died when.

One board is one afternoon, from its vote to its share-out, in parts. In a part the process dies at one
point, or the child does that makes the grid, and another process goes on from there.
"""

import asyncio
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import create_engine, text

from plnbot.edcamps.model import Phase
from plnbot.members.model import Profile
from plnbot.members.store import profiles
from plnbot.quiet import Quiet
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.store.opening import open_store
from plnbot.talk.interactions import Interaction, Press, Submit, What
from plnbot.testing import FrozenClock
from tests.faults.bot import ITS_CHILD, OUTSIDE_POINTS, POINTS, Bot, Life, live
from tests.faults.conftest import LONG, NOON, TEACHERS, Row, does, on_a_database, processes
from tests.faults.receiver import Receiver

pytestmark = pytest.mark.faults
ALL_POINTS = (*POINTS, *OUTSIDE_POINTS, ITS_CHILD)
BOARDS = len(ALL_POINTS) if LONG else 1
MINUTE = timedelta(minutes=1)
BOARD = {
    "title": "Afternoon EdCamp",
    "day": "today",
    "slots": "3:00 pm–3:45 pm\n4:00 pm–4:45 pm",
    "rooms": "Library, projector\nGym",
    "phases": "Requests: no\nCards: now\nVotes: today 1 pm\nGrid: today 2 pm",
}
VOTE, GRID, LIVE, OVER = (NOON + timedelta(hours=each) for each in (1, 2, 3, 5.5))
AFTER = 3 * MINUTE
"""So much later who died is missed: a lease has run out by then, on PostgreSQL too."""
TOLD_BY = NOON + timedelta(hours=7)
"""Before the chat begins that this database holds besides."""
IN_SHORT: Mapping[str, tuple[str, int]] = {
    "the vote begins": ("handle, committed", 1),
    "a grid is suggested": ("end, written", 1),
    "it is published": ("accepted, not replied", 2),
    "they are told of it": ("take in, committed", 1),
    "sessions open": ("replied, not recorded", 3),
    "all is shared out": ("handle, written", 2),
}
"""Where each part dies in the short run; in the long one every point comes in every part."""
Grid = Mapping[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the afternoon: from when on, what people do then, and until when."""

    name: str
    begins: datetime
    ends: datetime
    does: tuple[Interaction, ...] = ()


def maya(key: str, what: What) -> Interaction:
    """Return what the organiser does; told again, it is the same."""
    return does(key, "maya", what, leads=True)


def afternoon() -> Iterator["Part | Callable[[Found], Part]"]:
    """Yield its parts; two of them depend on how the grid stands."""
    votes = tuple(
        does(f"vote/{who}/{card}", who, Press("edcamp.interested", str(card)))
        for at, who in enumerate(TEACHERS, 1)
        for card in (at, at % len(TEACHERS) + 1)
    )
    suggests, publishes = (
        (maya(each, Press(f"edcamp.{each}", "1")),) for each in ("suggest", "publish")
    )
    yield Part("the vote begins", VOTE - MINUTE, VOTE + MINUTE)
    yield Part("people vote", VOTE + 10 * MINUTE, VOTE + 11 * MINUTE, votes)
    yield Part("a grid is suggested", GRID + MINUTE, GRID + 2 * MINUTE, suggests)
    yield Part("it is published", GRID + 10 * MINUTE, GRID + 11 * MINUTE, publishes)
    yield changed
    at = GRID + 30 * MINUTE
    again = maya("publish again", Press("edcamp.publish", "1"))
    yield Part("they are told of it", at, at + MINUTE, (again,))
    yield Part("sessions open", LIVE - MINUTE, LIVE + MINUTE)
    yield walked
    yield Part("told later", OVER + AFTER, TOLD_BY)


def other_of(grid: Grid) -> int:
    """Return the card that changes places with the first: the other slot's, in the same room."""
    slot, room = grid[1]
    return next(card for card, place in grid.items() if place == (3 - slot, room))


def changed(seen: "Found") -> Part:
    """Return that two cards change places."""
    slot, room = seen.grid[other_of(seen.grid)]
    move = maya("move", Press("edcamp.move", f"1.1.{slot}.{room}.999"))
    return Part("two change places", GRID + 20 * MINUTE, GRID + 21 * MINUTE, (move,))


def walked(seen: "Found") -> Part:
    """Return that people are in sessions; what is pressed of those that are not on is refused."""
    taps = tuple(
        does(f"tap/{who}/{session}", who, Press("edcamp.go", str(session)))
        for who in TEACHERS
        for session in seen.sessions
    )
    return Part("all is shared out", LIVE + 5 * MINUTE, OVER, taps)


async def laid(url: str) -> None:
    """Lay the board, with a card of each teacher, and let everybody be told things at any hour."""
    store = open_store(url)
    desk = Bot(store, FrozenClock(NOON)).desk
    await desk.handle(maya("lay", Submit("edcamp.new", BOARD)))
    for who in TEACHERS:
        given = {"words": f"What {who} does", "invites": "share", "leads": "lead"}
        answer = {**given, "about": "", "needs": ""}
        await desk.handle(does(f"card/{who}", who, Submit("edcamp.card", answer, "1")))

    def awake(tx: Tx) -> None:
        for who in ("maya", *TEACHERS):
            person = desk.directory.known(tx, MemberRef("test", "w", who))
            assert person is not None
            profiles.save_profile(tx, person.id, Profile(quiet=Quiet(None, None)))

    await store.run(awake)
    await store.close()


@dataclass(slots=True)
class Story:
    """One board whose process dies in each part of its afternoon."""

    url: str
    receiver: Receiver
    port: int
    lives: int = 0
    killed: list[str] = field(default_factory=list)

    async def lived(self, part: Part, point: str, nth: int) -> None:
        """Let a part come to its end: one process dies in it, where it comes to that, and one does not."""
        left, dies = part.does, point
        while left or dies is not None:
            life = Life(
                self.url,
                self.port,
                self.lives + 1,
                part.begins + (timedelta() if dies else AFTER),
                left,
                dies or "",
                nth,
                part.ends + (timedelta() if dies else AFTER),
            )
            ended, known = await asyncio.to_thread(_lived, life)
            self.lives += 1
            self.killed += [f"{part.name}: {point}"] if ended else []
            left = tuple(each for each in left if each.key not in known)
            if not ended and not left:
                return
            dies = ""


def _lived(life: Life) -> tuple[int, set[str]]:
    ours, theirs = processes.Pipe(duplex=False)
    process = processes.Process(target=live, args=(life, theirs))
    process.start()
    theirs.close()
    known = set()
    try:
        while True:
            known.add(ours.recv())
    except EOFError:
        pass
    process.join(60)
    ours.close()
    ended = process.exitcode
    process.close()
    assert ended in {0, -signal.SIGKILL}, f"life {life.number} ended by itself: {ended}"
    return int(ended or 0), known


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in the end: the grid, what is in tables, and what is not done."""

    grid: Grid
    shown: Grid
    sessions: frozenset[int]
    spaces: frozenset[int]
    many: Mapping[str, int]
    minutes: Counter[tuple[int, str]]
    undone: Mapping[str, str]


COUNTED = {
    "published": "count(*) FROM audit WHERE action = 'edcamp.published'",
    "votes": "count(*) FROM edcamp_vote",
    "interests": "sum(interested) FROM edcamp_card",
    "ended": "count(*) FROM edcamp_meeting WHERE ended_at IS NOT NULL",
    "spaces": "count(*) FROM space WHERE state = 'closed'",
    "steps": "count(*) FROM edcamp_step",
}


def found(url: str) -> Found:
    """Look, from outside the bot."""
    engine = create_engine(url)
    with engine.connect() as connection:

        def rows(query: str) -> list[tuple[int, int, int]]:
            return [(one, two, three) for one, two, three in connection.execute(text(query))]

        def numbers(table: str) -> frozenset[int]:
            return frozenset(connection.execute(text(f"SELECT id FROM {table}")).scalars())  # noqa: S608 - ours

        of = "FROM edcamp_session ORDER BY card_id"
        seen = Found(
            {
                card: (slot, room)
                for card, slot, room in rows(f"SELECT card_id, slot_id, room_id {of}")
            },
            {
                card: (slot, room)
                for card, slot, room in rows(f"SELECT card_id, shown_slot_id, shown_room_id {of}")
            },
            numbers("edcamp_session"),
            numbers("space"),
            {
                name: int(connection.execute(text(f"SELECT {each}")).scalar_one())
                for name, each in COUNTED.items()
            },
            Counter(
                (int(member), str(source))
                for member, source in connection.execute(
                    text("SELECT member_id, source_ref FROM activity")
                )
            ),
            {
                str(key): str(state)
                for key, state in connection.execute(text("SELECT key, state FROM work"))
                if state not in {"done", "cancelled"} and not str(key).startswith("chat/")
            },
        )
    engine.dispose()
    return seen


def expected(seen: Found) -> set[str]:
    """Return the keys of all that must have been posted, but for the organiser's suggestion."""
    cards = range(1, len(TEACHERS) + 1)
    moved = {1, other_of(seen.grid)}
    # Who leads a card wants it, and the one before them too; Maya moved it and reads nothing of it.
    concerned = {card + 1 for card in moved} | {(card - 2) % len(TEACHERS) + 2 for card in moved}
    sessions = {
        f"session/{each}/edcamps.{card}"
        for each in seen.sessions
        for card in ("session", "closing")
    }
    board = {
        *(each.value for each in (Phase.PROPOSE, Phase.VOTE, Phase.GRID, Phase.LIVE)),
        *(each.value for each in (Phase.SHARE_OUT, Phase.OVER)),
        "published",
        *(f"changed/1/{card + 1}" for card in cards),
        *(f"changed/2/{member}" for member in concerned),
        *(f"recap/{card + 1}" for card in cards),
        *sessions,
    }
    places = {f"space/{each}/{card}" for each in seen.spaces for card in ("about/0/", "closed")}
    return {f"edcamp/1/{each}" for each in board} | places


@on_a_database
@pytest.mark.parametrize("board", range(BOARDS))
async def test_an_afternoon_outlives_its_processes(
    chat_url: str, board: int, tally: Callable[[Row], None]
) -> None:
    """Nothing is lost and nothing comes twice: phases, votes, the grid, its notices, places, recaps."""
    await laid(chat_url)
    receiver = Receiver(knows=True)
    async with receiver.listening() as port:
        story = Story(chat_url, receiver, port)
        for at, told in enumerate(afternoon()):
            part = told if isinstance(told, Part) else told(found(chat_url))
            points = ALL_POINTS if part.name == "a grid is suggested" else POINTS
            point, nth = points[(board + at) % len(points)], 1 + board % 2
            if not LONG:
                point, nth = IN_SHORT.get(part.name, ("", 1))
            await story.lived(part, point, nth)
    seen = found(chat_url)
    assert len(story.killed) >= (1 if LONG else len(IN_SHORT)), story.killed
    assert seen.undone == {}
    posted = {key: lives for key, lives in receiver.accepted.items() if lives}
    assert {key for key, lives in posted.items() if len(lives) > 1} == set()
    assert expected(seen) - set(posted) == set()
    others = set(posted) - expected(seen)
    assert sum(each.startswith("edcamp/1/suggested/") for each in others) == 1
    assert seen.shown == seen.grid
    assert len(set(seen.grid.values())) == len(TEACHERS)
    many = len(TEACHERS)
    assert len(seen.sessions) == len(seen.spaces) == many
    assert seen.many == {
        "published": 2,
        "votes": 0,
        "interests": 2 * many,
        "ended": many,
        "spaces": many,
        "steps": 0,
    }
    assert set(seen.minutes.values()) == {1}
    # Who walked on between two processes has minutes of both sessions.
    assert len({member for member, _session in seen.minutes}) == many
    database = "SQLite" if chat_url.startswith("sqlite") else "PostgreSQL"
    tally(Row(f"kill -9 around an EdCamp's afternoon ({database})", len(story.killed)))
