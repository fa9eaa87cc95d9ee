"""What could not be heard of a place in which words count, told to whoever reads what was said there."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from plnbot.engine.unheard import Unheard, Why
from plnbot.talk.text import Style, Text, When
from plnbot.talk.words import Translate
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class NotHeard:
    """A stretch of time of which nobody has read yet what was said; `closed`: the room lets us not."""

    since: datetime
    until: datetime
    closed: bool


def stretches(
    these: Iterable[Unheard], since: datetime, until: datetime | None
) -> Sequence[NotHeard]:
    """Return what was missed between two instants and could not be read, each stretch once."""
    found = [each for each in these if each.missed]
    whole = [
        NotHeard(
            max(each.since or since, since),
            min(filter(None, (each.until, until)), default=each.since or since),
            each.why is Why.CLOSED,
        )
        for each in found
    ]
    merged: list[NotHeard] = []
    for each in sorted(whole, key=lambda one: (one.since, one.until)):
        if each.since > each.until:
            continue  # what was said before or after is nobody's concern here
        if merged and each.since <= merged[-1].until:
            last = merged.pop()
            until, closed = max(last.until, each.until), last.closed or each.closed
            merged.append(NotHeard(last.since, until, closed))
        else:
            merged.append(each)
    return merged


def words(t: Translate, what: NotHeard) -> Text:
    """Return what is to be known of a stretch, as a sentence or two."""
    since, until = When(what.since, Style.DAY_AND_TIME), When(what.until, Style.TIME)
    if what.closed:
        return t(
            "What was said here from {since} to {until} could not be read: this room does not let me."
            " Once it does, what counts of it is added.",
            since=since,
            until=until,
        )
    return t(
        "What was said here from {since} to {until} could not be read yet. I go on trying, and what"
        " counts of it is added.",
        since=since,
        until=until,
    )
