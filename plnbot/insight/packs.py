"""The packs of insight: kinds of learning, and what teachers need."""

from collections.abc import Mapping
from functools import cache

from plnbot.engine.needs import NEEDS
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
PACKS = (KINDS, NEEDS)


@cache
def kinds() -> Mapping[str, Kind]:
    """Return the kinds of learning by id; raises `PackError`."""
    return KINDS.load()
