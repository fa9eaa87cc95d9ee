"""Phases as people write them: `Votes: Friday 8 am`, `Requests: no`, `One card each until: Friday`."""

from collections.abc import Mapping
from datetime import datetime

from plnbot.edcamps.layout.asking import Asks
from plnbot.edcamps.model import PHASES, REQUIRED, Phase
from plnbot.edcamps.words import PHASE_NAMES
from plnbot.talk.lists import lines_of
from plnbot.talk.words import LOCALES, Sentence, Translate, msg
from plnbot.values import dataclass

_ONE_EACH = msg("One card each until")
_NO = {"no", "none", "-", "–", "ninguna", "ninguno"}
_NOW = {"now", "ahora"}


@dataclass(frozen=True, slots=True)
class PhaseTimes:
    """When each phase begins, and until when nobody has more than one card."""

    begins: Mapping[Phase, datetime]
    one_each_until: datetime | None = None


def read_phases(
    words: str, asks: Asks, before: PhaseTimes | None, start: PhaseTimes
) -> PhaseTimes | Sentence:
    """Return when phases begin: those that no line names, or as they were `before`, as `start` says."""
    shown = as_lines(before, asks) if before else []
    times, one_each = dict(start.begins), start.one_each_until
    for line in lines_of(words):
        read = None if line in shown else _line(line, asks)
        if isinstance(read, Sentence):
            return read
        match read:
            case (Phase() as phase, None):
                times.pop(phase, None)
            case (Phase() as phase, datetime() as at):
                times[phase] = at
            case (None, at):
                one_each = at
            case None:
                continue
    in_order = [times[each] for each in PHASES if each in times]
    if in_order != sorted(set(in_order)):
        return msg("Phases begin one after another: {order}.", order=_order(asks.locale))
    if before is None and one_each is None:
        one_each = times.get(Phase.VOTE) or times.get(Phase.GRID)
    return PhaseTimes(times, one_each)


def _line(line: str, asks: Asks) -> tuple[Phase | None, datetime | None] | Sentence:
    """Return what a line names, None being until when everybody has one card, and when; None for never."""
    name, _, said = (each.strip() for each in line.partition(":"))
    which = _called(name)
    if which is None:
        return msg("“{line}” names no phase. Write like “Votes: Friday 8 am”.", line=line[:60])
    at = None if said.casefold() in _NO else _at(said, asks)
    if isinstance(at, Sentence):
        return at
    if at is None and which in REQUIRED:
        return msg("No board is without {phase}.", phase=_name(which, asks.locale))
    return (which if isinstance(which, Phase) else None), at


def following(
    times: PhaseTimes, was: tuple[datetime, datetime], now: tuple[datetime, datetime]
) -> PhaseTimes:
    """Return times whose day follows its slots, which were from and to `was` and are from and to `now`."""
    begins = dict(times.begins)
    if begins[Phase.LIVE] == was[0]:
        begins[Phase.LIVE] = now[0]
    if begins[Phase.SHARE_OUT] == was[1]:
        begins[Phase.SHARE_OUT] = now[1]
        begins[Phase.OVER] += now[1] - was[1]
    return PhaseTimes(begins, times.one_each_until)


def as_lines(times: PhaseTimes, asks: Asks) -> list[str]:
    """Return phases as they are written."""
    from plnbot.talk.times import as_written  # only who lays a board needs it

    lines = [
        f"{_name(each, asks.locale)}: {as_written(times.begins[each], asks.zone)}"
        for each in PHASES
        if each in times.begins
    ]
    if times.one_each_until is not None:
        said = Translate(asks.locale).say(_ONE_EACH).bare()
        lines.append(f"{said}: {as_written(times.one_each_until, asks.zone)}")
    return lines


def _at(said: str, asks: Asks) -> datetime | Sentence:
    from plnbot.talk.times import start_of

    if said.casefold() in _NOW:
        return asks.now
    found = start_of(said, asks.now, asks.zone, asks.locale)
    return found if isinstance(found, Sentence) else found.at


def _called(name: str) -> Phase | Sentence | None:
    """Return the phase of a name in any language, or what says until when everybody has one card."""
    said = name.casefold()
    for locale in LOCALES:
        for each in PHASES:
            if said in {each.value, _name(each, locale).casefold()}:
                return each
        if said == Translate(locale).say(_ONE_EACH).bare().casefold():
            return _ONE_EACH
    return None


def _name(phase: Phase | Sentence, locale: str) -> str:
    named = PHASE_NAMES[phase] if isinstance(phase, Phase) else phase
    return Translate(locale).say(named).bare()


def _order(locale: str) -> str:
    return ", ".join(_name(each, locale) for each in PHASES)
