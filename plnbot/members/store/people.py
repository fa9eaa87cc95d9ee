"""Members and their accounts."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Row, and_, bindparam, func, insert, or_, select, update

from plnbot.engine.personal import Whose
from plnbot.engine.ports import Network, Person
from plnbot.members.model import folded
from plnbot.members.store.tables import account, member, network
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.talk.words import Translate

_ACCOUNTS = 4  # that somebody may have at once: more are looked at in vain
_PEOPLE = (
    select(
        member,
        network.c.name.label("network_name"),
        network.c.locale.label("network_locale"),
        network.c.off.label("network_off"),
        network.c.zone.label("network_zone"),
        account.c.platform,
        account.c.workspace,
        account.c.user,
    )
    .join(network, network.c.id == member.c.network_id)
    .join(account, account.c.member_id == member.c.id)
)
_THIS_ACCOUNT = and_(
    account.c.platform == bindparam("in_platform"),
    account.c.workspace == bindparam("in_workspace"),
    account.c.user == bindparam("as_user"),
)
_BY_REF = _PEOPLE.where(_THIS_ACCOUNT, account.c.left_at.is_(None))
_HAS_LEFT = update(account).where(_THIS_ACCOUNT)
_BEST_ACCOUNT = (account.c.left_at.is_not(None), account.c.platform, account.c.user)
_BY_ID = _PEOPLE.where(member.c.id == bindparam("member")).order_by(*_BEST_ACCOUNT)
_BY_IDS = _PEOPLE.where(member.c.id.in_(bindparam("members", expanding=True))).order_by(
    member.c.name, member.c.id, *_BEST_ACCOUNT
)
_STILL_HERE = _BY_IDS.where(account.c.left_at.is_(None))
_ACCOUNTS_OF = select(account.c.platform, account.c.workspace, account.c.user).where(
    account.c.member_id == bindparam("member"), account.c.left_at.is_(None)
)
_CONFIRMED = select(member.c.confirmed_at).where(member.c.id == bindparam("member"))


def new_member(
    tx: Tx,
    belongs: Network,
    ref: MemberRef,
    name: str,
    *,
    locale: str,
    now: datetime,
    zone: str = "",
) -> Person:
    """Write a member and their account down; in the network's zone where theirs is not known."""
    zone = zone or belongs.zone
    made = tx.execute(
        insert(member)
        .values(
            network_id=belongs.id,
            name=name,
            folded=folded(name),
            locale=locale,
            zone=zone,
            profile={},
            started_at=None,
            created_at=now,
        )
        .returning(member.c.id)
    ).scalar_one()
    tx.execute(
        insert(account).values(
            platform=ref.platform, workspace=ref.workspace, user=ref.user, member_id=made
        )
    )
    return Person(made, belongs, ref, name, locale, zone)


def by_ref(tx: Tx, ref: MemberRef) -> Person | None:
    """Return who an account is, as long as it has not left its workspace."""
    row = tx.execute(_BY_REF, _is(ref)).one_or_none()
    return None if row is None else _person(row)


def has_left(tx: Tx, ref: MemberRef, at: datetime | None) -> bool:
    """Note when an account left its workspace, or with None that it is back; False when unknown."""
    return tx.execute(_HAS_LEFT, {**_is(ref), "left_at": at}).rowcount > 0


def _is(ref: MemberRef) -> dict[str, object]:
    return {"in_platform": ref.platform, "in_workspace": ref.workspace, "as_user": ref.user}


def by_id(tx: Tx, member_id: int, platform: str) -> Person | None:
    """Return a member on their account of `platform`, else on any."""
    people = [_person(row) for row in tx.execute(_BY_ID, {"member": member_id})]
    there = [each for each in people if each.ref.platform == platform]
    return next(iter(there or people), None)


def accounts_of(tx: Tx, member_id: int) -> tuple[MemberRef, ...]:
    """Return the accounts of a member that have not left their workspaces."""
    rows = tx.execute(_ACCOUNTS_OF, {"member": member_id})
    return tuple(MemberRef(row.platform, row.workspace, row.user) for row in rows)


def by_ids(
    tx: Tx, members: Collection[int], platform: str = "", *, left_too: bool = True
) -> Mapping[int, Person]:
    """Return these members, each on their account of `platform`, else on any.

    Without `left_too`, those alone who have an account that has not left its workspace.
    """
    found: dict[int, Person] = {}
    query = _BY_IDS if left_too else _STILL_HERE
    for person in map(_person, tx.execute(query, {"members": list(members)})):
        if (
            person.id not in found
            or platform == person.ref.platform != found[person.id].ref.platform
        ):
            found[person.id] = person
    return found


def whose(tx: Tx, member_id: int) -> Whose | None:
    """Return a member as every table knows one, on all their accounts."""
    row = tx.execute(
        select(member, network.c.locale.label("network_locale"))
        .join(network, network.c.id == member.c.network_id)
        .where(member.c.id == member_id)
    ).one_or_none()
    if row is None:
        return None
    found = tx.execute(
        select(account).where(account.c.member_id == member_id).order_by(account.c.platform)
    )
    accounts = tuple(MemberRef(each.platform, each.workspace, each.user) for each in found)
    afterwards = Translate(row.network_locale).words("Former member {number}", number=member_id)
    return Whose(row.id, row.network_id, row.created_at, accounts, afterwards)


def members_in(tx: Tx, network_id: int) -> int:
    """Return how many members a network has; who was erased has no account and does not count."""
    counted = (
        select(func.count(member.c.id.distinct()))
        .join(account, account.c.member_id == member.c.id)
        .where(member.c.network_id == network_id)
    )
    many: int = tx.execute(counted).scalar_one()
    return many


def in_workspace(tx: Tx, platform: str, name: str) -> tuple[Person, ...]:
    """Return everybody with an account in a workspace, by name, without those who left it."""
    here = and_(account.c.platform == platform, account.c.workspace == name)
    rows = tx.execute(
        _PEOPLE.where(here, account.c.left_at.is_(None)).order_by(member.c.name, member.c.id)
    )
    return tuple(_person(row) for row in rows)


def called_like(
    tx: Tx, network_id: int, typed: str, most: int, *, left: bool = False
) -> tuple[Person, ...]:
    """Return members of whose names each word typed begins a word, those that begin so first.

    Each on one account, that has not left unless `left`; `most` at most.
    """
    words = folded(typed).split()
    called = member.c.folded
    begins = called.startswith(" ".join(words), autoescape=True)
    fits = (
        or_(called.startswith(each, autoescape=True), called.contains(f" {each}", autoescape=True))
        for each in words
    )
    there = () if left else (account.c.left_at.is_(None),)
    rows = tx.execute(
        _PEOPLE.where(member.c.network_id == network_id, *fits, *there)
        .order_by(begins.desc(), called, member.c.id, account.c.platform)
        .limit(most * _ACCOUNTS)
    )
    people = {person.id: person for person in map(_person, rows)}
    return tuple(people.values())[:most]


def any_in_workspace(tx: Tx, members: Collection[int], platform: str, name: str) -> bool:
    """Return whether one of these members has an account in a workspace and has not left it."""
    there = select(account.c.member_id).where(
        account.c.member_id.in_(members),
        account.c.platform == platform,
        account.c.workspace == name,
        account.c.left_at.is_(None),
    )
    return bool(members) and tx.execute(there.limit(1)).one_or_none() is not None


def change_member(tx: Tx, member_id: int, **columns: object) -> None:
    """Change columns of a member."""
    if "name" in columns:
        columns["folded"] = folded(str(columns["name"]))
    tx.execute(update(member).where(member.c.id == member_id).values(**columns))


def has_confirmed(tx: Tx, member_id: int) -> bool:
    """Return whether a member said that their zone and language are right, or chose them."""
    at = tx.execute(_CONFIRMED, {"member": member_id}).scalar_one()
    return at is not None


def _person(row: Row[tuple[object, ...]]) -> Person:
    off = frozenset(row.network_off.split())
    belongs = Network(row.network_id, row.network_name, row.network_locale, row.network_zone, off)
    ref = MemberRef(row.platform, row.workspace, row.user)
    return Person(row.id, belongs, ref, row.name, row.locale, row.zone)
