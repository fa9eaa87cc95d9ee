"""The chain of a network's events: how one is hashed, and what is wrong with a chain. Pure.

The hash of an event covers the hash before it and every column of it, in one text: numbers parted by
bars, and the facts last, so that no two events have the same text. `flaws` reads rows in their order and
yields what is wrong. A chain that was rewritten whole, hashes and all, is whole in itself: what finds
that is a head that was noted elsewhere before, in a log or a backup.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from plnbot.values import dataclass

BEGINNING = "0" * 64
"""What stands before the first event."""


class EventRow(NamedTuple):
    """An event as its row has it; `at` in microseconds since 1970."""

    network: int
    seq: int
    at: int
    kind: str
    entry: int
    member: int
    actor: int
    facts: str
    words_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last event of a chain: how many there are, and its hash."""

    seq: int = 0
    hash: str = BEGINNING


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a chain, at which event of which network."""

    network: int
    seq: int
    what: str

    def __str__(self) -> str:
        return f"network {self.network}, event {self.seq}: {self.what}"


def hashed(before: str, row: tuple[object, ...]) -> str:
    """Return the hash of an event, given that of the one before; `row` is its columns but the hash."""
    network, seq, at, kind, entry, member, actor, facts, words = row[:9]
    said = f"{before}|{network}|{seq}|{at}|{kind}|{entry}|{member}|{actor}|{words}|{facts}"
    return hashlib.sha256(said.encode()).hexdigest()


def words_hashed(salt: str, words: str) -> str:
    """Return what an event holds of words that lie apart."""
    return hashlib.sha256(f"{salt}|{words}".encode()).hexdigest()


def canonical(facts: Mapping[str, object]) -> str:
    """Return facts as the one text that stands for them."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def flaws(
    rows: Iterable[tuple[object, ...]],
    heads: Mapping[int, Head],
    noted: Mapping[tuple[int, int], str],
) -> Iterator[Flaw]:
    """Yield what is wrong with chains, each network's events in their order.

    `heads` is where each network's chain ends, `noted` hashes of events as they were written down
    elsewhere, by network and number.
    """
    network, seq, before = 0, 0, BEGINNING
    seen: set[int] = set()
    lost = set(noted)
    for row in rows:
        its, number, found = row[0], row[1], row[9]
        if its != network:
            yield from _ended(network, seq, before, heads)
            network, seq, before = int(str(its)), 0, BEGINNING
            seen.add(network)
        if number != seq + 1:
            yield Flaw(network, seq + 1, "is missing")
        elif hashed(before, row) != found:
            yield Flaw(network, int(str(number)), "was changed, or does not stand where it was")
        seq, before = int(str(number)), str(found)
        if (network, seq) in lost:
            lost.discard((network, seq))
            if noted[network, seq] != before:
                yield Flaw(
                    network, seq, "is not the one that was noted before: the chain was rewritten"
                )
    yield from _ended(network, seq, before, heads)
    for other in sorted(heads.keys() - seen):
        yield from _ended(other, 0, BEGINNING, heads)
    for its_network, at in sorted(lost):
        yield Flaw(its_network, at, "was noted before and is missing")


def _ended(network: int, seq: int, last: str, heads: Mapping[int, Head]) -> Iterator[Flaw]:
    if not network:
        return
    head = heads.get(network, Head())
    if seq > head.seq:
        yield Flaw(network, head.seq + 1, "was added behind the end")
    elif seq < head.seq:
        yield Flaw(network, seq + 1, "is missing at the end")
    elif last != head.hash:
        yield Flaw(network, seq, "is not where the chain ends")
