"""A month of a district: from who did what to the figures that may be shown. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from plnbot.singling_out import People, Together, band, enough
from plnbot.values import dataclass

REST = ""
"""The name of what stands for all classes of a report that are not shown one by one."""
OTHERS = "*"
"""The name of those who took part and are not told by what they are, beside those who are."""
_HOUR = 60
_DECEMBER = 12
_COMES_TO_REST = timedelta(days=5)
"""So long after its end a month is still corrected before its reports are made."""


class Report(StrEnum):
    """The reports that there are, of each month the same."""

    ALL = "all"
    KIND = "kind"
    FORM = "form"
    NEED = "need"
    SKILL = "skill"
    SUBJECT = "subject"
    SCHOOL = "school"
    ROLE = "role"


class Form(StrEnum):
    """How people learned: planned and led, or as it came."""

    FORMAL = "formal"
    INFORMAL = "informal"


class School(StrEnum):
    """In what kind of school somebody teaches, by the grades that they told of."""

    ELEMENTARY = "elementary"
    MIDDLE = "middle"
    HIGH = "high"
    COLLEGE = "college"
    SEVERAL = "several"
    UNTOLD = "untold"


class Part(StrEnum):
    """What somebody is at school, by the subjects that they told of."""

    TEACHER = "teacher"
    LEADER = "leader"
    COACH = "coach"
    COUNSELLOR = "counsellor"
    LIBRARIAN = "librarian"
    UNTOLD = "untold"


_SCHOOLS: Mapping[str, School] = {
    **dict.fromkeys(("PK", "K", "1", "2", "3", "4", "5"), School.ELEMENTARY),
    **dict.fromkeys(("6", "7", "8"), School.MIDDLE),
    **dict.fromkeys(("9", "10", "11", "12"), School.HIGH),
    "College": School.COLLEGE,
}
_PARTS: Mapping[str, Part] = {
    "leadership": Part.LEADER,
    "coaching": Part.COACH,
    "counselling": Part.COUNSELLOR,
    "library": Part.LIBRARIAN,
}


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a calendar."""

    year: int
    month: int

    @property
    def number(self) -> int:
        """It as one number, such as 202610."""
        return self.year * 100 + self.month

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def next(self) -> "Month":
        """The month after it."""
        late = self.month == _DECEMBER
        return Month(self.year + 1, 1) if late else Month(self.year, self.month + 1)

    def rests(self, today: date) -> bool:
        """Return whether it has been over for so long that its reports are made."""
        return today >= self.rests_on

    @property
    def rests_on(self) -> date:
        """The day on which its reports are made."""
        return self.next.first + _COMES_TO_REST


def next_to_rest(today: date) -> Month:
    """Return the month whose reports are made next."""
    at = today - _COMES_TO_REST
    return Month(at.year, at.month)


def month_of(number: int) -> Month:
    """Return the month of a number such as 202610."""
    return Month(*divmod(number, 100))


@dataclass(frozen=True, slots=True)
class DistrictMonth:
    """What a report is of: a district of a network, by their numbers, and a month."""

    network: int
    district: int
    month: Month


@dataclass(frozen=True, slots=True)
class Took:
    """How much somebody did: how many things, and their minutes."""

    many: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Lot:
    """What is known of a district's month: its members, and who of them did and needs what.

    `kinds` has for each kind what each of those did; `formal` are the kinds that are. `schools` and
    `roles` have each member once.
    """

    members: People
    kinds: Mapping[str, Mapping[int, Took]]
    formal: Collection[str]
    needs: Mapping[str, People]
    skills: Mapping[str, People]
    subjects: Mapping[str, People]
    schools: Mapping[str, People]
    roles: Mapping[str, People]

    def among(self, people: People) -> "Lot":
        """Return what is known of these alone."""

        def of(sets: Mapping[str, People]) -> Mapping[str, People]:
            return {name: those & people for name, those in sets.items()}

        return replace(
            self,
            members=people,
            needs=of(self.needs),
            skills=of(self.skills),
            subjects=of(self.subjects),
            schools=of(self.schools),
            roles=of(self.roles),
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of a report: of what, and how many people at least, in bands of five.

    `members` is how many there are of this kind who could have, where that is told; `many` and `hours`
    what people did together, rounded. 0 where it is not told.
    """

    report: Report
    name: str
    people: int
    members: int = 0
    many: int = 0
    hours: int = 0


@dataclass(frozen=True, slots=True)
class Passed:
    """A line with the people behind it, who go no further; `members` of whom they could have been."""

    cell: Cell
    people: People
    members: People = frozenset()


def school_of(grades: Collection[str]) -> School:
    """Return in what kind of school somebody teaches."""
    found = {_SCHOOLS[each] for each in grades if each in _SCHOOLS}
    return found.pop() if len(found) == 1 else School.SEVERAL if found else School.UNTOLD


def part_of(subjects: Collection[str]) -> Part:
    """Return what somebody is at school: what is rarer counts, so that a coach who teaches is a coach."""
    found = next((part for subject, part in _PARTS.items() if subject in subjects), None)
    return found or (Part.TEACHER if subjects else Part.UNTOLD)


def passed(lot: Lot) -> Sequence[Passed]:
    """Return what may be shown of a district's month, all of it together; the most telling passes first.

    Nothing where its members, or those who did something, are one to four. Where one to four did nothing,
    it is told of those who did, and not of how many.
    """
    gate = Together(lot.members)
    active = frozenset[int]().union(*lot.kinds.values()) & lot.members
    if gate.nobody or not enough(len(active)):
        return ()
    of_all = gate.alone(active)
    if not of_all:
        lot, gate = lot.among(active), Together(active)
    kinds = list(_kinds(gate, lot))
    shown = [
        *kinds,
        *_single(gate, Report.FORM, _forms(lot)),
        *_parted(gate, Report.SCHOOL, lot.schools, active),
        *_parted(gate, Report.ROLE, lot.roles, active),
        *_single(gate, Report.NEED, lot.needs),
        *_single(gate, Report.SKILL, lot.skills),
        *_single(gate, Report.SUBJECT, lot.subjects),
    ]
    whole = Cell(
        Report.ALL,
        REST,
        band(len(active)),
        band(len(lot.members)),
        # Sums of what is shown: what was rounded away is nowhere to be subtracted from.
        sum(each.cell.many for each in kinds),
        sum(each.cell.hours for each in kinds),
    )
    told = [Passed(whole, active, lot.members), *shown]
    return told if of_all else [_without_members(each) for each in told]


def _without_members(line: Passed) -> Passed:
    return Passed(replace(line.cell, members=0), line.people)


def _kinds(gate: Together, lot: Lot) -> Iterator[Passed]:
    """Yield what was done by kind: each activity is of one, people may have done several."""
    classes = {name: frozenset(those) & lot.members for name, those in lot.kinds.items()}
    shown = gate.parted(classes, apart=False)
    for name, people in shown.items():
        own = [name] if name is not None else [each for each in classes if each not in shown]
        took = [t for each in own for who, t in lot.kinds[each].items() if who in lot.members]
        many, minutes = sum(each.many for each in took), sum(each.minutes for each in took)
        hours = (minutes + _HOUR // 2) // _HOUR
        cell = Cell(Report.KIND, name or REST, band(len(people)), 0, band(many), hours)
        yield Passed(cell, people)


def _forms(lot: Lot) -> Mapping[str, People]:
    found: dict[str, People] = {}
    for kind, those in lot.kinds.items():
        form = Form.FORMAL if kind in lot.formal else Form.INFORMAL
        found[form.value] = found.get(form.value, frozenset()) | (frozenset(those) & lot.members)
    return found


def _single(gate: Together, report: Report, sets: Mapping[str, People]) -> Iterator[Passed]:
    """Yield sets that may overlap, the largest first."""
    for name in sorted(sets, key=lambda each: (-len(sets[each]), each)):
        if gate.alone(sets[name]):
            yield Passed(Cell(report, name, band(len(sets[name]))), sets[name])


def _parted(
    gate: Together, report: Report, classes: Mapping[str, People], active: People
) -> Iterator[Passed]:
    """Yield members by what they are, and how many of each took part.

    Where those who took part cannot be told beside their members, the members alone are.
    """
    members = gate.parted(classes)
    known = {name: people for name, people in members.items() if name is not None}
    rest = {REST: members[None]} if None in members else {}
    every = {**known, **rest}
    took_part = gate.parted({name: people & active for name, people in every.items()})
    for name, people in every.items():
        those = took_part.get(name, frozenset())
        yield Passed(Cell(report, name, band(len(those)), band(len(people))), those, people)
    if None in took_part:
        those = took_part[None]
        yield Passed(Cell(report, OTHERS, band(len(those))), those)
