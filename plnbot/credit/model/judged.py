"""An entry as policies judge it. Pure."""

from decimal import Decimal

from plnbot.credit.model.standing import COUNTS, UNDECIDED, Entry, Standing
from plnbot.policies import Entry as Judged
from plnbot.walltime import local

_NO = frozenset({Standing.DENIED, Standing.REVOKED})


def judged(entry: Entry, title: str, zone: str, *, as_if_approved: bool = False) -> Judged | None:
    """Return an entry as policies see it, None where it was taken back.

    `on` is its day by its member's clock. With `as_if_approved`, as it would be once it was.
    """
    if entry.standing not in {*COUNTS, *UNDECIDED, *_NO} or entry.standing is Standing.AGREED:
        return None
    claim = entry.claim
    # A plan that was approved and needs nobody afterwards was approved all the same.
    approvals = len(entry.approvals) or int(entry.standing is Standing.APPROVED)
    if as_if_approved:
        approvals = max(approvals, entry.needed, 1)
    return Judged(
        id=str(entry.id),
        on=local(claim.started, zone).date(),
        minutes=claim.minutes,
        kind=claim.kind,
        title=title,
        role=claim.role,
        tags=frozenset(claim.topics) | frozenset(claim.split),
        provider=claim.provider,
        in_person=claim.in_person,
        has=frozenset({*claim.has, *(("evidence",) if claim.source else ())}),
        asked=len(entry.agreed),
        approved=approvals,
        declined=entry.standing in _NO,
        amounts=tuple((name, Decimal(many)) for name, many in sorted(claim.amounts.items())),
        split=tuple(sorted(claim.split.items())),
    )
