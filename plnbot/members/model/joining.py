"""Whether a workspace joins the first network: only with the word of both, and each may take it back.

A question is asked once, of whoever administers the first network (`HOST`) and of whoever
administers the workspace (`GUEST`). It is answered when both have said yes. A no stands, however
long, until its own side takes it back; a yes that was not met lapses with the question.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from plnbot.values import dataclass

LASTS = timedelta(days=30)


class Side(StrEnum):
    """Who says something: the first network, or the workspace that may join it."""

    HOST = "host"
    GUEST = "guest"

    @property
    def other(self) -> "Side":
        """The side that this one waits for."""
        return Side.GUEST if self is Side.HOST else Side.HOST


class Word(StrEnum):
    """What a side says."""

    YES = "yes"
    NO = "no"


class Change(StrEnum):
    """What somebody does about a question."""

    YES = "yes"
    NO = "no"
    TAKE_BACK = "take_back"


class Impossible(StrEnum):
    """Why it cannot be done; the words are said elsewhere."""

    LAPSED = "lapsed"
    SAID_ALREADY = "said_already"
    NOTHING_SAID = "nothing_said"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Said:
    """A side's word, by which member (None once they are erased), and when."""

    word: Word
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it stands. `round` counts how often it was asked anew."""

    asked_at: datetime
    round: int = 1
    host: Said | None = None
    guest: Said | None = None

    @property
    def until(self) -> datetime:
        """When it lapses."""
        return self.asked_at + LASTS

    def said_by(self, side: Side) -> Said | None:
        """Return what a side has said."""
        return self.host if side is Side.HOST else self.guest

    def word_of(self, side: Side) -> Word | None:
        """Return whether a side has said yes or no, if anything."""
        said = self.said_by(side)
        return None if said is None else said.word

    def lapsed(self, now: datetime) -> bool:
        """Return whether it was not answered in time; a no is an answer."""
        declined = Word.NO in (self.word_of(Side.HOST), self.word_of(Side.GUEST))
        return now >= self.until and not declined

    @property
    def agreed(self) -> bool:
        """Whether both have said yes."""
        return self.word_of(Side.HOST) is self.word_of(Side.GUEST) is Word.YES


def decide(
    question: Question, side: Side, change: Change, now: datetime, *, by: int | None
) -> Question | Impossible:
    """Return the question once `by`, of one side, has done this; `agreed` tells whether it is answered."""
    own = question.word_of(side)
    if change is Change.TAKE_BACK:
        return Impossible.NOTHING_SAID if own is None else _with(question, side, None)
    if question.lapsed(now):
        return Impossible.LAPSED
    word = Word.YES if change is Change.YES else Word.NO
    if own is word:
        return Impossible.SAID_ALREADY
    if word is Word.YES and question.word_of(side.other) is Word.NO:
        return Impossible.DECLINED
    said = _with(question, side, Said(word, by, now))
    if said.agreed and now >= question.until:
        return Impossible.LAPSED
    return said


def asked_again(question: Question, now: datetime) -> Question | None:
    """Return a question that lapsed as it is asked anew; None where it did not."""
    return Question(now, question.round + 1) if question.lapsed(now) else None


def _with(question: Question, side: Side, said: Said | None) -> Question:
    if side is Side.HOST:
        return replace(question, host=said)
    return replace(question, guest=said)
