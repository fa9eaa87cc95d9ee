"""Words as they are found by: folded, and without their endings. Pure.

The endings that are taken off are the common ones (plurals, -ing and -ed, gender), so that one finds
"fracciones" by "fraccion" and "teaching" by "teach", and "universe" not by "university". Accents go first,
as many type none.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

ENGLISH, SPANISH = "en", "es"
_WORD = re.compile(r"[^\W_]+")
_LONGEST_WORD = 40
_LOOKED_AT = 120
_VOWEL = re.compile(r"[aeiouy]")
_SHORT = 3

COMMON = {
    ENGLISH: frozenset(
        [
            "a",
            "about",
            "all",
            "an",
            "and",
            "are",
            "as",
            "at",
            "be",
            "been",
            "but",
            "by",
            "can",
            "do",
            "for",
            "from",
            "had",
            "has",
            "have",
            "how",
            "i",
            "if",
            "in",
            "into",
            "is",
            "it",
            "its",
            "me",
            "more",
            "my",
            "no",
            "not",
            "of",
            "on",
            "one",
            "or",
            "our",
            "so",
            "some",
            "than",
            "that",
            "the",
            "their",
            "them",
            "then",
            "there",
            "these",
            "they",
            "this",
            "to",
            "up",
            "was",
            "we",
            "were",
            "what",
            "when",
            "which",
            "who",
            "why",
            "will",
            "with",
            "would",
            "you",
            "your",
        ]
    ),
    SPANISH: frozenset(
        [
            "a",
            "al",
            "algo",
            "alguna",
            "algun",
            "ante",
            "asi",
            "aun",
            "bien",
            "cada",
            "como",
            "con",
            "cual",
            "cuando",
            "de",
            "del",
            "desde",
            "donde",
            "dos",
            "e",
            "el",
            "ella",
            "ellos",
            "en",
            "entre",
            "era",
            "es",
            "esa",
            "ese",
            "eso",
            "esta",
            "este",
            "esto",
            "fue",
            "ha",
            "han",
            "hay",
            "hasta",
            "la",
            "las",
            "le",
            "les",
            "lo",
            "los",
            "mas",
            "me",
            "mi",
            "mis",
            "muy",
            "ni",
            "no",
            "nos",
            "o",
            "otra",
            "otro",
            "para",
            "pero",
            "por",
            "porque",
            "que",
            "quien",
            "se",
            "ser",
            "si",
            "sin",
            "sobre",
            "son",
            "su",
            "sus",
            "tan",
            "te",
            "tu",
            "un",
            "una",
            "uno",
            "unos",
            "y",
            "ya",
            "yo",
        ]
    ),
}
"""Words that say nothing of what a text is about, folded, by language."""


def folded(text: str) -> str:
    """Return text without case and accents."""
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(each for each in apart if not unicodedata.combining(each))


def words_of(text: str, most: int = 10_000) -> list[str]:
    """Return the first words of a text, folded, in order."""
    found = _WORD.finditer(folded(text[: most * _LONGEST_WORD]))
    return [each[0][:_LONGEST_WORD] for each, _ in zip(found, range(most), strict=False)]


def language_of(words: Sequence[str], said: str = "") -> str:
    """Return in which of our languages words are, by the common ones among them.

    Where those do not tell, what was `said` of it counts; what is in no language of ours is taken as
    English, whose endings do the least harm.
    """
    spanish = sum(each in COMMON[SPANISH] for each in words)
    english = sum(each in COMMON[ENGLISH] for each in words)
    if spanish == english:
        return SPANISH if said.casefold().startswith(SPANISH) else ENGLISH
    return SPANISH if spanish > english else ENGLISH


def stems_of(text: str) -> frozenset[str]:
    """Return the stems of the words at the beginning of a text that tell something."""
    words = words_of(text, _LOOKED_AT)
    language = language_of(words)
    return frozenset(stem(each, language) for each in words if each not in COMMON[language])


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """Return a folded word without its ending."""
    return _STEMS[language](word)


def _english(word: str) -> str:
    if len(word) <= _SHORT or not word.isascii() or not word.isalpha():
        return word
    word = _singular(word)
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= _SHORT and _VOWEL.search(rest) and word[-3:] != "eed":
            word = rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "lsz" else rest
            break
    if word.endswith("e") and len(word) > _SHORT:
        return word[:-1]
    if word.endswith("y") and len(word) > _SHORT and word[-2] not in "aeiou":
        return f"{word[:-1]}i"
    return word


def _singular(word: str) -> str:
    if word.endswith(("ss", "us", "is")) or not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > _SHORT + 1:
        return f"{word[:-3]}y"
    if word.endswith("zzes"):
        return word[:-3]
    if word.endswith(("sses", "ches", "shes", "xes", "zes", "oes")):
        return word[:-2]
    return word[:-1]


def _spanish(word: str) -> str:
    if len(word) <= _SHORT or not word.isascii() or not word.isalpha():
        return word
    if word.endswith("ces"):
        return f"{word[:-3]}z"
    if word.endswith("mente") and len(word) > len("mente") + _SHORT:
        word = word.removesuffix("mente")
    if word.endswith(("os", "as", "es")):
        word = word[:-1]
    return word[:-1] if word.endswith(("o", "a", "e")) else word


_STEMS: dict[str, Callable[[str], str]] = {ENGLISH: _english, SPANISH: _spanish}
