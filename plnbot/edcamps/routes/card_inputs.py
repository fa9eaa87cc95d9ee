"""What a card's forms ask for, whether it is new or changed."""

from collections.abc import Iterable, Mapping

from plnbot.edcamps.actions import posting
from plnbot.edcamps.model import CardKind
from plnbot.edcamps.words import KIND_NAMES
from plnbot.talk.cards import Option
from plnbot.talk.forms import ChoiceInput, TextInput
from plnbot.talk.words import Translate


def card_inputs(
    t: Translate, kinds: Iterable[CardKind], present: Mapping[str, str]
) -> tuple[TextInput, ChoiceInput, TextInput, TextInput]:
    """Return the fields for what it is about, what it invites to, more words and its room's needs.

    `present` is what stands in them, by their names.
    """
    needs = present.get("needs", "")
    options = tuple(Option(each.value, t.say(KIND_NAMES[each])) for each in kinds)
    return (
        TextInput(
            name="words",
            label=t("What is it about?"),
            hint=t("A few words, like “Feedback without grades”"),
            value=present.get("words", "")[: posting.LONGEST],
            required=True,
            most=posting.LONGEST,
        ),
        ChoiceInput(
            name="invites",
            label=t("What do you invite to?"),
            options=options,
            value=present.get("invites", options[0].value),
            required=True,
        ),
        TextInput(
            name="about",
            label=t("Say more, if you like"),
            long=True,
            most=posting.LONGEST_ABOUT,
            value=present.get("about", "")[: posting.LONGEST_ABOUT],
        ),
        TextInput(
            name="needs",
            label=t("What must its room have?"),
            hint=t("projector, no steps. Mostly nothing: leave it empty."),
            value=needs,
            most=max(200, len(needs)),  # written again, each has a blank before it
        ),
    )
