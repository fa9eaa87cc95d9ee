"""A tenant of the tests' own: notes, of which each has three sides to write below."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from plnbot.engine.context import Context
from plnbot.engine.notices import NoticeKind
from plnbot.engine.ports import Person
from plnbot.engine.roles import ANYONE
from plnbot.gathering import Gathers, Hiding, Read, Took
from plnbot.store.database import Tx
from plnbot.talk.interactions import Said
from plnbot.talk.words import msg

SIDES = (1, 2, 3)
NOTE = 7
CARD = "notes.note"
_LINE = re.compile(r"^([1-3])(?: (.*))?$")
TOLD = NoticeKind(name="notes.hidden", title=msg("Hidden"), about=msg("Hidden"), may_be_muted=True)
HIDING = Hiding("note", ANYONE, msg("Hidden"), "notes.hidden", TOLD)


def read(words: str, below: int | None) -> Read:
    """Return what words answer: lines such as `2 because`, else the side that they are below."""
    marked = [found for line in words.splitlines() if (found := _LINE.match(line))]
    if marked:
        return Read({int(each[1]): each[2] or "" for each in marked})
    return Read({below: words} if below else {})


@dataclass(frozen=True)
class Note:
    """The `Subject`; it notes what it is told to show anew."""

    kind: ClassVar[str] = "note"
    once: ClassVar[bool] = False
    tx: Tx
    now: datetime
    below: int | None = None
    whole: int = NOTE
    network: int = 1
    refreshed: set[int] = field(default_factory=set)

    def read(self, words: str, *, meant: bool) -> Read:
        """Return what words answer."""
        return read(words, self.below or (SIDES[0] if meant else None))

    def late(self, under: int) -> bool:
        """Let the third side be late."""
        return under == SIDES[2]

    def prepared(self, _under: int) -> bool:
        """Let nothing be prepared."""
        return False

    def answered(self, person: Person, new: Collection[int]) -> None:
        """Do nothing."""

    def changed(self, unders: Collection[int], _altered: Collection[int]) -> None:
        """Note what is to be shown anew."""
        self.refreshed.update(unders)


class CountedOnce(Note):
    """A note below which each person counts once."""

    kind: ClassVar[str] = "once"
    once: ClassVar[bool] = True


def gathers(of: type[Note], refreshed: set[int]) -> Gathers[Note]:
    """Return the declaration of one kind; what is to be shown anew is noted in `refreshed`."""

    def note(tx: Tx, now: datetime, below: int | None = None) -> Note:
        return of(tx, now, below, refreshed=refreshed)

    def told(_ctx: Context, _note: Note, _said: Said, _took: Took) -> None:
        return None

    def below(tx: Tx, now: datetime, args: Mapping[str, str | int]) -> Note:
        return note(tx, now, int(args["side"]))

    return Gathers(
        kind=of.kind,
        below={CARD: below},
        of=lambda tx, now, _whole: note(tx, now),
        told=told,
        about=lambda _tx, these: {each.id: {"note": each.whole} for each in these},
        here=lambda tx, now, _place: note(tx, now),
        hiding=HIDING,
    )
