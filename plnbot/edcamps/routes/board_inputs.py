"""What a board's forms ask for, whether it is laid or changed."""

from collections.abc import Mapping
from dataclasses import replace

from plnbot.edcamps.actions import laying
from plnbot.talk.forms import TextInput
from plnbot.talk.text import Text
from plnbot.talk.words import Translate

_LONGEST_LIST = 2000


def board_inputs(t: Translate, present: Mapping[str, str], *, new: bool) -> tuple[TextInput, ...]:
    """Return the fields for its title and day, its slots, rooms and phases.

    `present` is what stands in them, by their names; of a new one the phases may be left to the bot.
    """
    return (
        TextInput(
            name="title",
            label=t("What is it called?"),
            value=present.get("title", "")[: laying.LONGEST_TITLE],
            most=laying.LONGEST_TITLE,
            required=True,
        ),
        TextInput(
            name="day",
            label=t("On which day?"),
            hint=t("Saturday, or 5 December"),
            value=present.get("day", ""),
            required=True,
        ),
        _list(
            "slots",
            t("Slots, one a line"),
            t("9:00–9:45, and one a line like this. Another day: Dec 6 9:00–9:45"),
            present,
        ),
        _list(
            "rooms",
            t("Rooms, one a line"),
            t("Library, 30 seats, projector, no steps. Or a place online: Den, voice"),
            present,
        ),
        _phases(t, present, new=new),
    )


def _phases(t: Translate, present: Mapping[str, str], *, new: bool) -> TextInput:
    if not new:
        return _list("phases", t("When phases begin"), t("Votes: Friday 8 am"), present)
    label = t("When requests, cards and votes begin")
    hint = t("Votes: Friday 8 am. One a line; left empty, I share out the time until then.")
    return replace(_list("phases", label, hint, present), required=False)


def _list(name: str, label: Text, hint: Text, present: Mapping[str, str]) -> TextInput:
    value = present.get(name, "")
    return TextInput(
        name=name,
        label=label,
        hint=hint,
        long=True,
        # Written again, with whole clocks and days, a list is longer than it was typed.
        most=max(_LONGEST_LIST, len(value)),
        value=value,
        required=True,
    )
