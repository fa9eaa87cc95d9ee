"""Members' licences, and the policies that were ever cited, by what they said then."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from plnbot.credit.model.employment import Held, Stretch
from plnbot.credit.store.tables import cited_policy, district_rules, licence
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass

_CITED = on_both(cited_policy, lambda new: new.on_conflict_do_nothing())


@dataclass(frozen=True, slots=True)
class Holder:
    """What rules ask about who holds a licence: month of birth, how they are employed, per cent of full time, days of signing.

    `stretches` are the times in which they were employed otherwise.
    """

    birth_month: int | None = None
    employment: str = ""
    percent: int | None = None
    signed: Mapping[str, date] = field(default_factory=dict)
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldLicence:
    """A licence that a member told of: by which policy it goes, since when, until when where the paper says so."""

    id: int
    network: int
    member: int
    policy: str
    number: str
    issued: date
    expires: date | None
    classes: tuple[str, ...]
    holder: Holder = Holder()


def of_member(tx: Tx, member: int) -> Sequence[HeldLicence]:
    """Return a member's licences, in the order in which they told of them."""
    rows = tx.execute(select(licence).where(licence.c.member_id == member).order_by(licence.c.id))
    return tuple(map(_licence, rows))


def get(tx: Tx, number: int) -> HeldLicence | None:
    """Return a licence, or None."""
    row = tx.execute(select(licence).where(licence.c.id == number)).one_or_none()
    return None if row is None else _licence(row)


def save(tx: Tx, told: HeldLicence, now: datetime) -> int:
    """Keep a licence, a new one where its number is 0; return the number."""
    values = {
        "network_id": told.network,
        "member_id": told.member,
        "policy": told.policy,
        "number": told.number,
        "issued": told.issued.isoformat(),
        "expires": told.expires.isoformat() if told.expires else "",
        "classes": list(told.classes),
        "holder": _packed(told.holder),
        "at": now,
    }
    tx.announce(f"member:{told.member}")
    if told.id:
        tx.execute(update(licence).where(licence.c.id == told.id).values(values))
        return told.id
    made: int = tx.execute(insert(licence).values(values).returning(licence.c.id)).scalar_one()
    return made


def forget(tx: Tx, told: HeldLicence) -> None:
    """Take a licence away; entries and decisions stay as they are."""
    tx.execute(delete(licence).where(licence.c.id == told.id))
    tx.announce(f"member:{told.member}")


def cite(tx: Tx, name: str, digest: str, now: datetime) -> bool:
    """Note that a policy is cited; return whether it says what it said when it was cited first."""
    tx.execute(_CITED[tx.dialect], {"cite": name, "digest": digest, "at": now})
    return digest_of(tx, name) == digest


def digest_of(tx: Tx, name: str) -> str:
    """Return what a policy said when it was cited first, as a digest; empty where it never was."""
    found = select(cited_policy.c.digest).where(cited_policy.c.cite == name)
    return str(tx.execute(found).scalar_one_or_none() or "")


def rules_of_districts(tx: Tx, network: int) -> Sequence[str]:
    """Return which districts' rules a network goes by, by the ids of their policies."""
    found = select(district_rules.c.policy).where(district_rules.c.network_id == network)
    return tuple(tx.execute(found.order_by(district_rules.c.policy)).scalars())


def go_by(tx: Tx, network: int, chosen: Collection[str]) -> None:
    """Let a network go by these districts' rules, and by no other's."""
    tx.execute(delete(district_rules).where(district_rules.c.network_id == network))
    for each in sorted(chosen):
        tx.execute(insert(district_rules).values(network_id=network, policy=each))


def _packed(holder: Holder) -> Mapping[str, Any]:
    return {
        "birth_month": holder.birth_month,
        "employment": holder.employment,
        "percent": holder.percent,
        "signed": {name: on.isoformat() for name, on in holder.signed.items()},
        "stretches": [
            {
                "since": each.since.isoformat(),
                "until": each.until.isoformat() if each.until else None,
                "employment": each.held.employment,
                "percent": each.held.percent,
            }
            for each in holder.stretches
        ],
    }


def _holder(packed: Mapping[str, Any]) -> Holder:
    return Holder(
        packed.get("birth_month"),
        packed.get("employment", ""),
        packed.get("percent"),
        {name: date.fromisoformat(on) for name, on in packed.get("signed", {}).items()},
        tuple(map(_stretch, packed.get("stretches", ()))),
    )


def _stretch(packed: Mapping[str, Any]) -> Stretch:
    until = packed["until"]
    return Stretch(
        date.fromisoformat(packed["since"]),
        date.fromisoformat(until) if until else None,
        Held(packed["employment"], packed["percent"]),
    )


def _licence(row: Row[tuple[object, ...]]) -> HeldLicence:
    return HeldLicence(
        row.id,
        row.network_id,
        row.member_id,
        row.policy,
        row.number,
        date.fromisoformat(row.issued),
        date.fromisoformat(row.expires) if row.expires else None,
        tuple(row.classes),
        _holder(row.holder),
    )
