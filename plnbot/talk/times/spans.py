"""A span in the words people use: `from Monday 8 am until Wednesday 8 pm`, `hasta el viernes a las 18:00`."""

import re
from datetime import datetime

from plnbot.talk.text import clean
from plnbot.talk.times.meaning import LONGEST, Understood
from plnbot.talk.times.said import Assumed
from plnbot.talk.times.sentences import start_of
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

_BEGINS = re.compile(r"^\s*(?:from|between|de|del|desde|entre)\b", re.IGNORECASE)
_ENDS = re.compile(r"(?:\b(?:until|till|til|to|through|and|hasta|al|a|y)\b|\s[-–—])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """From `begins` to `ends`; `zone` is that of the words, and `assumed` what they do not say."""

    begins: datetime
    ends: datetime
    zone: str
    assumed: tuple[Assumed, ...] = ()


def span_of(words: str, now: datetime, zone: str, locale: str = "en") -> Span | Sentence:
    """Return the span that somebody in `zone` wrote, or a sentence for them that says why not.

    Without a beginning it begins now. A zone that one side names holds for both.
    """
    said = clean(words)[:LONGEST]
    whole = _BEGINS.sub("", said)
    why: Sentence | None = None
    for found in _ENDS.finditer(whole):
        first, last = whole[: found.start()].strip(), whole[found.end() :].strip()
        read = _between(first, last, now, zone, locale)
        if isinstance(read, Span):
            return read
        why = why or read
    return why or msg(
        "I do not understand “{words}”. Write it like “from Monday 8 am until Wednesday 8 pm”.",
        words=said,
    )


def _between(
    first: str, last: str, now: datetime, zone: str, locale: str
) -> Span | Sentence | None:
    """Return what two sides say; None where the first is no time, so that words are split elsewhere."""
    if not first:
        ends = start_of(last, now, zone, locale)
        return ends if isinstance(ends, Sentence) else Span(now, ends.at, ends.zone, ends.assumed)
    begins = start_of(first, now, zone, locale)
    if isinstance(begins, Sentence):
        return None
    ends = start_of(last, begins.at, begins.zone, locale)
    if isinstance(ends, Understood) and Assumed.ZONE in begins.assumed:
        # A zone behind the whole holds for both.
        begins = start_of(first, now, ends.zone, locale)
        if isinstance(begins, Understood):
            ends = start_of(last, begins.at, ends.zone, locale)
    if isinstance(ends, Sentence):
        return ends
    if isinstance(begins, Sentence):
        return begins
    assumed = dict.fromkeys((*begins.assumed, *ends.assumed))
    return Span(begins.at, ends.at, ends.zone, tuple(assumed))
