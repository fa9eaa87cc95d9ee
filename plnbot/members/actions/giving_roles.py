"""Roles given and taken away, each time with a line in the audit log."""

from datetime import datetime

from plnbot.engine import audit, roles
from plnbot.engine.ports import Person
from plnbot.engine.roles import Grant, Role
from plnbot.errors import Refused
from plnbot.members.actions.joining import tell_administrator
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def give_role(tx: Tx, to: Person, role: Role, now: datetime, *, by: Person) -> bool:
    """Give a network-wide role; audited."""
    number = roles.grant(tx, to.network.id, to.id, Grant(role), by=by.id, now=now)
    given = number is not None
    if given:
        audit.record(
            tx, to.network.id, by.id, "role.given", f"member:{to.id}", now=now, role=role.value
        )
    if given and role is Role.ADMINISTRATOR:
        tell_administrator(tx, to, now)
    return given


def take_role(tx: Tx, whose: Person, role: Role, now: datetime, *, by: Person) -> bool:
    """Take a network-wide role away; raises `Refused` for the last administrator."""
    administrators = roles.holders(
        tx, whose.network.id, [Role.ADMINISTRATOR], now=now, lasting=True
    )
    if role is Role.ADMINISTRATOR and administrators == (whose.id,):
        raise Refused(
            msg("A network needs an administrator. Give the role to somebody else first.")
        )
    taken = roles.revoke(tx, whose.id, Grant(role))
    if taken:
        audit.record(
            tx,
            whose.network.id,
            by.id,
            "role.taken",
            f"member:{whose.id}",
            now=now,
            role=role.value,
        )
    return taken
