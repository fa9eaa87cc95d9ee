"""Protocols by which people reflect: `config/packs/protocols.toml`."""

from collections.abc import Mapping
from functools import cache

from plnbot.packs import Entry, Pack, Titles
from plnbot.values import dataclass

FEWEST, MOST = 1, 4
_LONGEST = 45
"""A question is the label of a field."""


@dataclass(frozen=True, slots=True)
class Protocol:
    """A way to reflect: what it is called, and what it asks, one field each."""

    id: str
    title: Titles
    about: Titles
    asks: tuple[Titles, ...]
    retired: bool


def _protocol(entry: Entry) -> Protocol:
    return Protocol(
        entry.id(),
        entry.titles("name"),
        entry.titles("about", most=400, required=False),
        entry.many_titles("asks", least=FEWEST, most=MOST, longest=_LONGEST),
        entry.flag("retired"),
    )


PROTOCOLS = Pack("protocols.toml", "protocol", _protocol, offered=25)


@cache
def protocols() -> Mapping[str, Protocol]:
    """Return every protocol, by id."""
    return PROTOCOLS.load()
