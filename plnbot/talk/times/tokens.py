"""A text cut into words, numbers and signs, and the place where reading has come to."""

import re
import unicodedata

from plnbot.talk.times.words import WORDS, WordKind
from plnbot.values import dataclass

_MOST_DIGITS = 5
# `p.m.`, `p. m.` and `pm` are one token, also in `8pmET`; else numbers, words, and every sign by itself.
_TOKEN = re.compile(
    r"(?<![^\W\d_])([ap])\.?\s?m(?![^\W\d_])\.?|(?<=\d)([ap])m(?=[a-z]{1,4}t\b)"
    r"|[0-9]+|[^\W\d_]+|\S",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A plain word (see `words`), and where it stands in the text."""

    word: str
    start: int
    end: int

    @property
    def number(self) -> int | None:
        """The number it is, or None; numbers of more than five digits say nothing about time."""
        if self.word.isascii() and self.word.isdecimal() and len(self.word) <= _MOST_DIGITS:
            return int(self.word)
        return None


_END = Token("", 0, 0)


class Cursor:
    """Tokens, and `at`: how many of them are read. Whoever finds nothing leaves `at` alone."""

    def __init__(self, text: str) -> None:
        self.at = 0
        self._text = unicodedata.normalize("NFKC", text)
        self._tokens = [
            Token(_word(each), each.start(), each.end()) for each in _TOKEN.finditer(self._text)
        ]

    @property
    def left(self) -> int:
        """How many tokens are left."""
        return len(self._tokens) - self.at

    def token(self, at: int) -> Token:
        """Return the token at a place, counted from the start, or one without letters."""
        return self._tokens[at] if 0 <= at < len(self._tokens) else _END

    def peek(self, ahead: int = 0) -> Token:
        """Return the token so many places ahead, or one without letters."""
        return self.token(self.at + ahead)

    def kind(self, ahead: int = 0) -> WordKind | None:
        """Return what the word there is about, if it is one of ours."""
        found = WORDS.get(self.peek(ahead).word)
        return found[0] if found else None

    def value(self, ahead: int, kind: WordKind) -> int | None:
        """Return the number that the word there stands for, if it is of that kind."""
        found = WORDS.get(self.peek(ahead).word)
        return found[1] if found and found[0] is kind and isinstance(found[1], int) else None

    def joined(self, ahead: int) -> bool:
        """Return whether the token there follows the one before it without a space."""
        return self.peek(ahead).start == self.peek(ahead - 1).end

    def written(self, first: int, last: int) -> str:
        """Return the text from one token to another, as it was written."""
        return self._text[self.token(first).start : self.token(last).end]


def _word(found: re.Match[str]) -> str:
    half = found[1] or found[2]
    return f"{half.lower()}m" if half else _plain(found[0])


def _plain(word: str) -> str:
    bare = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))
