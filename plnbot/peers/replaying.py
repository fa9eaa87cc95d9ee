"""`./run peers rounds` and `./run peers replay`: how rounds stand, and whether one comes out the same again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from plnbot.engine import work
from plnbot.errors import PlnError
from plnbot.peers.actions.keys import solve_key
from plnbot.peers.model import Programme, Round, RoundState
from plnbot.peers.model.figures import figures, percent
from plnbot.peers.solving import solve
from plnbot.peers.store import programmes, rounds
from plnbot.store.database import Tx

if TYPE_CHECKING:
    from plnbot.command_words import Afterwards, Unit

_MOST_SHOWN = 20
_SOLVED = {RoundState.DRY: "a dry run", RoundState.OPEN: "open"}
_UNSOLVED = (RoundState.SOLVING, RoundState.OPENING)
_KEPT = ("groups", "left", "supplies")
"""What solving makes of a round; who stays out was known before."""


class RoundError(PlnError):
    """A round cannot be made again, or comes out otherwise; the words say why."""


def standing(most: int) -> "Unit":
    """Return the unit that says how the latest rounds stand."""

    def unit(tx: Tx, now: datetime) -> Sequence[str]:
        found = [(each, programmes.get(tx, each.programme)) for each in rounds.latest(tx, most)]
        lines = [_line(tx, each, of, now) for each, of in found if of is not None]
        return lines or ["There was no round yet."]

    return unit


def _line(tx: Tx, one: Round, of: Programme, now: datetime) -> str:
    named = f"{one.id:>6}  network {one.network}, “{of.name}”"
    if one.number is not None:
        named += f", round {one.number}"
    return f"{named}: {_state(tx, one, now)}"


def _state(tx: Tx, one: Round, now: datetime) -> str:
    if one.state in _UNSOLVED:
        told = work.progress(tx, solve_key(one.id))
        among = f" among {told.of:,}" if told else ""
        return f"being worked out{among} since {_said(now - one.made_at)}"
    if one.state not in _SOLVED:
        return f"over since {one.ends_at:%Y-%m-%d %H:%M} UTC" if one.ends_at else "over"
    given, made = rounds.given_and_made(tx, one.id)
    came = figures(given, made)
    share = percent(came.introduced, came.people)
    words = f"{_SOLVED[one.state]}, {came.introduced:,} of {came.people:,} ({share} %) in {came.groups:,} groups"
    if one.state is RoundState.OPEN:
        words += f", {rounds.introduced_in(tx, one.id):,} of these introduced by now"
        words += f", until {one.ends_at:%Y-%m-%d %H:%M} UTC" if one.ends_at else ""
    return words


def _said(ago: Any) -> str:
    return f"{int(ago.total_seconds() // 60):,} min"


def replaying(number: int, *, pairs: bool = False) -> "Unit":
    """Return the unit that reads what a round was made from; made again it is afterwards, which may take long."""

    def unit(tx: Tx, _now: datetime) -> "Afterwards":
        one = rounds.get(tx, number)
        if one is None:
            raise RoundError(f"There is no round {number}. `./run peers rounds` lists them.")
        if one.state in _UNSOLVED:
            raise RoundError(f"Round {number} is being worked out just now.")
        given, made = rounds.given_and_made(tx, number)
        if given is None or made is None:
            raise RoundError(
                f"Round {number} is over: what it was made from is not kept any longer than it lasts."
            )
        return lambda: _again(number, given, made, pairs=pairs)

    return unit


def _again(
    number: int, given: Mapping[str, Any], made: Mapping[str, Any], *, pairs: bool
) -> Sequence[str]:
    anew: Any = solve(given, lambda _told: None)
    if any(anew[name] != made[name] for name in _KEPT):
        raise RoundError("\n".join(_differences(number, made, anew)))
    came = figures(given, made)
    lines = [f"Round {number}, seed {given['seed']}: the same again."]
    lines += [f"  {came.people:,} people, {came.groups:,} groups, {came.repeats:,} repeats"]
    lines += [f"  {step.lower()}: {many:,}" for step, many in came.steps]
    return [*lines, *(map(_group, made["groups"]) if pairs else ())]


def _group(group: Sequence[Any]) -> str:
    members, step, met = group
    words = f"  {' and '.join(map(str, members))}: {step.lower()}"
    return words if met is None else f"{words}, met {met} rounds before"


def _differences(number: int, made: Mapping[str, Any], anew: Mapping[str, Any]) -> Sequence[str]:
    before, after = ({_group(each) for each in said["groups"]} for said in (made, anew))
    lines = [
        f"Round {number} comes out otherwise. Somebody of it was erased since, or plnbot matches otherwise by now.",
        *(f"- {each.strip()}" for each in sorted(before - after)),
        *(f"+ {each.strip()}" for each in sorted(after - before)),
    ]
    return lines[: _MOST_SHOWN + 1]
