"""How a prompt is worded well, and when two are the same one; pure.

A prompt is one question that can be answered in two minutes on a phone, or an invitation to tell
something. It is never answered by yes or no, and names no pupil and no product. What breaks these rules
is a mistake in a pack, and a remark on what a member suggests or an organiser pastes: they decide.

Two prompts are near one another when they have the same words that matter, whatever stands around them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache

from plnbot.prompts.model.vocabulary import (
    ASKING,
    AUXILIARIES,
    FILLER_IN_ENGLISH,
    FILLER_IN_SPANISH,
    JOINING,
    PRODUCTS,
    PUPILS,
    SUBJECTS,
    YES_OR_NO_IN_SPANISH,
)
from plnbot.values import dataclass

LEAST_WORDS = 10
MOST_WORDS = {"en": 25, "es": 30}
LEAST_IN_SPANISH = 8
LONGEST = 300
NEAR = 0.65
"""From which likeness on, of 1, two prompts are near one another."""


class Flaw(StrEnum):
    """What may be wrong with the words of a prompt."""

    SHORT = "short"
    LONG = "long"
    QUESTIONS = "questions"
    YES_OR_NO = "yes_or_no"
    NO_QUESTION = "no_question"
    PRODUCT = "product"
    PUPIL = "pupil"


@dataclass(frozen=True, slots=True)
class Found:
    """A flaw, and the word or number of words that shows it."""

    flaw: Flaw
    shown: str = ""


_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
_CLAUSE = re.compile(r"[,;:—–.!?]+|\s-\s")
_ASKS = frozenset(ASKING.split())
_AUXILIARY, _SUBJECT = frozenset(AUXILIARIES.split()), frozenset(SUBJECTS.split())
_YES_OR_NO_IN_SPANISH = frozenset(YES_OR_NO_IN_SPANISH.split())
_JOINING = frozenset(JOINING.split())
_PRODUCTS = tuple(each.strip() for each in PRODUCTS.split(","))
_PUPILS = frozenset(PUPILS.split())
_FILLER = frozenset((*FILLER_IN_ENGLISH.split(), *FILLER_IN_SPANISH.split()))


def flaws(words: str, language: str, *, invites: bool) -> tuple[Found, ...]:
    """Return what breaks the rules in the words of a prompt, in English (`en`) or Spanish (`es`).

    `invites` says that it is an invitation, which needs no question. In another language only what is
    the same in all is looked at.
    """
    return tuple(_flaws(words, language, invites=invites))


def seems_invitation(words: str) -> bool:
    """Return whether words that nobody declared are an invitation: they ask nothing, and tell to."""
    return "?" not in words


def likeness(one: str, other: str) -> float:
    """Return how like two prompts are, from 0 to 1, by the words that say what they are about."""
    return _dice(_about(one), _about(other))


def nearest(words: str, others: Iterable[tuple[int, str]]) -> int | None:
    """Return which of the numbered prompts is nearest, None where none is near."""
    found = max(((likeness(words, said), number) for number, said in others), default=(0.0, 0))
    return found[1] if found[0] >= NEAR else None


def near_pairs(prompts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of each two prompts that are near one another, the earlier first."""
    about = [_about(each) for each in prompts]
    for later, its in enumerate(about):
        for earlier in range(later):
            if _dice(about[earlier], its) >= NEAR:
                yield earlier, later


def plain(words: str) -> str:
    """Return words without case, accents and marks, to compare them by."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))


def _flaws(words: str, language: str, *, invites: bool) -> Iterator[Found]:
    said = _WORD.findall(words)
    least = LEAST_IN_SPANISH if language == "es" else LEAST_WORDS
    if len(said) < least:
        yield Found(Flaw.SHORT, str(len(said)))
    if len(said) > MOST_WORDS.get(language, MOST_WORDS["es"]):
        yield Found(Flaw.LONG, str(len(said)))
    if words.count("?") > 1:
        yield Found(Flaw.QUESTIONS, str(words.count("?")))
    if not invites and not words.rstrip().endswith("?"):
        yield Found(Flaw.NO_QUESTION)
    elif not invites and _is_yes_or_no(words, language):
        yield Found(Flaw.YES_OR_NO)
    yield from _named(words, said)


def _named(words: str, said: Sequence[str]) -> Iterator[Found]:
    plainly = [plain(each) for each in said]
    for each in _PRODUCTS:
        name = each.split()
        for at in range(len(said)):
            if plainly[at : at + len(name)] == name:
                yield Found(Flaw.PRODUCT, " ".join(said[at : at + len(name)]))
                break
    # A first word is written large whatever it is, and "Mark" at the head of a sentence marks papers.
    begins = {found.end() for found in re.finditer(r"(?:^|[.!?…:]\s+|[¿¡“«\"(])", words)}
    for found in _WORD.finditer(words):
        if (
            found.start() not in begins
            and found[0].removesuffix("’s").removesuffix("'s") in _PUPILS
        ):
            yield Found(Flaw.PUPIL, found[0])


def _is_yes_or_no(words: str, language: str) -> bool:
    if language == "es":
        asked = words[words.rfind("¿") + 1 :] if "¿" in words else words
        said = [each.casefold() for each in _WORD.findall(asked)]
        asks = any(each in _ASKS for each in said)
        return bool(said) and (not asks or said[0] in _YES_OR_NO_IN_SPANISH)
    if language != "en":
        return False
    clauses = [
        [each.casefold().replace("'", "’") for each in _WORD.findall(clause)]
        for clause in _CLAUSE.split(words)
    ]
    opened = [_without_joining(each) for each in clauses if each]
    asks = any(each in _ASKS for clause in opened for each in clause)
    return not asks or any(_opens_yes_or_no(each) for each in opened)


def _without_joining(clause: list[str]) -> list[str]:
    return clause[1:] if clause[0] in _JOINING else clause


def _opens_yes_or_no(clause: Sequence[str]) -> bool:
    second = clause[1:2]
    return bool(second) and clause[0] in _AUXILIARY and second[0] in _SUBJECT


@lru_cache(maxsize=4096)
def _about(words: str) -> frozenset[str]:
    """Return the words that matter in three letters at a time, so that a slip makes little difference."""
    said = [each.casefold() for each in _WORD.findall(words)]
    matter = [plain(each) for each in said if each not in _FILLER] or [plain(each) for each in said]
    return frozenset(f" {each} "[at : at + 3] for each in matter for at in range(max(1, len(each))))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    both = len(one) + len(other)
    return 2 * len(one & other) / both if both else 1.0
