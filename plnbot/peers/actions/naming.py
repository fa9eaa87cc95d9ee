"""Whether cards may name somebody's subject: asked first where that gives away a district which they do not show.

What it comes to is looked at anew before each round: who shows their district no more, has told of one, or
is by now one of few, is asked then. What somebody answered themselves stays; who said no and shows their
district to all by now is asked once more.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from plnbot.engine.ports import Directory, Told
from plnbot.engine.roles import Grant, Role, needs, reach
from plnbot.peers.actions.candidates import subject_of
from plnbot.peers.actions.keys import NAMED, tell
from plnbot.peers.model import Membership, Named, Programme
from plnbot.peers.store import programmes
from plnbot.singling_out import enough
from plnbot.store.database import Tx
from plnbot.values import dataclass
from plnbot.visibility import Seen

_LOOKED_AT = 2000
_NOTHING = Told()


def name_it(tx: Tx, one: Membership, named: Named) -> None:
    """Keep whether cards may name the subject of who is the only one of a kind."""
    programmes.change(tx, [one.id], named=named.value)
    tx.announce(f"member:{one.member}")


def settle(tx: Tx, directory: Directory, one: Membership) -> Membership:
    """Let cards name somebody's subject, save where that is to be asked first; return how they stand then."""
    _hides, gives_away = _looked_at(tx, directory, {one.member: one})[one.member]
    named = Named.UNASKED if gives_away else Named.FREE
    name_it(tx, one, named)
    return replace(one, named=named)


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody may be asked by now: their membership as it was found, and what becomes of it."""

    found: Membership
    becomes: Named


def changes(tx: Tx, directory: Directory, of: Programme) -> Sequence[Change]:
    """Return for whom something changed: their subject gives something away by now, or nothing any more."""
    mine = programmes.in_programme(tx, of.id)
    open_to_it = {n: each for n, each in mine.items() if each.named is not Named.YES}
    made = []
    for number, (hides, gives_away) in _looked_at(tx, directory, open_to_it).items():
        one = open_to_it[number]
        if one.named is Named.NO:
            made += [] if hides else [Change(one, Named.NO)]
        elif gives_away != (one.named is Named.UNASKED):
            made.append(Change(one, Named.UNASKED if gives_away else Named.FREE))
    return made


def ask(tx: Tx, directory: Directory, these: Sequence[Change], now: datetime) -> None:
    """Ask those of whom something changed, save who answered meanwhile; who needs no asking is not asked."""
    for each in these:
        one = programmes.of_number(tx, each.found.id)
        if one is None or one.named is not each.found.named:
            continue
        if one.named is not each.becomes:
            name_it(tx, one, each.becomes)
        if each.becomes is not Named.FREE:
            why = "shown" if one.named is Named.NO else f"{int(now.timestamp())}"
            to, key = directory.by_id(tx, one.member), f"peers/named/{one.id}/{why}"
            tell(tx, to, NAMED, {"membership": one.id}, key=key, now=now)


def _looked_at(
    tx: Tx, directory: Directory, those: Mapping[int, Membership]
) -> Mapping[int, tuple[bool, bool]]:
    """Return of each whether they hide their district, and whether their subject would give it away."""
    own, shown, kept = (
        _told(tx, directory, those, each) for each in (Seen.ME, Seen.NETWORK, Seen.MATCHING)
    )
    hides = {
        n: bool(own.get(n, _NOTHING).district.name) and not shown.get(n, _NOTHING).district.name
        for n in those
    }
    teach: Mapping[str, int] | None = None
    found = {}
    for number, one in those.items():
        subject = subject_of(one.wishes, kept.get(number, _NOTHING))
        if hides[number] and subject and teach is None:
            teach = _teachers(tx, directory, one.network)
        few = teach is not None and not enough(teach.get(subject, 0))
        found[number] = (hides[number], bool(subject) and hides[number] and few)
    return found


def _told(
    tx: Tx, directory: Directory, those: Mapping[int, Membership], purpose: Seen
) -> Mapping[int, Told]:
    numbers = list(those)
    parts: Iterator[list[int]] = (
        numbers[at : at + _LOOKED_AT] for at in range(0, len(numbers), _LOOKED_AT)
    )
    return {
        n: one for some in parts for n, one in directory.told(tx, some, seen_by=purpose).items()
    }


def _teachers(tx: Tx, directory: Directory, network: int) -> Mapping[str, int]:
    """Return how many of a network teach each subject, as far as that may be used."""
    everybody = reach(frozenset({Grant(Role.ADMINISTRATOR)}), needs(Role.ADMINISTRATOR))
    ids = tx.execute(directory.within(network, everybody).limit(_LOOKED_AT)).scalars().all()
    told = directory.told(tx, ids, seen_by=Seen.MATCHING)
    return Counter(subject for each in told.values() for subject in set(each.subjects))
