"""Finding what is there: by words, and by the time that a member has."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from plnbot import fulltext
from plnbot.engine.ports import Directory, Person
from plnbot.fulltext.words import stems_of
from plnbot.reading.actions.indexing import KINDS
from plnbot.reading.model.choosing import Choice, Interest, choice, chosen
from plnbot.reading.model.things import Thing, ThingKind, Worth
from plnbot.reading.store import digests, shelf, things
from plnbot.store.database import Tx
from plnbot.values import dataclass
from plnbot.visibility import Seen

MOST_FOUND = 5
_LOOKED_AT = 60
_BEGINNING = 400
_RECENT = timedelta(days=30)
_NOT_AGAIN = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class FoundThings:
    """What was found by words, best first, and whether it has all of them."""

    worths: Sequence[Worth]
    all_words: bool


def find(tx: Tx, network: int, typed: str, now: datetime, most: int = MOST_FOUND) -> FoundThings:
    """Return what a network has for some words; what is over, hidden or dead is left out."""
    found = fulltext.find(tx, network, typed, kinds=KINDS, limit=_LOOKED_AT)
    order = [Thing(ThingKind(each.kind), each.row) for each in found.hits]
    seen = things.listed(tx, network, order, now)
    alive = [seen[each] for each in order if each in seen and not seen[each].dead]
    return FoundThings(alive[:most], found.all_words)


def interest_of(tx: Tx, directory: Directory, person: Person) -> Interest:
    """Return what is known of a member that makes one thing fit better than another."""
    told = directory.told(tx, [person.id], seen_by=Seen.ME).get(person.id)
    liked, less = shelf.tastes(tx, person.id)
    if told is None:
        return Interest(liked=liked, less=less)
    goals = {goal: stems_of(goal) for goal in told.goals}
    return Interest(frozenset(told.subjects), frozenset(told.grades), goals, liked, less)


def choices(tx: Tx, directory: Directory, person: Person, now: datetime) -> Sequence[Choice]:
    """Return everything recent that a member neither has nor was shown, as well as it fits them."""
    known = {each.thing for each in shelf.touched(tx, person.id, now - _NOT_AGAIN)}
    known |= set(digests.held(tx, person.id, now - _NOT_AGAIN))
    interest = interest_of(tx, directory, person)
    recent = things.recent(tx, person.network.id, now - _RECENT, now)
    found = (
        choice(each, _stems(each) if interest.goals else (), interest, now)
        for each in recent
        if each.thing not in known
    )
    return [each for each in found if each is not None]


def fitting(
    tx: Tx, directory: Directory, person: Person, minutes: int, now: datetime, *, most: int = 3
) -> Sequence[Choice]:
    """Return what fits into so many minutes, what a member saved first; what has no length fits nowhere."""
    interest = interest_of(tx, directory, person)
    kept = things.listed(
        tx, person.network.id, [each.thing for each in shelf.saved(tx, person.id)], now
    )
    own = [
        found
        for each in kept.values()
        if _fits(each, minutes) and not each.dead
        if (found := choice(each, (), interest, now)) is not None
    ]
    others = [each for each in choices(tx, directory, person, now) if _fits(each.worth, minutes)]
    return [*own, *chosen(others, most)][:most]


def why(tx: Tx, directory: Directory, person: Person, worth: Worth, now: datetime) -> Choice | None:
    """Return why a thing fits a member; None where it does not by anything that is known."""
    return choice(worth, _stems(worth), interest_of(tx, directory, person), now)


def _stems(worth: Worth) -> frozenset[str]:
    """Return what a thing is about, by its title, its note and how it begins."""
    return stems_of(f"{worth.title} {worth.note} {worth.text[:_BEGINNING]}")


def _fits(worth: Worth, minutes: int) -> bool:
    return worth.minutes is not None and worth.minutes <= minutes
