"""Roles: who may do what, in a whole network, in a district or school, or in one thing.

    needing   which roles there are, and what an action asks of who does it
    granting  who holds which, where, and until when
    reach     how far somebody's roles reach, for queries
    declared  which roles a capability uses, and what people are told of them

A role is held in a scope: none for the whole network, or one thing by kind and number, such as
`district:5`. Who gives it may set an end; from that instant on it counts no more, whether or not
anything has noted it yet.
"""

from plnbot.engine.roles.declared import NETWORK, RoleUse, ScopeNamer, offered, what_they_can
from plnbot.engine.roles.granting import (
    ENDS,
    Held,
    MovedRoles,
    first_holders,
    grant,
    grants_of,
    held,
    held_in,
    holders,
    many_in,
    move,
    move_back,
    revoke,
    titles,
)
from plnbot.engine.roles.needing import (
    ANYONE,
    DISTRICT,
    LOCAL,
    ROLE_NAMES,
    SCHOOL,
    Grant,
    Needs,
    Role,
    needs,
    parted,
    scoped,
)
from plnbot.engine.roles.reach import Reach, reach

__all__ = [
    "ANYONE",
    "DISTRICT",
    "ENDS",
    "LOCAL",
    "NETWORK",
    "ROLE_NAMES",
    "SCHOOL",
    "Grant",
    "Held",
    "MovedRoles",
    "Needs",
    "Reach",
    "Role",
    "RoleUse",
    "ScopeNamer",
    "first_holders",
    "grant",
    "grants_of",
    "held",
    "held_in",
    "holders",
    "many_in",
    "move",
    "move_back",
    "needs",
    "offered",
    "parted",
    "reach",
    "revoke",
    "scoped",
    "titles",
    "what_they_can",
]
