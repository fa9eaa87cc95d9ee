"""What is drafted of what a member did: whether, for how many minutes, and why so many. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from plnbot.activities.model import Done
from plnbot.credit.model.entries import Claim
from plnbot.values import dataclass

LAPSES = timedelta(days=30)
"""How long a draft waits from when what it is of was written down."""
LEAST = 5
"""What took fewer minutes is drafted as these, for its member to say."""
KINDS: Mapping[str, str] = {
    "chat": "plc",
    "prompt": "plc",
    "reflection": "plc",
    "reading": "self_study",
    "blog": "publication",
    "board": "plc",
    "meeting": "plc",
    "lesson": "workshop",
}
"""The kinds that policies know, by those of activities."""
OTHER = "self_study"
LED = {"led": "presenting", "presented": "presenting", "mentored": "mentoring"}


class Minutes(StrEnum):
    """How proposed minutes came about."""

    MEASURED = "measured"
    NO_CLOCK = "no_clock"
    A_MOMENT = "a_moment"


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim as it is proposed, how its minutes came about, and the first and last act that they lie between."""

    title: str
    claim: Claim
    why: Minutes
    first: datetime
    last: datetime
    lapses: datetime


def drafted(done: Done, written_at: datetime) -> Draft:
    """Return what is proposed for something that a member did."""
    minutes = max(done.minutes or 0, LEAST)
    # What took a moment has no span of its own: it is taken to end when it ended.
    started = min(done.started, done.ended - timedelta(minutes=minutes))
    claim = Claim(
        kind=KINDS.get(done.kind, OTHER),
        started=started,
        ended=done.ended,
        minutes=minutes,
        role=done.role.value,
        in_person=done.in_person,
        topics=done.topics,
        source=done.source,
        provider="network",
    )
    why = Minutes.MEASURED if (done.minutes or 0) >= LEAST else Minutes.A_MOMENT
    if done.minutes is None:
        why = Minutes.NO_CLOCK
    return Draft(done.title, claim, why, done.started, done.ended, written_at + LAPSES)


def of_a_week(drafts: Sequence[Draft], until: datetime) -> Sequence[Draft]:
    """Return the drafts of the seven days before an instant."""
    since = until - timedelta(days=7)
    return [each for each in drafts if since <= each.claim.ended <= until]
