"""Everything that the core can show, made by the core itself on one platform, from plan to archive.

Each capability has a file here, of its own name, with what its people do in each phase; all of them
play in one community. `everything(...)` fails when a command, button, form or card exists that no
file reaches, so an adapter that renders what it returns has rendered all there is.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from random import Random

from adapters.web.app import WebOptions
from plnbot.app import Parts, assembled
from plnbot.engine import outbox, work
from plnbot.engine.gaps import ClosedError, Look, LookAt, Looked
from plnbot.engine.ports import Outgoing
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store
from plnbot.talk.cards import Card
from plnbot.talk.forms import FieldErrors, Form
from plnbot.talk.interactions import (
    Answer,
    Command,
    Handed,
    Interaction,
    OpenForm,
    OpenPage,
    Press,
    Reply,
    Submit,
    What,
)
from plnbot.testing import FrozenClock, HeavyHere, RecordingSender

EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
ADDRESS = "https://pln.example.org"
ANA, BO, CY = "ana", "bo", "cy"
"""Ana leads, Bo teaches, Cy is new; each has an id of the platform's own."""
NAMES = {ANA: "Ana Q.", BO: "Bo *Star* Lee", CY: "Cy @everyone"}
_IDS = {
    "slack": {
        ANA: "U0ANA",
        BO: "U0BO",
        CY: "U0CY",
        "workspace": "T0PLN",
        "room": "C0CHAT",
        "second": "C0STAFF",
        "other": "T0ELSE",
    },
    "discord": {
        ANA: "100000000000000001",
        BO: "100000000000000002",
        CY: "100000000000000003",
        "workspace": "900000000000000001",
        "room": "900000000000000002",
        "second": "900000000000000003",
        "other": "900000000000000009",
    },
}
PHASES = ("begin", "before", "during", "after", "later", "leave")
"""What a capability's file may define, each `async def phase(script)`, in the order of playing:
coming in, an afternoon, the evening from 8:11 pm, the days after, the weeks after those, and people leaving."""


@dataclass(slots=True)
class Shown:
    """What was shown, each under a name that says when."""

    cards: dict[str, Card] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    errors: dict[str, FieldErrors] = field(default_factory=dict)
    sent: list[Outgoing] = field(default_factory=list)


class Script:
    """Plays on one platform and keeps what is shown."""

    def __init__(self, store: Store, clock: FrozenClock, platform: str, address: str) -> None:
        self.store, self.clock = store, clock
        self.ids = _IDS[platform]
        self.room = Place(platform, self.ids["workspace"], self.ids["room"])
        self.parts: Parts = assembled(
            store, clock, WebOptions(b"0" * 32), lambda _platform: address, Random(1)
        )
        self.parts.runner.tools.heavy = HeavyHere()  # no process that somebody would have to end
        self.sender = RecordingSender(platform)
        self.parts.runner.senders[platform] = self.sender
        self.shown = Shown()
        self.done: set[str] = set()
        self._count = 0
        self._named = 0

    async def do(
        self, user: str, what: What, name: str = "", *, where: Place | None = None
    ) -> None:
        """Let somebody do something, in the room or elsewhere, and keep what comes of it."""
        self._count += 1
        who = MemberRef(self.room.platform, (where or self.room).workspace, self.ids[user])
        given = Interaction(
            f"k{self._count}", who, where or self.room, what, name=NAMES[user], leads=user == ANA
        )
        answer = await self.parts.desk.handle(given)
        match what:
            case Command(words=words):
                typed, _rest = self.parts.runner.tools.routes.typed(words)
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
        await self._run()

    async def until(self, at: datetime) -> None:
        """Let it become `at`, and everything due happen at its time."""
        while (due := await self.store.read(work.next_at)) is not None and due <= at:
            self.clock.at = max(due, self.clock.at)
            await self._run()
        self.clock.at = at

    async def cannot_read(self, thread: str = "") -> None:
        """Let the bot be away for a minute, and the room or a thread closed to it; then read again."""
        gaps, closed = self.parts.desk.gaps, [ClosedError("not in this channel")]

        async def read(look: Look) -> Looked:
            if closed and look.place.thread == thread:
                raise closed[0]
            return Looked()

        async def people(_look: LookAt) -> str:
            return ""

        since = self.clock.now() - timedelta(minutes=1)
        gaps.read_by(self.room.platform, read, people)
        for _time in range(2):
            await gaps.over_in(self.room, since)
            await self._run()
            closed.clear()
        self.parts.desk.readers.clear()
        self.parts.desk.routes.read_afterwards.clear()

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
        routes = self.parts.runner.tools.routes
        self.shown.sent = self.sender.sent
        wanted = {
            *(f"command {each}" for each in routes.commands),
            *(f"press {each}" for each in routes.presses),
            *(f"form {each}" for each in routes.forms),
            *(f"card {each}" for each in routes.cards),
        }
        missing = sorted(wanted - self.done)
        assert not missing, f"a file in tests/adapters/script must reach: {missing}"
        return self.shown

    async def _run(self) -> None:
        """Let what is due happen. Rooms get theirs side by side, so chance has no say in their order."""
        before = len(self.sender.sent)
        await self.parts.runner.run_all_due()
        self.sender.sent[before:] = sorted(self.sender.sent[before:], key=lambda each: str(each.to))

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
            case Handed(card=card) | OpenPage(card=card):
                self.shown.cards[label] = card


Phase = Callable[[Script], Awaitable[None]]


def played_by(phase: str) -> list[Phase]:
    """Return what each capability's file has for a phase, those first that others stand on."""
    names = sorted(
        (path.stem for path in Path(__file__).parent.glob("[!_]*.py")),
        key=lambda name: (name != "members", name),
    )
    modules = (import_module(f"{__name__}.{name}") for name in names)
    return [getattr(each, phase) for each in modules if hasattr(each, phase)]


async def everything(
    store: Store, clock: FrozenClock, platform: str, address: str = ADDRESS
) -> Script:
    """Return a script that was played to its end, with everything that the core can show."""
    script = Script(store, clock, platform, address)
    await script.parts.desk.settle(platform, script.room.workspace, "Ridgeview Schools")
    for phase in PHASES:
        if phase == "during":
            await script.until(EIGHT + timedelta(minutes=11))
        if phase == "leave":
            await script.name_posts()
        for play in played_by(phase):
            await play(script)
    await script.finish()
    return script


def slug(name: str) -> str:
    """Return a name as a file can have it."""
    return "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())
