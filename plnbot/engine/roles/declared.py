"""What a capability says of the roles that it uses: without that, a role is offered nowhere."""

from collections.abc import Callable, Collection, Mapping, Sequence

from plnbot.engine.roles.needing import LOCAL, Role
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence
from plnbot.values import dataclass

NETWORK = ""
"""The scope of who has a role in the whole network."""
ScopeNamer = Callable[[Tx, Collection[int]], Mapping[int, str]]
"""Returns what things are called by their numbers; what is over has no name and is not shown."""


@dataclass(frozen=True, slots=True)
class RoleUse:
    """One role that a capability uses.

    `scopes` are what it may be held in: `NETWORK`, `DISTRICT`, `SCHOOL`, or a kind of thing of the
    capability's own, such as `chat`, which it then gives by itself. `can` is the sentence that tells
    a person what they can do now. `capability` is whose it is where networks may switch that off; it is
    filled in when all are put together.
    """

    role: Role
    scopes: Collection[str]
    can: Sentence
    capability: str = ""

    def __post_init__(self) -> None:
        """Refuse a role that could be held nowhere, or that everybody has."""
        if not self.scopes or self.role is Role.MEMBER:
            raise ValueError(f"{self.role.value} can be given to nobody like this")


def offered(uses: Sequence[RoleUse]) -> Mapping[Role, frozenset[str]]:
    """Return the roles that an administrator may give, each with what it may be held in."""
    found: dict[Role, frozenset[str]] = {}
    for each in uses:
        given = frozenset(each.scopes) & {NETWORK, *LOCAL}
        if given:
            found[each.role] = found.get(each.role, frozenset()) | given
    return {role: found[role] for role in Role if role in found}


def what_they_can(uses: Sequence[RoleUse], role: Role, kind: str) -> Sequence[Sentence]:
    """Return the sentences for who has a role in something of this kind."""
    return [each.can for each in uses if each.role is role and kind in each.scopes]
