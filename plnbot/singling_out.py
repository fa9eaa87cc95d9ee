"""Singling out: the one gate before whatever is counted or shown of people who are not named. Pure.

**The rule.** A group of one to four people is never shown, neither as a number nor by what it said; a
group of nobody may be. That is the easy half.

**What could be worked out.** Who reads several numbers subtracts. A total less all its shown parts is
the part that was held back: so with small parts the smallest large one is held back too. What is held
back depends on sizes alone, so any of those parts may be the large one, and none is known to be a few;
where there is no large one, no part is shown (`parts`). A number of today less that of
yesterday is who came in between: so a number, and what people said with it, is shown anew only once
`FEWEST` have come or gone since (`renewed`). Whoever shows a group of a group asks for both.

**Many numbers at once.** A report shows many sets of the same people: all who took part, those of a
kind, of a skill, of a school. Whoever has two of which one lies within the other has what is between
them; of sets that have nobody in common every union is had as well. So of what is shown together each
set is of five or more, and wherever one (or a union that can be added up) lies within another, five or
more lie between, or nobody (`Together`). That is looked at in the sets themselves, not in what a reader
would know of them: it holds for exact numbers, whoever knows which set lies in which.

**Months.** What comes next month is not known when this one is shown, so no choice of sets can guard
against it: a number of October less that of September is who came. So numbers are shown in bands of
five (`band`): a set of 20 to 24 is 20. Any sums of such numbers, less any others, are multiples of
five. And what they stand for is never pinned to one to four: r sets less s sets, whose bands differ
by 5d, are anything from 5d - 4s to 5d + 4r people, where d < 1 leaves room for none, and d > 0 for nine. A
year is told as its months, never as people of its own, so that a later one adds nothing to subtract.

**What is not promised.** Who knows from elsewhere what four of five said knows the fifth. The gate
holds back what we would give away, not what people tell one another.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

FEWEST = 5
"""The smallest group of people that is shown."""
MOST_PARTED = 8
"""Into so many classes people are parted at most: that makes 255 sets, each compared with all others."""
People = frozenset[int]
"""Some people, by their numbers."""
Named = TypeVar("Named", bound=Hashable)


def enough(people: int) -> bool:
    """Return whether a group of so many people may be shown, by number or by what it said."""
    return people >= FEWEST


def count(people: int) -> int | None:
    """Return a number of people as it may be shown; None where it would single somebody out."""
    return people if people == 0 or enough(people) else None


def parts(people: Mapping[Named, int]) -> Mapping[Named, int | None]:
    """Return how many people each part has, as they may stand beside their total.

    Each person is in one part. None is held back: a small part, and the smallest of the others with it,
    so that no subtraction leads to it.
    """
    few = {many for many in people.values() if count(many) is None}
    beside = min((many for many in people.values() if enough(many)), default=None)
    if few and beside is None:
        return dict.fromkeys(people)
    held = few | {beside} if few else few
    return {name: None if many in held else many for name, many in people.items()}


def share(having: int, of: int) -> int | None:
    """Return how many of a total have something, as it may be said beside the total.

    None where those who have it, or those who have it not, are one to four.
    """
    return parts({True: having, False: of - having})[True]


def renewed(shown: int, people: int) -> int:
    """Return the number of people to show now, where `shown` was shown last (0 at first)."""
    return people if enough(abs(people - shown)) and count(people) is not None else shown


def band(people: int) -> int:
    """Return the least that a number of people may be, as it is shown: it and four more look alike."""
    return people - people % FEWEST


class Together:
    """What is shown together of one lot of people: sets of them, by the theory of this room.

    Whatever is to be shown passes `alone` or `parted`, the most telling first: what comes later gives way
    to what was let through. The sets hold numbers of people and leave with the value; only bands go on.
    """

    def __init__(self, everybody: People) -> None:
        self.everybody = everybody
        self._shown: list[People] = [everybody]

    @property
    def nobody(self) -> bool:
        """Whether these are so few that nothing at all may be said of them."""
        return not enough(len(self.everybody))

    def alone(self, people: People) -> bool:
        """Let one set through that may overlap others; return whether it may be shown."""
        if not self._stands_beside(people, self._shown):
            return False
        self._shown.append(people)
        return True

    def parted(
        self, classes: Mapping[Named, People], *, apart: bool = True
    ) -> Mapping[Named | None, People]:
        """Let classes through that make up a whole; return those to be shown, the rest as one under None.

        The rest has enough people too, or there is none: the smallest classes go into it until that is
        so. With `apart` each person is in one class, so that several of them are a set that can be added
        up; otherwise it is what they did that is parted, and people may be in several.
        """
        named = {name: people for name, people in classes.items() if enough(len(people))}
        rest = frozenset[int]().union(*(classes[name] for name in classes if name not in named))
        while named and (wrong := self._in_the_way(named, rest, apart=apart)) is not None:
            rest |= named.pop(wrong)
        found: dict[Named | None, People] = dict(named.items())
        found |= {None: rest} if enough(len(rest)) else {}
        if not named and rest and not self._stands_beside(rest, self._shown):
            return {}
        self._shown += _unions(list(found.values())) if apart else found.values()
        return found

    def _in_the_way(
        self, named: Mapping[Named, People], rest: People, *, apart: bool
    ) -> Named | None:
        """Return the class that has to go into the rest next; None where all may stand as they are."""
        smallest = min(named, key=lambda each: (len(named[each]), str(each)))
        if rest and not enough(len(rest)):
            return smallest
        sets = [*named.values(), *([rest] if rest else [])]
        for name, people in named.items():
            if not self._stands_beside(people, [*self._shown, *([] if apart else sets)]):
                return name
        if apart and len(sets) > MOST_PARTED:
            return smallest
        unions = _unions(sets) if apart else sets
        fits = all(self._stands_beside(each, self._shown) for each in unions)
        return None if fits else smallest

    def _stands_beside(self, people: People, shown: Iterable[People]) -> bool:
        return enough(len(people)) and all(not tells_apart(people, each) for each in shown)


def tells_apart(one: People, other: People) -> bool:
    """Return whether one set less the other is one to four people, where one lies within the other."""
    small, large = sorted((one, other), key=len)
    between = len(large) - len(small)
    return count(between) is None and small <= large


def _unions(classes: Sequence[People]) -> list[People]:
    """Return every set that classes make which have nobody in common, each taken or not."""
    found: list[People] = [frozenset()]
    for each in classes:
        found += [each | before for before in found]
    return found[1:]
