"""Menus as curators write them, what is done of one, and whether one asks for itself: pure."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from plnbot.values import dataclass

LONGEST_TITLE, LONGEST_ABOUT, LONGEST_MENU = 120, 600, 2900
MOST_PARTS, MOST_STEPS, MOST_WAYS = 8, 20, 5
_REQUIRED = re.compile(r"(?:required|all|obligatorio|todo)\s*:\s*(.*)", re.IGNORECASE)
_CHOOSE = re.compile(r"(?:choose|elige)\s+(\d{1,2})\s*:\s*(.*)", re.IGNORECASE)
_STEP = re.compile(r"[-*•–]\s*(.*)")
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_PAGE = re.compile(r"[a-z][a-z_.]{1,39}/[A-Za-z0-9_.-]{1,50}")
_PATHWAY = re.compile(r"(?:pathway|itinerario)[ /](\d{1,9})", re.IGNORECASE)
_HEADS = {"en": ("Required", "Choose"), "es": ("Obligatorio", "Elige")}


class Wrong(StrEnum):
    """What can be wrong with a menu."""

    EMPTY = "empty"
    NO_PART = "no part"
    NO_LINE = "no line"
    NO_NAME = "no name"
    NO_STEPS = "no steps"
    TOO_FEW = "too few"
    TOO_MANY = "too many"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a menu: what, in which line from 1, and about which words."""

    what: Wrong
    line: int
    words: str = ""


class MenuError(Exception):
    """A menu that cannot be read, with everything that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} mistakes in a menu")
        self.problems = problems


class AskedError(Exception):
    """A pathway that asks for what cannot be: one that is not there (`lost`), or itself, by `way` of these."""

    def __init__(self, lost: int = 0, way: Sequence[str] = ()) -> None:
        super().__init__("a pathway asks for what cannot be")
        self.lost, self.way = lost, way


@dataclass(frozen=True, slots=True)
class Way:
    """One way to go a step: words, with a link, one of our pages or another pathway where there is one.

    `source` is that of the activities that come from it, by which it is known to be done.
    """

    words: str
    link: str = ""
    page: str = ""
    pathway: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `id` stays the same as long as its title does. Without `ways` it is gone as its title says."""

    id: int
    title: str
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Steps of which `needed` are asked for, in any order."""

    title: str
    needed: int
    steps: tuple[Step, ...]

    @property
    def required(self) -> bool:
        """Whether all of them are."""
        return self.needed == len(self.steps)


Menu = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A pathway as a curator wants it: what it is called, what it is for, and its menu."""

    title: str
    about: str
    menu: Menu


def read_menu(text: str, before: Menu = (), last: int = 0) -> Menu:
    """Return the menu that a curator wrote; steps that were there before keep their number.

    New ones have numbers behind `last`, the highest that anybody chose or did: else what was done of a
    step that is gone would be done of a new one. Raises `MenuError`.
    """
    reader = _Reader({step.title.casefold(): step.id for step in steps_of(before)}, last)
    for number, line in enumerate(text.splitlines(), start=1):
        if words := " ".join(line.split()):
            reader.line(number, words)
    return reader.done()


class _Reader:
    """Reads a menu line by line, and notes what is wrong."""

    def __init__(self, known: Mapping[str, int], last: int) -> None:
        self._known = known
        self._next = max([last, *known.values()]) + 1
        self._parts: list[tuple[int, str, int, list[Step]]] = []
        self._seen: set[str] = set()
        self._problems: list[Problem] = []

    def line(self, number: int, words: str) -> None:
        """Read a line."""
        if found := _STEP.match(words):
            self._step(number, found[1])
        elif found := _CHOOSE.fullmatch(words):
            self._part(number, found[2], int(found[1]))
        elif found := _REQUIRED.fullmatch(words):
            self._part(number, found[1], 0)
        else:
            self._wrong(Wrong.NO_LINE, number, words)

    def _part(self, number: int, title: str, needed: int) -> None:
        if not title:
            self._wrong(Wrong.NO_NAME, number)
        self._parts.append((number, title, needed, []))

    def _step(self, number: int, words: str) -> None:
        title, ways = _step_in(words)
        if not title:
            self._wrong(Wrong.NO_NAME, number)
        elif not self._parts:
            self._wrong(Wrong.NO_PART, number, title)
        elif title.casefold() in self._seen:
            self._wrong(Wrong.TWICE, number, title)
        elif len(ways) > MOST_WAYS:
            self._wrong(Wrong.TOO_MANY, number, title)
        else:
            self._seen.add(title.casefold())
            self._parts[-1][3].append(Step(self._number(title), title, ways))

    def _number(self, title: str) -> int:
        known = self._known.get(title.casefold())
        if known is not None:
            return known
        self._next += 1
        return self._next - 1

    def _wrong(self, what: Wrong, line: int, words: str = "") -> None:
        self._problems.append(Problem(what, line, words[:60]))

    def done(self) -> Menu:
        """Return what was read; raises `MenuError`."""
        if not self._parts and not self._problems:
            self._wrong(Wrong.EMPTY, 1)
        for line, title, needed, steps in self._parts:
            if not steps:
                self._wrong(Wrong.NO_STEPS, line, title)
            elif needed > len(steps):
                self._wrong(Wrong.TOO_FEW, line, title)
            elif len(steps) > MOST_STEPS:
                self._wrong(Wrong.TOO_MANY, line, title)
        if len(self._parts) > MOST_PARTS:
            self._wrong(Wrong.TOO_MANY, self._parts[MOST_PARTS][0], self._parts[MOST_PARTS][1])
        if self._problems:
            raise MenuError(self._problems)
        return tuple(
            Part(title, needed or len(steps), tuple(steps))
            for _line, title, needed, steps in self._parts
        )


def _step_in(words: str) -> tuple[str, tuple[Way, ...]]:
    """Return a step's title and its ways: what stands behind a colon, parted by bars."""
    title, colon, rest = words.partition(": ")
    if not colon:
        alone = _way(words)
        named = alone.link or alone.page or alone.pathway
        return words, (alone,) if named else ()
    ways = tuple(_way(each.strip()) for each in rest.split("|") if each.strip())
    return title.strip(), ways


def _way(words: str) -> Way:
    if found := _PATHWAY.fullmatch(words):
        return Way(words, pathway=int(found[1]))
    if found := _LINK.search(words):
        link = found[0]
        own = link.partition("/page/")[2]
        if _PAGE.fullmatch(own):
            return Way(words, page=own)
        return Way(words, link=link)
    if _PAGE.fullmatch(words):
        return Way(words, page=words)
    return Way(words)


def written(menu: Menu, locale: str) -> str:
    """Return a menu as a curator writes it; read again, it is the same."""
    required, choose = _HEADS.get(locale, _HEADS["en"])
    lines: list[str] = []
    for part in menu:
        lines.append(
            f"{required}: {part.title}"
            if part.required
            else f"{choose} {part.needed}: {part.title}"
        )
        for step in part.steps:
            ways = " | ".join(each.words for each in step.ways)
            alone = ways == step.title or not ways
            lines.append(f"- {step.title}" if alone else f"- {step.title}: {ways}")
    return "\n".join(lines)


def steps_of(menu: Menu) -> Iterator[Step]:
    """Yield the steps of all parts."""
    for part in menu:
        yield from part.steps


def asks_for(menu: Menu) -> frozenset[int]:
    """Return which other pathways a menu asks for."""
    return frozenset(way.pathway for step in steps_of(menu) for way in step.ways if way.pathway)


def cycle_of(number: int, asks: Mapping[int, Collection[int]]) -> Sequence[int]:
    """Return the pathways by way of which one asks for itself, with itself at both ends; else nothing."""
    came: dict[int, int] = {}
    ahead = [number]
    while ahead:
        at = ahead.pop()
        for further in sorted(asks.get(at, ())):
            if further == number:
                back = [at]
                while back[-1] != number:
                    back.append(came[back[-1]])
                return [*reversed(back), number]
            if further not in came:
                came[further] = at
                ahead.append(further)
    return ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody is: which steps are done, and of each part how many are and are asked for."""

    done: frozenset[int]
    parts: tuple[tuple[int, int], ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is asked for any more."""
        return all(has >= needed for has, needed in self.parts)

    @property
    def counted(self) -> tuple[int, int]:
        """How many steps are done of those that are asked for: more than that count for nothing."""
        return sum(min(each) for each in self.parts), sum(needed for _, needed in self.parts)


def standing(
    menu: Menu, said: Collection[int], sources: Collection[str], completed: Collection[int]
) -> Standing:
    """Return how far somebody is, who said that steps are done, did things and completed pathways."""
    done = frozenset(
        step.id
        for step in steps_of(menu)
        if step.id in said
        or any(
            (way.source and way.source in sources) or way.pathway in completed for way in step.ways
        )
    )
    parts = tuple((sum(step.id in done for step in part.steps), part.needed) for part in menu)
    return Standing(done, parts)


def packed(menu: Menu) -> list[dict[str, Any]]:
    """Return a menu as it is kept."""
    return [
        {
            "title": part.title,
            "needed": part.needed,
            "steps": [
                {
                    "id": step.id,
                    "title": step.title,
                    "ways": [[w.words, w.link, w.page, w.pathway, w.source] for w in step.ways],
                }
                for step in part.steps
            ],
        }
        for part in menu
    ]


def unpacked(kept: Iterable[Mapping[str, Any]]) -> Menu:
    """Return what was kept."""
    return tuple(
        Part(
            part["title"],
            part["needed"],
            tuple(
                Step(step["id"], step["title"], tuple(Way(*each) for each in step["ways"]))
                for step in part["steps"]
            ),
        )
        for part in kept
    )
