"""What members told of themselves, as it is kept."""

from collections.abc import Mapping
from datetime import datetime, time

from sqlalchemy import bindparam, select, update

from plnbot.members.model import DEFAULT_SEEN, Profile, Seen
from plnbot.members.store.tables import member
from plnbot.quiet import Quiet
from plnbot.store.database import Tx

_PROFILE = select(member.c.profile, member.c.started_at).where(member.c.id == bindparam("member"))


def profile_of(tx: Tx, member_id: int) -> tuple[Profile, datetime | None]:
    """Return what a member told, and when they finished the guided start."""
    row = tx.execute(_PROFILE, {"member": member_id}).one()
    return _profile(row.profile), row.started_at


def save_profile(tx: Tx, member_id: int, profile: Profile, **columns: object) -> None:
    """Write down what a member told, and other columns of theirs."""
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
