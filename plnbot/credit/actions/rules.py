"""Which rules a member's licences go by, and where each licence stands under them."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache

from plnbot.credit.actions.sending import USUAL, Rules
from plnbot.credit.model.employment import Held, jobs
from plnbot.credit.model.judged import judged
from plnbot.credit.model.standing import COUNTS, Claim, Entry, Flow
from plnbot.credit.store import ledger, licences
from plnbot.credit.store.licences import HeldLicence
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.policies import (
    Attested,
    Decision,
    Deeds,
    Licence,
    Policy,
    PolicyError,
    Statement,
    approvals_of,
    evaluate,
    kept_until,
)
from plnbot.policies import Entry as Judged
from plnbot.policies.periods import period
from plnbot.policies.rules import Approval
from plnbot.policies.shelf import cited, shelf
from plnbot.store.database import Tx
from plnbot.talk.words import msg
from plnbot.values import dataclass
from plnbot.walltime import local

log = logging.getLogger(__name__)
_MOST = 2
_ONE_SAYS_YES = Approval(id="", sources=(), after=USUAL.after)


@cache
def policies() -> Mapping[str, Policy]:
    """Return every policy in use, by its id."""
    return shelf()


@cache
def _as_cited(cite: str, digest: str) -> Policy | None:
    """Return a policy as it was when it was cited; None where it is not to be had any more."""
    try:
        return cited(cite, digest=digest)
    except PolicyError:
        log.exception("policy %s was cited and is not to be had as it was", cite)
        return None


def in_force(tx: Tx, network: int) -> Mapping[str, Policy]:
    """Return by which rules licences go in a network: over a state's lie those of a district that it goes by."""
    found = dict(policies())
    for name in licences.rules_of_districts(tx, network):
        over = policies().get(name)
        if over is not None:
            found[over.extends.partition("@")[0]] = over
    return found


def rules_of(tx: Tx, person: Person, claim: Claim, now: datetime) -> Rules:
    """Return how many approve what a member sends in, by the strictest of their licences, and what is cited.

    What rules ask of the day on which it was, such as how they were employed, is asked of that day.

    Raises `Refused` where a policy says otherwise than when it was cited first, under the same version.
    """
    flow, cites = Flow(0, 0), []
    today, on = (local(each, person.zone).date() for each in (now, claim.started))
    held, rules = licences.of_member(tx, person.id), in_force(tx, person.network.id)
    for each in held:
        policy = rules.get(each.policy)
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
        flow = _stricter(flow, policy, each, _new(claim, on), today)
    return Rules(flow if held and cites else USUAL, tuple(cites))


def _new(claim: Claim, on: date) -> Judged:
    return Judged(
        id="new",
        on=on,
        minutes=claim.minutes,
        kind=claim.kind,
        role=claim.role,
        tags=frozenset(claim.topics) | frozenset(claim.split),
        provider=claim.provider,
        in_person=claim.in_person,
    )


def _stricter(flow: Flow, policy: Policy, licence: HeldLicence, entry: Judged, today: date) -> Flow:
    if not policy.approvals:
        # Where a policy says nothing of it, one says yes: nothing self-logged looks issued before.
        return Flow(flow.before, max(flow.after, USUAL.after))
    before, after = approvals_of(policy, told_of(licence), entry, today)
    return Flow(max(flow.before, min(before, _MOST)), max(flow.after, min(after, _MOST)))


def told_of(licence: HeldLicence, further: tuple[str, ...] = ()) -> Licence:
    """Return a licence as policies see it: how its holder is employed holds since it was issued, but for times told of."""
    holder = licence.holder
    return Licence(
        id=str(licence.id),
        issued=licence.issued,
        expires=licence.expires,
        classes=frozenset(licence.classes),
        further=further,
        birth_month=holder.birth_month,
        employment=jobs(licence.issued, Held(holder.employment, holder.percent), holder.stretches),
        attested=tuple(Attested(name, on) for name, on in sorted(holder.signed.items())),
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
    today, rules = local(now, person.zone).date(), in_force(tx, person.network.id)
    entries = [
        (each.entry, seen)
        for each in ledger.of_member(tx, person.id)
        if (
            seen := judged(
                each.entry, each.title, person.zone, as_if_approved=each.entry.id == as_if_approved
            )
        )
    ]
    deeds, stated = Deeds([seen for _, seen in entries]), []
    for each in held:
        policy = rules.get(each.policy)
        further = [str(it.id) for it in held if it.policy == each.policy and it.id > each.id]
        told = told_of(each, tuple(further))
        found = (
            None
            if policy is None
            else _statement(tx, policy, each, told, given=(entries, deeds), today=today)
        )
        stated.append(Stated(each, found))
    return stated


def _statement(
    tx: Tx,
    policy: Policy,
    held: HeldLicence,
    told: Licence,
    *,
    given: tuple[Sequence[tuple[Entry, Judged]], Deeds],
    today: date,
) -> Statement:
    """Return where a licence stands: what was decided under an earlier version stays as it was."""
    entries, deeds = given
    if not policy.approvals:
        # What nobody has approved yet waits, also where a policy says nothing of it.
        policy = replace(policy, approvals=(_ONE_SAYS_YES,))
    earlier: dict[str, list[Judged]] = {}
    for entry, seen in entries:
        for cite in entry.policies if entry.standing in COUNTS else ():
            if cite != policy.cite and cite.partition("@")[0] in {policy.id, held.policy}:
                earlier.setdefault(cite, []).append(seen)
    decided: dict[str, Decision] = {}
    for cite, those in earlier.items():
        before = _as_cited(cite, licences.digest_of(tx, cite))
        if before is not None:
            found_then = evaluate(before, told, those, today).decisions
            decided |= {each.entry: each for each in found_then}
    return evaluate(policy, told, deeds, today, decided)


def files_until(tx: Tx, person: Person, entry: Entry) -> date | None:
    """Return until when the rules ask to keep what proves an entry; None where one of them sets no end."""
    on, found = local(entry.claim.started, person.zone).date(), []
    rules, held = in_force(tx, person.network.id), licences.of_member(tx, person.id)
    for each in held:
        policy = rules.get(each.policy)
        if policy is not None:
            ends = period(policy, told_of(each), on).until
            found.append(kept_until(policy, on, ends))
    known = [each for each in found if each is not None]
    return max(known) if known and len(known) == len(found) else None


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
