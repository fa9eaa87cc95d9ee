"""Roles given and ended: each has a line in the audit log, and who has it is told what they can do."""

from datetime import datetime

from plnbot.engine import audit, notices, outbox, roles
from plnbot.engine.notices import NoticeKind, Wanted
from plnbot.engine.ports import Person
from plnbot.engine.roles import LOCAL, Grant, Held, Role
from plnbot.errors import Refused
from plnbot.members import store
from plnbot.members.actions.joining import tell_administrator
from plnbot.members.store import organisations
from plnbot.store.database import Tx
from plnbot.talk.words import msg

GIVEN, OVER = "members.role_given", "members.role_over"
_ONE_STAYS = msg("A network needs an administrator. Give the role to somebody else first.")


def _while_held(tx: Tx, _member: int, args: outbox.Args, was: Wanted) -> Wanted | None:
    over = "grant" not in args
    return was if over or roles.held(tx, int(args["grant"])) is not None else None


ROLES = NoticeKind(
    name="members.roles",
    title=msg("Your roles"),
    about=msg("When you are given a role, with what you can do then, and when one ends"),
    may_be_muted=False,
    wanted=_while_held,
)


def give_role(
    tx: Tx, to: Person, given: Grant, now: datetime, *, by: Person, ends: datetime | None = None
) -> bool:
    """Give a role, until it `ends`; audited, and told. Return False where nothing changes by it.

    Raises `Refused` for an end that has passed, for a district or school that is not this network's,
    and where nobody would administer the network after the end.
    """
    if ends is not None and ends <= now:
        raise Refused(msg("That day is over. Choose a later one."))
    if ends is not None and given.role is Role.ADMINISTRATOR:
        _one_stays(tx, to.network.id, to.id, now)
    _is_ours(tx, to.network.id, given)
    number = roles.grant(tx, to.network.id, to.id, given, by=by.id, now=now, ends=ends)
    if number is None:
        return False
    about = _about(Held(number, to.network.id, to.id, given, now, ends))
    audit.record(tx, to.network.id, by.id, "role.given", f"member:{to.id}", now=now, **about)
    if to.id != by.id:
        key = f"role/{number}/given/{now.timestamp()}"
        args = {"grant": number, "by": by.id}
        notices.tell_now(tx, ROLES, to, GIVEN, args, key=key, now=now)
    if given.role is Role.ADMINISTRATOR:
        tell_administrator(tx, to, now)
    return True


def end_role(tx: Tx, held: Held, now: datetime, *, by: Person | None) -> bool:
    """End a role, because somebody said so or its time has come; audited, and told.

    Return False where it has ended already. Raises `Refused` for the last administrator.
    """
    if by is not None and held.given.role is Role.ADMINISTRATOR:
        _one_stays(tx, held.network, held.person, now)
    if not roles.revoke(tx, held.person, held.given):
        return False
    audit.record(
        tx,
        held.network,
        by.id if by else None,
        "role.taken" if by else "role.ended",
        f"member:{held.person}",
        now=now,
        **_about(held),
    )
    whose = store.by_id(tx, held.person, "")
    if whose is not None and (by is None or by.id != whose.id):
        args: outbox.Args = {
            "role": held.given.role.value,
            "scope": held.given.scope,
            "by_itself": int(by is None),
        }
        key = f"role/{held.id}/over/{now.timestamp()}"
        notices.tell_now(tx, ROLES, whose, OVER, args, key=key, now=now)
    return True


def ended(tx: Tx, number: int, now: datetime) -> None:
    """Note that a role has come to its end; it may have been prolonged or taken back since."""
    held = roles.held(tx, number)
    if held is not None and held.ends is not None and held.ends <= now:
        end_role(tx, held, now, by=None)


def _one_stays(tx: Tx, network: int, person: int, now: datetime) -> None:
    """Refuse where this person alone administers without an end."""
    lasting = roles.holders(tx, network, [Role.ADMINISTRATOR], now=now, lasting=True)
    if lasting == (person,):
        raise Refused(_ONE_STAYS)


def _is_ours(tx: Tx, network: int, given: Grant) -> None:
    if given.kind not in LOCAL:
        return
    # Locked, so that a merge that goes on at the same time takes the role along or comes first.
    there = organisations.get(tx, given.number, network=network, locked=True)
    if there is None or there.kind.value != given.kind or not there.settled or there.merged_into:
        raise Refused(msg("There is no such district or school here. Choose it anew."))


def _about(held: Held) -> dict[str, str]:
    """Return what the audit log keeps of a role."""
    about = {"role": held.given.role.value, "scope": held.given.scope}
    return about if held.ends is None else {**about, "until": held.ends.isoformat()}
