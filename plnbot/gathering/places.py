"""What words at a place are about: the card that a thread hangs below, or what listens in the room."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from plnbot.engine import outbox
from plnbot.gathering import store
from plnbot.gathering.actions import source_of
from plnbot.gathering.declared import Gathers, Subject
from plnbot.gathering.store import Answer
from plnbot.refs import Place
from plnbot.store.database import Tx

Declared = Gathers[Any]
Found = tuple[Declared, Subject]


def below(tx: Tx, now: datetime, declared: Iterable[Declared], place: Place) -> Found | None:
    """Return what a thread belongs to: to the card above it, or to what the words above it answer."""
    post = outbox.at_thread(tx, place)
    if post is not None:
        for each in declared:
            if post.card in each.below:
                return _with(each, each.below[post.card](tx, now, post.args))
        return None
    above = store.from_messages(tx, [source_of(place, place.thread)])
    return of_answers(tx, now, declared, above)


def of_answers(
    tx: Tx, now: datetime, declared: Iterable[Declared], these: Sequence[Answer]
) -> Found | None:
    """Return what the first of these answers belongs to."""
    for each in declared:
        for one in these[:1]:
            if each.kind == one.kind:
                return _with(each, each.of(tx, now, one.whole))
    return None


def in_room(tx: Tx, now: datetime, declared: Iterable[Declared], place: Place) -> Found | None:
    """Return what listens to words in a room itself."""
    for each in declared:
        subject = each.here(tx, now, place)
        if subject is not None:
            return each, subject
    return None


def _with(declared: Declared, subject: Subject | None) -> Found | None:
    return None if subject is None else (declared, subject)
