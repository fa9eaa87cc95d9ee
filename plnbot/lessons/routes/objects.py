"""What people act on: a lesson, one of one's own, a file of one, words that were kept aside, what is looked for."""

from plnbot import kept_files
from plnbot.engine import editing
from plnbot.engine.context import Context
from plnbot.engine.editing import Aside
from plnbot.engine.objects import Object
from plnbot.engine.posts import NothingToDo
from plnbot.kept_files import KeptFile
from plnbot.lessons.actions import CURATES, GONE
from plnbot.lessons.model import Lesson, Wanted
from plnbot.lessons.store import lessons
from plnbot.lessons.store.lessons import TENANT
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

_NOT_YOURS = msg(
    "Only its authors change a lesson. You can remix it, or ask them to design it together."
)
_NO_FILE = msg("This file is no longer there.")


@dataclass(frozen=True, slots=True)
class Kept:
    """Words that were kept aside, and the lesson they are of."""

    aside: Aside
    lesson: Lesson


def is_author(ctx: Context, it: Lesson) -> bool:
    """Return whether this person is an author of a lesson."""
    return ctx.person.id in lessons.authors_of(ctx.tx, [it.id]).get(it.id, ())


def _lesson(tx: Tx, row: str) -> Lesson | None:
    return lessons.get(tx, row_number(editing.seen_in(row)[0]))


def _closed(ctx: Context, it: Lesson) -> Sentence | None:
    """Let all have what stands; else its authors, and who looks after lessons."""
    return None if it.stands or is_author(ctx, it) or ctx.may(CURATES) else GONE


def _not_mine(ctx: Context, it: Lesson) -> Sentence | None:
    return _closed(ctx, it) or (None if is_author(ctx, it) else _NOT_YOURS)


def _kept(tx: Tx, row: str) -> Kept | None:
    aside = editing.kept_aside(tx, row_number(row))
    kind, number = aside.of if aside else ("", 0)
    it = lessons.get(tx, number) if kind == "lesson" else None
    return Kept(aside, it) if aside and it else None


def _file_closed(ctx: Context, found: KeptFile) -> Sentence | None:
    it = lessons.get(ctx.tx, found.row)
    return _NO_FILE if it is None else _closed(ctx, it)


def _wanted(_tx: Tx, row: str) -> Wanted | None:
    parts = row.split(".")
    return Wanted(*parts) if len(parts) == 3 else None  # noqa: PLR2004 - subject, grade, licence


def wanted_row(wanted: Wanted) -> str:
    """Return the row that names what is looked for."""
    row = f"{wanted.subject}.{wanted.grade}.{wanted.licence}"
    return "" if wanted == Wanted() else row


A_LESSON: Object[Lesson] = Object(
    "lesson",
    load=_lesson,
    network=lambda found: found.network,
    scope=lambda found: str(found.id),
    gone=GONE,
    closed=_closed,
)
MY_LESSON: Object[Lesson] = Object(
    "own lesson",
    load=_lesson,
    network=lambda found: found.network,
    scope=lambda found: str(found.id),
    gone=GONE,
    closed=_not_mine,
)
MY_KEPT: Object[Kept] = Object(
    "words kept aside of a lesson",
    load=_kept,
    network=lambda found: found.lesson.network,
    scope=lambda found: str(found.lesson.id),
    gone=GONE,
    closed=lambda ctx, found: None if found.aside.member == ctx.person.id else GONE,
)
A_FILE: Object[KeptFile] = Object(
    "file of a lesson",
    load=lambda tx, row: kept_files.get(tx, TENANT, row_number(row)),
    network=lambda found: found.network,
    scope=lambda found: str(found.id),
    gone=_NO_FILE,
    closed=_file_closed,
)
WANTED: Object[Wanted] = Object(
    "what is looked for",
    load=_wanted,
    network=NothingToDo("it names no row: what is found is of the reader's network"),
    scope=lambda _found: "",
    gone=GONE,
)
