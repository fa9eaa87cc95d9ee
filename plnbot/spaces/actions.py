"""How spaces come to be and end: wanted, tried one way after another, open, left, closed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from plnbot.engine import work
from plnbot.engine.outbox import Args, Post, Posting
from plnbot.engine.ports import Directory, Person
from plnbot.engine.ports.spaces import NotOpened, Opened
from plnbot.refs import MemberRef, Place
from plnbot.spaces import posting, store
from plnbot.spaces.declared import Turn
from plnbot.spaces.model import (
    LOBBY,
    LONGEST_TITLE,
    Kind,
    Member,
    Space,
    State,
    Wanted,
    Way,
    account_in,
    consent,
    ways,
)
from plnbot.store.database import Tx
from plnbot.talk.fallback import short_words
from plnbot.talk.text import clean, one_line
from plnbot.talk.words import msg

OPEN, END, CLOSE, LET_OUT = "spaces.open", "spaces.end", "spaces.close", "spaces.let_out"
"""The kinds of work that ask a platform for something."""
ASK, TELL = "spaces.consent", "spaces.tell"
"""The kinds of work that ask members whether their words may be carried, and tell them of a room."""
STANDS = "spaces.stands"
"""The kind of work that notes where the first card at an end stands."""
NEXT = "spaces.next"
"""The kind of work that tries the next way for a space that did not come to be yet."""
NO_WAY = msg("There is no place that all of them can reach.")
NOT_AGREED = msg("Not everybody wanted their words carried.")
ALONE = msg("Nobody else is there any more.")
CLOSED_TO_US = msg("They do not let me write to them there.")
NO_ACCOUNT = msg("Somebody has no account any more on which they could be reached.")


def open_space(tx: Tx, directory: Directory, wanted: Wanted, now: datetime) -> int:
    """Want a space, and return its number; for a row of a tenant that has one, that one.

    It is opened by work. The tenant is told when it stands, or that it will not.
    """
    accounts = [list(directory.accounts(tx, each)) for each in wanted.members]
    values = {
        "network_id": wanted.network,
        "tenant": wanted.tenant,
        "row": wanted.row,
        "title": short_words(one_line(clean(wanted.title)), LONGEST_TITLE),
        "kind": wanted.prefer,
        "state": State.OPENING,
    }
    number = store.add(tx, values, wanted.room, now)
    if number is None:
        return store.number_of(tx, wanted.tenant, wanted.row)
    members = [
        Member(
            each, account_in(mine, Way(Kind.TOGETHER)), each in wanted.agreed or None, inside=True
        )
        for each, mine in zip(wanted.members, accounts, strict=True)
        if mine
    ]
    store.add_members(tx, number, members)
    if wanted.prefer is Kind.PUBLIC:
        _post_session(tx, number, now)
    else:
        work.add(
            tx, NEXT, f"space/{number}/next/0", now, {"space": number, "prefer": wanted.prefer}
        )
    return number


def try_next(turn: Turn, directory: Directory, number: int, prefer: Kind) -> None:
    """Try the best way that was not tried yet; where none is left, it will not be."""
    space = store.hold(turn.tx, number)
    if space is None or space.state is not State.OPENING:
        return
    accounts = {each.id: list(directory.accounts(turn.tx, each.id)) for each in space.inside}
    if not all(accounts.values()) or not accounts:
        refuse(turn, space, NO_ACCOUNT.source)
        return
    found = ways(
        list(accounts.values()), prefer, space.room, lobby_of(turn.tx, directory, space.network)
    )
    way = next((each for each in found if each.name not in space.tried), None)
    alone = len(accounts) == 1 and (way is None or way.kind is not Kind.ROOM)
    if way is None or alone:
        refuse(turn, space, space.reason or (NO_ACCOUNT if alone else NO_WAY).source)
        return
    store.change(turn.tx, number, kind=way.kind)
    for member, mine in accounts.items():
        store.set_account(turn.tx, number, member, account_in(mine, way))
    if way.kind is Kind.RELAY:
        begin_relay(turn, number)
    else:
        plan_opening(turn.tx, number, way, prefer, key=f"space/{number}/{way.name}", now=turn.now)


def plan_opening(tx: Tx, number: int, way: Way, prefer: Kind, *, key: str, now: datetime) -> None:
    """Have a platform asked for the place of a space, once for this key."""
    payload = {
        "space": number,
        "prefer": prefer,
        "kind": way.kind,
        "platform": way.platform,
        "workspace": way.workspace,
    }
    lane = f"{OPEN}/{way.platform}/{way.workspace}"
    work.add(tx, OPEN, key, now, payload, lane=lane)


def opened(turn: Turn, space: Space, way: Way, found: Opened | NotOpened, prefer: Kind) -> None:
    """Let a space stand where its platform made it, or try the next way.

    A relay whose people would rather have a room goes on where there is none.
    """
    space = _held(turn, space)
    was_relay = space.state is State.OPEN
    if isinstance(found, NotOpened):
        if was_relay:
            store.forget_wishes(turn.tx, space.id)
            posting.refresh(turn.tx, space, turn.now)
            return
        store.change(turn.tx, space.id, tried=[*space.tried, way.name], reason=found.reason)
        key = f"space/{space.id}/next/{len(space.tried) + 1}"
        work.add(turn.tx, NEXT, key, turn.now, {"space": space.id, "prefer": prefer})
        return
    store.change(turn.tx, space.id, kind=way.kind)
    store.stands_at(turn.tx, space.id, found.place, found.seen_by, turn.now)
    stands = _again(turn.tx, space)
    for each in stands.members:
        if not each.inside:  # gone while it was made
            _let_out(turn, stands, each.id)
    args = {posting.SPACE: space.id}
    posting.post(
        turn.tx, stands, posting.ABOUT, args, key=posting.about_key(space.id), now=turn.now
    )
    if found.place.platform == LOBBY:  # nobody is told of a new room by it
        work.add(turn.tx, TELL, f"space/{space.id}/tell", turn.now, {"space": space.id})
    if was_relay:
        posting.refresh(turn.tx, stands, turn.now)
    else:
        turn.tenants.opened(turn.tx, stands, turn.now)


def begin_relay(turn: Turn, number: int) -> None:
    """Make an end for everybody once all have agreed; ask those who said nothing yet."""
    space = store.get(turn.tx, number)
    if space is None or space.kind is not Kind.RELAY:
        return
    known = consent(space.members)
    if known.declined:
        refuse(turn, space, NOT_AGREED.source)
    elif known.asked:
        store.change(turn.tx, number, state=State.ASKED)
        for each in known.asked:
            work.add(
                turn.tx,
                ASK,
                f"space/{number}/ask/{each}",
                turn.now,
                {"space": number, "member": each},
            )
    else:
        store.change(turn.tx, number, state=State.OPENING)
        for member in space.inside:
            plan_end(turn.tx, space, member, member.who.platform, turn.now)


def plan_end(tx: Tx, space: Space, member: Member, platform: str, now: datetime) -> None:
    """Have an end made for a member on a platform."""
    payload = {"space": space.id, "member": member.id, "platform": platform}
    lane = f"{END}/{platform}/{member.who.workspace}"
    work.add(tx, END, f"space/{space.id}/end/{member.id}/{platform}", now, payload, lane=lane)


def agree(turn: Turn, space: Space, member: int, *, yes: bool) -> None:
    """Take in whether a member wants words carried."""
    space = _held(turn, space)
    if space.state is not State.ASKED or space.member(member) is None:
        return
    store.change_member(turn.tx, space.id, member, agreed=yes)
    if yes:
        begin_relay(turn, space.id)
        return
    refuse(turn, _again(turn.tx, space), NOT_AGREED.source)
    turn.tenants.stopped(turn.tx, _again(turn.tx, space), member, turn.now)


def end_made(
    turn: Turn, space: Space, member: Member, found: Opened | NotOpened, *, lobby: str, by: str
) -> None:
    """Let a member's end stand, or make one in the lobby; where that cannot be either, it will not be."""
    space = _held(turn, space)
    if isinstance(found, NotOpened):
        if by != LOBBY and lobby:
            store.change(turn.tx, space.id, reason=found.reason)
            plan_end(turn.tx, space, member, LOBBY, turn.now)
        else:
            refuse(turn, space, found.reason)
        return
    store.set_end(
        turn.tx,
        space.id,
        member.id,
        found.place,
        direct=found.direct,
        below=found.below,
        seen_by=found.seen_by,
    )
    stands = _again(turn.tx, space)
    there = stands.member(member.id)
    if there is not None:
        args = {posting.SPACE: space.id, posting.MEMBER: member.id}
        key = posting.about_key(space.id, member.id, found.place.platform)
        posting.to_end(turn.tx, stands, there, posting.ABOUT, args, key=key, now=turn.now)


def end_stands(turn: Turn, space: Space, member: int, post: Post, lobby: str) -> None:
    """Note where an end's first card stands; once all do, the space is open.

    Where it was refused, or their direct messages are closed, the end is made in the lobby.
    """
    space = _held(turn, space)
    there = space.member(member)
    if there is None or there.end is None or space.state is not State.OPENING:
        return
    if post.to.platform != there.end.platform:
        return  # of an end that did not do
    if not post.ref:
        by, no = there.end.platform, NotOpened(CLOSED_TO_US.source)
        end_made(turn, space, there, no, lobby=lobby, by=by)
        return
    ref = post.ref
    thread = ref if there.below else there.end.thread
    store.change_member(turn.tx, space.id, member, thread=thread, ready=True)
    if store.all_ready(turn.tx, space.id):
        store.change(turn.tx, space.id, state=State.OPEN, opened_at=turn.now)
        posting.refresh(turn.tx, space, turn.now)
        turn.tenants.opened(turn.tx, _again(turn.tx, space), turn.now)


def session_stands(turn: Turn, space: Space, ref: str) -> None:
    """Note where a session's card stands: below it is its place."""
    space = _held(turn, space)
    if space.state is not State.OPENING or space.room is None:
        return
    if not ref:
        refuse(turn, space, NO_WAY.source)
        return
    store.stands_at(turn.tx, space.id, space.room.in_thread(ref), "", turn.now)
    turn.tenants.opened(turn.tx, _again(turn.tx, space), turn.now)


def post_in_space(tx: Tx, number: int, card: str, args: Args, *, key: str, now: datetime) -> bool:
    """Have a card posted in a space, once for this key; return False where it is not open.

    `card` names what makes it, as for any post. In a relay it goes to everybody's end.
    """
    space = store.get(tx, number)
    if space is None or space.state is not State.OPEN:
        return False
    posting.post(tx, space, card, args, key=key, now=now)
    return True


def close_space(tx: Tx, number: int, now: datetime) -> None:
    """End a space: its last card says so, and its platform closes it where it can."""
    space = store.hold(tx, number)
    if space is None or space.state in {State.CLOSED, State.REFUSED}:
        return
    _end(tx, space, now)


def stop(turn: Turn, space: Space, member: int) -> None:
    """End a space because a member wants that; nothing more is carried, not even what is on its way."""
    space = _held(turn, space)
    if space.state is not State.OPEN or space.member(member) is None:
        return
    _end(turn.tx, space, turn.now, by=member)
    turn.tenants.stopped(turn.tx, _again(turn.tx, space), member, turn.now)


def meet_in_room(turn: Turn, directory: Directory, space: Space, member: int) -> bool:
    """Note that a member would rather use a room; once all do, it becomes one. Return whether it does."""
    space = _held(turn, space)
    if space.state is not State.OPEN or space.kind is not Kind.RELAY:
        return False
    store.change_member(turn.tx, space.id, member, room_instead=True)
    if not store.all_want_a_room(turn.tx, space.id):
        posting.refresh(turn.tx, space, turn.now)
        return False
    way = Way(Kind.ROOM, LOBBY, lobby_of(turn.tx, directory, space.network))
    plan_opening(
        turn.tx,
        space.id,
        way,
        Kind.ROOM,
        key=f"space/{space.id}/room/{turn.now.isoformat()}",
        now=turn.now,
    )
    return True


def gone(turn: Turn, space: Space, member: int) -> None:
    """Let a member be out of a space: they went away, or nobody is behind their account any more."""
    space = _held(turn, space)
    if space.member(member) is None:
        return
    store.change_member(turn.tx, space.id, member, inside=False)
    left = _again(turn.tx, space)
    turn.tenants.left(turn.tx, left, member, turn.now)
    if left.place is not None and left.kind is not Kind.PUBLIC:
        _let_out(turn, left, member)
    if left.kind is Kind.RELAY and len(left.inside) <= 1:  # nobody to carry to
        if left.state in {State.ASKED, State.OPENING}:
            refuse(turn, left, ALONE.source)
        elif left.state is State.OPEN:
            _end(turn.tx, left, turn.now)


def refuse(turn: Turn, space: Space, reason: str) -> None:
    """Let a space not come to be, and tell its tenant why."""
    store.change(turn.tx, space.id, state=State.REFUSED, reason=reason, closed_at=turn.now)
    posting.refresh(turn.tx, space, turn.now)
    turn.tenants.refused(turn.tx, _again(turn.tx, space), turn.now)


def accounts_of(space: Space) -> tuple[MemberRef, ...]:
    """Return the accounts with which people are in a space."""
    return tuple(each.who for each in space.inside)


def lobby_of(tx: Tx, directory: Directory, network: int) -> str:
    """Return the workspace of a network's own lobby, or an empty string."""
    for workspace in directory.workspaces(tx, LOBBY):
        found = directory.network_of(tx, Place(LOBBY, workspace, ""))
        if found is not None and found.id == network:
            return workspace
    return ""


def of_person(tx: Tx, person: Person, states: Sequence[State]) -> tuple[Space, ...]:
    """Return the spaces that somebody is in on the account they are known by here."""
    mine = store.of_member(tx, person.id, states)
    where = (person.ref.platform, person.ref.workspace)
    return tuple(
        each
        for each in mine
        if (there := each.member(person.id)) and (there.who.platform, there.who.workspace) == where
    )


def _let_out(turn: Turn, space: Space, member: int) -> None:
    payload = {"space": space.id, "member": member}
    key = f"space/{space.id}/out/{member}"
    work.add(turn.tx, LET_OUT, key, turn.now, payload, lane=LET_OUT)


def _end(tx: Tx, space: Space, now: datetime, by: int = 0) -> None:
    was_open = space.state is State.OPEN
    store.change(tx, space.id, state=State.CLOSED, closed_at=now)
    store.forget_words(tx, of_space=space.id)
    if was_open:
        args = {posting.SPACE: space.id, posting.MEMBER: by}
        posting.post(tx, space, posting.CLOSED, args, key=f"space/{space.id}/closed", now=now)
    posting.refresh(tx, space, now)


def _post_session(tx: Tx, number: int, now: datetime) -> None:
    space = store.get(tx, number)
    if space is not None and space.room is not None:
        args: dict[str, str | int] = {posting.SPACE: number, "thread": space.title}
        key = posting.about_key(number)
        Posting(tx, space.network, space.room, now).post(posting.SESSION, args, key=key)


def _held(turn: Turn, space: Space) -> Space:
    return store.hold(turn.tx, space.id) or space


def _again(tx: Tx, space: Space) -> Space:
    return store.get(tx, space.id) or replace(space, state=State.CLOSED)
