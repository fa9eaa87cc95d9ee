"""Lists as people write and read them: one thing a line, and names one after another."""

import re
from collections.abc import Sequence

from plnbot.talk.text import Text, clean, verbatim
from plnbot.talk.words import Translate

_MARK = re.compile(
    r"^\s*(?:[•·‣▪◦]\s*|(?:[-*–]|\(?\d{1,3}[.)]|Q\d{1,2}[:.)])(?:\s+|$))", re.IGNORECASE
)
_MOST_NAMES = 4


def lines_of(words: str) -> list[str]:
    """Return the lines of what somebody wrote that say something, without the marks of a list."""
    lines = (_MARK.sub("", line).strip() for line in clean(words).splitlines())
    return [line for line in lines if line]


def names(t: Translate, people: Sequence[str]) -> Text:
    """Return names as a list, the last ones counted where they are many."""
    shown = list(people[:_MOST_NAMES])
    more = len(people) - len(shown)
    if more:
        return t.n("{names} and {n} more", "{names} and {n} more", more, names=", ".join(shown))
    if not shown[1:]:
        return verbatim("".join(shown))
    return t("{names} and {last}", names=", ".join(shown[:-1]), last=shown[-1])
