"""How well a text answers a question, and in which order what was found comes. Pure."""

from collections.abc import Sequence

from plnbot.fulltext.asking import Phrase, Term
from plnbot.values import dataclass

_IN_TITLE, _IN_ORDER = 3.0, 1.0
_HALF = 1.0
"""How often a word has to stand in a short text to count half of what it can."""
_LONG = 100
"""How many words make a text twice as long as a short one."""
_BANDS = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found, how well it fits, how often it was used in class, and its age by number."""

    kind: str
    row: int
    score: float
    used: int
    age: int = 0


def score(terms: Sequence[Term], title: Sequence[str], body: Sequence[str]) -> float:
    """Return how well stems fit: a title counts more, a long text less, a word again and again little."""
    spread = _HALF * (1 + len(body) / _LONG)
    total = 0.0
    for term in terms:
        if _times(term, title):
            total += _IN_TITLE
        often = _times(term, body)
        total += often / (often + spread)
    asked = [phrase for term in terms for phrase in term.either[:1]]
    in_order = tuple(word for phrase in asked for word in phrase)
    if len(terms) > 1 and _many(in_order, title):
        total += _IN_ORDER
    return total


def best_first(hits: Sequence[Hit]) -> Sequence[Hit]:
    """Return hits in bands of about as good ones; in each the most used first, then the newest."""
    best = max((each.score for each in hits), default=0.0) or 1.0
    return sorted(
        hits, key=lambda each: (-round(_BANDS * each.score / best), -each.used, -each.age)
    )


def _times(term: Term, words: Sequence[str]) -> int:
    return max(_many(phrase, words) for phrase in term.either)


def _many(phrase: Phrase, words: Sequence[str]) -> int:
    """Return how often a phrase stands among words."""
    if len(phrase) == 1:
        return words.count(phrase[0])
    size = len(phrase)
    return sum(
        tuple(words[at : at + size]) == phrase for at, word in enumerate(words) if word == phrase[0]
    )
