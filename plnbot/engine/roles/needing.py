"""Which roles there are, in what one may be held, and what an action asks of who does it."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from plnbot.refs import row_number
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

DISTRICT, SCHOOL = "district", "school"
LOCAL = frozenset({DISTRICT, SCHOOL})
"""What members and their things lie in: a role may be held for one of these."""


class Role(StrEnum):
    """The field's roles. Everybody in a network is a member."""

    MEMBER = "member"
    MODERATOR = "moderator"
    CO_MODERATOR = "co_moderator"
    CURATOR = "curator"
    APPROVER = "approver"
    ORGANISER = "organiser"
    MENTOR = "mentor"
    COACH = "coach"
    ASSESSOR = "assessor"
    EVALUATOR = "evaluator"
    DISTRICT_STAFF = "district_staff"
    ADMINISTRATOR = "administrator"


ROLE_NAMES: Mapping[Role, Sentence] = {
    Role.ADMINISTRATOR: msg("administrator"),
    Role.DISTRICT_STAFF: msg("district staff"),
    Role.MODERATOR: msg("moderator"),
    Role.CO_MODERATOR: msg("co-moderator"),
    Role.CURATOR: msg("curator"),
    Role.APPROVER: msg("approver"),
    Role.ORGANISER: msg("organiser"),
    Role.MENTOR: msg("mentor"),
    Role.COACH: msg("coach"),
    Role.ASSESSOR: msg("assessor"),
    Role.EVALUATOR: msg("evaluator"),
}


def scoped(kind: str, number: int) -> str:
    """Return the scope of one thing, such as `district:5`."""
    return f"{kind}:{number}"


def parted(scope: str) -> tuple[str, int]:
    """Return kind and number of a scope: `district:5` is `("district", 5)`, and nothing `("", 0)`."""
    kind, _, number = scope.partition(":")
    return kind, row_number(number)


@dataclass(frozen=True, slots=True)
class Grant:
    """A role, in the whole network (`scope` empty) or in one thing, such as `chat:12`.

    `district:5` and `school:9` are numbers of rows that members belong to.
    """

    role: Role
    scope: str = ""

    @property
    def kind(self) -> str:
        """What it is held in, such as `district`; empty for the whole network."""
        return parted(self.scope)[0]

    @property
    def number(self) -> int:
        """The number of what it is held in, 0 for the whole network."""
        return parted(self.scope)[1]


@dataclass(frozen=True, slots=True)
class Needs:
    """What an action asks of who does it.

    Any of `roles` held network-wide does; or, with `within`, held for the row acted on
    (`within="chat"` and row `12` accept a grant scoped `chat:12`); or, with `local`, held for a
    district or school that the thing lies in. Administrators always may. `otherwise` is said to
    whoever may not.
    """

    roles: frozenset[Role]
    within: str = ""
    otherwise: Sentence | None = None
    local: bool = False

    @property
    def anyone(self) -> bool:
        """Whether every member may."""
        return Role.MEMBER in self.roles

    @property
    def kinds(self) -> Collection[str]:
        """In which kinds of things a role counts that is not held network-wide."""
        return {*((self.within,) if self.within else ()), *(LOCAL if self.local else ())}

    def counts(self, given: Grant) -> bool:
        """Return whether a grant is one of those asked for, for the network or for anything."""
        asked = given.role in self.roles or given.role is Role.ADMINISTRATOR
        return asked and (not given.scope or given.kind in self.kinds)

    def met_by(
        self, grants: Collection[Grant], row: str = "", lies_in: Collection[str] = ()
    ) -> bool:
        """Return whether these grants allow the action on `row`, which lies in these scopes."""
        if self.anyone:
            return True
        scopes = {"", *lies_in, *((f"{self.within}:{row}",) if self.within else ())}
        return any(self.counts(each) and each.scope in scopes for each in grants)


def needs(
    *roles: Role, within: str = "", otherwise: Sentence | None = None, local: bool = False
) -> Needs:
    """Return the requirement of any of `roles`."""
    return Needs(frozenset(roles), within, otherwise, local)


ANYONE = needs(Role.MEMBER)
