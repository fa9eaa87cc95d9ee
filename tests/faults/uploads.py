"""A form whose file lies with a platform, in a process of its own, which dies at any labelled point."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from plnbot.engine import audit, work
from plnbot.engine.later import PATIENCE
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Values
from plnbot.store.opening import open_store
from plnbot.talk.cards import Card
from plnbot.talk.forms import FileInput, Form
from plnbot.talk.interactions import Answer, Reply, Submit
from plnbot.talk.text import verbatim
from plnbot.talk.uploads import AwaitedFile, FileKind, UploadedFile
from plnbot.testing import FrozenClock, RecordingSender
from tests.faults.bot import Bot, Death, MortalStore
from tests.faults.conftest import does

READ, WORDS = "read.file", "what stands in the file"
FORM = Form(
    "notes",
    verbatim("Notes"),
    (FileInput(name="file", label=verbatim("File"), kinds=(FileKind.TEXT,)),),
    verbatim("Send"),
)


@dataclass(frozen=True, slots=True)
class Sending:
    """One life of a process in which somebody sends a form, and the file that is the world outside."""

    url: str
    world: Path
    now: datetime
    point: str = ""


def run_sending(sending: Sending) -> None:
    """Live one life; the same form is sent in each, as by somebody who heard nothing."""
    asyncio.run(_run(sending))


async def _run(sending: Sending) -> None:
    death = Death(sending.point, 1)
    store = MortalStore(open_store(sending.url, writers=2), death)
    bot = Bot(store, FrozenClock(sending.now), {"test": RecordingSender()})
    bot.desk.routes.include(bot.desk.files_in.routes())

    async def read(_workspace: str, _file: AwaitedFile, _most: int) -> bytes:
        death.at("doing")
        with sending.world.open("a", encoding="utf-8") as world:
            world.write("fetched\n")
        death.at("done outside")
        return WORDS.encode()

    def handled(ctx: Context, _row: str, values: Values) -> Answer:
        file = values["file"]
        assert isinstance(file, UploadedFile)
        audit.record(ctx.tx, ctx.network.id, None, READ, file.text, now=ctx.now)
        return Reply(Card(verbatim("Read")))

    bot.desk.routes.form("notes", build=lambda _ctx, _row: FORM, needs=ANYONE)(handled)
    bot.desk.files_in.read_by("test", read)
    if sending.url.startswith("sqlite"):
        await store.run(lambda tx: work.take_over(tx, sending.now))
    files = {"file": [AwaitedFile("notes.txt", 5, "F1")]}
    await bot.desk.handle(does("sent", "t1", Submit("notes", {}, files=files)))
    death.at("taken in")
    await bot.pass_time(sending.now + 2 * PATIENCE)
    await store.close()
