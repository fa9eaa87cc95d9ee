"""`/pln network backup`: a backup that an administrator asks for in a chat, made outside any transaction.

It holds every network of this installation, so only the first one's administrators may ask. It stays
on the machine, beside what `plnbot backup` writes; only its name and size are told. One is made at a
time, there is a pause between two, and the newest few are kept, so nobody fills the disk with them.
"""

import asyncio
import contextlib
import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path

from sqlalchemy import make_url

from plnbot.engine import audit, notices, outbox, work
from plnbot.engine.context import Context, Due, Showing
from plnbot.engine.heavy import HeavyError, Limits, Plain, Told
from plnbot.engine.outside import Outside, OutsideWork
from plnbot.engine.parts import NETWORK
from plnbot.engine.retry import RetryPolicy
from plnbot.engine.roles import Role, needs
from plnbot.engine.routes import Routes
from plnbot.engine.work import WorkState
from plnbot.errors import PlnError, Refused
from plnbot.members import store as members
from plnbot.refs import MemberRef
from plnbot.talk.cards import Card, Field, Fields, Paragraph, Tone
from plnbot.talk.interactions import Answer, Reply
from plnbot.talk.text import Code, Text
from plnbot.talk.words import Translate, msg
from plnbot.values import dataclass

KIND = KEY = "operate.backup"
MADE = "operate.backup_made"
KEPT = 3
PAUSE = timedelta(minutes=10)
LIMITS = Limits(2 * 1024**3, timedelta(minutes=30), timedelta(hours=1))
POLICY = RetryPolicy(tries=2, keep_trying=timedelta(hours=1))
_STEM = "plnbot-asked-"
_LOOK_SECONDS = 1
_MB = 1_000_000
_ROOM_LEFT = 64 * _MB
_ADMINISTERS = needs(Role.ADMINISTRATOR)


def named(asked: datetime, url: str) -> str:
    """Return the name of the backup that is asked for at this moment."""
    return f"{_STEM}{asked:%Y%m%d-%H%M%S}.{'sqlite3' if _on_sqlite(url) else 'dump'}"


def make(given: Plain, _tell: Told) -> Plain:
    """Make a backup, in a child process; return its size in bytes, or the trouble in words."""
    # Only the child pays for it: PostgreSQL's driver comes with it.
    from plnbot.operate.backup import whole_copy

    if not isinstance(given, Mapping):
        raise TypeError("what is given names a database and a file")
    url, target = str(given["url"]), Path(str(given["target"]))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear(target.parent)
        if _size(url) * 2 + _ROOM_LEFT > shutil.disk_usage(target.parent).free:
            return {"trouble": "there is too little room on the disk"}
        whole_copy(url, target)
        for old in sorted(target.parent.glob(f"{_STEM}*"))[:-KEPT]:
            old.unlink(missing_ok=True)
        return {"size": target.stat().st_size}
    except (OSError, PlnError) as error:
        return {"trouble": str(error)}


def _clear(folder: Path) -> None:
    """Take away what attempts left that were killed."""
    for each in folder.glob(f".{_STEM}*"):
        each.unlink(missing_ok=True)


def _on_sqlite(url: str) -> bool:
    return url.startswith("sqlite")


def _size(url: str) -> int:
    """Return about how large the database is, or 0 where only its server knows."""
    with contextlib.suppress(OSError):
        return Path(make_url(url).database or "").stat().st_size if _on_sqlite(url) else 0
    return 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for: a file, and the post that tells them how far it is."""

    file: str
    post: str


@dataclass(frozen=True, slots=True)
class OnDemand:
    """Backups of the database at `url` into a folder, on demand."""

    url: str
    folder: Path

    def routes(self) -> Routes:
        """Return what it answers to, does and shows."""
        routes = Routes()
        routes.command(
            "network backup",
            was="backup",
            needs=_ADMINISTERS,
            part=NETWORK,
            about=msg("Have a backup made"),
            example=msg("/pln network backup"),
        )(self.ask)
        routes.card(KIND)(self.progress_card)
        routes.card(MADE)(made_card)
        routes.outside(
            OutsideWork(
                kind=KIND,
                begin=begin,
                do=self.do,
                end=end,
                given_up=given_up,
                lane="backup",
                longest=LIMITS.longest + timedelta(minutes=1),
                retry=POLICY,
            )
        )
        return routes

    def ask(self, ctx: Context, _words: str) -> Answer:
        """Plan a backup, unless there is one already or was just now."""
        first = members.first_network(ctx.tx)
        if first is None or first.id != ctx.network.id:
            raise Refused(
                msg(
                    "A backup holds every network of this bot. Ask whoever runs it, or an"
                    " administrator of its first network."
                )
            )
        _not_too_often(ctx)
        file = named(ctx.now, self.url)
        key, to = f"backup/{file}", ctx.person.ref
        payload = {"file": file, "post": key, "to": outbox.packed(to), "network": first.id}
        work.put(ctx.tx, KIND, KEY, ctx.now, payload, lane="backup", network=first.id)
        notices.answer(ctx.tx, first.id, to, KIND, {"file": file}, key=key, now=ctx.now)
        audit.record(ctx.tx, first.id, ctx.person.id, "backup.asked", "backup", now=ctx.now)
        said = ctx.t("I tell you directly how far it is and when it is whole.")
        return Reply(Card(ctx.t("A backup is being made"), (Paragraph(said),)))

    async def do(self, asked: Asked, outside: Outside) -> int:
        """Have it made by a child process, and say how far it is; return its size in bytes."""
        target = self.folder / asked.file
        given = {"url": self.url, "target": str(target)}
        part = target.with_name(f".{target.name}.part")
        making = asyncio.create_task(outside.heavy.run(f"{__name__}:make", given, LIMITS))
        try:
            while not (await asyncio.wait([making], timeout=_LOOK_SECONDS))[0]:
                with contextlib.suppress(OSError):
                    done, of = part.stat().st_size // _MB, _size(self.url) // _MB
                    await outside.progress(done, of, shown_by=asked.post)
        finally:
            making.cancel()
            await asyncio.wait([making])
        made = making.result()
        if not isinstance(made, Mapping) or "size" not in made:
            trouble = made.get("trouble") if isinstance(made, Mapping) else ""
            raise HeavyError(str(trouble or "nothing came of it"))
        return int(str(made["size"]))

    def progress_card(self, to: Showing, args: outbox.Args) -> Card:
        """Show how far a backup is, and afterwards that it is over."""
        t, at = to.t, work.planned_for(to.tx, KEY)
        far = work.progress(to.tx, KEY)
        name = Paragraph(_code(str(args["file"])))
        if at is None or far is None or named(at, self.url) != args["file"]:
            return Card(t("This backup is over"), (name,))
        match far.state:
            case WorkState.DUE | WorkState.LEASED:
                return Card(t("A backup is being made"), (name, *_how_far(t, far)))
            case WorkState.DONE:
                return Card(t("The backup is made"), (name,), Tone.GOOD)
            case _:
                return Card(t("The backup was not made"), (name,), Tone.CAUTION)


def begin(due: Due) -> Asked:
    """Return what was asked for."""
    return Asked(str(due.payload["file"]), str(due.payload["post"]))


def end(due: Due, size: int) -> None:
    """Tell who asked that it is whole."""
    _tell(due, max(1, ceil(size / _MB)))


def given_up(due: Due, _reason: str) -> None:
    """Tell who asked that there is none; the log has the reason, which names folders."""
    _tell(due, 0)


def made_card(to: Showing, args: outbox.Args) -> Card:
    """Say what came of it; no size says that nothing did."""
    t, name = to.t, _code(str(args["file"]))
    if not args["size"]:
        said = t("There is no new backup. Whoever runs this bot finds the reason in its log.")
        return Card(t("The backup was not made"), (Paragraph(said),), Tone.CAUTION)
    said = t(
        "It lies in the folder of backups, on the bot's own machine, checked from end to end. The"
        " newest {n} that were asked for are kept.",
        n=KEPT,
    )
    facts = Fields((Field(t("File"), name), Field(t("Size"), _megabytes(t, int(args["size"])))))
    return Card(t("The backup is whole"), (facts, Paragraph(said, quiet=True)), Tone.GOOD)


def _not_too_often(ctx: Context) -> None:
    far, last = work.progress(ctx.tx, KEY), work.planned_for(ctx.tx, KEY)
    if far is not None and far.goes_on:
        raise Refused(msg("A backup is being made already. I tell who asked when it is whole."))
    if last is not None and ctx.now - last < PAUSE:
        left = ceil((last + PAUSE - ctx.now) / timedelta(minutes=1))
        raise Refused(msg("The last backup is only a moment old. Ask again in {n} min.", n=left))


def _tell(due: Due, size: int) -> None:
    to, network = outbox.unpacked(due.payload["to"]), int(str(due.payload["network"]))
    args: outbox.Args = {"file": str(due.payload["file"]), "size": size}
    key = f"{due.payload['post']}/over"
    outbox.refresh(due.tx, str(due.payload["post"]), due.now)
    if isinstance(
        to, MemberRef
    ):  # who has waited since they asked: an answer, however long it took
        notices.answer(due.tx, network, to, MADE, args, key=key, now=due.now)


def _how_far(t: Translate, far: work.Progress) -> tuple[Paragraph, ...]:
    if not far.done:
        return ()
    if not far.of:
        return (Paragraph(t("{done} so far", done=_megabytes(t, far.done))),)
    done, of = _megabytes(t, min(far.done, far.of)), _megabytes(t, far.of)
    return (Paragraph(t("{done} of about {of}", done=done, of=of)),)


def _megabytes(t: Translate, many: int) -> Text:
    return t("{n} MB", n=many)


def _code(words: str) -> Text:
    return Text((Code(words),))
