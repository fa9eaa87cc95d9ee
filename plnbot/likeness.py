"""When two questions that people wrote are the same one; pure.

Two are near one another when they have the same words that matter, whatever stands around them.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

NEAR = 0.65
"""From which likeness on, of 1, two questions are near one another."""
WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
"""A word as people write it, with the marks inside it."""
_FILLER_IN_ENGLISH = (
    "a about an and any are as at be been but by can could did do does every for from had has "
    "have how i if in is it its last lately me my no not of on one or our so than that the "
    "their them there these they thing this to us was we were what when where which who whom "
    "whose why will with would you your yours tell share name describe week year today class "
    "classroom lesson room school student students teach teacher teachers teaching"
)
_FILLER_IN_SPANISH = (
    "al algo aquí con cual cuál cuáles cuándo cómo de del desde donde dónde e el ella ellos en "
    "era es esa ese eso esta este esto fue ha has hay la las le les lo los más me mi muy no nos "
    "o os para pero por porque que qué quien quién se si sin sobre son su sus también te ti "
    "tiene tienes tu tus u un una uno unos y ya cuéntanos comparte describe nombra semana curso "
    "hoy aula centro clase clases docente docentes enseñar enseñas escuela estudiante "
    "estudiantes"
)
"""What questions to teachers are full of, and what says nothing of what they are about."""
_FILLER = frozenset((*_FILLER_IN_ENGLISH.split(), *_FILLER_IN_SPANISH.split()))


def likeness(one: str, other: str) -> float:
    """Return how like two questions are, from 0 to 1, by the words that say what they are about."""
    return _dice(_about(one), _about(other))


def near(words: str, others: Iterable[tuple[int, str]]) -> list[int]:
    """Return which of the numbered questions are near, the nearest first, each once."""
    found = sorted(((likeness(words, said), number) for number, said in others), reverse=True)
    return list(dict.fromkeys(number for how, number in found if how >= NEAR))


def nearest(words: str, others: Iterable[tuple[int, str]]) -> int | None:
    """Return which of the numbered questions is nearest, None where none is near."""
    return next(iter(near(words, others)), None)


def near_pairs(questions: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of each two questions that are near one another, the earlier first.

    Only those are compared that have something in common: of many questions few have.
    """
    about = [_about(each) for each in questions]
    has: defaultdict[str, list[int]] = defaultdict(list)
    for later, its in enumerate(about):
        common = Counter(chain.from_iterable(has[part] for part in its))
        for earlier, both in sorted(common.items()):
            if 2 * both >= NEAR * (len(about[earlier]) + len(its)):
                yield earlier, later
        for part in its:
            has[part].append(later)


def plain(words: str) -> str:
    """Return words without case, accents and marks, to compare them by."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))


@lru_cache(maxsize=4096)
def _about(words: str) -> frozenset[str]:
    """Return the words that matter in three letters at a time, so that a slip makes little difference."""
    said = [each.casefold() for each in WORD.findall(words)]
    matter = [plain(each) for each in said if each not in _FILLER] or [plain(each) for each in said]
    return frozenset(f" {each} "[at : at + 3] for each in matter for at in range(max(1, len(each))))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    both = len(one) + len(other)
    return 2 * len(one & other) / both if both else 1.0
