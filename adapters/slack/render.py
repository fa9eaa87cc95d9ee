"""Cards, forms and pages as Block Kit. Pure."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from adapters.slack.text import (
    Json,
    Reader,
    bullets,
    escaped,
    fits_mrkdwn,
    fitted,
    mrkdwn,
    plain_text,
    rich,
    units,
)
from plnbot.talk import cards, forms, pages
from plnbot.talk.cards import Actions, Button, Card, Look, Option, PageButton
from plnbot.talk.plain import card_as_text
from plnbot.talk.text import Bold, Plain, Text, verbatim

MESSAGE_BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100
MESSAGE_TEXT: Final = 10_000
"""Slack refuses messages near 13,200 characters in all (`msg_blocks_too_long`)."""
FALLBACK: Final = 2000
_HEADER, _LABEL, _OPTION, _PLACEHOLDER = 150, 75, 75, 150
_TITLE = 24
_FIELD, _ALT, _URL, _INPUT, _HINT, _INPUT_LABEL = 2000, 2000, 3000, 3000, 2000, 2000
_LOOKS: Final[Mapping[Look, str]] = {Look.PRIMARY: "primary", Look.DANGER: "danger"}


@dataclass(frozen=True, slots=True)
class Back:
    """Where the answer to a form is to be shown; it travels in the view and comes back with it."""

    channel: str = ""
    thread: str = ""


def message(card: Card, reader: Reader) -> Json:
    """Return a card as the body of a message: its blocks, and the words of a notification."""
    return {"text": fallback(card, reader), "blocks": blocks_of(card, reader)}


def messages(shown: Sequence[Card], reader: Reader) -> Iterator[Json]:
    """Yield several cards as few messages, each within Slack's limits."""
    together: list[Card] = []
    for card in shown:
        if together and not _fit_one_message([*together, card], reader):
            yield _as_one(together, reader)
            together = []
        together.append(card)
    yield _as_one(together, reader)


def fallback(card: Card, reader: Reader) -> str:
    """Return a card as the words that a notification or a screen reader says."""
    return escaped(fitted(card_as_text(card, reader.zone, reader.locale), FALLBACK))


def blocks_of(card: Card, reader: Reader, *, titled: bool = True) -> list[Json]:
    """Return a card as blocks."""
    shown: list[Json] = []
    if label := reader.words(card.label).strip():
        shown.append({"type": "context", "elements": [plain_text(label, _HEADER)]})
    title = reader.words(card.title).strip()
    if titled and title:
        shown.append({"type": "header", "text": plain_text(title, _HEADER)})
    for number, block in enumerate(card.blocks):
        shown += _block(block, reader, number)
    return shown or [{"type": "divider"}]


def card_view(shown: Sequence[Card], reader: Reader) -> Json:
    """Return cards as a modal, for where no message can be shown to one person."""
    title = reader.words(shown[0].title).strip()
    whole = units(title) <= _TITLE
    body = blocks_of(shown[0], reader, titled=not whole)
    for card in shown[1:]:
        body += [{"type": "divider"}, *blocks_of(card, reader)]
    return _modal(title, body, reader)


def form_view(form: forms.Form, reader: Reader, back: Back) -> Json:
    """Return a form as a modal."""
    body: list[Json] = [rich(form.intro, reader)] if reader.words(form.intro).strip() else []
    body += [_input(each, reader) for each in form.inputs]
    held = {"form": form.name, "row": form.row, "channel": back.channel, "thread": back.thread}
    return {
        **_modal(reader.words(form.title), body, reader),
        "callback_id": "form",
        "submit": plain_text(reader.words(form.submit), _TITLE),
        "private_metadata": json.dumps(held),
    }


def home_view(page: pages.Page, reader: Reader) -> Json:
    """Return a page as the App Home, as far as it fits."""
    body: list[Json] = [_header(page.title, reader)]
    for number, block in enumerate(page.blocks):
        part = list(_page_block(block, reader, number))
        if len(body) + len(part) >= VIEW_BLOCKS:
            more = reader.t.words("There is more than fits here.")
            body.append({"type": "context", "elements": [plain_text(more, _HEADER)]})
            break
        body += part
    return {"type": "home", "blocks": body}


def field_errors(errors: forms.FieldErrors, form_fields: Sequence[str], reader: Reader) -> Json:
    """Return what to mend, under the inputs that the open view has."""
    said: dict[str, str] = {}
    for name, error in errors.errors.items():
        at = name if name in form_fields else form_fields[0]
        said[at] = fitted(reader.words(reader.t.say(error)), _HINT)
    return {"response_action": "errors", "errors": said}


def _as_one(shown: Sequence[Card], reader: Reader) -> Json:
    body: list[Json] = []
    for card in shown:
        body += [{"type": "divider"}] if body else []
        body += _numbered_apart(blocks_of(card, reader), len(body))
    text = "\n\n".join(fallback(card, reader) for card in shown)
    return {"text": text[: FALLBACK * 2], "blocks": body}


def _numbered_apart(body: Iterable[Json], offset: int) -> list[Json]:
    """Return blocks whose buttons cannot meet those of another card in the same message."""
    return [
        {**block, "block_id": f"b{offset + number}"} if block["type"] == "actions" else block
        for number, block in enumerate(body)
    ]


def _fit_one_message(shown: Sequence[Card], reader: Reader) -> bool:
    whole = _as_one(shown, reader)
    size = sum(units(card_as_text(card, reader.zone, reader.locale)) for card in shown)
    return len(whole["blocks"]) <= MESSAGE_BLOCKS and size <= MESSAGE_TEXT


def _modal(title: str, body: list[Json], reader: Reader) -> Json:
    return {
        "type": "modal",
        "title": plain_text(title, _TITLE),
        "close": plain_text(reader.t.words("Close"), _TITLE),
        "blocks": body[:VIEW_BLOCKS] or [{"type": "divider"}],
    }


def _header(text: Text, reader: Reader) -> Json:
    return {"type": "header", "text": plain_text(reader.words(text), _HEADER)}


def _block(block: cards.Block, reader: Reader, number: int) -> list[Json]:  # noqa: PLR0911 - one a kind
    match block:
        case cards.Paragraph(text=text) if not reader.words(text).strip():
            return []
        case cards.Paragraph(text=text, quiet=True) if fits_mrkdwn(text, reader):
            small = {"type": "mrkdwn", "text": mrkdwn(text, reader)}
            return [{"type": "context", "elements": [small]}]
        case cards.Paragraph(text=text):
            return [rich(text, reader)]
        case cards.Fields(fields=fields):
            return _fields(fields, reader)
        case cards.Image(url=url, alt=alt):
            words = fitted(reader.words(alt).strip(), _ALT) or "–"
            return [{"type": "image", "image_url": url, "alt_text": words}]
        case cards.Divider():
            return [{"type": "divider"}]
        case Actions(items=items):
            elements = [_item(item, reader, f"{number}.{at}") for at, item in enumerate(items)]
            return [{"type": "actions", "elements": elements}] if elements else []


def _fields(fields: tuple[cards.Field, ...], reader: Reader) -> list[Json]:
    if not fields:
        return []
    if all(fits_mrkdwn(each.label + each.value, reader) for each in fields):
        pairs = [
            f"*{escaped(reader.words(each.label).strip())}*\n{mrkdwn(each.value, reader)}"
            for each in fields
        ]
        if all(units(pair) <= _FIELD for pair in pairs):
            shown = [{"type": "mrkdwn", "text": pair} for pair in pairs]
            return [{"type": "section", "fields": shown}]
    spans: list[Text] = []
    for each in fields:
        label = Text((Bold(f"{reader.words(each.label)}: "),))
        spans.append(label + each.value + Text((Plain("\n"),)))
    return [rich(sum(spans, Text()), reader)]


def _item(
    item: Button | cards.LinkButton | PageButton | cards.Select, reader: Reader, at: str
) -> Json:
    label = plain_text(reader.words(item.label), _LABEL)
    match item:
        case Button(action=action, row=row, look=look, confirm=confirm):
            shown: Json = {"type": "button", "text": label, "action_id": f"press|{action}|{row}|"}
            if look in _LOOKS:
                shown["style"] = _LOOKS[look]
            if confirm:
                shown["confirm"] = _confirm(confirm, item.label, look, reader)
            return shown
        case PageButton(page=page, row=row):
            # The same page may be offered twice in one card, and no two actions may share a name.
            return {"type": "button", "text": label, "action_id": f"page|{page}|{row}|{at}"}
        case cards.LinkButton(url=url):
            address = {"url": url} if units(url) <= _URL else {}
            return {"type": "button", "text": label, "action_id": f"link|||{at}", **address}
        case cards.Select(action=action, row=row, options=options):
            return {
                "type": "static_select",
                "placeholder": plain_text(reader.words(item.label), _PLACEHOLDER),
                "action_id": f"press|{action}|{row}|",
                "options": [_option(each, reader) for each in options],
            }


def _confirm(question: Text, label: Text, look: Look, reader: Reader) -> Json:
    asked = {
        "title": plain_text(reader.t.words("Are you sure?"), 100),
        "text": plain_text(reader.words(question), 300),
        "confirm": plain_text(reader.words(label), 30),
        "deny": plain_text(reader.t.words("No"), 30),
    }
    return {**asked, "style": "danger"} if look is Look.DANGER else asked


def _option(option: Option, reader: Reader) -> Json:
    return {"text": plain_text(reader.words(option.label), _OPTION), "value": option.value}


def _input(each: forms.AnyInput, reader: Reader) -> Json:
    shown: Json = {
        "type": "input",
        "block_id": each.name,
        "optional": not each.required,
        "label": plain_text(reader.words(each.label), _INPUT_LABEL),
        "element": {**_element(each, reader), "action_id": "value"},
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
            chosen = [_option(option, reader) for option in options if option.value == value]
            return {
                "type": "static_select",
                "options": [_option(option, reader) for option in options],
                **_initially("initial_option", chosen[0] if chosen else None),
            }
        case forms.MultiChoiceInput(options=options, value=values):
            picked = [_option(option, reader) for option in options if option.value in values]
            return {
                "type": "multi_static_select",
                "options": [_option(option, reader) for option in options],
                **_initially("initial_options", picked),
            }
        case forms.DateInput(value=day):
            return {"type": "datepicker", **_initially("initial_date", day and day.isoformat())}
        case forms.TimeInput(value=clock):
            at = clock and clock.isoformat("minutes")
            return {"type": "timepicker", **_initially("initial_time", at)}
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


def _page_block(block: pages.PageBlock, reader: Reader, number: int) -> Iterator[Json]:
    match block:
        case Card():
            yield {"type": "divider"}
            yield from _numbered_apart(blocks_of(block, reader), number * MESSAGE_BLOCKS)
        case pages.Heading(text=text):
            yield _header(text, reader)
        case pages.Quote(author=author, text=text):
            name = Text((Bold(reader.words(author)),)) + verbatim("\n")
            yield rich(name + text, reader)
        case pages.Listing(entries=entries) if entries:
            yield bullets(entries, reader)
        case pages.Listing() | pages.Downloads():
            return
        case _:
            yield from _block(block, reader, number)
