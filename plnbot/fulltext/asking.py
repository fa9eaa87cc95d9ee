"""What somebody looks for, read from what they typed: whatever that is, it is read as words. Pure."""

import re
from collections.abc import Sequence

from plnbot.fulltext.words import COMMON, ENGLISH, SPANISH, stem, words_of
from plnbot.values import dataclass

MOST_TERMS = 12
_LONGEST_PHRASE = 10
_LONGEST_QUESTION = 400
_PIECE = re.compile(r'["“”«»„]([^"“”«»„]+)["“”«»„]|([^\s"“”«»„]+)')

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to be found, as any of several phrases; most are of one stem."""

    either: tuple[Phrase, ...]


def terms_of(typed: str) -> Sequence[Term]:
    """Return what is to be found, each once; none where nothing is a word.

    Common words are left out beside others.
    """
    pieces = [_piece(*each.groups()) for each in _PIECE.finditer(typed[:_LONGEST_QUESTION])]
    words = [each for piece in pieces for each in piece if each]
    telling = [each for each in words if len(each) > 1 or not _common(each[0])]
    return list(dict.fromkeys(_term(each) for each in telling or words))[:MOST_TERMS]


def _piece(phrase: str | None, bare: str | None) -> Sequence[Phrase]:
    """Return a phrase as one, and bare words each alone."""
    if phrase is not None:
        return (tuple(words_of(phrase, _LONGEST_PHRASE)),)
    return [(each,) for each in words_of(bare or "", MOST_TERMS)]


def _common(word: str) -> bool:
    return any(word in words for words in COMMON.values())


def _term(phrase: Phrase) -> Term:
    in_each = (tuple(stem(each, language) for each in phrase) for language in (ENGLISH, SPANISH))
    return Term(tuple(dict.fromkeys(in_each)))
