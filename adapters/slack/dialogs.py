"""Forms as modals, and what to mend in them. Pure."""

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from adapters.slack.render import modal, option_of
from adapters.slack.text import Json, Reader, fitted, plain_text, rich
from plnbot.talk import forms, limits
from plnbot.talk.cards import Actions, Card, LinkButton, Option, Paragraph, Tone
from plnbot.talk.interactions import OpenForm, Reply
from plnbot.talk.text import EMPTY, Link, Plain, Text, clean
from plnbot.values import dataclass

_TITLE, _INPUT, _HINT, _LABEL, _PLACEHOLDER = 24, 3000, 2000, 2000, 150


@dataclass(frozen=True, slots=True)
class Back:
    """Where the answer to a form is to be shown; it travels in the view and comes back with it."""

    channel: str = ""
    thread: str = ""


def form_view(form: forms.Form, reader: Reader, back: Back) -> Json:
    """Return a form as a modal."""
    body: list[Json] = [rich(form.intro, reader)] if reader.words(form.intro).strip() else []
    body += [_input(each, reader) for each in form.inputs]
    held = {"form": form.name, "row": form.row, "channel": back.channel, "thread": back.thread}
    return {
        **modal(reader.words(form.title), body, reader),
        "callback_id": "form",
        "submit": plain_text(reader.words(form.submit), _TITLE),
        "private_metadata": json.dumps(held),
    }


def without_files(form: forms.Form, url: str, reader: Reader) -> OpenForm | Reply:
    """Return what is opened in place of a form that asks for files, where they may not be read.

    `url` is where the whole form is, or empty. Without its files it is of use if they need not be.
    """
    t = reader.t
    why = t("I may not read files in this workspace.")
    if url:
        why = t("I may not read files in this workspace. On the web the form takes one.")
    there = tuple(each for each in form.inputs if not isinstance(each, forms.FileInput))
    if there and not any(
        isinstance(each, forms.FileInput) and each.required for each in form.inputs
    ):
        link = Text((Plain(" "), Link(url, t.words("Open it on the web")))) if url else EMPTY
        intro = Text((*form.intro, *((Plain("\n"),) if form.intro else ()), *why, *link))
        return OpenForm(replace(form, inputs=there, intro=intro))
    button = (Actions((LinkButton(t("Open it on the web"), url),)),) if url else ()
    return Reply(Card(form.title, (Paragraph(why), *button), Tone.CAUTION))


def field_errors(errors: forms.FieldErrors, form_fields: Sequence[str], reader: Reader) -> Json:
    """Return what to mend, under the inputs that the open view has."""
    said: dict[str, str] = {}
    for name, error in errors.errors.items():
        at = name if name in form_fields else form_fields[0]
        said[at] = fitted(reader.words(reader.t.say(error)), _HINT)
    return {"response_action": "errors", "errors": said}


def searched(source: str, *, free: bool) -> str:
    """Return what a search is called on its way through Slack and back."""
    return f"search|{source}|{'free' if free else ''}"


def _standing(each: forms.SearchInput, reader: Reader) -> Json | None:
    """Return what was chosen by a search before, or its words, as they come back."""
    if each.chosen is not None:
        return option_of(replace(each.chosen, value=forms.ROW + each.chosen.value), reader)
    return _words(each.words) if each.words else None


def _words(words: str) -> Json:
    return {"text": plain_text(words, limits.OPTION_LABEL), "value": words}


def found(options: Sequence[Option], typed: str, reader: Reader, *, free: bool) -> Json:
    """Return what fits what was typed; where words of their own will do, those too."""
    shown = [option_of(each, reader) for each in options]
    words = clean(typed)
    if free and words and len(words) <= limits.SEARCHED:
        label = reader.t.words("None of these: {words}", words=words)
        own = {"text": plain_text(label, limits.OPTION_LABEL), "value": words}
        shown.append(own)
    return {"options": shown}


def _input(each: forms.AnyInput, reader: Reader) -> Json:
    shown: Json = {
        "type": "input",
        "block_id": each.name,
        "optional": not each.required,
        "label": plain_text(reader.words(each.label), _LABEL),
        "element": {"action_id": "value", **_element(each, reader)},
    }
    if hint := reader.words(each.hint).strip():
        shown["hint"] = plain_text(hint, _HINT)
    return shown


def _element(each: forms.AnyInput, reader: Reader) -> Json:
    match each:
        case forms.TextInput(value=value, long=long, most=most):
            return {
                "type": "plain_text_input",
                "multiline": long,
                "max_length": min(most, _INPUT),
                **_initially("initial_value", fitted(value, min(most, _INPUT))),
            }
        case forms.ChoiceInput(options=options, value=value):
            chosen = [option_of(option, reader) for option in options if option.value == value]
            return {
                "type": "static_select",
                "options": [option_of(option, reader) for option in options],
                **_initially("initial_option", chosen[0] if chosen else None),
            }
        case forms.MultiChoiceInput(options=options, value=values):
            picked = [option_of(option, reader) for option in options if option.value in values]
            return {
                "type": "multi_static_select",
                "options": [option_of(option, reader) for option in options],
                **_initially("initial_options", picked),
            }
        case forms.DateInput(value=day):
            return {"type": "datepicker", **_initially("initial_date", day and day.isoformat())}
        case forms.TimeInput(value=clock):
            at = clock and clock.isoformat("minutes")
            return {"type": "timepicker", **_initially("initial_time", at)}
        case forms.SearchInput(source=source, free=free):
            return {
                "type": "external_select",
                "action_id": searched(source, free=free),
                "min_query_length": 1,
                "placeholder": plain_text(reader.t.words("Type to search …"), _PLACEHOLDER),
                **_initially("initial_option", _standing(each, reader)),
            }
        case forms.FileInput(most=most):
            endings = [ending[1:] for ending in each.shown_first]
            return {"type": "file_input", "filetypes": endings, "max_files": most}
        case forms.NumberInput(least=least, most=most, places=places, value=number):
            return {
                "type": "number_input",
                "is_decimal_allowed": places > 0,
                "min_value": str(least),
                "max_value": str(most),
                **_initially("initial_value", _digits(number)),
            }


def _initially(name: str, value: object) -> Json:
    return {name: value} if value else {}


def _digits(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}"
