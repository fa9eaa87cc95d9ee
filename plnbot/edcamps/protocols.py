"""Protocols by which a session spends its minutes: `config/packs/session_protocols.toml`."""

from collections.abc import Mapping
from functools import cache

from plnbot.packs import Entry, Pack, Titles
from plnbot.values import dataclass

USUAL = "what"
_MOST, _LONGEST, _LONGEST_STAGE = 6, 120, 60


@dataclass(frozen=True, slots=True)
class Protocol:
    """A way to spend a session: what it is called, its stages, and how their minutes stand to each other."""

    id: str
    title: Titles
    about: Titles
    minutes: tuple[int, ...]
    stages: tuple[Titles, ...]
    retired: bool


def _protocol(entry: Entry) -> Protocol:
    stages = entry.many_titles("stages", least=1, most=_MOST, longest=_LONGEST_STAGE)
    minutes = _minutes(entry, len(stages))
    return Protocol(
        entry.id(),
        entry.titles("name"),
        entry.titles("about", most=400, required=False),
        minutes,
        stages,
        entry.flag("retired"),
    )


def _minutes(entry: Entry, many: int) -> tuple[int, ...]:
    """Return the minutes of each stage, the same number twice where two stages are as long."""
    found = entry.whole_numbers("minutes", least=1, most=_LONGEST, each_once=False)
    if many and len(found) != many:
        entry.wrong("minutes", f"must be {many} numbers, one for each stage")
        return (1,) * many
    return found


PROTOCOLS = Pack("session_protocols.toml", "protocol", _protocol, offered=25)


@cache
def protocols() -> Mapping[str, Protocol]:
    """Return every protocol, by id; raises `PackError`."""
    return PROTOCOLS.load()


def protocol_of(name: str) -> Protocol:
    """Return the protocol of this id, the usual one where there is none."""
    known = protocols()
    return known.get(name) or known.get(USUAL) or next(iter(known.values()))
