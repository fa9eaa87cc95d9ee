"""Roles: who may do what, in a whole network or in one thing of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam, delete, select

from plnbot.engine.store import role_grant
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.talk.words import Message, msg


class Role(StrEnum):
    """The field's roles. Everybody in a network is a member."""

    MEMBER = "member"
    MODERATOR = "moderator"
    CO_MODERATOR = "co_moderator"
    CURATOR = "curator"
    APPROVER = "approver"
    ORGANISER = "organiser"
    ADMINISTRATOR = "administrator"


ROLE_NAMES: Mapping[Role, Message] = {
    Role.ADMINISTRATOR: msg("administrator"),
    Role.MODERATOR: msg("moderator"),
    Role.CO_MODERATOR: msg("co-moderator"),
    Role.CURATOR: msg("curator"),
    Role.APPROVER: msg("approver"),
    Role.ORGANISER: msg("organiser"),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role, in the whole network (`scope` empty) or in one thing, such as `chat:12`."""

    role: Role
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Needs:
    """What an action asks of who does it.

    Any of `roles` held network-wide does; or, with `within`, held for the row acted on
    (`within="chat"` and row `12` accept a grant scoped `chat:12`). Administrators always may.
    `otherwise` is said to whoever may not.
    """

    roles: frozenset[Role]
    within: str = ""
    otherwise: Message | None = None

    @property
    def anyone(self) -> bool:
        """Whether every member may."""
        return Role.MEMBER in self.roles

    def met_by(self, grants: Collection[Grant], row: str = "") -> bool:
        """Return whether these grants allow the action on `row`."""
        if self.anyone:
            return True
        scopes = {"", f"{self.within}:{row}"} if self.within else {""}
        allowed = self.roles | {Role.ADMINISTRATOR}
        return any(each.role in allowed and each.scope in scopes for each in grants)


def needs(*roles: Role, within: str = "", otherwise: Message | None = None) -> Needs:
    """Return the requirement of any of `roles`."""
    return Needs(frozenset(roles), within, otherwise)


ANYONE = needs(Role.MEMBER)
_GRANTED = on_both(role_grant, lambda new: new.on_conflict_do_nothing().returning(role_grant.c.id))
_HELD_BY = select(role_grant.c.role, role_grant.c.scope).where(
    role_grant.c.person_id == bindparam("person")
)
_HOLDERS = (
    select(role_grant.c.person_id)
    .where(
        role_grant.c.network_id == bindparam("network"),
        role_grant.c.scope == bindparam("scope"),
        role_grant.c.role.in_(bindparam("roles", expanding=True)),
    )
    .order_by(role_grant.c.id)
)


def grant(
    tx: Tx, network: int, person: int, given: Grant, *, by: int | None, now: datetime
) -> bool:
    """Give a role; return False when the person has it already."""
    values = {
        "network_id": network,
        "person_id": person,
        "role": given.role.value,
        "scope": given.scope,
        "granted_by": by,
        "at": now,
    }
    return tx.execute(_GRANTED[tx.dialect], values).one_or_none() is not None


def revoke(tx: Tx, person: int, taken: Grant) -> bool:
    """Take a role away; return False when the person had none such."""
    gone = tx.execute(
        delete(role_grant).where(
            role_grant.c.person_id == person,
            role_grant.c.role == taken.role.value,
            role_grant.c.scope == taken.scope,
        )
    )
    return gone.rowcount > 0


def grants_of(tx: Tx, person: int) -> frozenset[Grant]:
    """Return every role of one person."""
    rows = tx.execute(_HELD_BY, {"person": person})
    return frozenset(Grant(Role(row.role), row.scope) for row in rows)


def titles(tx: Tx, person: int) -> tuple[Message, ...]:
    """Return what a person is called network-wide, highest first."""
    held = {each.role for each in grants_of(tx, person) if not each.scope}
    return tuple(name for role, name in ROLE_NAMES.items() if role in held)


def holders(tx: Tx, network: int, roles: Collection[Role], scope: str = "") -> tuple[int, ...]:
    """Return who holds any of `roles` in exactly this scope, in the order they got it."""
    wanted = [role.value for role in roles]
    rows = tx.execute(_HOLDERS, {"network": network, "scope": scope, "roles": wanted})
    return tuple(dict.fromkeys(row.person_id for row in rows))
