"""Leave: a member says until when they are away, and from when; it always has an end."""

import re
from datetime import datetime, timedelta

from plnbot.engine import notices
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.quiet import Leave
from plnbot.store.database import Tx
from plnbot.talk.text import Style, When, clean
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

LONGEST = timedelta(days=366)
_FROM = r"(?:from|desde(?:\s+el)?|del)"
_UNTIL = r"(?:until|till|to|through|hasta(?:\s+el)?|al)"
_BOTH = re.compile(rf"^(?:{_FROM}\s+)?(?P<begins>.+?)\s+{_UNTIL}\s+(?P<ends>.+)$", re.IGNORECASE)
_END = re.compile(rf"^(?:{_UNTIL}\s+)?(?P<ends>.+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wish:
    """When somebody says that they are away; from now on where `begins` is empty."""

    begins: str
    ends: str


class LeaveError(Refused):
    """What was written is no leave; `field` is the one of a form that it is about."""

    def __init__(self, field: str, message: Sentence) -> None:
        super().__init__(message)
        self.field, self.why = field, message


def wish_in(words: str) -> Wish:
    """Return what words such as `until 4 January` or `from Friday until the 4th` ask for."""
    # Blanks in a row would be tried in every way, and somebody may send thousands of them.
    words = " ".join(clean(words).split())
    found = _END.match(words) if re.match(rf"^{_UNTIL}\b", words, re.IGNORECASE) else None
    found = found or _BOTH.match(words) or _END.match(words)
    if found is None:
        return Wish("", "")
    parts = found.groupdict()
    return Wish(parts.get("begins") or "", parts["ends"])


def take(tx: Tx, person: Person, wish: Wish, now: datetime) -> Leave:
    """Let a member be on leave; raises `LeaveError` with the sentence that says what is wrong."""
    begins = _day("begins", wish.begins, person, now) if wish.begins.strip() else now
    ends = _day("ends", wish.ends, person, now)
    if ends <= begins:
        backwards = msg(
            "A leave ends after it begins: {ends} comes before {begins}.",
            ends=When(ends, Style.DAY),
            begins=When(begins, Style.DAY),
        )
        raise LeaveError("ends", backwards)
    if ends - begins > LONGEST:
        raise LeaveError(
            "ends", msg("A leave lasts a year at most. You can take another one then.")
        )
    leave = Leave(begins, ends)
    notices.set_leave(tx, person, leave, now)
    return leave


def come_back(tx: Tx, person: Person, now: datetime) -> None:
    """End a leave that goes on, or take one back that has not begun."""
    leave = notices.wish_of(tx, person.id).leave
    if leave is None or leave.ends <= now:
        return
    ended = Leave(leave.begins, now) if leave.begins < now else None
    notices.set_leave(tx, person, ended, now)


def leave_of(tx: Tx, person: int, now: datetime) -> Leave | None:
    """Return the leave that a member is on, or has planned."""
    leave = notices.wish_of(tx, person).leave
    return leave if leave is not None and now < leave.ends else None


def _day(field: str, words: str, person: Person, now: datetime) -> datetime:
    from plnbot.talk.times import day_of  # only who goes on leave needs it

    found = day_of(words, now, person.zone, person.locale)
    if isinstance(found, Sentence):
        raise LeaveError(field, found)
    return found
