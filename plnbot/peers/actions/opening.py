"""Opening a solved round, so many of its groups in one unit that no chat waits for it.

The rounds before it are over at once; their introductions are closed, then the groups of this one are
planned, then who is left over is noted. What a unit did not come to is a piece of work for the next one,
which goes on from there, so a round of 50,000 can be broken off anywhere. A round that is over meanwhile
is not gone on with.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from plnbot.engine import outbox, work
from plnbot.engine.context import Due
from plnbot.peers.actions import following
from plnbot.peers.actions.keys import INTRODUCE, LEFT, OPENING, tell, topic
from plnbot.peers.model import Cause, Out, Programme, Round, RoundState, ends_of
from plnbot.peers.store import programmes, rounds
from plnbot.store.database import Tx

USUAL_LENGTH = timedelta(weeks=2)
_AT_ONCE, _CLOSED_AT_ONCE = 500, 20
"""How much one unit does: to plan an introduction costs a row, to close one several."""


def opened(tx: Tx, of: Programme, number: int, now: datetime) -> Round:
    """Open a solved round: each of its groups is a piece of work of its own."""
    for each in rounds.of_programme(tx, of.id, RoundState.OPEN):
        # What was kept to replay it goes; its numbers stay.
        rounds.pass_on(
            tx, each.id, RoundState.OPEN, RoundState.OVER, given=None, made=None, ends_at=now
        )
    nth = rounds.last_number(tx, of.id) + 1
    again = programmes.get(tx, of.id)
    next_at = again.next_at if again else None
    ends_at = ends_of(of, now, next_at) if not of.aim.guided else next_at or now + USUAL_LENGTH
    rounds.note(tx, number, state=RoundState.OPEN.value, number=nth, ends_at=ends_at)
    _given, made = rounds.given_and_made(tx, number)
    mine = programmes.in_programme(
        tx, of.id, [one for one, why in made["out"] if why == Out.SKIPS.value]
    )
    programmes.change(tx, [each.id for each in mine.values()], skips=False)
    tx.announce(topic(of.id))
    _open(tx, of, number, 0, opened_at=now, now=now)
    found = rounds.get(tx, number)
    if found is None:
        raise LookupError(number)
    return found


def go_on(due: Due) -> None:
    """Open more of a round."""
    number, done = int(str(due.payload["round"])), int(str(due.payload["done"]))
    one = rounds.get(due.tx, number)
    of = programmes.get(due.tx, one.programme) if one else None
    if one is None or of is None or one.state is not RoundState.OPEN:
        return
    opened_at = datetime.fromtimestamp(int(str(due.payload["opened_at"])), UTC)
    _open(due.tx, of, number, done, opened_at=opened_at, now=due.now)


def _open(
    tx: Tx, of: Programme, number: int, done: int, *, opened_at: datetime, now: datetime
) -> None:
    closed = _close_before(tx, of, number, now)
    if closed:
        _next(tx, of, number, done, f"closed/{closed}", opened_at=opened_at, now=now)
        return
    _given, made = rounds.given_and_made(tx, number)
    groups = [(each, Cause.ROUND) for each in made["groups"]]
    groups += [(each, Cause.STANDING) for each in made["standing"]]
    left = [(member, str(why)) for member, why in made["left"]]
    until = done + _AT_ONCE
    over = len(groups)
    plan_introductions(tx, of, number, groups[done:until], opened_at)
    left_over(tx, of, number, left[max(0, done - over) : max(0, until - over)], now)
    if until < len(groups) + len(left):
        _next(tx, of, number, until, f"{until}", opened_at=opened_at, now=now)


def _close_before(tx: Tx, of: Programme, number: int, now: datetime) -> int | None:
    """Close introductions of the rounds before; return the number of one where there may be more."""
    before = [] if of.aim.guided else rounds.before(tx, of.id, number, most=_CLOSED_AT_ONCE)
    for each in before:
        following.close(tx, each, now)
    return before[-1].id if len(before) == _CLOSED_AT_ONCE else None


def _next(
    tx: Tx, of: Programme, number: int, done: int, named: str, *, opened_at: datetime, now: datetime
) -> None:
    payload: work.Payload = {
        "round": number,
        "done": done,
        "opened_at": int(opened_at.timestamp()),
    }
    key = f"peers/opening/{number}/{named}"
    work.add(tx, OPENING, key, now, payload, network=of.network)


def plan_introductions(
    tx: Tx,
    of: Programme,
    number: int,
    groups: Sequence[tuple[Sequence[Any], Cause]],
    at: datetime,
) -> None:
    """Have groups introduced, each once: its members, their step, how many rounds ago they met, and why."""
    rows: list[tuple[str, work.Payload]] = []
    for (members, step, met), cause in groups:
        named = "-".join(str(each) for each in members)
        key = f"peers/introduce/{number}/{int(at.timestamp())}/{named}"
        payload: work.Payload = {
            "round": number,
            "members": list(members),
            "step": step,
            "met": met,
            "cause": cause.value,
        }
        rows.append((key, payload))
    work.add_all(tx, INTRODUCE, rows, at, network=of.network)


def left_over(
    tx: Tx, of: Programme, number: int, left: Sequence[tuple[int, str]], now: datetime
) -> None:
    """Note who meets nobody in a round: they are told why, once, and come first the next time."""
    mine = programmes.in_programme(tx, of.id, [member for member, _why in left])
    for member, why in left:
        if member in mine:
            key = f"peers/tell_left/{number}/{member}"
            payload: work.Payload = {"round": number, "member": member, "why": why}
            if work.add(tx, LEFT, key, now, payload, network=of.network):
                programmes.change(tx, [mine[member].id], waited=mine[member].waited + 1)


def tell_left(due: Due) -> None:
    """Tell somebody why they meet nobody, if that is still so."""
    number, member = int(str(due.payload["round"])), int(str(due.payload["member"]))
    one = rounds.get(due.tx, number)
    if one is None or rounds.seated(due.tx, [member], number):
        return
    args: outbox.Args = {"round": number, "why": str(due.payload["why"])}
    to = due.directory.by_id(due.tx, member)
    tell(due.tx, to, LEFT, args, key=f"peers/left/{number}", now=due.now)
