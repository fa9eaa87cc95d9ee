"""Columns of the files that others read: `config/packs/columns.toml`, a profile for each who asks for other ones."""

from collections.abc import Mapping, Sequence
from functools import cache

from plnbot.packs import Entry, Pack, Titles
from plnbot.values import dataclass

FIELDS = (
    *("entry", "teacher", "teacher_id", "licence_number", "title", "kind", "role", "provider"),
    *("provider_number", "place", "started", "ended", "minutes", "hours", "in_person", "topics"),
    *("standing", "approver", "decided", "policies", "source", "evidence"),
)
"""What a column may hold."""
WIDE = "wide"


@dataclass(frozen=True, slots=True)
class Profile:
    """A file that somebody reads: what it is called, and its columns: heading and field."""

    id: str
    title: Titles
    about: Titles
    columns: tuple[tuple[str, str], ...]
    retired: bool


def _profile(entry: Entry) -> Profile:
    columns = []
    for each in entry.texts("columns", most=80):
        heading, _, name = each.rpartition("=")
        if not heading.strip() or name.strip() not in FIELDS:
            entry.wrong(
                "columns",
                f"has “{each[:40]}”: write Heading=field, with one of {', '.join(FIELDS)}",
            )
        columns.append((heading.strip(), name.strip()))
    return Profile(
        entry.id(),
        entry.titles("name"),
        entry.titles("about", most=400, required=False),
        tuple(columns),
        entry.flag("retired"),
    )


PROFILES = Pack("columns.toml", "profile", _profile, offered=25)


@cache
def profiles() -> Mapping[str, Profile]:
    """Return every profile, by its id."""
    return PROFILES.load()


def table(profile: Profile, rows: Sequence[Mapping[str, object]]) -> list[list[str]]:
    """Return rows under a profile's headings."""
    found = [[heading for heading, _name in profile.columns]]
    found += [[str(row.get(name, "")) for _heading, name in profile.columns] for row in rows]
    return found
