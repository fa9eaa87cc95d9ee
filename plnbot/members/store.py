"""The tables of networks, members and their accounts, and their named queries."""

from collections.abc import Collection, Mapping
from datetime import datetime, time

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    Row,
    String,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from plnbot.engine.personal import Whose
from plnbot.engine.ports import Network, Person
from plnbot.members.model import DEFAULT_SEEN, Profile, Quiet, Seen
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json
from plnbot.talk.words import Translate

network = Table(
    "network",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(120), nullable=False),
    Column("locale", String(10), nullable=False),
    Column("zone", String(60), nullable=False),
    Column("created_at", Instant, nullable=False),
)

workspace = Table(
    "workspace",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("workspace", String(80), primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
)

member = Table(
    "member",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False, index=True),
    Column("name", String(80), nullable=False),
    Column("locale", String(10), nullable=False),
    Column("zone", String(60), nullable=False),
    Column("profile", Json, nullable=False),
    Column("started_at", Instant, nullable=True),
    Column("created_at", Instant, nullable=False),
)

account = Table(
    "account",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("workspace", String(80), primary_key=True),
    Column("user", String(80), primary_key=True),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False, index=True),
    Column("left_at", Instant, nullable=True),
)

sign_in = Table(
    "sign_in",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("platform", String(20), nullable=False),
    Column("workspace", String(80), nullable=False),
    Column("user", String(80), nullable=False),
    Column("path", String(200), nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
)

installation = Table(
    "installation",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("rate", String(20), nullable=False),
    Column("shown_at", Instant, nullable=False),
    Column("real_at", Instant, nullable=False),
)

_PEOPLE = (
    select(
        member,
        network.c.name.label("network_name"),
        network.c.locale.label("network_locale"),
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
_BY_ID = _PEOPLE.where(member.c.id == bindparam("member")).order_by(
    account.c.left_at.is_not(None), account.c.platform, account.c.user
)
_PROFILE = select(member.c.profile, member.c.started_at).where(member.c.id == bindparam("member"))
_NETWORK_OF = (
    select(network)
    .join(workspace, workspace.c.network_id == network.c.id)
    .where(
        workspace.c.platform == bindparam("platform"), workspace.c.workspace == bindparam("name")
    )
)


def new_network(tx: Tx, name: str, locale: str, zone: str, now: datetime) -> Network:
    """Write a network down."""
    values = {"name": name, "locale": locale, "zone": zone, "created_at": now}
    made = tx.execute(insert(network).values(values).returning(network.c.id)).scalar_one()
    return Network(made, name, locale, zone)


def first_network(tx: Tx) -> Network | None:
    """Return the network that was made first."""
    row = tx.execute(select(network).order_by(network.c.id).limit(1)).one_or_none()
    return None if row is None else _network(row)


def network_of(tx: Tx, platform: str, name: str) -> Network | None:
    """Return the network a workspace belongs to."""
    row = tx.execute(_NETWORK_OF, {"platform": platform, "name": name}).one_or_none()
    return None if row is None else _network(row)


def attach(tx: Tx, network_id: int, platform: str, name: str) -> None:
    """Let a workspace belong to a network."""
    values = {"network_id": network_id, "platform": platform, "workspace": name}
    tx.execute(insert(workspace).values(values))


def is_on(tx: Tx, network_id: int, platform: str) -> bool:
    """Return whether a network has a workspace on a platform."""
    found = select(workspace.c.workspace).where(
        workspace.c.network_id == network_id, workspace.c.platform == platform
    )
    return tx.execute(found.limit(1)).one_or_none() is not None


def every_workspace(tx: Tx) -> tuple[tuple[str, Network], ...]:
    """Return every workspace, as `platform/workspace`, with its network."""
    rows = tx.execute(
        select(network, workspace.c.platform, workspace.c.workspace)
        .join(workspace, workspace.c.network_id == network.c.id)
        .order_by(network.c.id, workspace.c.platform, workspace.c.workspace)
    )
    return tuple((f"{row.platform}/{row.workspace}", _network(row)) for row in rows)


def workspaces_in(tx: Tx, network_id: int) -> int:
    """Return how many workspaces belong to a network."""
    counted = select(func.count()).where(workspace.c.network_id == network_id)
    many: int = tx.execute(counted).scalar_one()
    return many


def new_member(  # noqa: PLR0913 - the parts of a member
    tx: Tx,
    belongs: Network,
    ref: MemberRef,
    name: str,
    locale: str,
    now: datetime,
    *,
    zone: str = "",
) -> Person:
    """Write a member and their account down; in the network's zone where theirs is not known."""
    zone = zone or belongs.zone
    made = tx.execute(
        insert(member)
        .values(
            network_id=belongs.id,
            name=name,
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


def any_in_workspace(tx: Tx, members: Collection[int], platform: str, name: str) -> bool:
    """Return whether one of these members has an account in a workspace and has not left it."""
    there = select(account.c.member_id).where(
        account.c.member_id.in_(members),
        account.c.platform == platform,
        account.c.workspace == name,
        account.c.left_at.is_(None),
    )
    return bool(members) and tx.execute(there.limit(1)).one_or_none() is not None


def profile_of(tx: Tx, member_id: int) -> tuple[Profile, datetime | None]:
    """Return what a member told, and when they finished the guided start."""
    row = tx.execute(_PROFILE, {"member": member_id}).one()
    return _profile(row.profile), row.started_at


def save_profile(tx: Tx, member_id: int, profile: Profile, **columns: object) -> None:
    """Write down what a member told, and other columns of theirs."""
    tx.execute(
        update(member).where(member.c.id == member_id).values(profile=_packed(profile), **columns)
    )


def change_member(tx: Tx, member_id: int, **columns: object) -> None:
    """Change columns of a member."""
    tx.execute(update(member).where(member.c.id == member_id).values(**columns))


def add_sign_in(tx: Tx, token: str, ref: MemberRef, path: str, expires_at: datetime) -> None:
    """Write a one-time link down, by its token's hash."""
    values = {
        "token": token,
        "platform": ref.platform,
        "workspace": ref.workspace,
        "user": ref.user,
        "path": path,
        "expires_at": expires_at,
    }
    tx.execute(insert(sign_in).values(values))


def take_sign_in(tx: Tx, token: str, now: datetime) -> tuple[MemberRef, str] | None:
    """Use a one-time link up."""
    row = tx.execute(
        delete(sign_in).where(sign_in.c.token == token).returning(sign_in)
    ).one_or_none()
    tx.execute(delete(sign_in).where(sign_in.c.expires_at < now))
    if row is None or row.expires_at < now:
        return None
    return MemberRef(row.platform, row.workspace, row.user), row.path


def rehearsal(tx: Tx) -> tuple[float, datetime, datetime] | None:
    """Return the rate and the two times of this database's rehearsal clock, if it is one."""
    row = tx.execute(select(installation)).one_or_none()
    return None if row is None else (float(row.rate), row.shown_at, row.real_at)


def set_rehearsal(tx: Tx, rate: float, shown_at: datetime, real_at: datetime) -> None:
    """Make this database a rehearsal's."""
    tx.execute(delete(installation))
    tx.execute(
        insert(installation).values(id=1, rate=str(rate), shown_at=shown_at, real_at=real_at)
    )


def _network(row: Row[tuple[object, ...]]) -> Network:
    return Network(row.id, row.name, row.locale, row.zone)


def _person(row: Row[tuple[object, ...]]) -> Person:
    belongs = Network(row.network_id, row.network_name, row.network_locale, row.network_zone)
    ref = MemberRef(row.platform, row.workspace, row.user)
    return Person(row.id, belongs, ref, row.name, row.locale, row.zone)


def _packed(profile: Profile) -> Mapping[str, object]:
    return {
        "subjects": list(profile.subjects),
        "grades": list(profile.grades),
        "district": profile.district,
        "state": profile.state,
        "school": profile.school,
        "years": profile.years,
        "goals": list(profile.goals),
        "in_class": _packed_hours(profile.quiet.in_class),
        "at_night": _packed_hours(profile.quiet.at_night),
        "seen": {name: seen.value for name, seen in profile.seen.items()},
    }


def _profile(packed: Mapping[str, object]) -> Profile:
    if not packed:
        return Profile()
    seen = packed["seen"]
    given = {name: Seen(value) for name, value in seen.items()} if isinstance(seen, dict) else {}
    return Profile(
        _words(packed["subjects"]),
        _words(packed["grades"]),
        str(packed["district"]),
        str(packed["state"]),
        str(packed["school"]),
        packed["years"] if isinstance(packed["years"], int) else None,
        _words(packed["goals"]),
        Quiet(_hours(packed["in_class"]), _hours(packed["at_night"])),
        {**DEFAULT_SEEN, **given},
    )


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()


def _packed_hours(hours: tuple[time, time] | None) -> list[str] | None:
    return [each.isoformat("minutes") for each in hours] if hours else None


def _hours(packed: object) -> tuple[time, time] | None:
    if not isinstance(packed, list):
        return None
    begin, end = (time.fromisoformat(str(each)) for each in packed)
    return begin, end
