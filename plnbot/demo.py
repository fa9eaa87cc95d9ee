"""`plnbot demo`: ten teachers in a whole chat, through the same engine as in life, only faster."""

import asyncio
import sys
import tomllib
from datetime import datetime, timedelta
from pathlib import Path

from adapters.web import store as rooms
from adapters.web.speak import speak
from config.settings import Settings
from plnbot.chats import store as chats
from plnbot.chats.model import ChatState
from plnbot.chats.store import Chat
from plnbot.first_start import COACH, Somebody
from plnbot.members import store as members
from plnbot.staging import ROOM, DemoError, Stage, staged, until_told
from plnbot.store.database import Tx
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import Command, OpenForm, Press, Submit
from plnbot.values import dataclass

PACK = Path(__file__).parents[1] / "config" / "demo_chat.toml"
SPEED = 60.0
_AHEAD, _TO_PLAN = timedelta(minutes=2), timedelta(seconds=3)
"""When the chat begins: in two minutes, and not before a machine that is busy has planned it."""
_WIDTH = 30


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
    async with staged(settings, speed) as bot:
        folder = bot.settings.data_dir
        print(f"Ten teachers, six questions, {speed:g} times as fast as life.")
        print(f"Watch it: {bot.opened_by(f'/as/{COACH.handle}/room/{ROOM}')}", flush=True)
        stage = ChatStage(bot.desk, bot.store, bot.clock, script=script())
        chat = await stage.play()
        files = await stage.save_files(chat, folder)
        print("The archive is ready. It is also in these files:")
        for each in files:
            print(f"  {each}")
        print("Open the archive at this address:")
        print(bot.opened_by(f"/as/{COACH.handle}/page/chat/{chat.id}"), flush=True)
        if stay:
            await until_told()
        else:
            print(f"Open it again at any time: ./run --data-dir {folder}")
    return 0


@dataclass(slots=True, kw_only=True)
class ChatStage(Stage):
    """Plays a script on a running bot."""

    script: Script

    async def play(self) -> Chat:
        """Plan the chat, let everybody speak at their time, and return the archived chat."""
        progress = Progress(len(self.script.lines))
        await self.let_in(self.script.teachers)
        chat = await self._plan()
        for done, line in enumerate(self.script.lines, start=1):
            await self.until(chat.starts_at + line.at)
            await self._perform(chat, line)
            progress.show(done, await self._chat(chat.id), self.clock.now())
        chat = await self._end(chat)
        progress.finish()
        return chat

    async def save_files(self, chat: Chat, folder: Path) -> list[Path]:
        """Write the archive as files and return where they are."""
        saved = []
        for kind in ("md", "csv", "json"):
            file = await self.desk.download(COACH.ref, f"chat.{kind}", str(chat.id))
            path = folder / f"archive.{kind}"
            content: bytes = getattr(file, "content", b"")
            await asyncio.to_thread(path.write_bytes, content)
            saved.append(path)
        return saved

    async def _plan(self) -> Chat:
        """Let the coach type the command, fill in the form, and publish, as anybody would."""
        opened = await self.do(COACH, Command("chat new"))
        if not isinstance(opened, OpenForm):
            raise DemoError(f"Planning the chat did not open the form: {opened}")
        starts = self.clock.now() + max(_AHEAD, self.clock.passing(_TO_PLAN))
        values = {
            "questions": self.script.document,
            "starts": f"{starts:%Y-%m-%d %H:%M} UTC",
            "plan": "classic60",
            "title": self.script.title,
        }
        answer = await self.do(COACH, Submit("chat.new", values))
        if isinstance(answer, FieldErrors):
            raise DemoError(f"The script's chat cannot be planned: {answer.errors}")
        chat = await self._newest()
        await self.do(COACH, Press("chat.publish", str(chat.id)))
        if (await self._chat(chat.id)).run.state is ChatState.DRAFT:
            raise DemoError("The chat was not published before it was to begin.")
        return chat

    async def _perform(self, chat: Chat, line: Line) -> None:
        who = Somebody(line.who, "")
        if line.press:
            await self.do(who, Press(line.press, str(chat.id)))
        elif line.how == "form":
            question = await self._asked(chat, line.question)
            await self.do(who, Submit("chat.answer", {"words": line.words}, str(question)))
        else:
            thread = await self._thread(chat, line.question) if line.how == "thread" else ""
            await self._say(who, line.words, thread)

    async def _say(self, who: Somebody, words: str, thread: str) -> None:
        self.count += 1
        person = await self.desk.person(who.ref)
        if person is None:
            raise DemoError(f"Nobody is called {who.handle}.")
        room = rooms.Room(ROOM, "", "", who.ref.workspace)
        await speak(self, person, room, thread, key=f"demo/{self.count}", words=words)

    async def _asked(self, chat: Chat, number: int) -> int:
        questions = await self.store.read(lambda tx: chats.questions_of(tx, chat.id))
        return next(each.id for each in questions if each.number == number)

    async def _thread(self, chat: Chat, number: int) -> str:
        key = f"chat/{chat.id}/question/{number}"
        otherwise = f"Question {number} was not asked in time."
        return str(await self.comes(lambda tx: rooms.found(tx, rooms.posted(key)), otherwise))

    async def _end(self, chat: Chat) -> Chat:
        ends = (await self._chat(chat.id)).run.ends_at
        if ends is not None:
            await self.until(ends)

        def archived(tx: Tx) -> Chat | None:
            there = chats.get_chat(tx, chat.id)
            return there if there and there.run.state is ChatState.ARCHIVED else None

        return await self.comes(archived, "The chat did not end in time.")

    async def _chat(self, chat_id: int) -> Chat:
        found = await self.store.read(lambda tx: chats.get_chat(tx, chat_id))
        if found is None:
            raise DemoError("The chat is gone.")
        return found

    async def _newest(self) -> Chat:
        def look(tx: Tx) -> Chat | None:
            network = members.first_network(tx)
            drafts = chats.chats_of(tx, network.id, (ChatState.DRAFT,)) if network else ()
            return drafts[-1] if drafts else None

        found = await self.store.read(look)
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
