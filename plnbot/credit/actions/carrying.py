"""Carrying a command out: decided on what stands in this unit, and written down as one event."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from plnbot.credit.model.entries import (
    Approve,
    By,
    Command,
    Complete,
    Deny,
    Entry,
    Forget,
    Reopen,
    Return,
    Revise,
    Revoke,
    Submit,
    Why,
    Withdraw,
    decide,
)
from plnbot.credit.sentences import WHY
from plnbot.credit.store import ledger
from plnbot.credit.store.ledger import Words
from plnbot.errors import Refused
from plnbot.store.database import Tx

KINDS: Mapping[type, str] = MappingProxyType(
    {
        Submit: "submit",
        Revise: "revise",
        Complete: "complete",
        Withdraw: "withdraw",
        Approve: "approve",
        Return: "return",
        Deny: "deny",
        Revoke: "revoke",
        Reopen: "reopen",
        Forget: "forget",
    }
)
"""What events are called. They stand in the ledger for good."""


def carry_out(
    tx: Tx,
    network: int,
    number: int,
    command: Command,
    now: datetime,
    *,
    said: Words = ledger.NO_WORDS,
    note: str = "",
) -> Entry:
    """Return the entry as it stands after a command, written down where something came of it.

    What stands is read after the chain was locked: two who decide at once do so one after the other.
    Raises `Refused` where it cannot be.
    """
    ledger.lock(tx, network)
    found = ledger.get(tx, number)
    before = found.entry if found is not None else None  # a number that was only drawn is none yet
    after = decide(before, command, now)
    if isinstance(after, Why):
        raise Refused(WHY[after])
    if after is None:
        if before is None:
            raise Refused(WHY[Why.GONE])
        return before
    kind = KINDS[type(command)]
    if isinstance(command, Approve) and before and after.claim.minutes != before.claim.minutes:
        kind = "adjust"
    by = getattr(command, "by", 0)
    actor, instead_of = (by.member, by.instead_of) if isinstance(by, By) else (int(by), ())
    if isinstance(command, Submit):
        actor = command.member
    return ledger.write(tx, kind, after, actor, now, said=said, note=note, instead_of=instead_of)
