"""An entry as the facts of an event, and back. Pure: what was written once is read for good."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from plnbot.credit.model.entries import Claim, Entry, Flow, Standing

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(at: datetime) -> int:
    """Return an aware instant as the ledger writes it."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def instant_of(number: int) -> datetime:
    """Return the instant that the ledger has written so."""
    return _EPOCH + timedelta(microseconds=number)


def facts_of(entry: Entry) -> Mapping[str, object]:
    """Return everything that stands of an entry but its number, whose it is, and its words."""
    claim = entry.claim
    return {
        "agreed": list(entry.agreed),
        "amounts": dict(claim.amounts),
        "approvals": list(entry.approvals),
        "decided_at": microseconds(entry.decided_at) if entry.decided_at else 0,
        "decided_by": entry.decided_by,
        "ended": microseconds(claim.ended),
        "flow": [entry.flow.before, entry.flow.after],
        "has": list(claim.has),
        "in_person": claim.in_person,
        "kind": claim.kind,
        "minutes": claim.minutes,
        "policies": list(entry.policies),
        "provider": claim.provider,
        "returned_from": entry.returned_from,
        "revision": entry.revision,
        "ring": entry.ring,
        "role": claim.role,
        "source": claim.source,
        "split": dict(claim.split),
        "standing": entry.standing.value,
        "started": microseconds(claim.started),
        "topics": list(claim.topics),
        "words": entry.words,
    }


def entry_of(number: int, network: int, member: int, seq: int, facts: Mapping[str, Any]) -> Entry:
    """Return the entry that facts tell of."""
    claim = Claim(
        facts["kind"],
        instant_of(facts["started"]),
        instant_of(facts["ended"]),
        facts["minutes"],
        facts["role"],
        facts["in_person"],
        tuple(facts["topics"]),
        facts["split"],
        facts["source"],
        facts["provider"],
        tuple(facts["has"]),
        facts["amounts"],
    )
    decided = instant_of(facts["decided_at"]) if facts["decided_at"] else None
    return Entry(
        number,
        network,
        member,
        Standing(facts["standing"]),
        claim,
        Flow(*facts["flow"]),
        tuple(facts["policies"]),
        facts["revision"],
        tuple(facts["approvals"]),
        tuple(facts["agreed"]),
        facts["returned_from"],
        facts["decided_by"],
        decided,
        facts["ring"],
        facts["words"],
        seq,
    )
