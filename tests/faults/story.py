"""Everything that people do with chats and their profile, one step after another, in one network."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from plnbot.chats import actions as chats
from plnbot.engine.routes import Routes
from plnbot.members.model import FIELDS
from plnbot.store.database import Tx
from plnbot.talk.interactions import (
    Command,
    Interaction,
    Joined,
    Left,
    Opened,
    Press,
    Said,
    Submit,
    What,
)
from tests.faults.conftest import EIGHT, NOON, does

CHAT = "1"
_PROFILE = {
    "subjects": ["science"],
    "grades": ["7"],
    "district": "North",
    "state": "Ohio",
    "school": "East",
    "years": "3",
    "zone": "America/New_York",
    "quiet": "none",
    "goals": "Listen more",
}
_SEEN = dict.fromkeys(FIELDS, "network")
_PLAN = {"questions": "Q1: One?\nQ2: Two?", "starts": "tomorrow 8 pm", "plan": "classic60"}


@dataclass(frozen=True, slots=True)
class Rows:
    """The newest row of each kind, whatever numbers the database gave."""

    chat: str
    question: str
    answer: str
    role: str
    people: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """What happens at `at`: what somebody does, or a piece of work that is due (`work`)."""

    name: str
    at: datetime
    act: Callable[[Rows], Interaction] | None = None
    work: Callable[[Tx, datetime], None] | None = None


Stepping = Callable[[datetime, str, What | Callable[[Rows], What]], Step]


@dataclass(slots=True)
class Teller:
    """Numbers the steps, and remembers what they used."""

    used: set[str] = field(default_factory=set)
    count: int = 0

    def step(self, at: datetime, who: str, what: What | Callable[[Rows], What]) -> Step:
        """Return what somebody does at `at`, to a known row or to the newest ones."""
        self.count += 1
        key = f"step {self.count}"
        name = key if callable(what) else _name(what)
        self.used.add(name)

        def act(rows: Rows) -> Interaction:
            return does(key, who, what(rows) if callable(what) else what, leads=who == "maya")

        return Step(name, at, act)


def story(routes: Routes) -> Iterator[Step]:
    """Yield every step; at the end whatever buttons and commands there are besides."""
    teller = Teller()
    yield from _before(teller.step)
    yield from _ticks(0, 4, 10)
    yield from _during(teller.step, EIGHT + timedelta(minutes=11))
    yield from _ticks(20, 30, 41)
    yield from _after(teller, routes, EIGHT + timedelta(minutes=42))


def _role_given(rows: Rows) -> What:
    return Submit("members.role", {"person": f"row:{rows.people['nora']}", "role": "moderator"})


def _role_ended(rows: Rows) -> What:
    return Press("members.end_role", rows.role)


def _person(form: str) -> Callable[[Rows], What]:
    return lambda rows: Submit(form, {"person": f"row:{rows.people['luis']}"}, CHAT)


def _before(step: Stepping) -> Iterator[Step]:
    yield step(NOON, "nora", Command("home"))
    yield step(NOON, "nora", Submit("members.start", _PROFILE))
    yield step(NOON, "nora", Submit("members.seen", _SEEN))
    yield step(NOON, "nora", Press("members.speak", "", "es"))
    yield step(NOON, "maya", _role_given)
    yield step(NOON, "maya", _role_ended)
    yield step(NOON, "maya", Submit("chat.new", _PLAN))
    yield step(NOON, "maya", lambda rows: Submit("chat.new", {**_PLAN, "title": "T"}, rows.chat))
    yield step(NOON, "maya", lambda rows: Press("chat.publish", rows.chat))
    yield step(NOON, "maya", lambda rows: Submit("chat.new", {**_PLAN, "title": "U"}, rows.chat))
    yield step(NOON, "maya", Press("chat.change_now", "1"))
    yield step(NOON, "maya", lambda rows: Press("chat.discard", rows.chat))
    yield step(NOON, "maya", lambda rows: Press("chat.publish", rows.chat))
    yield step(NOON, "nora", Press("chat.remind", CHAT))
    yield step(NOON, "luis", Press("chat.remind", CHAT))
    yield step(NOON, "luis", Press("chat.no_reminder", CHAT))
    yield step(NOON, "nora", Submit("chat.answer", {"words": "prepared"}, "1"))
    yield step(NOON, "maya", _person("chat.co_moderator"))
    yield step(NOON, "maya", _person("chat.hand_over"))
    yield step(NOON, "luis", Press("chat.decline", CHAT))


def _during(step: Stepping, at: datetime) -> Iterator[Step]:
    yield step(at, "emma", Joined())
    yield step(at, "emma", Said("A1 mine", "m1"))
    yield step(at, "emma", Said("A1 mine, better", "m1"))
    yield step(at, "emma", Said("", "m1"))
    yield step(at, "emma", Said("A1 & A2 both", "m2"))
    yield step(at, "nora", Submit("chat.answer", {"words": "now"}, "1"))
    yield step(at, "luis", Submit("chat.answer", {"words": "gone soon"}, "1"))
    yield step(at, "luis", Press("chat.retract", "1"))
    yield step(at, "maya", lambda rows: Submit("chat.hide", {"why": "kind"}, rows.answer))
    yield step(at, "maya", lambda rows: Press("chat.show", rows.answer))
    yield step(at, "emma", Press("chat.leave_out", CHAT))
    yield step(at, "emma", Press("chat.let_in", CHAT))
    for name in ("hold", "resume", "extend", "skip", "go_on"):
        yield step(at, "maya", Press(f"chat.{name}", CHAT))
    yield step(at, "maya", Press("chat.after_all", CHAT, "2"))
    yield step(at, "maya", Submit("chat.bonus", {"words": "More?"}, CHAT))


def _after(teller: Teller, routes: Routes, at: datetime) -> Iterator[Step]:
    yield teller.step(at, "maya", Press("chat.end", CHAT))
    yield teller.step(at, "emma", Said("A2 late", "m3"))
    yield teller.step(at, "emma", Left())
    yield teller.step(at, "emma", Opened("home"))
    for name in sorted(routes.presses.keys() - teller.used):
        # Of answers, entries and options, the numbers depend on the database; of chats and questions they do not.
        counted = {"chat.hide", "chat.show", "credit.withdraw"}
        counted |= {f"chat.{each}" for each in ("reply", "thank", "no_reply")}
        counted |= {f"summary.{each}" for each in ("quote", "drop", "earlier")}
        counted |= {each for each in routes.presses if each.startswith("pulse.")}
        yield teller.step(at, "maya", Press(name, "0" if name in counted else CHAT))
    for name in sorted(routes.commands.keys() - teller.used):
        yield teller.step(at, "maya", Command(name))


def _ticks(*minutes: int) -> Iterator[Step]:
    for minute in minutes:
        at = EIGHT + timedelta(minutes=minute)
        yield Step(f"8:{minute:02}", at, work=lambda tx, now: chats.tick(tx, int(CHAT), now))


def _name(what: What) -> str:
    match what:
        case Press(action=name) | Submit(form=name) | Command(words=name) | Opened(view=name):
            return name
        case _:
            return type(what).__name__
