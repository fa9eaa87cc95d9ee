"""What a member does with their own entries: sends in, says otherwise, completes, takes back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from plnbot.credit.actions.carrying import carry_out
from plnbot.credit.model import checks
from plnbot.credit.model.checks import Claimed
from plnbot.credit.model.entries import (
    Claim,
    Complete,
    Entry,
    Flow,
    Revise,
    Submit,
    Withdraw,
)
from plnbot.credit.sentences import wrong
from plnbot.credit.store import drafts, ledger
from plnbot.credit.store.ledger import Stands, Words
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence
from plnbot.values import dataclass

USUAL = Flow()
"""Where no policy of a member says how many approve: one, afterwards."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What is followed when something is sent in: how many approve, and the policies by version."""

    flow: Flow = USUAL
    policies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a member sends in: the claim, its words, and whether it is still to come."""

    claim: Claim
    words: Words
    planned: bool = False

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.words.get("title", ""))


def wrong_with(
    tx: Tx, person: Person, wish: Wish, now: datetime, *, besides: int = 0
) -> Mapping[str, Sentence]:
    """Return what is wrong with a wish, by the field in which it is mended; empty where nothing is."""
    problem = checks.cannot_be(wish.claim, now, planned=wish.planned)
    if problem is None:
        before = claimed(tx, person.id)
        problem = checks.clash(wish.claim, wish.title, before, person.zone, besides=besides)
        problem = problem or checks.day_is_full(wish.claim, before, person.zone, besides=besides)
    return dict([wrong(problem)]) if problem else {}


def claimed(tx: Tx, member: int) -> Sequence[Claimed]:
    """Return what a member claimed, for checks."""
    return [Claimed(each.entry, each.title) for each in ledger.of_member(tx, member)]


def send(tx: Tx, person: Person, wish: Wish, rules: Rules, now: datetime) -> Entry:
    """Send something in; once for what it came from. Raises `Refused` where it cannot be."""
    ledger.lock(tx, person.network.id)
    _must_fit(tx, person, wish, now)
    number = ledger.new_number(tx, person.network.id, person.id, now)
    submit = Submit(
        number,
        person.network.id,
        person.id,
        wish.claim,
        rules.flow,
        rules.policies,
        planned=wish.planned,
    )
    if wish.claim.source:
        drafts.mark(tx, person, wish.claim.source, drafts.SENT, now)
    return carry_out(tx, person.network.id, number, submit, now, said=wish.words)


def revise(tx: Tx, stands: Stands, wish: Wish, rules: Rules, now: datetime, *, by: Person) -> Entry:
    """Say an entry otherwise, by the rules of what it is now: what was returned goes back as the same entry."""
    ledger.lock(tx, by.network.id)
    _must_fit(tx, by, wish, now, besides=stands.entry.id)
    command = Revise(by.id, wish.claim, rules.flow, rules.policies)
    return carry_out(tx, by.network.id, stands.entry.id, command, now, said=wish.words)


def complete(tx: Tx, stands: Stands, wish: Wish, now: datetime, *, by: Person) -> Entry:
    """Say that what was agreed took place, and how."""
    ledger.lock(tx, by.network.id)
    _must_fit(tx, by, wish, now, besides=stands.entry.id)
    command = Complete(by.id, wish.claim)
    return carry_out(tx, by.network.id, stands.entry.id, command, now, said=wish.words)


def withdraw(tx: Tx, stands: Stands, now: datetime, *, by: Person) -> Entry:
    """Take an entry back that nobody has decided; what it came from is a draft again."""
    ledger.lock(tx, by.network.id)
    if stands.entry.claim.source:
        drafts.unmark(tx, by.id, stands.entry.claim.source)
    return carry_out(tx, by.network.id, stands.entry.id, Withdraw(by.id), now)


def _must_fit(tx: Tx, person: Person, wish: Wish, now: datetime, *, besides: int = 0) -> None:
    for sentence in wrong_with(tx, person, wish, now, besides=besides).values():
        raise Refused(sentence)
