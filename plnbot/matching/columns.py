"""People as columns of numbers, so that thousands of pairs are scored at once."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plnbot.matching.people import Person, Rules
from plnbot.values import dataclass

Numbers = NDArray[np.int64]
Bits = NDArray[np.uint64]
NO_GRADE = -1
_WORD = 64
_NOBODYS = -1


@dataclass(frozen=True, slots=True)
class Columns:
    """Everybody, by place; `avoid` and `met` name places too, and hold each pair both ways."""

    ids: Numbers
    district: Numbers
    subject: Numbers
    field: Numbers
    lowest: Numbers
    highest: Numbers
    topics: Bits
    languages: Bits
    hours: Bits
    years: Numbers
    likes: Numbers
    waited: Numbers
    avoid: Numbers
    met: Numbers

    def __len__(self) -> int:
        return len(self.ids)


def columns(people: Sequence[Person], rules: Rules) -> Columns:
    """Return people as columns, in their order."""
    place = {each.id: at for at, each in enumerate(people)}
    grades = [sorted(each.grades) or [NO_GRADE] for each in people]
    avoid = [(place[a], place[b]) for a, b in rules.avoid if a in place and b in place]
    met = [
        (place[a], place[b], ago) for (a, b), ago in rules.met.items() if a in place and b in place
    ]
    return Columns(
        ids=_numbers(each.id for each in people),
        district=_numbers(_NOBODYS if each.district is None else each.district for each in people),
        subject=_coded(each.subject for each in people),
        field=_coded(each.field for each in people),
        lowest=_numbers(each[0] for each in grades),
        highest=_numbers(each[-1] for each in grades),
        topics=_bits([each.topics for each in people]),
        languages=_bits([each.languages for each in people]),
        hours=_bits([each.free for each in people]),
        years=_numbers(-1 if each.years is None else each.years for each in people),
        likes=_numbers(each.likes.value for each in people),
        waited=_numbers(each.waited * 2 + each.odd for each in people),
        avoid=np.array([*avoid, *((b, a) for a, b in avoid)], np.int64).reshape(-1, 2),
        met=np.array([*met, *((b, a, ago) for a, b, ago in met)], np.int64).reshape(-1, 3),
    )


def _numbers(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, np.int64)


def _coded(names: Iterable[str]) -> Numbers:
    """Return names as numbers; who says nothing has one that nobody else has."""
    codes: dict[str, int] = {}
    return _numbers(
        codes.setdefault(name, len(codes)) if name else -1 - at for at, name in enumerate(names)
    )


def _bits(sets: Sequence[frozenset[Any]]) -> Bits:
    """Return sets as rows of words, a bit for each thing that somebody has."""
    things = {each: at for at, each in enumerate(sorted(frozenset().union(*sets), key=str))}
    rows = np.zeros((len(sets), len(things) // _WORD + 1), np.uint64)
    whose = np.repeat(np.arange(len(sets)), [len(each) for each in sets])
    word, bit = np.divmod(_numbers(things[thing] for each in sets for thing in each), _WORD)
    np.bitwise_or.at(rows, (whose, word), np.uint64(1) << bit.astype(np.uint64))
    return rows
