"""`plnbot demo`: ten teachers in a whole chat, through the same engine as in life, only faster."""

import asyncio
import shutil
import sys
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters.web import inbound
from adapters.web import store as rooms
from adapters.web.speak import speak
from config.settings import LOBBY_KEY, Settings
from plnbot.app import Bot, demo_folder, running
from plnbot.chats import store as chats
from plnbot.chats.model import ChatState
from plnbot.chats.store import Chat
from plnbot.engine.rehearsing import rehearsal, set_rehearsal
from plnbot.errors import PlnError
from plnbot.first_start import COACH, Somebody, let_in
from plnbot.members import store as members
from plnbot.stopping import told_to_stop
from plnbot.store.database import Tx
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import Command, OpenForm, Press, Submit, What
from plnbot.values import dataclass

PACK = Path(__file__).parents[1] / "config" / "demo_chat.toml"
ROOM = "chat-night"
SPEED = 60.0
FASTEST = 3600
_AHEAD = timedelta(minutes=2)
_WIDTH = 30
_PATIENCE_SECONDS = 30


class DemoError(PlnError):
    """The demo did not go as written; the words say where."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something one person does, `at` so long after the start."""

    at: timedelta
    who: str
    words: str
    how: str
    question: int
    press: str


@dataclass(frozen=True, slots=True)
class Script:
    """The chat that is played."""

    title: str
    document: str
    start: str
    teachers: tuple[Somebody, ...]
    lines: tuple[Line, ...]


def script() -> Script:
    """Return the shipped script."""
    pack = tomllib.loads(PACK.read_text(encoding="utf-8"))
    lines = (
        Line(
            timedelta(minutes=each["at"]),
            each["who"],
            each.get("words", ""),
            each.get("how", "room"),
            each.get("question", 0),
            each.get("press", ""),
        )
        for each in pack["said"]
    )
    return Script(
        pack["title"],
        pack["document"],
        pack["start"],
        tuple(Somebody(each["handle"], each["name"]) for each in pack["teacher"]),
        tuple(sorted(lines, key=lambda line: line.at)),
    )


async def play(settings: Settings, speed: float, *, stay: bool) -> int:
    """Play the script `speed` times as fast as life and name the archive's address."""
    if not 0 < speed <= FASTEST:
        raise DemoError(f"--speed must be above 0 and at most {FASTEST}.")
    folder = demo_folder(settings)
    emptied(folder)
    own = settings.model_copy(
        update={"data_dir": folder, "database_url": None, "clock_rate": speed, "lobby": "auto"}
    )
    async with running(own) as bot:
        await bot.store.run(lambda tx: never_real(tx, bot.clock.now()))
        print(f"Ten teachers, six questions, {speed:g} times as fast as life.")
        print(f"Watch it: {bot.opened_by(f'/as/{COACH.handle}/room/{ROOM}')}", flush=True)
        stage = Stage(bot, script())
        chat = await stage.play()
        files = await stage.save_files(chat, folder)
        print("The archive is ready. It is also in these files:")
        for each in files:
            print(f"  {each}")
        print("Open the archive at this address:")
        print(bot.opened_by(f"/as/{COACH.handle}/page/chat/{chat.id}"), flush=True)
        if stay:
            told = told_to_stop()
            print("Ctrl-C ends the demo.", flush=True)
            await told.wait()
        else:
            print(f"Open it again at any time: ./run --data-dir {folder}")
    return 0


def never_real(tx: Tx, now: datetime) -> None:
    """Make a demo at the speed of life a rehearsal too: what its teachers do, nobody has done."""
    if rehearsal(tx) is None:
        set_rehearsal(tx, 1, now, datetime.now(UTC))


def emptied(folder: Path) -> None:
    """Remove the last demo; its lobby's key stays, so that browsers do not gather one a demo."""
    for each in folder.glob("*"):
        if each.is_dir():
            shutil.rmtree(each, ignore_errors=True)
        elif each.name != LOBBY_KEY:
            each.unlink(missing_ok=True)


class Stage:
    """Plays a script on a running bot."""

    def __init__(self, bot: Bot, played: Script) -> None:
        self._bot = bot
        self._script = played
        self._count = 0
        self._progress = Progress(len(played.lines))

    async def play(self) -> Chat:
        """Plan the chat, let everybody speak at their time, and return the archived chat."""
        await self._let_teachers_in()
        chat = await self._plan()
        for done, line in enumerate(self._script.lines, start=1):
            await self._until(chat.starts_at + line.at)
            await self._perform(chat, line)
            self._progress.show(done, await self._chat(chat.id), self._bot.clock.now())
        chat = await self._end(chat)
        self._progress.finish()
        return chat

    async def save_files(self, chat: Chat, folder: Path) -> list[Path]:
        """Write the archive as files and return where they are."""
        saved = []
        for kind in ("md", "csv", "json"):
            file = await self._bot.desk.download(COACH.ref, f"chat.{kind}", str(chat.id))
            path = folder / f"archive.{kind}"
            content: bytes = getattr(file, "content", b"")
            await asyncio.to_thread(path.write_bytes, content)
            saved.append(path)
        return saved

    async def _let_teachers_in(self) -> None:
        now = self._bot.clock.now()

        def come(tx: Tx) -> None:
            network = members.first_network(tx)
            for each in self._script.teachers:
                if network is not None:
                    let_in(tx, network, each, now)

        await self._bot.store.run(come)

    async def _plan(self) -> Chat:
        """Let the coach type the command, fill in the form, and publish, as anybody would."""
        opened = await self._do(COACH.handle, Command("chat new"))
        if not isinstance(opened, OpenForm):
            raise DemoError(f"Planning the chat did not open the form: {opened}")
        starts = self._bot.clock.now() + _AHEAD
        values = {
            "questions": self._script.document,
            "starts": f"{starts:%Y-%m-%d %H:%M} UTC",
            "plan": "classic60",
            "title": self._script.title,
        }
        answer = await self._do(COACH.handle, Submit("chat.new", values))
        if isinstance(answer, FieldErrors):
            raise DemoError(f"The script's chat cannot be planned: {answer.errors}")
        chat = await self._newest()
        await self._do(COACH.handle, Press("chat.publish", str(chat.id)))
        return chat

    async def _perform(self, chat: Chat, line: Line) -> None:
        if line.press:
            await self._do(line.who, Press(line.press, str(chat.id)))
        elif line.how == "form":
            question = await self._asked(chat, line.question)
            await self._do(line.who, Submit("chat.answer", {"words": line.words}, str(question)))
        else:
            thread = await self._thread(chat, line.question) if line.how == "thread" else ""
            await self._say(line, thread)

    async def _say(self, line: Line, thread: str) -> None:
        self._count += 1
        ref = Somebody(line.who, "").ref
        person = await self._bot.desk.person(ref)
        if person is None:
            raise DemoError(f"Nobody is called {line.who}.")
        key = f"demo/{self._count}"
        room = rooms.Room(ROOM, "", "", ref.workspace)
        await speak(self._bot, person, room, thread, key=key, words=line.words)

    async def _do(self, who: str, what: What) -> object:
        self._count += 1
        ref = Somebody(who, "").ref
        given = inbound.interaction(f"demo/{self._count}", ref, ROOM, what)
        return await self._bot.desk.handle(given)

    async def _asked(self, chat: Chat, number: int) -> int:
        questions = await self._bot.store.read(lambda tx: chats.questions_of(tx, chat.id))
        return next(each.id for each in questions if each.number == number)

    async def _thread(self, chat: Chat, number: int) -> str:
        key = f"chat/{chat.id}/question/{number}"
        for _ in range(_PATIENCE_SECONDS * 20):
            there = await self._bot.store.read(lambda tx: rooms.found(tx, rooms.posted(key)))
            if there is not None:
                return str(there)
            await asyncio.sleep(0.05)
        raise DemoError(f"Question {number} was not asked in time.")

    async def _end(self, chat: Chat) -> Chat:
        for _ in range(_PATIENCE_SECONDS * 20):
            chat = await self._chat(chat.id)
            if chat.run.state is ChatState.ARCHIVED:
                return chat
            ends = chat.run.ends_at
            if ends is not None:
                await self._until(ends)
            await asyncio.sleep(0.05)
        raise DemoError("The chat did not end in time.")

    async def _until(self, instant: datetime) -> None:
        wait = self._bot.clock.real_seconds_until(instant)
        if wait > 0:
            await asyncio.sleep(wait)

    async def _chat(self, chat_id: int) -> Chat:
        found = await self._bot.store.read(lambda tx: chats.get_chat(tx, chat_id))
        if found is None:
            raise DemoError("The chat is gone.")
        return found

    async def _newest(self) -> Chat:
        def look(tx: Tx) -> Chat | None:
            network = members.first_network(tx)
            drafts = chats.chats_of(tx, network.id, (ChatState.DRAFT,)) if network else ()
            return drafts[-1] if drafts else None

        found = await self._bot.store.read(look)
        if found is None:
            raise DemoError("The chat was not written down.")
        return found


@dataclass(slots=True)
class Progress:
    """One line that grows in a terminal; a line a question anywhere else."""

    total: int
    _said: str = ""

    def show(self, done: int, chat: Chat, now: datetime) -> None:
        """Show how far the chat has come."""
        minutes = max(0, int((now - chat.starts_at).total_seconds() // 60))
        where = f"Q{chat.run.current}" if chat.run.current else "warm-up"
        if sys.stdout.isatty():
            filled = _WIDTH * done // self.total
            bar = "█" * filled + "·" * (_WIDTH - filled)
            print(f"\r  {bar}  minute {minutes:2}  {where:8}", end="", flush=True)
        elif where != self._said:
            print(f"  minute {minutes:2}: {where}", flush=True)
        self._said = where

    def finish(self) -> None:
        """End the line."""
        if sys.stdout.isatty():
            print()
