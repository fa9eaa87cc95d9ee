"""Whose queue something stands in, who stands in for whom, and what both sides are told."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from plnbot.credit.model.entries import IN_QUEUES, Standing
from plnbot.credit.store import delegations, ledger
from plnbot.credit.store.delegations import Delegation
from plnbot.credit.store.ledger import New, Stands
from plnbot.engine import audit, notices, roles
from plnbot.engine.notices import How, NoticeKind
from plnbot.engine.ports import Directory, Person
from plnbot.engine.roles import SCHOOL, Grant, Role, needs
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.words import msg

APPROVES = needs(Role.APPROVER, local=True)
DECIDED, WAITS, LONG, HAPPENED, DRAFTS = (
    "credit.decided",
    "credit.waits",
    "credit.long",
    "credit.happened",
    "credit.drafts",
)
DECISIONS = NoticeKind(
    name="credit.decided",
    title=msg("What became of your hours"),
    about=msg("Approved, changed, returned with a note, denied; and that something waits long."),
    may_be_muted=True,
)
QUEUES = NoticeKind(
    name="credit.queue",
    title=msg("Hours that wait for you"),
    about=msg("What teachers sent in and you are to decide about."),
    may_be_muted=True,
    usually=How.IN_DAY,
    whose=needs(Role.APPROVER, Role.ADMINISTRATOR, local=True),
)
WAITING_DRAFTS = NoticeKind(
    name="credit.drafts",
    title=msg("Drafts of your hours"),
    about=msg(
        "Once a week, what waits to be confirmed; and the day after a plan, whether it took place."
    ),
    may_be_muted=True,
    usually=How.IN_DAY,
)
KINDS = (DECISIONS, QUEUES, WAITING_DRAFTS)
LONG_AFTER = timedelta(days=7)


def queue_of(
    tx: Tx, member: int, directory: Directory, network: int, now: datetime
) -> Sequence[int]:
    """Return in whose queue a member's entries stand: school, district, network; those nearest alone."""
    lies_in = directory.lies_in(tx, [member]).get(member, frozenset())
    scopes = sorted(lies_in, key=lambda scope: not scope.startswith(SCHOOL))
    for role, scope in (
        *((Role.APPROVER, each) for each in scopes),
        (Role.APPROVER, ""),
        (Role.ADMINISTRATOR, ""),
    ):
        found = roles.holders(tx, network, [role], scope, now=now)
        those = [each for each in found if each != member and not _is_away(tx, each, now)]
        if those:
            return those
    return ()


def _is_away(tx: Tx, member: int, now: datetime) -> bool:
    return bool(delegations.of_member(tx, member, now))


def with_whom(tx: Tx, stands: Stands, directory: Directory, now: datetime) -> str:
    """Return with whom an entry waits, by name; empty where it waits for nobody."""
    it = stands.entry
    if it.standing not in IN_QUEUES:
        return ""
    waiting = [
        each
        for each in queue_of(tx, it.member, directory, it.network, now)
        if each not in it.approvals
    ]
    found = (directory.by_id(tx, each) for each in waiting[:3])
    return ", ".join(dict.fromkeys(each.name for each in found if each is not None))


def told_of_new(tx: Tx, stands: Stands, directory: Directory, now: datetime) -> None:
    """Tell those in whose queue an entry came to stand, once a day."""
    if stands.entry.standing not in IN_QUEUES:
        return
    for each in queue_of(tx, stands.entry.member, directory, stands.entry.network, now):
        person = directory.by_id(tx, each)
        if person is not None:
            key = f"credit/queue/{each}/{now:%Y-%m-%d}"
            notices.tell_now(tx, QUEUES, person, WAITS, {"person": each}, key=key, now=now)


def told_of_decision(tx: Tx, stands: Stands, directory: Directory, now: datetime) -> None:
    """Tell a member what became of an entry of theirs."""
    it, person = stands.entry, directory.by_id(tx, stands.entry.member)
    if person is not None:
        args = {"entry": it.id, "seq": it.seq}
        key = f"credit/decided/{it.id}/{it.seq}"
        notices.tell_now(tx, DECISIONS, person, DECIDED, args, key=key, now=now)


def told_of_plan(tx: Tx, stands: Stands, directory: Directory, now: datetime) -> None:
    """Have a member asked, the day after, whether what they planned took place."""
    it, person = stands.entry, directory.by_id(tx, stands.entry.member)
    notices.take_back(tx, f"credit/happened/{it.id}/", now)
    if it.standing is Standing.AGREED and person is not None:
        at = max(it.claim.ended, now) + timedelta(hours=12)
        key = f"credit/happened/{it.id}/{it.seq}"
        wanted = notices.Wanted(at)
        telling = notices.Telling(WAITING_DRAFTS, HAPPENED, {"entry": it.id}, key, wanted)
        notices.tell(tx, person, telling, now)


def delegate(
    tx: Tx, person: Person, to: Person, until: datetime, now: datetime, *, grants: frozenset[Grant]
) -> Delegation:
    """Let somebody decide in a person's place until an instant, in all that they may themselves."""
    if to.id == person.id:
        raise Refused(msg("That is you. Choose somebody else."))
    if until <= now:
        raise Refused(msg("That day is over. Until which day are you away?"))
    mine = sorted(
        {each.scope for each in grants if each.role in {Role.APPROVER, Role.ADMINISTRATOR}}
    )
    has = roles.grants_of(tx, to.id, now)
    given = [each for each in mine if Grant(Role.APPROVER, each) not in has]
    for scope in given:
        roles.grant(
            tx,
            person.network.id,
            to.id,
            Grant(Role.APPROVER, scope),
            by=person.id,
            now=now,
            ends=until,
        )
    new = Delegation(0, person.network.id, person.id, to.id, tuple(given), until)
    number = delegations.add(tx, new)
    facts = {"to": to.id, "until": until.isoformat()}
    ledger.append(tx, person.network.id, New("delegate", 0, person.id, person.id, facts), now)
    audit.record(
        tx,
        person.network.id,
        person.id,
        "credit.delegated",
        f"member:{to.id}",
        now=now,
        until=until.isoformat(),
    )
    return delegations.get(tx, number) or new


def back(tx: Tx, found: Delegation, now: datetime) -> None:
    """End a delegation: what was given for it alone is taken back."""
    for scope in found.scopes:
        roles.revoke(tx, found.to, Grant(Role.APPROVER, scope))
    delegations.end(tx, found.id, now)
    facts = {"to": found.to, "until": now.isoformat()}
    ledger.append(tx, found.network, New("delegate", 0, found.member, found.member, facts), now)
    audit.record(tx, found.network, found.member, "credit.back", f"member:{found.to}", now=now)
