"""Where two who are introduced talk: a space of their own, or words carried between; only that somebody spoke is noted.

An introduction wants one space for the people it has. When a third joins, that one is closed and another
is wanted, so its row holds both: the introduction, and which of its spaces it is; the latest one counts.
"""

from collections.abc import Sequence
from datetime import datetime

from plnbot.engine.outbox import Args
from plnbot.engine.ports import Directory
from plnbot.engine.posts import NothingToDo
from plnbot.peers.actions.keys import BEGIN, show_anew
from plnbot.peers.model import Introduction, Programme
from plnbot.peers.store import rounds
from plnbot.spaces import (
    Space,
    Tenant,
    Wanted,
    close_space,
    latest_of_tenant,
    open_space,
    post_in_space,
)
from plnbot.store.database import Tx

NAME = "peers"
_SPACES = 16


def want(
    tx: Tx,
    directory: Directory,
    of: Programme,
    one: Introduction,
    names: Sequence[str],
    *,
    now: datetime,
) -> None:
    """Want a place for everybody in an introduction; who shares none is asked whether words may be carried."""
    before, rows = place_of(tx, one), _rows(one)
    row = before.row + 1 if before else rows.start
    if row not in rows:
        return
    members = [each.member for each in one.here]
    title = " · ".join(names)
    wanted = Wanted(
        tenant=NAME, row=row, members=members, title=title, network=of.network, room=of.place
    )
    open_space(tx, directory, wanted, now)


def close(tx: Tx, one: Introduction, now: datetime) -> None:
    """Close the place of an introduction of which one is left alone, or that gets another place."""
    space = place_of(tx, one)
    if space is not None:
        close_space(tx, space.id, now)


def place_of(tx: Tx, one: Introduction) -> Space | None:
    """Return the latest place of an introduction, whatever has become of it; None where none was wanted."""
    return latest_of_tenant(tx, NAME, _rows(one))


def _rows(one: Introduction) -> range:
    return range(one.id * _SPACES, (one.id + 1) * _SPACES)


def _opened(tx: Tx, space: Space, now: datetime) -> None:
    """Write there how to begin, and have the cards say that there is a place."""
    args: Args = {"introduction": space.row // _SPACES}
    post_in_space(tx, space.id, BEGIN, args, key=f"peers/begin/{space.id}", now=now)
    _shown(tx, space, now)


def _shown(tx: Tx, space: Space, now: datetime) -> None:
    """Have the cards say where the two talk, or that they have no such place."""
    one = rounds.introduction_of(tx, space.row // _SPACES)
    if one is not None:
        show_anew(tx, one, now)


def _spoke(tx: Tx, space: Space, member: int, now: datetime) -> None:
    """Note that somebody spoke: for all of them the first time, for themselves each time."""
    one = rounds.introduction_of(tx, space.row // _SPACES)
    seat = one.seat_of(member) if one else None
    if one is None or seat is None:
        return
    rounds.change_seat(tx, seat, answered_at=now)
    if one.spoke_at is None:
        rounds.change(tx, one.id, spoke_at=now)
        show_anew(tx, one, now)


TENANT = Tenant(
    name=NAME,
    opened=_opened,
    refused=_shown,
    spoke=_spoke,
    left=NothingToDo("who leaves the network is taken out of introductions by other ways"),
    stopped=lambda tx, space, _member, now: _shown(tx, space, now),
)
