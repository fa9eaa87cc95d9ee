"""Everything that the core can show, made by the core itself on one chat from plan to archive.

`everything(...)` fails when a command, button, form or card exists that its script never reaches,
so an adapter that renders what it returns has rendered all there is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from adapters.web.app import WebOptions
from plnbot.app import Parts, assembled
from plnbot.engine import outbox, work
from plnbot.engine.ports import Outgoing, Rejected
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store
from plnbot.talk.cards import Card
from plnbot.talk.forms import FieldErrors, Form
from plnbot.talk.interactions import (
    Answer,
    Command,
    Handed,
    Interaction,
    Joined,
    Opened,
    OpenForm,
    Press,
    Reply,
    Said,
    Submit,
    What,
)
from plnbot.testing import FrozenClock, RecordingSender

EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
ADDRESS = "https://pln.example.org"
DOCUMENT = """#PLNchat Feedback that *pupils* use
Warm-up: Who are you, and where do you teach?
Q1: What worked this week? 🎉 https://example.org/a_(b)
Q2: Where does feedback go to die?
Q3: What will you try?
"""
ANA, BO, CY = "100000000000000001", "100000000000000002", "100000000000000003"
NAMES = {ANA: "Ana Q.", BO: "Bo *Star* Lee", CY: "Cy @everyone"}
TOLD = {
    "subjects": ("science", "math"),
    "grades": ("7",),
    "district": "Columbus City",
    "school": "Oak Middle",
    "years": "7",
    "zone": "America/Los_Angeles",
    "quiet": "none",
    "goals": "Better lab talk\nLess marking",
}


@dataclass(slots=True)
class Shown:
    """What was shown, each under a name that says when."""

    cards: dict[str, Card] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    errors: dict[str, FieldErrors] = field(default_factory=dict)
    sent: list[Outgoing] = field(default_factory=list)


class Script:
    """Plays the chat on one platform and keeps what is shown."""

    def __init__(self, store: Store, clock: FrozenClock, platform: str, address: str) -> None:
        self.store, self.clock = store, clock
        self.room = Place(platform, "900000000000000001", "900000000000000002")
        self.parts: Parts = assembled(
            store, clock, WebOptions(b"0" * 32), lambda _platform: address, Random(1)
        )
        self.sender = RecordingSender(platform)
        self.parts.runner.senders[platform] = self.sender
        self.shown = Shown()
        self.done: set[str] = set()
        self._count = 0
        self._named = 0

    async def do(
        self, user: str, what: What, name: str = "", *, where: Place | None = None
    ) -> None:
        """Let somebody do something, and keep what comes of it."""
        self._count += 1
        who = MemberRef(self.room.platform, self.room.workspace, user)
        given = Interaction(
            f"k{self._count}", who, where or self.room, what, name=NAMES[user], leads=user == ANA
        )
        answer = await self.parts.desk.handle(given)
        match what:
            case Command(words=words):
                known = self.parts.runner.routes.commands
                typed = next(c for c in sorted(known, reverse=True) if words.startswith(c))
                self.done.add(f"command {typed}")
                label = name or f"command {words}"
            case Press(action=action):
                self.done.add(f"press {action}")
                label = name or f"press {action}"
            case Submit(form=form):
                self.done.add(f"form {form}")
                label = name or f"form {form}"
            case _:
                label = name or type(what).__name__.lower()
        self._keep(label, answer)
        await self.parts.runner.run_all_due()

    async def until(self, at: datetime) -> None:
        """Let it become `at`, and everything due happen at its time."""
        while (due := await self.store.read(work.next_at)) is not None and due <= at:
            self.clock.at = max(due, self.clock.at)
            await self.parts.runner.run_all_due()
        self.clock.at = at

    async def name_posts(self) -> None:
        """Name what was posted by its card; before an erasure, which takes some of it away."""
        for each in self.sender.sent[self._named :]:
            key = each.key.removeprefix("edit/")
            post = await self._posted(key)
            assert post is not None, each.key
            self.done.add(f"card {post.card}")
            self.shown.cards.setdefault(f"card {post.card}", each.card)
            self.shown.cards[f"card {post.card} (latest)"] = each.card
        self._named = len(self.sender.sent)

    async def finish(self) -> Shown:
        """Check that nothing was left out."""
        routes = self.parts.runner.routes
        self.shown.sent = self.sender.sent
        wanted = {
            *(f"command {each}" for each in routes.commands),
            *(f"press {each}" for each in routes.presses),
            *(f"form {each}" for each in routes.forms),
            *(f"card {each}" for each in routes.cards),
        }
        missing = sorted(wanted - self.done)
        assert not missing, f"tests/adapters/everything.py must reach: {missing}"
        return self.shown

    async def _posted(self, key: str) -> outbox.Post | None:
        return await self.store.read(lambda tx: outbox.by_key(tx, key))

    def _keep(self, label: str, answer: Answer) -> None:
        match answer:
            case Reply(card=card, more=more):
                self.shown.cards[label] = card
                for number, each in enumerate(more, 2):
                    self.shown.cards[f"{label} {number}"] = each
            case OpenForm(form=form):
                self.shown.forms[label] = form
            case FieldErrors():
                self.shown.errors[label] = answer
            case Handed(card=card):
                self.shown.cards[label] = card


async def everything(
    store: Store, clock: FrozenClock, platform: str, address: str = ADDRESS
) -> Shown:
    """Return everything that the core can show on a platform."""
    script = Script(store, clock, platform, address)
    await script.parts.desk.settle(platform, script.room.workspace, "Ridgeview Schools")
    await _people(script)
    await _planning(script)
    await _evening(script)
    await _afterwards(script)
    return await script.finish()


async def _people(script: Script) -> None:
    await script.do(ANA, Command("help"))
    await script.do(BO, Command("start"))
    await script.do(BO, Submit("members.start", {"years": "many"}), "errors members.start")
    await script.do(BO, Submit("members.start", TOLD))
    await script.do(BO, Command("profile"))
    await script.do(BO, Press("members.seen"))
    seen = dict.fromkeys(("subjects", "grades", "district", "state", "school", "years"), "network")
    await script.do(BO, Submit("members.seen", seen))
    await script.do(CY, Press("members.start"))
    await script.do(CY, Command("language"))
    await script.do(CY, Press("members.language"))
    await script.do(CY, Press("members.speak", value="en"))
    await script.do(CY, Command(f"who {BO}"), "command who")
    await script.do(CY, Command("role"), "refused command role")
    await script.do(ANA, Command("role"))
    given = {"person": "3", "role": "organiser", "what": "give"}
    await script.do(ANA, Submit("members.role", given))
    for words in ("home", "web", "calendar", "audit", "hepl"):
        await script.do(ANA, Command(words) if words != "hepl" else Command("help hepl"))


async def _planning(script: Script) -> None:
    wish = {"questions": DOCUMENT, "starts": "today 8 pm Eastern", "plan": "classic60"}
    await script.do(ANA, Command("chat new"))
    await script.do(ANA, Submit("chat.new", {**wish, "starts": "soon"}), "errors chat.new")
    await script.do(ANA, Submit("chat.new", wish))
    await script.do(ANA, Press("chat.publish", "1"))
    await script.do(ANA, Press("chat.discard", "1"))
    await script.do(ANA, Press("chat.restore", "1"))
    await script.do(ANA, Press("chat.publish", "1"), "press chat.publish again")
    await script.do(ANA, Press("chat.change", "1"))
    fewer = {**wish, "questions": DOCUMENT.rpartition("\nQ")[0]}
    await script.do(ANA, Submit("chat.new", fewer, "1"), "submit chat.new fewer")
    await script.do(ANA, Press("chat.take_back", "1"))
    await script.do(BO, Command("chat list"))
    await script.do(BO, Press("chat.remind", "1"))
    await script.do(CY, Press("chat.remind", "1"))
    await script.do(CY, Press("chat.no_reminder", "1"))
    await script.do(BO, Press("chat.where", "1"), "press chat.where before")
    await script.do(BO, Command("where"), "command where too early")
    await script.do(ANA, Press("chat.co_moderator", "1"))
    await script.do(ANA, Submit("chat.co_moderator", {"person": "2"}, "1"))
    await script.do(BO, Press("chat.decline", "1"))
    await script.do(ANA, Command("chat panel"), "command chat panel before")


async def _evening(script: Script) -> None:
    await script.until(EIGHT + timedelta(minutes=11))
    await script.do(CY, Joined())
    await script.do(CY, Said("A1 Exit tickets, read the same day. https://example.org/x", "m1"))
    await script.do(BO, Said("What question are we on?", "m2"), "said where")
    await script.do(BO, Said("A9 Nothing", "m3"), "said unknown")
    await script.do(BO, Press("chat.answer", "1"))
    await script.do(BO, Submit("chat.answer", {"words": "Audio *feedback*"}, "1"))
    await script.do(BO, Command("where"))
    await script.do(ANA, Press("chat.hold", "1"))
    await script.do(ANA, Press("chat.resume", "1"))
    await script.do(ANA, Press("chat.extend", "1"))
    await script.do(ANA, Press("chat.skip", "1"))
    await script.do(ANA, Command("chat panel"), "command chat panel skipped")
    await script.do(ANA, Press("chat.after_all", "1", "2"))
    await script.do(ANA, Press("chat.bonus", "1"))
    await script.do(ANA, Submit("chat.bonus", {"words": "What did you eat?"}, "1"))
    await script.do(ANA, Command("chat bonus And what else?"), "command chat bonus")
    for words in ("hold", "resume", "extend", "skip", "next"):
        await script.do(ANA, Command(f"chat {words}"))
    await script.do(ANA, Press("chat.go_on", "1"))
    await script.do(ANA, Press("chat.where", "1"))
    await script.do(ANA, Press("chat.hand_over", "1"))
    refuses = Rejected("I may not write in this room.")
    script.sender.answer = lambda out: refuses if out.to == script.room and not out.edits else None
    await script.do(ANA, Press("chat.go_on", "1"), "press chat.go_on unposted")
    script.sender.answer = lambda _outgoing: None
    await script.do(ANA, Press("chat.try_again", "1"))
    await script.do(ANA, Command("chat end"))


async def _afterwards(script: Script) -> None:
    await script.do(ANA, Press("chat.hide", "1"))
    await script.do(ANA, Submit("chat.hide", {"why": "A pupil is named."}, "1"))
    await script.do(ANA, Press("chat.show", "1"))
    await script.do(BO, Press("chat.leave_out", "1"))
    await script.do(BO, Press("chat.let_in", "1"))
    await script.do(BO, Press("chat.retract", "1"))
    await script.do(BO, Opened("home"), "opened home")
    await script.do(BO, Opened("chat", "1"), "opened chat")
    six = "\n".join(f"Q{number}: Why so, {number}?" for number in range(1, 7))
    wish = {"questions": six, "starts": "tomorrow 8 pm Eastern", "plan": "classic60"}
    await script.parts.desk.settle("elsewhere", "W9", "Lakeside", joins=False)
    await script.parts.runner.run_all_due()
    await script.do(ANA, Press("members.admit", "elsewhere/W9"))
    await script.do(ANA, Submit("chat.new", wish), "form chat.new again")
    await script.do(ANA, Press("chat.publish", "2"), "press chat.publish second")
    await script.until(EIGHT + timedelta(days=1, minutes=20))
    script.clock.at = EIGHT + timedelta(days=1, minutes=31)  # away in between
    await script.until(EIGHT + timedelta(days=1, minutes=33))
    await script.do(ANA, Submit("chat.hand_over", {"person": "2"}, "2"))
    await script.do(BO, Press("chat.end", "2"))
    for words in ("data", "export", "forget me"):
        await script.do(CY, Command(words))
    await script.do(ANA, Command(f"forget {CY}"), "command forget")
    await script.do(CY, Press("members.export"))
    await script.name_posts()
    await script.do(CY, Press("members.forget"))
    await script.do(CY, Submit("members.forget", {"answers": "kept"}))


def slug(name: str) -> str:
    """Return a name as a file can have it."""
    return "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())


Goldens = Mapping[str, object]
