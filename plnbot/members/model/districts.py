"""Districts and schools: what they are called, and which one somebody means.

A district goes by many names: “Lincoln USD”, “Lincoln Unified School District”, “LUSD”. Each name
leads to one row, and *another district* means another row, never another spelling. Names are
compared folded: without case, accents, punctuation and blanks too many. Two districts of one name
are told apart by their state, within which a name is taken once. Schools of one name are common, so
they are told apart by their district, and two of one name in one district can become one by a merge.
"""

import re
import unicodedata
from dataclasses import replace
from enum import StrEnum

from plnbot.values import dataclass

_APART = re.compile(r"[^\w]+")
LONGEST_NAME = 120
LONGEST_STATE = 60


class OrganisationKind(StrEnum):
    """What somebody may belong to."""

    DISTRICT = "district"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Organisation:
    """A district, or a school of one.

    `district` is the number of a school's district, None for districts and where nobody knows.
    `settled` says that an administrator accepted it; until then it is what somebody typed.
    `merged_into` is the number of the row that took its place.
    """

    id: int
    network: int
    kind: OrganisationKind
    name: str
    state: str = ""
    district: int | None = None
    settled: bool = False
    merged_into: int | None = None

    def called(self, name: str, state: str) -> "Organisation":
        """Return it under another name, in another state."""
        return replace(self, name=name, state=state)


def folded(name: str) -> str:
    """Return a name as it is compared: `Lincoln  U.S.D.` and `lincoln usd` are one."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    plain = plain.replace("&", " and ").replace("’", "").replace("'", "").replace(".", "")
    return _APART.sub(" ", plain).strip()[:LONGEST_NAME].strip()


def within(row: Organisation) -> str:
    """Return inside what a row's names are taken once: a district's state, a school itself."""
    return folded(row.state)[:60] if row.kind is OrganisationKind.DISTRICT else f"#{row.id}"


def matches(typed: str, name: str) -> int | None:
    """Return how well a name fits what was typed of it, 0 for best, None where it does not.

    Every word typed must begin a word of the name, in any order; what begins like the name itself
    comes first, and short names before long ones.
    """
    wanted, there = folded(typed).split(), folded(name)
    words = there.split()
    if not all(any(word.startswith(each) for word in words) for each in wanted):
        return None
    return (0 if there.startswith(" ".join(wanted)) else 1000) + len(there)
