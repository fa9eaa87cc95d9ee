"""Who looks at an application: drawn by its seed from who may, never who applied; and what is late."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from plnbot.badges.model import drawn, looked_at_twice
from plnbot.badges.store import applications
from plnbot.badges.store.applications import Application
from plnbot.badges.store.definitions import Badge
from plnbot.engine import notices, roles, work
from plnbot.engine.notices import NoticeKind
from plnbot.engine.ports import Directory
from plnbot.engine.roles import Role, needs, scoped
from plnbot.store.database import Tx
from plnbot.talk.words import msg

BADGE = "badge"
"""What an assessor has their role in."""
ASSESSES = needs(Role.ASSESSOR, within=BADGE)
ASSIGNED, LATE, LONG, HEARD, MADE, BROUGHT = (
    "badges.assigned",
    "badges.late",
    "badges.long",
    "badges.heard",
    "badges.made",
    "badges.brought",
)
TO_ASSESS = NoticeKind(
    name="badges.assess",
    title=msg("Applications that you assess"),
    about=msg("That one was given to you, and that one is late."),
    may_be_muted=True,
)
YOURS = NoticeKind(
    name="badges.yours",
    title=msg("What became of your applications"),
    about=msg("Awarded or returned with what is missing; that one is late, or was withdrawn."),
    may_be_muted=True,
)
KINDS = (YOURS, TO_ASSESS)
MOST_LOOKS = 5
DUE = "badges.due"
_BEFORE, _WEEK = timedelta(days=1), timedelta(weeks=1)


def assessors_for(tx: Tx, it: Badge, now: datetime) -> Sequence[int]:
    """Return who may assess one."""
    scope = scoped(BADGE, it.id)
    return roles.holders(tx, it.network, [Role.ASSESSOR], scope, now=now)


def could_look(tx: Tx, it: Badge, directory: Directory, now: datetime) -> Sequence[int]:
    """Return who may assess one and is still here."""
    return tuple(directory.still_here(tx, assessors_for(tx, it, now)))


def others_for(
    tx: Tx, it: Application, badge: Badge, directory: Directory, now: datetime
) -> Sequence[int]:
    """Return who else could look at an application, in the order in which its seed draws them."""
    barred = {it.member, *applications.assessors_of(tx, it.id)}
    among = could_look(tx, badge, directory, now)
    return [each for each in drawn(it.seed, among) if each not in barred]


def begin(
    tx: Tx, it: Application, badge: Badge, directory: Directory, now: datetime
) -> Application:
    """Have as many look at a new round as its seed says; who looked before looks again."""
    seed = f"{it.seed}/{it.round}"
    wanted = 1 + looked_at_twice(seed, badge.terms.second)
    watch(tx, it)
    return fill(tx, applications.change(tx, it, wanted=wanted), badge, directory, now)


def fill(tx: Tx, it: Application, badge: Badge, directory: Directory, now: datetime) -> Application:
    """Assign so many that all who are wanted can look; where there are not enough, those there are."""
    allowed = set(could_look(tx, badge, directory, now)) - {it.member}
    for each in applications.assessors_of(tx, it.id):
        if each not in allowed:
            applications.unassign(tx, it, each)
    have = applications.assessors_of(tx, it.id)
    more = others_for(tx, it, badge, directory, now)[: max(0, it.wanted - len(have))]
    applications.assign(tx, it, more, now)
    wanted = min(it.wanted, len(have) + len(more)) or 1
    it = applications.change(tx, it, wanted=wanted)
    done = {each.assessor for each in applications.reviews(tx, it)}
    for person in (*have, *more):
        if person not in done:
            _tell(tx, person, ASSIGNED, it, directory=directory, now=now)
    return it


def _tell(
    tx: Tx,
    person: int,
    card: str,
    it: Application,
    when: str = "",
    *,
    directory: Directory,
    now: datetime,
) -> None:
    to = directory.by_id(tx, person)
    if to is not None:
        key = f"{card}/{it.id}/{it.round}/{person}{when}"
        notices.tell_now(tx, TO_ASSESS, to, card, {"application": it.id}, key=key, now=now)


def watch(tx: Tx, it: Application) -> None:
    """Have it looked after on the day before somebody is to hear, where that is to come, and at that instant."""
    if it.hears_at is None:
        return
    for at in (it.hears_at - _BEFORE, it.hears_at):
        if at > it.at:
            _look_at(tx, it, at)


def _look_at(tx: Tx, it: Application, at: datetime) -> None:
    hears = it.hears_at.isoformat() if it.hears_at else ""
    key = f"{DUE}/{it.id}/{hears}/{at.isoformat()}"
    work.add(tx, DUE, key, at, {"application": it.id, "hears": hears}, network=it.network)


def remind(tx: Tx, it: Application, directory: Directory, now: datetime) -> None:
    """Remind who has not looked, when it is late every week; who hears too late is told so once."""
    done = {each.assessor for each in applications.reviews(tx, it)}
    for each in applications.assessors_of(tx, it.id):
        if each not in done:
            _tell(tx, each, LATE, it, f"/{now:%Y-%m-%d}", directory=directory, now=now)
    if it.hears_at is not None and it.hears_at <= now:
        key = f"{it.id}/{it.hears_at:%Y-%m-%d}"
        tell_teacher(tx, it.member, LONG, it.id, key=key, directory=directory, now=now)
        weeks = (now - it.hears_at) // _WEEK + 1
        _look_at(tx, it, it.hears_at + weeks * _WEEK)


def tell_teacher(
    tx: Tx, member: int, card: str, number: int, *, key: str, directory: Directory, now: datetime
) -> None:
    """Tell a teacher what became of what they applied for."""
    to = directory.by_id(tx, member)
    if to is not None:
        args = {"number": number}
        notices.tell_now(tx, YOURS, to, card, args, key=f"{card}/{key}", now=now)
