"""A member's school year, with the skills that each of its activities touched."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from plnbot.activities.store import Activity, activities_of
from plnbot.growth.model import OWN_WORD
from plnbot.skills.store import tags_of
from plnbot.store.database import Tx
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Year:
    """What somebody did since a school year began, newest first.

    `touched` has skills by source: as its member tagged it, or else as it came; `tagged` are the
    sources that they tagged.
    """

    done: Sequence[Activity]
    touched: Mapping[str, tuple[str, ...]]
    tagged: frozenset[str]

    @property
    def untagged(self) -> Sequence[Activity]:
        """What came without skills, and nobody tagged."""
        return [each for each in self.done if not self._has(each)]

    @property
    def with_skills(self) -> Sequence[Activity]:
        """What came with skills, or was tagged."""
        return [each for each in self.done if self._has(each)]

    def came_from(self, activity: Activity) -> str:
        """Where the skills of an activity are from: what it was, or its member's own word."""
        return OWN_WORD if activity.done.source in self.tagged else activity.done.kind

    def _has(self, activity: Activity) -> bool:
        source = activity.done.source
        return source in self.tagged or bool(self.touched[source])


def year_of(tx: Tx, member: int, begins: datetime) -> Year:
    """Return what a member did since then."""
    done = [each for each in activities_of(tx, member) if each.done.started >= begins]
    own = tags_of(tx, member)
    touched = {each.done.source: own.get(each.done.source, each.done.skills) for each in done}
    return Year(done, touched, frozenset(own))
