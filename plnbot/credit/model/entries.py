"""One entry of the ledger: how it stands, and what each command makes of it. Pure.

    plan      ─ before ─→ agreed ─ it took place ─→ waiting ─ after ─→ approved
    done      ───────────────────────────────────→ waiting ─────────→ approved, denied
                        returned ←─ with a note ─┘        └→ declared, where nobody is to approve

A `Flow` says how many approve a plan before it takes place, and how many what was done; what was done without a
plan needs as many as the larger of the two. An approval counts for the claim that the approver saw:
each change of the claim has a new revision, and approvals of an earlier one are gone.
"""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from plnbot.credit.model.commands import (
    Approve,
    By,
    Command,
    Complete,
    Deny,
    Forget,
    Reopen,
    Return,
    Revise,
    Revoke,
    Submit,
    Withdraw,
)
from plnbot.credit.model.standing import (
    COUNTS,
    IN_QUEUES,
    UNDECIDED,
    Claim,
    Entry,
    Flow,
    Standing,
)

__all__ = [
    "COUNTS",
    "IN_QUEUES",
    "UNDECIDED",
    "Approve",
    "By",
    "Claim",
    "Command",
    "Complete",
    "Deny",
    "Entry",
    "Flow",
    "Forget",
    "Reopen",
    "Return",
    "Revise",
    "Revoke",
    "Standing",
    "Submit",
    "Why",
    "Withdraw",
    "decide",
    "may_decide",
]


class Why(StrEnum):
    """Why a command cannot be."""

    GONE = "gone"
    CHANGED = "changed"
    OWN = "own"
    RING = "ring"
    LOCKED = "locked"
    NOT_YET = "not_yet"


def decide(entry: Entry | None, command: Command, now: datetime) -> Entry | Why | None:
    """Return the entry as it is after a command, why it cannot be, or None where it is so already."""
    if isinstance(command, Submit):
        return _submitted(command, now) if entry is None else None
    if entry is None:
        return Why.GONE
    match command:
        case Revise():
            return _revised(entry, command, now)
        case Complete(by, claim):
            return _completed(entry, by, claim, now)
        case Withdraw(by):
            return _withdrawn(entry, by)
        case Forget():
            return _forgotten(entry)
        case _:
            return _by_an_approver(entry, command, now)


def _by_an_approver(
    entry: Entry, command: Approve | Return | Deny | Revoke | Reopen, now: datetime
) -> Entry | Why | None:
    match command:
        case Approve():
            return _approved(entry, command, now)
        case Return(by, revision):
            return _sent_back(entry, by, revision, Standing.RETURNED, now)
        case Deny(by, revision):
            return _sent_back(entry, by, revision, Standing.DENIED, now)
        case Revoke(by):
            return _revoked(entry, by, now)
        case Reopen(by):
            return _reopened(entry, by)


def _forgotten(entry: Entry) -> Entry | None:
    if entry.standing not in UNDECIDED:
        return None
    return replace(entry, standing=Standing.WITHDRAWN, approvals=())


def _submitted(new: Submit, now: datetime) -> Entry | Why:
    entry = Entry(
        new.id, new.network, new.member, Standing.WAITING, new.claim, new.flow, new.policies
    )
    if new.claim.ended <= now:
        return _settled(entry, now)
    if not new.planned:
        return Why.NOT_YET
    standing = Standing.PLANNED if new.flow.before else Standing.AGREED
    return replace(entry, standing=standing)


def _settled(entry: Entry, now: datetime) -> Entry:
    """Return it where it needs nobody any more, or as it waits."""
    if len(entry.approvals) < entry.needed:
        return entry
    if entry.standing is Standing.PLANNED:
        return replace(entry, standing=Standing.AGREED, agreed=entry.approvals, approvals=())
    people = entry.approvals or entry.agreed
    standing = Standing.APPROVED if people else Standing.DECLARED
    return replace(entry, standing=standing, decided_by=people[-1] if people else 0, decided_at=now)


def _anew(entry: Entry, claim: Claim) -> Entry:
    return replace(entry, claim=claim, revision=entry.revision + 1, approvals=(), returned_from="")


def _revised(entry: Entry, command: Revise, now: datetime) -> Entry | Why:
    claim = command.claim
    if command.by != entry.member:
        return Why.GONE
    if entry.standing not in {*UNDECIDED, Standing.DECLARED}:
        return Why.LOCKED
    planned = entry.standing in {Standing.PLANNED, Standing.AGREED} or (
        entry.returned_from == Standing.PLANNED
    )
    entry = replace(entry, flow=command.flow, policies=command.policies)
    if planned and claim.ended > now:
        # What others agreed to was another plan.
        standing = Standing.PLANNED if entry.flow.before else Standing.AGREED
        return replace(_anew(entry, claim), standing=standing, agreed=())
    if claim.ended > now:
        return Why.NOT_YET
    agreed = () if planned else entry.agreed
    return _settled(replace(_anew(entry, claim), standing=Standing.WAITING, agreed=agreed), now)


def _completed(entry: Entry, by: int, claim: Claim, now: datetime) -> Entry | Why:
    if by != entry.member or entry.standing is not Standing.AGREED:
        return Why.GONE
    if claim.ended > now:
        return Why.NOT_YET
    return _settled(replace(_anew(entry, claim), standing=Standing.WAITING), now)


def _withdrawn(entry: Entry, by: int) -> Entry | Why | None:
    if by != entry.member:
        return Why.GONE
    if entry.standing is Standing.WITHDRAWN:
        return None
    if entry.standing not in {*UNDECIDED, Standing.DECLARED}:
        return Why.LOCKED
    return replace(entry, standing=Standing.WITHDRAWN, approvals=())


def may_decide(entry: Entry, by: By) -> Why | None:
    """Return why somebody may not decide about an entry, whatever their role; None where they may."""
    if entry.member in {by.member, *by.instead_of}:
        return Why.OWN
    return Why.RING if by.ring and not by.allowed else None


def _approved(entry: Entry, command: Approve, now: datetime) -> Entry | Why | None:
    by = command.by
    corrects = entry.standing is Standing.APPROVED and command.minutes is not None
    if why := _not_now(
        entry, by, command.revision, {*IN_QUEUES, *({entry.standing} if corrects else ())}
    ):
        return why
    claim = entry.claim
    if corrects:
        if command.minutes == claim.minutes:
            return None
        fixed = replace(entry, claim=_of_minutes(claim, command.minutes or 0))
        return replace(
            fixed, revision=entry.revision + 1, decided_by=by.member, decided_at=now, ring=_ring(by)
        )
    approvals = entry.approvals
    if command.minutes is not None and command.minutes != claim.minutes:
        entry = replace(_anew(entry, _of_minutes(claim, command.minutes)), agreed=entry.agreed)
        approvals = ()
    elif by.member in approvals:
        return None
    entry = replace(entry, approvals=(*approvals, by.member), ring=_ring(by) or entry.ring)
    return _settled(entry, now)


def _of_minutes(claim: Claim, minutes: int) -> Claim:
    """Return the claim with other minutes; what was shared out over topics is shared out alike."""
    whole = claim.minutes or 1
    split = {topic: min(minutes, many * minutes // whole) for topic, many in claim.split.items()}
    return replace(claim, minutes=minutes, split=split)


def _ring(by: By) -> int:
    return by.allowed if by.ring else 0


def _not_now(entry: Entry, by: By, revision: int | None, standings: set[Standing]) -> Why | None:
    if why := may_decide(entry, by):
        return why
    if entry.standing not in standings:
        return Why.LOCKED if entry.standing not in UNDECIDED else Why.CHANGED
    return Why.CHANGED if revision is not None and revision != entry.revision else None


def _sent_back(
    entry: Entry, by: By, revision: int, standing: Standing, now: datetime
) -> Entry | Why | None:
    if entry.standing is standing and entry.decided_by == by.member:
        return None
    again = {Standing.DENIED} if standing is Standing.RETURNED else set()
    if why := _not_now(entry, by, revision, {*IN_QUEUES, *again}):
        return why
    return replace(
        entry,
        standing=standing,
        returned_from=entry.standing.value if standing is Standing.RETURNED else "",
        approvals=(),
        decided_by=by.member,
        decided_at=now,
        ring=_ring(by) or entry.ring,
    )


def _revoked(entry: Entry, by: By, now: datetime) -> Entry | Why | None:
    if entry.standing is Standing.REVOKED:
        return None
    if why := _not_now(entry, by, None, set(COUNTS)):
        return why
    return replace(
        entry,
        standing=Standing.REVOKED,
        decided_by=by.member,
        decided_at=now,
        ring=_ring(by) or entry.ring,
    )


def _reopened(entry: Entry, by: By) -> Entry | Why:
    if why := _not_now(entry, by, None, {Standing.APPROVED, Standing.DENIED, Standing.REVOKED}):
        return why
    if entry.decided_by != by.member:
        return Why.LOCKED
    return replace(
        entry, standing=Standing.WAITING, approvals=(), decided_by=0, decided_at=None, ring=0
    )
