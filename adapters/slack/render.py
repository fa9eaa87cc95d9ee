"""Cards and pages as Block Kit. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from plnbot.talk import cards, months, pages, walls
from plnbot.talk.cards import Actions, Button, Card, Look, Option, PageButton
from plnbot.talk.plain import card_as_text
from plnbot.talk.text import Bold, Plain, Text, joined, verbatim

MESSAGE_BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100
MESSAGE_TEXT: Final = 10_000
"""Slack refuses messages near 13,200 characters in all (`msg_blocks_too_long`)."""
FALLBACK: Final = 2000
_HEADER, _LABEL, _OPTION, _PLACEHOLDER = 150, 75, 75, 150
_TITLE = 24
_FIELD, _ALT, _URL = 2000, 2000, 3000
_LOOKS: Final[Mapping[Look, str]] = {Look.PRIMARY: "primary", Look.DANGER: "danger"}


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
    return modal(title, body, reader)


def home_view(page: pages.Page, reader: Reader) -> Json:
    """Return a page as the App Home, as far as it fits."""
    body: list[Json] = [_header(page.title, reader)]
    for number, block in enumerate(page.unlisted):
        part = list(_page_block(block, reader, number))
        if len(body) + len(part) >= VIEW_BLOCKS:
            more = reader.t.words("There is more than fits here.")
            body.append({"type": "context", "elements": [plain_text(more, _HEADER)]})
            break
        body += part
    return {"type": "home", "blocks": body}


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


def modal(title: str, body: list[Json], reader: Reader) -> Json:
    """Return blocks as a modal that can be closed."""
    return {
        "type": "modal",
        "title": plain_text(title, _TITLE),
        "close": plain_text(reader.t.words("Close"), _TITLE),
        "blocks": body[:VIEW_BLOCKS] or [{"type": "divider"}],
    }


def _header(text: Text, reader: Reader) -> Json:
    return {"type": "header", "text": plain_text(reader.words(text), _HEADER)}


def _block(block: cards.Block, reader: Reader, number: int) -> list[Json]:
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
                "options": [option_of(each, reader) for each in options],
            }


def _confirm(question: Text, label: Text, look: Look, reader: Reader) -> Json:
    asked = {
        "title": plain_text(reader.t.words("Are you sure?"), 100),
        "text": plain_text(reader.words(question), 300),
        "confirm": plain_text(reader.words(label), 30),
        "deny": plain_text(reader.t.words("No"), 30),
    }
    return {**asked, "style": "danger"} if look is Look.DANGER else asked


def option_of(option: Option, reader: Reader) -> Json:
    """Return one choice."""
    return {"text": plain_text(reader.words(option.label), _OPTION), "value": option.value}


def _page_block(block: pages.Unlisted, reader: Reader, number: int) -> Iterator[Json]:
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
        case pages.Table(rows=rows) if rows:
            yield bullets(tuple(joined(row, " · ") for row in rows), reader)
        case pages.Table() | pages.Listing() | pages.Downloads() | months.Months():
            return
        case walls.Timetable() | walls.Tiles() | walls.QrCode():
            return
        case _:
            yield from _block(block, reader, number)
