"""Whose queue something stands in, who stands in for whom, and what both sides are told."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from plnbot.credit.actions.deciding import by_whom
from plnbot.credit.model.entries import IN_QUEUES, Entry, Standing, may_decide
from plnbot.credit.store import delegations, ledger
from plnbot.credit.store.delegations import Delegation
from plnbot.credit.store.ledger import New, Stands
from plnbot.engine import audit, notices, roles
from plnbot.engine.notices import How, NoticeKind
from plnbot.engine.ports import Directory, Person
from plnbot.engine.roles import SCHOOL, Grant, Held, Role, needs
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.words import msg

APPROVES = needs(Role.APPROVER, local=True)
DECIDED, WAITS, LONG, HAPPENED, DRAFTS, KEPT = (
    "credit.decided",
    "credit.waits",
    "credit.long",
    "credit.happened",
    "credit.drafts",
    "credit.kept",
)
DECISIONS = NoticeKind(
    name="credit.decided",
    title=msg("What became of your hours"),
    about=msg(
        "Approved, changed, returned with a note, denied; that something waits long; and that files"
        " are no longer kept."
    ),
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
_DECIDING = frozenset({Role.APPROVER, Role.ADMINISTRATOR})


def queue_of(tx: Tx, entry: Entry, directory: Directory, now: datetime) -> Sequence[int]:
    """Return with whom an entry waits: school, district, network; those nearest alone who may decide."""
    lies_in = directory.lies_in(tx, [entry.member]).get(entry.member, frozenset())
    scopes = sorted(lies_in, key=lambda scope: not scope.startswith(SCHOOL))
    for role, scope in (
        *((Role.APPROVER, each) for each in scopes),
        (Role.APPROVER, ""),
        (Role.ADMINISTRATOR, ""),
    ):
        found = roles.holders(tx, entry.network, [role], scope, now=now)
        those = [each for each in found if _may_decide(tx, entry, each, directory, now)]
        if those:
            return those
    return ()


def _may_decide(tx: Tx, entry: Entry, who: int, directory: Directory, now: datetime) -> bool:
    """Return whether somebody is there, has not said yes already, and nothing bars them."""
    if who in {entry.member, *entry.approvals} or delegations.of_member(tx, who, now):
        return False
    person = directory.by_id(tx, who)
    return person is not None and may_decide(entry, by_whom(tx, entry, person, now)) is None


def with_whom(tx: Tx, stands: Stands, directory: Directory, now: datetime) -> str:
    """Return with whom an entry waits, by name; empty where it waits for nobody."""
    it = stands.entry
    if it.standing not in IN_QUEUES:
        return ""
    waiting = queue_of(tx, it, directory, now)
    found = directory.by_ids(tx, waiting[:3])
    return ", ".join(dict.fromkeys(each.name for each in found.values()))


def told_of_new(tx: Tx, stands: Stands, directory: Directory, now: datetime) -> None:
    """Tell those in whose queue an entry came to stand, once a day."""
    if stands.entry.standing not in IN_QUEUES:
        return
    for each, person in directory.by_ids(tx, queue_of(tx, stands.entry, directory, now)).items():
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
    if delegations.stands_in_for(tx, person.id, now):
        raise Refused(
            msg("You decide for somebody else just now; what is theirs is not yours to hand on.")
        )
    mine = {each.scope for each in grants if each.role in _DECIDING}
    ends = _ends(tx, person, mine, until, now)
    until = max(ends.values(), default=until)
    given = [
        each for each in sorted(mine) if _lend(tx, person, to, now, scope=each, ends=ends[each])
    ]
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


def _ends(
    tx: Tx, person: Person, scopes: Collection[str], until: datetime, now: datetime
) -> Mapping[str, datetime]:
    """Return until when each scope can be lent: nobody lends a role for longer than they have it."""
    theirs = [
        each for each in roles.held_in(tx, person.network.id, now) if each.person == person.id
    ]
    found = {}
    for scope in scopes:
        those = [
            each.ends or until
            for each in theirs
            if each.given.scope == scope and each.given.role in _DECIDING
        ]
        found[scope] = min(until, max(those, default=until))
    return found


def _role_of(tx: Tx, network: int, to: int, scope: str, now: datetime) -> Held | None:
    its = Grant(Role.APPROVER, scope)
    held = roles.held_in(tx, network, now)
    return next((each for each in held if each.person == to and each.given == its), None)


def _lend(tx: Tx, person: Person, to: Person, now: datetime, *, scope: str, ends: datetime) -> bool:
    """Give somebody a role until then; False where they have it anyhow, and not because another is away."""
    has = _role_of(tx, person.network.id, to.id, scope, now)
    lent = any(scope in each.scopes for each in delegations.to_member(tx, to.id, now))
    if has is not None and (has.ends is None or not lent):
        return False
    until = max(ends, has.ends) if has is not None and has.ends is not None else ends
    its = Grant(Role.APPROVER, scope)
    roles.grant(tx, person.network.id, to.id, its, by=person.id, now=now, ends=until)
    return True


def _take_back(tx: Tx, found: Delegation, scope: str, now: datetime) -> None:
    """Take a role back that was lent, where nothing else but this delegation has it stand."""
    has, its = _role_of(tx, found.network, found.to, scope, now), Grant(Role.APPROVER, scope)
    others = [
        each.ends
        for each in delegations.to_member(tx, found.to, now)
        if each.id != found.id and scope in each.scopes
    ]
    if has is None or has.ends is None:
        return
    if others:
        ends = min(has.ends, max(others))
        roles.grant(tx, found.network, found.to, its, by=found.member, now=now, ends=ends)
    elif has.ends <= found.ends:
        roles.revoke(tx, found.to, its)


def back(tx: Tx, found: Delegation, now: datetime) -> None:
    """End a delegation: what was given for it alone is taken back."""
    for scope in found.scopes:
        _take_back(tx, found, scope, now)
    delegations.end(tx, found.id, now)
    facts = {"to": found.to, "until": now.isoformat()}
    ledger.append(tx, found.network, New("delegate", 0, found.member, found.member, facts), now)
    audit.record(tx, found.network, found.member, "credit.back", f"member:{found.to}", now=now)
