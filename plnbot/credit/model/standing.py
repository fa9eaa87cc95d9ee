"""An entry as it stands: the claim, how many are to approve, who did. Pure."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from plnbot.values import dataclass


class Standing(StrEnum):
    """How an entry stands. The ledger holds these words for good."""

    PLANNED = "planned"
    AGREED = "agreed"
    WAITING = "waiting"
    RETURNED = "returned"
    APPROVED = "approved"
    DECLARED = "declared"
    DENIED = "denied"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"


IN_QUEUES = frozenset({Standing.PLANNED, Standing.WAITING})
"""What waits for an approver."""
UNDECIDED = frozenset({*IN_QUEUES, Standing.AGREED, Standing.RETURNED})
COUNTS = frozenset({Standing.APPROVED, Standing.DECLARED})


@dataclass(frozen=True, slots=True)
class Flow:
    """How many approve a plan before it takes place, and what was done afterwards: 0, 1 or 2 each."""

    before: int = 0
    after: int = 1

    def __post_init__(self) -> None:
        """Refuse what no policy may ask."""
        if not {self.before, self.after} <= {0, 1, 2}:
            raise ValueError("a flow has 0, 1 or 2 approvals before, and as many after")

    @property
    def of_done(self) -> int:
        """How many approve what was done without a plan."""
        return max(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a member says they did, without the words: those lie apart.

    `kind` is one that policies know; `minutes` are those claimed, `split` how they are shared out over
    topics where they are not all of each. `source` is what it came from (`chat:12`), or empty; `in_person` as activities have it.
    `provider` is the kind of whoever held it (`approved`, `district`, `self`), `has` what is there for it (`certificate`), and
    `amounts` says what is no time (`semester_hour`), as decimal strings.
    """

    kind: str
    started: datetime
    ended: datetime
    minutes: int
    role: str = "attended"
    in_person: bool = False
    topics: tuple[str, ...] = ()
    split: Mapping[str, int] = field(default_factory=dict)
    source: str = ""
    provider: str = ""
    has: tuple[str, ...] = ()
    amounts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands of an entry. `approvals` are of this revision, `agreed` those of its plan.

    `ring` is the administrator who allowed that two decide for each other, 0 where that was not needed. `words` is the event that
    holds its words; `seq` its latest event.
    """

    id: int
    network: int
    member: int
    standing: Standing
    claim: Claim
    flow: Flow
    policies: tuple[str, ...] = ()
    revision: int = 1
    approvals: tuple[int, ...] = ()
    agreed: tuple[int, ...] = ()
    returned_from: str = ""
    decided_by: int = 0
    decided_at: datetime | None = None
    ring: int = 0
    words: int = 0
    seq: int = 0

    @property
    def needed(self) -> int:
        """How many approvals it needs as it stands."""
        if self.standing is Standing.PLANNED:
            return self.flow.before
        return self.flow.after if self.agreed else self.flow.of_done
