"""What can be done to an entry, and by whom. Pure."""

from plnbot.credit.model.standing import Claim, Flow
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Submit:
    """A member sends something in: what was done, or, with `planned`, what is to come."""

    id: int
    network: int
    member: int
    claim: Claim
    flow: Flow
    policies: tuple[str, ...] = ()
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Revise:
    """Its member says it otherwise, by the rules of what it is now."""

    by: int
    claim: Claim
    flow: Flow
    policies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Complete:
    """Its member says that what was agreed took place, and how."""

    by: int
    claim: Claim


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Its member takes it back."""

    by: int


@dataclass(frozen=True, slots=True)
class By:
    """Who decides: in whose place (`instead_of`), and what stands in the way of it.

    `ring` says that the member decided for them in the same cycle, `allowed` is the administrator who allowed that.
    """

    member: int
    instead_of: tuple[int, ...] = ()
    ring: bool = False
    allowed: int = 0


@dataclass(frozen=True, slots=True)
class Approve:
    """An approver says yes to the revision that they saw; with `minutes`, to so many of them."""

    by: By
    revision: int
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """An approver sends it back with a note."""

    by: By
    revision: int


@dataclass(frozen=True, slots=True)
class Deny:
    """An approver says no, with a reason."""

    by: By
    revision: int


@dataclass(frozen=True, slots=True)
class Revoke:
    """What was approved counts no more, with a reason."""

    by: By


@dataclass(frozen=True, slots=True)
class Reopen:
    """Who decided takes their own decision back."""

    by: By


@dataclass(frozen=True, slots=True)
class Forget:
    """Its member is erased."""


Command = Submit | Revise | Complete | Withdraw | Approve | Return | Deny | Revoke | Reopen | Forget
