"""What rules give a teacher of what is on offer, and what a no takes away: pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from plnbot.pulse.model import LATER, MOST, Because, No, Rule, Shares, Teacher, Used
from plnbot.values import dataclass

_ALIKE = 2
"""From so many words in common on, two titles are about the same."""
Stems = Callable[[str], frozenset[str]]
"""Returns the stems of some words, in whichever language they are."""


class Thing(Protocol):
    """Something on offer, as `plnbot.engine.offers.OnOffer` is."""

    @property
    def kind(self) -> str:
        """Its kind."""
        ...

    @property
    def title(self) -> str:
        """Its title."""
        ...

    @property
    def page(self) -> str:
        """Its page, by which it is known again."""
        ...

    @property
    def at(self) -> datetime | None:
        """When it begins."""
        ...

    @property
    def minutes(self) -> int | None:
        """How long it takes."""
        ...

    @property
    def subjects(self) -> tuple[str, ...]:
        """Its subjects."""
        ...

    @property
    def grades(self) -> tuple[str, ...]:
        """Its grades."""
        ...

    @property
    def skills(self) -> tuple[str, ...]:
        """Its skills."""
        ...


@dataclass(frozen=True, slots=True)
class Given:
    """Something on offer by its place among all, with the ids of the rules that gave it, and their points."""

    place: int
    rules: tuple[str, ...]
    points: int


def given(
    things: Sequence[Thing],
    rules: Sequence[Rule],
    teacher: Teacher,
    *,
    noes: Sequence[No],
    now: datetime,
    stems: Stems,
) -> Sequence[Given]:
    """Return what rules give a teacher, best first: at most `MOST`, and each kind once at first.

    More points come first; of as many, what begins sooner, then what was on offer before. What a no takes
    away is left out, and so is what no rule speaks for.
    """
    known = _Known(rules, teacher, now, stems)
    alike: dict[tuple[str, int], list[int]] = {}
    for place, (thing, facts) in enumerate(zip(things, known.of_all(things), strict=True)):
        alike.setdefault((thing.kind, facts), []).append(place)
    by_points: dict[int, list[tuple[str, tuple[str, ...], list[int]]]] = {}
    for (kind, facts), places in alike.items():
        names, points = known.rules_for(kind, facts)
        if points > 0:
            by_points.setdefault(points, []).append((kind, names, places))
    return _spread(by_points, things, _LeftOut(noes, now, stems))


def _spread(
    by_points: Mapping[int, Sequence[tuple[str, tuple[str, ...], list[int]]]],
    things: Sequence[Thing],
    left: "_LeftOut",
) -> Sequence[Given]:
    first: list[Given] = []
    rest: list[Given] = []
    kinds: set[str] = set()
    for points in sorted(by_points, reverse=True):
        # Of a kind that is there, no more are looked at than can fill up: there may be thousands.
        wanted = [
            (_begins(things[place]), place, names)
            for kind, names, places in by_points[points]
            if kind not in kinds or len(rest) < MOST
            for place in places
        ]
        for _begin, place, names in sorted(wanted):
            kind = things[place].kind
            if (kind in kinds and len(rest) >= MOST) or left.out(things[place]):
                continue
            (rest if kind in kinds else first).append(Given(place, names, points))
            kinds.add(kind)
            if len(first) == MOST:
                return first
    return [*first, *rest][:MOST]


def _begins(thing: Thing) -> float:
    return thing.at.timestamp() if thing.at is not None else float("inf")


_SUBJECTS, _GRADES, _SKILLS, _NEED, _GOAL, _FITS, _DAYS = (1 << at for at in range(7))
_OF_SHARES = {
    Shares.NOTHING: 0,
    Shares.SUBJECTS: _SUBJECTS,
    Shares.GRADES: _GRADES,
    Shares.SKILLS: _SKILLS,
    Shares.NEED: _NEED,
    Shares.GOAL: _GOAL,
}


class _Known:
    """What rules ask of things, as bits: most things are alike to them, and rules are gone through once a sort."""

    def __init__(
        self, rules: Sequence[Rule], teacher: Teacher, now: datetime, stems: Stems
    ) -> None:
        self._teacher, self._stems = teacher, stems
        self._rules = [each for each in rules if _answered(each, teacher)]
        self._days = sorted({each.within for each in self._rules if each.within})
        self._until = [
            (_DAYS << at, now + timedelta(days=each)) for at, each in enumerate(self._days)
        ]
        self._phrases = [each for each in teacher.needs if len(each) > 1]
        self._parts = frozenset[str]().union(*teacher.needs)
        self._alone = frozenset[str]().union(*(each for each in teacher.needs if len(each) == 1))
        self._part: set[str] = set()
        self._need: set[str] = set()
        self._goal: set[str] = set()
        """Words as titles have them: parts of what is needed, all of it, those of goals."""

    def of_all(self, things: Sequence[Thing]) -> Sequence[int]:
        """Return which facts are true of each thing. There may be thousands: so it is one loop a sort of fact."""
        return [
            shared | said | when
            for shared, said, when in zip(
                self._shared(things), self._said(things), self._when(things), strict=True
            )
        ]

    def _shared(self, things: Sequence[Thing]) -> Iterator[int]:
        told = self._teacher
        subjects, grades, skills = told.subjects, told.grades, told.skills
        for each in things:
            facts = 0 if subjects.isdisjoint(each.subjects) else _SUBJECTS
            if not grades.isdisjoint(each.grades):
                facts |= _GRADES
            yield facts if skills.isdisjoint(each.skills) else facts | _SKILLS

    def _said(self, things: Sequence[Thing]) -> Iterator[int]:
        self._meet(" ".join(each.title for each in things).split())
        part, need, goal = self._part, self._need, self._goal
        for each in things:
            words, facts = each.title.split(), 0
            if not need.isdisjoint(words) or (
                not part.isdisjoint(words) and self._has_phrase(each.title)
            ):
                facts = _NEED
            yield facts if goal.isdisjoint(words) else facts | _GOAL

    def _when(self, things: Sequence[Thing]) -> Iterator[int]:
        most, days = self._teacher.minutes, self._until
        for each in things:
            minutes, at = each.minutes, each.at
            facts = _FITS if most is not None and minutes is not None and minutes <= most else 0
            if at is not None:
                for bit, until in days:
                    if at <= until:
                        facts |= bit
            yield facts

    def _meet(self, words: Iterable[str]) -> None:
        for each in set(words):
            stems = frozenset() if each.isdigit() else self._stems(each)
            if not stems.isdisjoint(self._alone):
                self._need.add(each)
            if not stems.isdisjoint(self._parts):
                self._part.add(each)
            if not stems.isdisjoint(self._teacher.goals):
                self._goal.add(each)

    def _has_phrase(self, title: str) -> bool:
        stems = frozenset[str]().union(*map(self._stems, title.split()))
        return any(each <= stems for each in self._phrases)

    def rules_for(self, kind: str, facts: int) -> tuple[tuple[str, ...], int]:
        """Return which rules give things of a kind of which these facts are true, and their points."""
        wanted = Used.KNOWN if kind in self._teacher.used else Used.NEW
        hold = [
            each
            for each in self._rules
            if (not each.kinds or kind in each.kinds)
            and each.used in (Used.EITHER, wanted)
            and self._asks(each) & ~facts == 0
        ]
        return tuple(each.id for each in hold), sum(each.points for each in hold)

    def _asks(self, rule: Rule) -> int:
        asks = _OF_SHARES[rule.shares] | (_FITS if rule.fits else 0)
        return asks | (_DAYS << self._days.index(rule.within) if rule.within else 0)


def _answered(rule: Rule, teacher: Teacher) -> bool:
    return all(
        not wanted.isdisjoint(teacher.answers.get(question, frozenset()))
        for question, wanted in rule.answers.items()
    )


class _LeftOut:
    """What somebody's noes take away."""

    def __init__(self, noes: Sequence[No], now: datetime, stems: Stems) -> None:
        self._stems = stems
        self._pages = {
            each.page for each in noes if each.because is not Because.NOW or each.at + LATER > now
        }
        self._kinds = {each.kind for each in noes if each.because is Because.KIND}
        long = [each.minutes for each in noes if each.because is Because.LONG and each.minutes]
        self._long = min(long, default=None)
        self._topics = [stems(each.title) for each in noes if each.because is Because.TOPIC]

    def out(self, thing: Thing) -> bool:
        """Return whether a thing is left out."""
        if thing.page in self._pages or thing.kind in self._kinds:
            return True
        if self._long is not None and (thing.minutes or 0) >= self._long:
            return True
        if not self._topics:
            return False
        about = self._stems(thing.title)
        return any(len(about & each) >= _ALIKE for each in self._topics)
