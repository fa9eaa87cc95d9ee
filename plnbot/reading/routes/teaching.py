"""Questions about subjects and grades, as forms of feeds and of the catalogue ask them."""

from collections.abc import Mapping

from plnbot.packs import Named, choices
from plnbot.talk.forms import MultiChoiceInput
from plnbot.talk.text import Text
from plnbot.talk.words import Translate


def several(
    t: Translate, name: str, label: Text, pack: Mapping[str, Named], value: tuple[str, ...]
) -> MultiChoiceInput:
    """Return the question which of a pack's entries apply."""
    options = choices(pack, t.locale, value)
    return MultiChoiceInput(name=name, label=label, options=options, value=value)
