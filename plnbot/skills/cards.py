"""How skills are told."""

from collections.abc import Iterable

from plnbot.packs.frameworks import skills
from plnbot.talk import limits
from plnbot.talk.cards import Field
from plnbot.talk.fallback import shortened
from plnbot.talk.text import Text, joined, verbatim
from plnbot.talk.words import Translate


def called(t: Translate, skill: str) -> Text:
    """Return what a skill is called."""
    return verbatim(skills()[skill].title.said(t.locale))


def all_called(t: Translate, touched: Iterable[str]) -> Text:
    """Return what several skills are called; those that no framework knows any more are left out."""
    return joined([called(t, each) for each in touched if each in skills()], " · ")


def told(t: Translate, carried: Iterable[str]) -> tuple[Field, ...]:
    """Return the skills that a thing carries as a fact of it; nothing where there are none."""
    names = all_called(t, carried)
    return (Field(t("Skills"), shortened(names, limits.FIELD_VALUE)),) if names else ()


def line(t: Translate, carried: Iterable[str]) -> tuple[Text, ...]:
    """Return the same as a line."""
    return tuple(joined((t("Skills:"), each.value), " ") for each in told(t, carried))
