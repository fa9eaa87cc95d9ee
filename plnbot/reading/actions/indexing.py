"""What is found by its words: stories, with all that is said of them, and entries of the catalogue."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from plnbot import fulltext
from plnbot.fulltext import Document
from plnbot.packs.frameworks import skills
from plnbot.packs.teaching import subjects
from plnbot.reading.model.things import Thing, ThingKind, Worth
from plnbot.reading.store import things
from plnbot.store.database import Tx
from plnbot.talk.words import LOCALES

KINDS = tuple(ThingKind)


def index(tx: Tx, network: int, thing: Thing, now: datetime | None = None) -> None:
    """Let a thing be found as it is by now; whether it may be seen is looked at when it is found."""
    _index(tx, network, [thing], now)


def index_stories(tx: Tx, network: int, stories: Iterable[int]) -> None:
    """Let stories be found as they are by now."""
    _index(tx, network, [Thing(ThingKind.STORY, each) for each in stories])


def _index(tx: Tx, network: int, which: Sequence[Thing], now: datetime | None = None) -> None:
    there = things.listed(tx, network, which, now, hidden=True)
    for each in which:
        worth = there.get(each)
        if worth is None or worth.told_before:
            fulltext.drop(tx, network, each.kind.value, each.row)
        else:
            fulltext.put(tx, _document(network, worth))


def note_use(tx: Tx, network: int, thing: Thing) -> int:
    """Count anew how many used a thing in class, which comes first among what fits as well."""
    many = things.times_used(tx, thing)
    fulltext.used(tx, network, thing.kind.value, thing.row, many)
    return many


def _document(network: int, worth: Worth) -> Document:
    named = [
        pack[each].title.said(locale)
        for pack, ids in ((subjects(), worth.subjects), (skills(), worth.skills))
        for each in ids
        if each in pack
        for locale in LOCALES
    ]
    body = "\n".join([worth.note, worth.source, *named, worth.text])
    thing = worth.thing
    return Document(
        network, thing.kind.value, thing.row, worth.title, body, worth.language, worth.used
    )
