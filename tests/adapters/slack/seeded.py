"""Every card and form of the core, made by the core itself in one scripted chat."""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from adapters.slack.refusals import why
from adapters.web.app import WebOptions
from plnbot.app import Parts, assembled
from plnbot.engine import outbox
from plnbot.engine.ports import Delivery, Outgoing, Rejected
from plnbot.members import store as members
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store
from plnbot.talk.cards import Card
from plnbot.talk.forms import Form
from plnbot.talk.interactions import (
    Answer,
    Command,
    Handed,
    Interaction,
    Joined,
    Opened,
    OpenForm,
    OpenPage,
    Press,
    Reply,
    Said,
    Submit,
    What,
)
from plnbot.testing import FrozenClock, RecordingSender

TEAM, ROOM = "T0PLN", "C0CHAT"
EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
DOCUMENT = """#PLNchat Feedback that pupils use
Warm-up: Who are you, and where do you teach?

Q1: What worked this week? 🎉
Q2: Is short feedback (<3 lines & done) enough?
Q3: How do you make time?  See https://example.org/time
"""


@dataclass(slots=True)
class Seeded:
    """One workspace in which a scripted chat takes place; it keeps what was shown, by name."""

    store: Store
    clock: FrozenClock
    parts: Parts
    platform: RecordingSender
    shown: dict[str, Card | Form] = field(default_factory=dict)
    pressed: set[str] = field(default_factory=set)
    _keys: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    async def do(self, user: str, what: What) -> Answer:
        """Let somebody do something, and keep what they see at once."""
        who = MemberRef("slack", TEAM, user)
        given = Interaction(
            f"k{next(self._keys)}",
            who,
            Place("slack", TEAM, ROOM),
            what,
            name=user[2:].title(),
            leads=user == "U0MAYA",
        )
        answer = await self.parts.desk.handle(given)
        if isinstance(what, Press):
            self.pressed.add(what.action)
        self._keep(_name_of(what), answer)
        await self.parts.runner.run_all_due()
        return answer

    async def pass_time(self, until: datetime) -> None:
        """Let everything due by then happen at its minute."""
        while self.clock.at < until:
            self.clock.advance(min(timedelta(minutes=1), until - self.clock.at))
            await self.parts.runner.run_all_due()

    async def keep_posts(self) -> None:
        """Keep what was posted meanwhile, by the name of the card."""
        for each in self.platform.sent:
            post = await self.store.read(lambda tx, key=each.key: outbox.by_key(tx, key))  # type: ignore[misc]
            if post is not None:
                self.shown.setdefault(f"post.{post.card}", each.card)

    def _keep(self, name: str, answer: Answer) -> None:
        match answer:
            case Reply(card=card, more=more):
                self.shown.setdefault(name, card)
                for number, each in enumerate(more, start=2):
                    self.shown.setdefault(f"{name}.{number}", each)
            case OpenForm(form=form):
                self.shown.setdefault(f"form.{form.name}", form)
            case OpenPage(card=card) | Handed(card=card):
                self.shown.setdefault(name, card)
            case _:
                return


def _name_of(what: What) -> str:
    match what:
        case Command(words=words):
            return f"command.{'.'.join(words.split()[:2]) or 'nothing'}"
        case Press(action=action):
            return f"press.{action}"
        case Submit(form=form):
            return f"submit.{form}"
        case Opened(view=view):
            return f"page.{view}"
        case _:
            return f"event.{type(what).__name__.lower()}"


async def seeded(store: Store, clock: FrozenClock) -> Seeded:
    """Return a workspace with its people, before anything is planned."""
    now = clock.now()
    await store.run(
        lambda tx: members.new_network(tx, "Our learning network", "en", "America/New_York", now)
    )
    options = WebOptions(b"0" * 32)
    parts = assembled(store, clock, options, lambda _platform: "", Random(1))
    platform = RecordingSender("slack")
    parts.runner.senders["slack"] = platform
    await parts.desk.settle("slack", TEAM, "Ridgeview Schools")
    made = Seeded(store, clock, parts, platform)
    for user in ("U0MAYA", "U0SAM", "U0PRIYA", "U0LUIS"):
        await made.do(user, Joined())
    return made


async def play(chat: Seeded) -> None:
    """Play a chat in which every card, form and command of the core comes up."""
    await _people(chat)
    await _planning(chat)
    await _live(chat)
    await _afterwards(chat)
    await _held_up(chat)
    await chat.do("U0LUIS", Command("data"))
    await chat.do("U0LUIS", Press("members.export"))
    await chat.do("U0LUIS", Press("members.forget"))
    await chat.keep_posts()


async def _people(chat: Seeded) -> None:
    for words in ("", "help", "help chat", "hepl", "start", "profile", "language", "role"):
        await chat.do("U0MAYA", Command(words))
    for words in ("audit", "web", "calendar", "who", "who sam", "who nobody", "chat list", "home"):
        await chat.do("U0MAYA", Command(words))
    about = {
        "subjects": ["science", "biology"],
        "grades": ["7"],
        "district": "Columbus City",
        "school": "Oak Middle",
        "years": "7",
        "zone": "America/New_York",
        "quiet": "none",
        "goals": "Better lab talk\nLess *marking*",
    }
    await chat.do("U0PRIYA", Press("members.start"))
    await chat.do("U0PRIYA", Submit("members.start", about))
    await chat.do("U0PRIYA", Command("profile"))
    await chat.do("U0PRIYA", Press("members.seen"))
    seen = dict.fromkeys(("subjects", "grades", "district", "state", "years"), "network")
    await chat.do("U0PRIYA", Submit("members.seen", {**seen, "school": "me"}))
    await chat.do("U0PRIYA", Press("members.language"))
    await chat.do("U0PRIYA", Press("members.speak", value="en"))
    give = {"person": "2", "role": "moderator", "what": "give"}
    await chat.do("U0MAYA", Submit("members.role", give))
    for page in ("home", "help", "audit", "chats"):
        await chat.do("U0MAYA", Opened(page))


async def _planning(chat: Seeded) -> None:
    new = {"questions": DOCUMENT, "starts": "today 8 pm Eastern", "plan": "classic60"}
    await chat.do("U0MAYA", Command("chat new"))
    await chat.do("U0MAYA", Submit("chat.new", new))
    await chat.do("U0MAYA", Press("chat.change", "1"))
    await chat.do("U0MAYA", Press("chat.publish", "1"))
    await chat.do("U0MAYA", Opened("panel", "1"))
    await chat.do("U0MAYA", Press("chat.co_moderator", "1"))
    await chat.do("U0MAYA", Submit("chat.co_moderator", {"person": "2"}, "1"))
    await chat.do("U0SAM", Press("chat.decline", "1"))
    for user in ("U0PRIYA", "U0LUIS"):
        await chat.do(user, Press("chat.remind", "1"))
    await chat.do("U0LUIS", Press("chat.no_reminder", "1"))
    await chat.do("U0LUIS", Press("chat.answer", "1"))
    await chat.do("U0LUIS", Submit("chat.answer", {"words": "prepared on the bus"}, "1"))


async def _live(chat: Seeded) -> None:
    await chat.pass_time(EIGHT + timedelta(minutes=11))
    await chat.do("U0PRIYA", Said("A1 the *exit* ticket: https://example.org/exit", "1.1"))
    await chat.do("U0LUIS", Joined())
    await chat.do("U0LUIS", Said("A9 what about this", "1.2"))
    await chat.do("U0PRIYA", Command("where"))
    await chat.do("U0PRIYA", Press("chat.where", "1"))
    await chat.do("U0LUIS", Submit("chat.answer", {"words": "_One_ claim at a time"}, "1"))
    await chat.do("U0LUIS", Press("chat.retract", "1"))
    for words in ("chat panel", "chat hold", "chat resume", "chat extend", "chat skip"):
        await chat.do("U0MAYA", Command(words))
    for name in ("hold", "resume", "extend"):
        await chat.do("U0MAYA", Press(f"chat.{name}", "1"))
    await chat.do("U0MAYA", Press("chat.after_all", "1", "2"))
    await chat.do("U0MAYA", Press("chat.skip", "1"))
    await chat.do("U0MAYA", Press("chat.bonus", "1"))
    await chat.do("U0MAYA", Submit("chat.bonus", {"words": "What made you laugh?"}, "1"))
    await chat.do("U0MAYA", Command("chat bonus"))
    await chat.do("U0MAYA", Command("chat next"))
    await chat.do("U0MAYA", Press("chat.go_on", "1"))
    await chat.do("U0MAYA", Press("chat.hide", "2"))
    await chat.do("U0MAYA", Submit("chat.hide", {"why": "be kind"}, "2"))
    await chat.do("U0MAYA", Press("chat.show", "2"))
    await chat.do("U0MAYA", Press("chat.hand_over", "1"))
    await chat.do("U0MAYA", Submit("chat.hand_over", {"person": "2"}, "1"))
    await chat.do("U0SAM", Command("chat end"))


async def _afterwards(chat: Seeded) -> None:
    await chat.pass_time(EIGHT + timedelta(minutes=70))
    await chat.do("U0PRIYA", Press("chat.leave_out", "1"))
    await chat.do("U0PRIYA", Press("chat.let_in", "1"))
    await chat.do("U0PRIYA", Opened("chat", "1"))
    await chat.do("U0MAYA", Command("chat list"))
    await chat.parts.desk.settle("elsewhere", "W9", "Lakeside", joins=False)
    await chat.parts.runner.run_all_due()
    await chat.do("U0MAYA", Press("members.admit", "elsewhere/W9"))
    new = {"questions": "Q1: Why?", "starts": "tomorrow 8 pm", "plan": "classic60"}
    await chat.do("U0MAYA", Submit("chat.new", new))
    chat.platform.answer = _archived
    await chat.do("U0MAYA", Press("chat.publish", "2"))
    chat.platform.answer = lambda _outgoing: None
    await chat.do("U0MAYA", Press("chat.try_again", "2"))
    await chat.do("U0MAYA", Press("chat.discard", "2"))
    await chat.do("U0MAYA", Press("chat.restore", "2"))
    await chat.do("U0MAYA", Submit("chat.new", {**new, "questions": "Q1: What then?"}, "2"))
    await chat.do("U0MAYA", Press("chat.take_back", "2"))


def _archived(outgoing: Outgoing) -> Delivery | None:
    """Turn what is posted in a channel down, as Slack does in an archived one."""
    return Rejected(why("is_archived")) if isinstance(outgoing.to, Place) else None


async def _held_up(chat: Seeded) -> None:
    """Let the bot be away in the middle of a chat, so that its plan moves."""
    starts = "tomorrow 8 pm"
    six = "\n".join(f"Q{number}: Why {number}?" for number in range(1, 7))
    new = {"questions": six, "starts": starts, "plan": "classic60"}
    await chat.do("U0MAYA", Submit("chat.new", new))
    await chat.do("U0MAYA", Press("chat.publish", "3"))
    begins = EIGHT + timedelta(days=1)
    await chat.pass_time(begins + timedelta(minutes=20))
    chat.clock.at = begins + timedelta(minutes=33)
    await chat.parts.runner.run_all_due()
    await chat.do("U0SAM", Press("chat.end", "3"))
    await chat.do("U0MAYA", Press("chat.end", "3"))
    await chat.pass_time(begins + timedelta(minutes=61))
