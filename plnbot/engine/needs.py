"""What teachers need, by a list: how words that somebody wrote become a need that can be counted.

Words stay with who wrote them. What goes further is the need alone that they are about, from
`config/packs/needs.toml`; words that are about none of them are about nothing that is counted.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from plnbot.fulltext.words import ENGLISH, SPANISH, stem, words_of
from plnbot.packs import Entry, Pack, Titles
from plnbot.packs.frameworks import known_skills
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Block, Button, Paragraph
from plnbot.talk.words import Translate
from plnbot.values import dataclass

WISH = "insight.wish"
"""The button by which somebody says that they need something; its row is the need's id."""
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Need:
    """Something that teachers need.

    `words` are what stands for it in what somebody wrote, `skills` the ids of those that go with it.
    """

    id: str
    title: Titles
    words: tuple[str, ...]
    retired: bool
    skills: tuple[str, ...] = ()


def _read(entry: Entry) -> Need:
    if not (words := entry.texts("words", most=_LONGEST)):
        entry.wrong("words", "must be a list of what stands for it")
    named, retired = entry.titles("name"), entry.flag("retired")
    return Need(entry.id(), named, words, retired, known_skills(entry))


NEEDS = Pack("needs.toml", "need", _read, limits.OPTIONS)


@cache
def needs() -> Mapping[str, Need]:
    """Return the needs by id; raises `PackError`."""
    return NEEDS.load()


def needs_in(words: str) -> Sequence[str]:
    """Return which needs some words are about, in the order of the list."""
    stems = stems_of_either(words)
    return [
        each.id
        for each in needs().values()
        if not each.retired and any(phrase <= stems for phrase in _phrases()[each.id])
    ]


def phrases_of(need: str) -> Sequence[frozenset[str]]:
    """Return what stands for a need, each as the stems that all have to be there."""
    return _phrases()[need]


def needs_in_any(lines: Iterable[str]) -> frozenset[str]:
    """Return which needs any of these lines is about."""
    return frozenset(need for line in lines for need in needs_in(line))


def wish_instead(t: Translate, sought: str) -> Sequence[Block]:
    """Offer who found nothing by these words to say that they need it, where they are about a need."""
    found = needs_in(sought)[:1]
    if not found:
        return ()
    name = needs()[found[0]].title.said(t.locale)
    said = t(
        "Say that you need it: “{need}” is then counted for your district, without your name and"
        " your words, once five or more ask for it.",
        need=name,
    )
    return Paragraph(said, quiet=True), Actions((Button(t("I need this"), WISH, found[0]),))


def stems_of_either(words: str) -> frozenset[str]:
    """Return the stems of words in either language: so short a text does not tell which it is in."""
    return frozenset(stem(each, of) for each in words_of(words, 200) for of in (ENGLISH, SPANISH))


@cache
def _phrases() -> Mapping[str, Sequence[frozenset[str]]]:
    return {each.id: [_english_or_spanish(one) for one in each.words] for each in needs().values()}


def _english_or_spanish(phrase: str) -> frozenset[str]:
    """Return what has to be among somebody's stems for a phrase to be there.

    A word counts by its stem in the language in which that is shorter, for its endings are known there.
    """
    return frozenset(
        min((stem(each, of) for of in (ENGLISH, SPANISH)), key=len) for each in words_of(phrase)
    )
