"""What approvers do: approve, adjust, return, deny, revoke, take their own decision back."""

from datetime import datetime

from plnbot.credit.actions.carrying import carry_out
from plnbot.credit.actions.cycles import cycle_of
from plnbot.credit.model.entries import (
    Approve,
    By,
    Command,
    Deny,
    Entry,
    Reopen,
    Return,
    Revoke,
    may_decide,
)
from plnbot.credit.sentences import WHY
from plnbot.credit.store import delegations, ledger
from plnbot.credit.store.ledger import New, Stands
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence, msg


def by_whom(tx: Tx, entry: Entry, person: Person, now: datetime) -> By:
    """Return who decides: in whose place, and whether the two would decide for each other."""
    since = cycle_of(tx, person.id, person.network, now)
    ring = ledger.decided_between(tx, entry.network, person.id, entry.member, since)
    allowed = 0
    for each in ledger.rings_allowed(tx, entry.network, entry.member):
        if each.facts["decider"] == person.id and each.at >= since:
            allowed = each.actor
    return By(person.id, delegations.stands_in_for(tx, person.id, now), ring, allowed)


def approve(
    tx: Tx,
    stands: Stands,
    revision: int,
    now: datetime,
    *,
    by: Person,
    minutes: int | None = None,
    note: str = "",
) -> Entry:
    """Say yes to what was seen; with `minutes`, to so many of them, and why."""
    ledger.lock(tx, by.network.id)
    whose = by_whom(tx, stands.entry, by, now)
    most = (stands.entry.claim.ended - stands.entry.claim.started).total_seconds() // 60
    if minutes is not None and not 1 <= minutes <= max(most, 1):
        raise Refused(msg("It lasted {n} minutes, so write a number from 1 to that.", n=int(most)))
    return _decided(tx, stands, Approve(whose, revision, minutes), now, note)


def send_back(
    tx: Tx, stands: Stands, revision: int, note: str, now: datetime, *, by: Person
) -> Entry:
    """Return an entry with a note: it is the same one that comes back."""
    ledger.lock(tx, by.network.id)
    return _decided(tx, stands, Return(by_whom(tx, stands.entry, by, now), revision), now, note)


def deny(tx: Tx, stands: Stands, revision: int, why: str, now: datetime, *, by: Person) -> Entry:
    """Say no, with the reason."""
    ledger.lock(tx, by.network.id)
    return _decided(tx, stands, Deny(by_whom(tx, stands.entry, by, now), revision), now, why)


def revoke(tx: Tx, stands: Stands, why: str, now: datetime, *, by: Person) -> Entry:
    """Let what was approved count no more, with the reason."""
    ledger.lock(tx, by.network.id)
    return _decided(tx, stands, Revoke(by_whom(tx, stands.entry, by, now)), now, why)


def reopen(tx: Tx, stands: Stands, now: datetime, *, by: Person) -> Entry:
    """Take one's own decision back: it waits again."""
    ledger.lock(tx, by.network.id)
    return _decided(tx, stands, Reopen(by_whom(tx, stands.entry, by, now)), now, "")


def allow_ring(tx: Tx, member: int, decider: int, now: datetime, *, by: Person) -> None:
    """Let somebody decide for a member who decided for them; it is in the ledger, and shown."""
    if by.id in {member, decider}:
        raise Refused(msg("Another administrator has to allow this: it is about yourself."))
    new = New(ledger.RING_ALLOWED, 0, member, by.id, {"decider": decider})
    ledger.append(tx, by.network.id, new, now)


def _decided(tx: Tx, stands: Stands, command: Command, now: datetime, note: str) -> Entry:
    it = stands.entry
    return carry_out(tx, it.network, it.id, command, now, note=note)


def barred(tx: Tx, stands: Stands, person: Person, now: datetime) -> Sentence | None:
    """Return why somebody may not decide about an entry, or None where they may."""
    why = may_decide(stands.entry, by_whom(tx, stands.entry, person, now))
    return None if why is None else WHY[why]
