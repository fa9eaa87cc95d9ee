"""How a prompt is worded well; pure.

A prompt is one question that can be answered in two minutes on a phone, or an invitation to tell
something. It is never answered by yes or no, and names no pupil and no product. What breaks these rules
is a mistake in a pack, and a remark on what a member suggests or an organiser pastes: they decide.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from plnbot.likeness import WORD, plain
from plnbot.prompts.model.vocabulary import (
    ASKING,
    AUXILIARIES,
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


_CLAUSE = re.compile(r"[,;:—–.!?]+|\s-\s")
_ASKS = frozenset(ASKING.split())
_AUXILIARY, _SUBJECT = frozenset(AUXILIARIES.split()), frozenset(SUBJECTS.split())
_YES_OR_NO_IN_SPANISH = frozenset(YES_OR_NO_IN_SPANISH.split())
_JOINING = frozenset(JOINING.split())
_PRODUCTS = tuple(each.strip() for each in PRODUCTS.split(","))
_PUPILS = frozenset(PUPILS.split())


def flaws(words: str, language: str, *, invites: bool) -> tuple[Found, ...]:
    """Return what breaks the rules in the words of a prompt, in English (`en`) or Spanish (`es`).

    `invites` says that it is an invitation, which needs no question. In another language only what is
    the same in all is looked at.
    """
    return tuple(_flaws(words, language, invites=invites))


def seems_invitation(words: str) -> bool:
    """Return whether words that nobody declared are an invitation: they ask nothing, and tell to."""
    return "?" not in words


def _flaws(words: str, language: str, *, invites: bool) -> Iterator[Found]:
    said = WORD.findall(words)
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
    for found in WORD.finditer(words):
        if (
            found.start() not in begins
            and found[0].removesuffix("’s").removesuffix("'s") in _PUPILS
        ):
            yield Found(Flaw.PUPIL, found[0])


def _is_yes_or_no(words: str, language: str) -> bool:
    if language == "es":
        asked = words[words.rfind("¿") + 1 :] if "¿" in words else words
        said = [each.casefold() for each in WORD.findall(asked)]
        asks = any(each in _ASKS for each in said)
        return bool(said) and (not asks or said[0] in _YES_OR_NO_IN_SPANISH)
    if language != "en":
        return False
    clauses = [
        [each.casefold().replace("'", "’") for each in WORD.findall(clause)]
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
