"""Questions about subjects, grades and skills, as forms of feeds and of the catalogue ask them."""

from collections.abc import Mapping

from plnbot.packs import Named, offered
from plnbot.talk.cards import Option
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import MultiChoiceInput
from plnbot.talk.text import Text, verbatim
from plnbot.talk.words import Translate

_LABEL = 70


def several(
    t: Translate, name: str, label: Text, pack: Mapping[str, Named], value: tuple[str, ...]
) -> MultiChoiceInput:
    """Return the question which of a pack's entries apply."""
    options = tuple(
        Option(each.id, verbatim(short_words(each.title.said(t.locale), _LABEL)))
        for each in offered(pack, value)
    )
    return MultiChoiceInput(name=name, label=label, options=options, value=value)


def ids(value: object) -> tuple[str, ...]:
    """Return the ids that were chosen."""
    return value if isinstance(value, tuple) else ()
