"""What members told of themselves, as it is kept."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from sqlalchemy import Row, Select, bindparam, case, or_, select, update

from plnbot.engine.ports import Belongs, Covers, Told
from plnbot.engine.roles import DISTRICT, SCHOOL, scoped
from plnbot.goals.store import words_of
from plnbot.members.model import DEFAULT_SEEN, Profile, Seen, shown_for
from plnbot.members.store.tables import member, organisation
from plnbot.quiet import Quiet
from plnbot.store.database import Tx

_PROFILE = select(member.c.profile, member.c.started_at).where(member.c.id == bindparam("member"))


_DISTRICT, _SCHOOL = organisation.alias("in_district"), organisation.alias("in_school")
_TOLD = (
    select(
        member.c.id,
        member.c.profile,
        member.c.district_id,
        member.c.school_id,
        _SCHOOL.c.district_id.label("of_school"),
        case((_DISTRICT.c.settled, _DISTRICT.c.name)).label("district"),
        case((_SCHOOL.c.settled, _SCHOOL.c.name)).label("school"),
    )
    .outerjoin(_DISTRICT, _DISTRICT.c.id == member.c.district_id)
    .outerjoin(_SCHOOL, _SCHOOL.c.id == member.c.school_id)
    .where(member.c.id.in_(bindparam("members", expanding=True)))
)


def profile_of(tx: Tx, member_id: int) -> tuple[Profile, datetime | None]:
    """Return what a member told, and when they finished the guided start."""
    row = tx.execute(_PROFILE, {"member": member_id}).one()
    goals = words_of(tx, [member_id]).get(member_id, ())
    return replace(_profile(row.profile), goals=goals), row.started_at


def quiet_hours_of(tx: Tx, member_id: int) -> Quiet:
    """Return when a member is not to be disturbed."""
    return _profile(tx.execute(_PROFILE, {"member": member_id}).one().profile).quiet


def told_by(tx: Tx, members: Collection[int], purpose: Seen) -> Mapping[int, Told]:
    """Return what these members told, as far as it may be used for a purpose.

    It is one query for all, and one more where some of them let their goals serve it.
    """
    rows = {row.id: row for row in tx.execute(_TOLD, {"members": list(members)})}
    told = {number: shown_for(_profile(row.profile), purpose) for number, row in rows.items()}
    goals = words_of(tx, [number for number, shown in told.items() if "goals" in shown])
    return {
        number: _told(row, {**told[number], **_of(goals, number)}) for number, row in rows.items()
    }


def _of(goals: Mapping[int, tuple[str, ...]], member_id: int) -> Mapping[str, object]:
    return {"goals": goals[member_id]} if member_id in goals else {}


def _told(row: Row[Any], shown: dict[str, Any]) -> Told:
    for kind, number, name in (
        ("district", row.district_id, row.district),
        ("school", row.school_id, row.school),
    ):
        if kind in shown:  # a row that is only proposed leads nowhere yet
            shown[kind] = Belongs(number if name else None, name or shown[kind])
    return Told(**shown)


def lies_in(tx: Tx, members: Collection[int]) -> Mapping[int, frozenset[str]]:
    """Return the scopes of the districts and schools in which these members are."""
    found = {}
    for row in tx.execute(_TOLD, {"members": list(members)}):
        ids = {DISTRICT: (row.district_id, row.of_school), SCHOOL: (row.school_id,)}
        found[row.id] = frozenset(
            scoped(kind, each) for kind, numbers in ids.items() for each in numbers if each
        )
    return found


def in_reach(network: int, reach: Covers) -> Select[tuple[int]]:
    """Return a query of the numbers of the members that somebody's roles cover."""
    of_school = reach.where(district=_SCHOOL.c.district_id)
    there = reach.where(district=member.c.district_id, school=member.c.school_id)
    return (
        select(member.c.id)
        .outerjoin(_SCHOOL, _SCHOOL.c.id == member.c.school_id)
        .where(member.c.network_id == network, or_(there, of_school))
    )


def save_profile(tx: Tx, member_id: int, profile: Profile, **columns: object) -> None:
    """Write down what a member told, and other columns of theirs; goals have a room of their own."""
    tx.execute(
        update(member).where(member.c.id == member_id).values(profile=_packed(profile), **columns)
    )


def _packed(profile: Profile) -> Mapping[str, object]:
    return {
        "subjects": list(profile.subjects),
        "grades": list(profile.grades),
        "district": profile.district,
        "state": profile.state,
        "school": profile.school,
        "years": profile.years,
        "languages": list(profile.languages),
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
        languages=_words(packed.get("languages")),
        quiet=Quiet(_hours(packed["in_class"]), _hours(packed["at_night"])),
        seen={**DEFAULT_SEEN, **given},
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
