"""The packs of insight: kinds of learning, what teachers need, and how ready a team is."""

from collections.abc import Mapping
from functools import cache

from plnbot.engine.needs import NEEDS
from plnbot.insight.model import Report, Stage
from plnbot.packs import Entry, Pack, Titles
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of what members do, and whether it is formal."""

    id: str
    title: Titles
    formal: bool
    retired: bool


def _read(entry: Entry) -> Kind:
    return Kind(entry.id(), entry.titles("name"), entry.flag("formal"), entry.flag("retired"))


KINDS = Pack("learning.toml", "kind", _read)
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Element:
    """Something of which a team says how ready it is: what each stage looks like, and what comes next there.

    `evidence` are the reports of which lines stand beside it.
    """

    id: str
    title: Titles
    about: Titles
    stages: Mapping[Stage, Titles]
    steps: Mapping[Stage, Titles]
    evidence: tuple[Report, ...]
    retired: bool


def _element(entry: Entry) -> Element:
    known = {each.value: each for each in Report}
    named = entry.texts("evidence", most=20)
    if unknown := [each for each in named if each not in known]:
        entry.wrong("evidence", f"names no report: {unknown[0]}")
    return Element(
        entry.id(),
        entry.titles("name"),
        entry.titles("about", most=_LONGEST),
        {stage: entry.titles(stage.value, most=_LONGEST) for stage in Stage},
        {stage: entry.titles(f"next_{stage.value}", most=_LONGEST) for stage in Stage},
        tuple(known[each] for each in named if each in known),
        entry.flag("retired"),
    )


ELEMENTS = Pack("future_ready.toml", "element", _element, 5)
PACKS = (KINDS, NEEDS, ELEMENTS)


@cache
def elements() -> Mapping[str, Element]:
    """Return the elements of which a team says how ready it is, by id; raises `PackError`."""
    return ELEMENTS.load()


@cache
def kinds() -> Mapping[str, Kind]:
    """Return the kinds of learning by id; raises `PackError`."""
    return KINDS.load()
