"""The gate as capabilities and members use it: tell, take back, answer, foresee, and set wishes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from plnbot.engine import outbox, work
from plnbot.engine.notices import store
from plnbot.engine.notices.model import (
    Args,
    AtHome,
    Decision,
    How,
    InDay,
    Never,
    Notice,
    NoticeKind,
    Send,
    Wanted,
    Wishes,
    decide,
)
from plnbot.engine.notices.store import NoticeState, Waiting, Wish
from plnbot.engine.ports import Directory, Person
from plnbot.quiet import Leave, Rest
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.values import dataclass

if TYPE_CHECKING:
    from plnbot.engine.routes import Routes

Kinds = Mapping[str, NoticeKind]
WORK = "engine.notices"
DAY = "members.day"
"""The card of the day's message."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What is to be told: a card and its arguments, once for its key."""

    kind: NoticeKind
    card: str
    args: Args
    key: str
    wanted: Wanted
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A notice that waits, or will come, and what becomes of it as things are."""

    kind: NoticeKind
    card: str
    args: Args
    decision: Decision
    id: int = 0


def tell(tx: Tx, to: Person, telling: Telling, now: datetime) -> bool:
    """Tell a member something unasked, when that suits them; once for its key."""
    told = Waiting(
        0,
        telling.key,
        to.network.id,
        to.id,
        to.ref.platform,
        telling.kind.name,
        telling.card,
        telling.args,
        now,
        telling.wanted,
        telling.asked,
    )
    added = store.add(tx, told)
    if added:
        look_again(tx, [to.id], now)
    return added


def tell_now(
    tx: Tx,
    kind: NoticeKind,
    to: Person,
    card: str,
    args: Args,
    *,
    key: str,
    now: datetime,
    asked: bool = False,
) -> bool:
    """Tell a member what has just happened, as `tell`."""
    return tell(tx, to, Telling(kind, card, args, key, Wanted(now), asked), now)


def tell_each(
    tx: Tx,
    kind: NoticeKind,
    to: Iterable[Person],
    card: str,
    args: Args,
    *,
    key: str,
    now: datetime,
    asked: bool = False,
) -> None:
    """Tell each of these what has just happened, as `tell`: `key` is their key but for their number."""
    for each in to:
        tell_now(tx, kind, each, card, args, key=f"{key}/{each.id}", now=now, asked=asked)


def answer(
    tx: Tx, network: int, to: MemberRef, card: str, args: Args, *, key: str, now: datetime
) -> bool:
    """Write to a member at once, because of what they themselves did just now; once for its key."""
    return outbox.write_to(tx, network, to, card, args, key=key, at=now)


def take_back(tx: Tx, stem: str, now: datetime) -> None:
    """Tell nothing of what waits under keys that begin so."""
    look_again(tx, store.take_back(tx, stem), now)


def waiting_under(tx: Tx, stem: str) -> Sequence[int]:
    """Return for which members something waits whose keys begin so."""
    return store.told_under(tx, stem)


def changed(tx: Tx, stem: str, now: datetime) -> None:
    """Let what waits under keys that begin so be planned anew, because when it is wanted changed."""
    look_again(tx, store.told_under(tx, stem), now)


def was_told(tx: Tx, key: str) -> bool:
    """Return whether the notice of this key waits for its moment or has had it."""
    return store.was_told(tx, key)


def look_again(tx: Tx, members: Sequence[int], now: datetime) -> None:
    """Have what waits for these members planned anew, as they and things are now."""
    for member in members:
        tx.announce(f"member:{member}")
        work.put(tx, WORK, work_key(member), now, {"person": member})


def work_key(member: int) -> str:
    """Return the key of the one piece of work that looks after a member's notices."""
    return f"notices/{member}"


def wishes_of(
    tx: Tx, directory: Directory, person: Person, asks_first: Collection[str] = ()
) -> Wishes:
    """Return what a member set, with their quiet hours.

    `asks_first` are the platforms where nobody is written to directly who did not say so.
    """
    wish = store.wish_of(tx, person.id)
    direct = wish.direct if wish.direct is not None else person.ref.platform not in asks_first
    rest = Rest(person.zone, directory.quiet_hours(tx, person.id), wish.leave)
    return Wishes(rest, wish.how, direct)


def foreseen(
    tx: Tx, directory: Directory, person: Person, telling: Telling, now: datetime
) -> Decision:
    """Return what would become of something that is told now."""
    on_now = _on_now(tx, telling.kind, person.id, telling.args, now)
    notice = Notice(telling.kind, now, telling.wanted, telling.asked, on_now)
    return decide(notice, wishes_of(tx, directory, person), now)


def decided(
    tx: Tx, kinds: Kinds, wishes: Wishes, waiting: Sequence[Waiting], now: datetime
) -> Iterator[tuple[Waiting, Notice, Decision | None]]:
    """Yield what becomes of each notice that waits; None for what is no longer wanted."""
    for each in waiting:
        kind = kinds.get(each.kind)
        if kind is None:
            continue  # of a capability that is switched off: it waits until that is on again
        wanted: Wanted | None = each.wanted
        if kind.wanted is not None:
            wanted = kind.wanted(tx, each.member, each.args, each.wanted)
        on_now = _on_now(tx, kind, each.member, each.args, now)
        notice = Notice(kind, each.told, wanted or each.wanted, each.asked, on_now)
        yield each, notice, decide(notice, wishes, now) if wanted else None


def week(
    tx: Tx, catalogue: "Routes", directory: Directory, person: Person, now: datetime
) -> Sequence[Foreseen]:
    """Return all that a member will be sent within seven days, in its order, and what waits at home."""
    kinds, until = catalogue.notices, now + timedelta(days=7)
    wishes = wishes_of(tx, directory, person, catalogue.asks_first)
    found = [
        Foreseen(notice.kind, each.card, each.args, decision, each.id)
        for each, notice, decision in decided(tx, kinds, wishes, store.waiting(tx, person.id), now)
        if decision is not None
    ]
    for kind in kinds.values():
        for each in kind.coming(tx, person.id, now, until) if kind.coming else ():
            on_now = kind.on_now is not None  # by then
            notice = Notice(kind, now, Wanted(each.at), each.asked, on_now)
            found.append(Foreseen(kind, each.card, each.args, decide(notice, wishes, now)))
    return sorted(
        (each for each in found if _within(each.decision, until)),
        key=lambda each: each.decision.at if isinstance(each.decision, Send | InDay) else until,
    )


def set_how(tx: Tx, person: Person, kind: NoticeKind, how: How, now: datetime) -> None:
    """Keep how a member wants a kind of notices."""
    wish = store.wish_of(tx, person.id)
    _keep(tx, person, replace(wish, how={**wish.how, kind.name: how}), now)


def set_direct(tx: Tx, person: Person, now: datetime, *, direct: bool) -> None:
    """Keep whether a member may be written to directly."""
    _keep(tx, person, replace(store.wish_of(tx, person.id), direct=direct), now)


def set_leave(tx: Tx, person: Person, leave: Leave | None, now: datetime) -> None:
    """Keep a member's leave, planned or going on; None takes one back that has not begun."""
    _keep(tx, person, replace(store.wish_of(tx, person.id), leave=leave), now)


def seen_at_home(
    tx: Tx, catalogue: "Routes", directory: Directory, person: Person, now: datetime
) -> None:
    """End what waited on a member's home, because they have seen it."""
    wishes = wishes_of(tx, directory, person, catalogue.asks_first)
    waiting = store.waiting(tx, person.id)
    at_home = [
        each.id
        for each, _notice, decision in decided(tx, catalogue.notices, wishes, waiting, now)
        if isinstance(decision, AtHome)
    ]
    store.end(tx, at_home, NoticeState.SEEN, now)
    look_again(tx, [person.id], now)


def _keep(tx: Tx, person: Person, wish: Wish, now: datetime) -> None:
    store.save_wish(tx, person.id, wish)
    look_again(tx, [person.id], now)


def _on_now(tx: Tx, kind: NoticeKind, member: int, args: Args, now: datetime) -> bool:
    return kind.on_now is not None and kind.on_now(tx, member, args, now)


def _within(decision: Decision, until: datetime) -> bool:
    return not isinstance(decision, Never) and (
        not isinstance(decision, Send | InDay) or decision.at <= until
    )
