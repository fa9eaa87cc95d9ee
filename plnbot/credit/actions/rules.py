"""Which rules a member's licences go by, and where each licence stands under them."""

import logging
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache

from plnbot.credit.actions.sending import USUAL, Rules
from plnbot.credit.model.judged import judged
from plnbot.credit.model.standing import Flow
from plnbot.credit.store import ledger, licences
from plnbot.credit.store.ledger import Stands
from plnbot.credit.store.licences import HeldLicence
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.policies import Decision, Licence, Policy, Statement, evaluate
from plnbot.policies import Entry as Judged
from plnbot.policies.approving import approvals_of
from plnbot.policies.shelf import shelf
from plnbot.store.database import Tx
from plnbot.talk.words import msg
from plnbot.values import dataclass
from plnbot.walltime import local

log = logging.getLogger(__name__)
_MOST = 2


@cache
def policies() -> Mapping[str, Policy]:
    """Return every policy in use, by its id."""
    return shelf()


def rules_of(tx: Tx, person: Person, kind: str, now: datetime) -> Rules:
    """Return how many approve what a member sends in, by the strictest of their licences, and what is cited.

    Raises `Refused` where a policy says otherwise than when it was cited first, under the same version.
    """
    flow, cites = Flow(0, 0), []
    today = local(now, person.zone).date()
    held = licences.of_member(tx, person.id)
    for each in held:
        policy = policies().get(each.policy)
        if policy is None:
            continue
        if not licences.cite(tx, policy.cite, policy.digest, now):
            log.error("policy %s was changed without a new version", policy.cite)
            raise Refused(
                msg(
                    "The rules “{policy}” were changed without a new version, so nothing can be sent in"
                    " under them. Whoever looks after the bot has to mend that.",
                    policy=policy.cite,
                )
            )
        cites.append(policy.cite)
        flow = _stricter(flow, policy, each, kind, today)
    return Rules(flow if held and cites else USUAL, tuple(cites))


def _stricter(flow: Flow, policy: Policy, licence: HeldLicence, kind: str, today: date) -> Flow:
    if not policy.approvals:
        # Where a policy says nothing of it, one says yes: nothing self-logged looks issued before.
        return Flow(flow.before, max(flow.after, USUAL.after))
    entry = Judged(id="new", on=today, minutes=60, kind=kind)
    before, after = approvals_of(policy, _told(licence), entry, today)
    return Flow(max(flow.before, min(before, _MOST)), max(flow.after, min(after, _MOST)))


def _told(licence: HeldLicence, further: tuple[str, ...] = ()) -> Licence:
    return Licence(
        id=str(licence.id),
        issued=licence.issued,
        expires=licence.expires,
        classes=frozenset(licence.classes),
        further=further,
    )


@dataclass(frozen=True, slots=True)
class Stated:
    """A licence and where it stands; `statement` is None where its policy is not to be had any more."""

    licence: HeldLicence
    statement: Statement | None


def statements(
    tx: Tx, person: Person, now: datetime, *, as_if_approved: int = 0
) -> Sequence[Stated]:
    """Return where each licence of a member stands today, with one entry taken as approved where asked."""
    held = licences.of_member(tx, person.id)
    if not held:
        return ()
    today, stand = local(now, person.zone).date(), ledger.of_member(tx, person.id)
    return [
        Stated(
            each,
            _statement(each, held, stand, today, zone=person.zone, as_if_approved=as_if_approved),
        )
        for each in held
    ]


def _statement(
    licence: HeldLicence,
    held: Sequence[HeldLicence],
    stand: Sequence[Stands],
    today: date,
    *,
    zone: str,
    as_if_approved: int,
) -> Statement | None:
    policy = policies().get(licence.policy)
    if policy is None:
        return None
    further = tuple(
        str(each.id) for each in held if each.policy == licence.policy and each.id > licence.id
    )
    told = _told(licence, further)
    entries = [
        found
        for each in stand
        if (
            found := judged(
                each.entry, each.title, zone, as_if_approved=each.entry.id == as_if_approved
            )
        )
    ]
    return evaluate(policy, told, entries, today)


def treated(
    tx: Tx, person: Person, entry: int, now: datetime, *, as_if_approved: bool = False
) -> Sequence[tuple[Statement, Decision]]:
    """Return what each licence's policy makes of one entry of a member."""
    found = []
    for each in statements(tx, person, now, as_if_approved=entry if as_if_approved else 0):
        if each.statement is None:
            continue
        decision = next((d for d in each.statement.decisions if d.entry == str(entry)), None)
        if decision is not None:
            found.append((each.statement, decision))
    return found
