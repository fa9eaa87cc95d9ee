"""Cards: what the bot shows, on every platform alike.

A card is checked when it is made against the intersection of the platforms' limits; text that may
run long goes through `plnbot.talk.fallback` first.
"""

from dataclasses import field
from enum import StrEnum

from plnbot.talk import limits
from plnbot.talk.text import EMPTY, Text, is_web_address
from plnbot.values import dataclass


class CardError(ValueError):
    """A card that some platform would refuse: our own mistake, found where it was made."""


class Tone(StrEnum):
    """What a card is about, shown as a colour beside words that say the same."""

    PLAIN = "plain"
    QUESTION = "question"
    GOOD = "good"
    CAUTION = "caution"


class Look(StrEnum):
    """How much a button asks for attention."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words. `quiet` marks a note in smaller print."""

    text: Text
    quiet: bool = False

    def __post_init__(self) -> None:
        _fits("a paragraph", self.text, limits.TEXT_BLOCK)


@dataclass(frozen=True, slots=True)
class Field:
    """A short fact with its label."""

    label: Text
    value: Text

    def __post_init__(self) -> None:
        _fits("a field's label", self.label, limits.FIELD_LABEL)
        _fits("a field's value", self.value, limits.FIELD_VALUE)


@dataclass(frozen=True, slots=True)
class Fields:
    """Facts side by side."""

    fields: tuple[Field, ...]

    def __post_init__(self) -> None:
        _count("fields", len(self.fields), limits.FIELDS)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture with its alternative text."""

    url: str
    alt: Text

    def __post_init__(self) -> None:
        _fits("alternative text", self.alt, limits.ALT_TEXT)


@dataclass(frozen=True, slots=True)
class Divider:
    """A line between two thoughts."""


@dataclass(frozen=True, slots=True)
class Button:
    """A press of the action `action` on the row `row`. It authorises when pressed, not when shown.

    `confirm`, when given, is asked before the press counts.
    """

    label: Text
    action: str
    row: str = ""
    look: Look = Look.PLAIN
    confirm: Text = EMPTY

    def __post_init__(self) -> None:
        _fits("a button's label", self.label, limits.BUTTON_LABEL)
        _names(self.action, self.row)


@dataclass(frozen=True, slots=True)
class LinkButton:
    """A button that opens a web page; like a link, only http and https are accepted."""

    label: Text
    url: str

    def __post_init__(self) -> None:
        _fits("a button's label", self.label, limits.BUTTON_LABEL)
        if not is_web_address(self.url):
            msg = f"a button must lead to http or https: {self.url!r}"
            raise CardError(msg)


@dataclass(frozen=True, slots=True)
class PageButton:
    """A button that opens one of our own pages, as the reader who presses it may see it.

    In the lobby it is a link; elsewhere a press that answers with a personal sign-in link.
    """

    label: Text
    page: str
    row: str = ""

    def __post_init__(self) -> None:
        _fits("a button's label", self.label, limits.BUTTON_LABEL)
        _names(self.page, self.row)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: what people read and what comes back."""

    value: str
    label: Text

    def __post_init__(self) -> None:
        _fits("an option's label", self.label, limits.OPTION_LABEL)
        if not 0 < len(self.value) <= limits.OPTION_VALUE:
            msg = f"an option's value must be 1 to {limits.OPTION_VALUE} characters"
            raise CardError(msg)


@dataclass(frozen=True, slots=True)
class Select:
    """A choice of one; choosing is the press."""

    label: Text
    action: str
    options: tuple[Option, ...]
    row: str = ""

    def __post_init__(self) -> None:
        _fits("a select's label", self.label, limits.BUTTON_LABEL)
        _count("options", len(self.options), limits.OPTIONS)
        _names(self.action, self.row)


@dataclass(frozen=True, slots=True)
class Actions:
    """Buttons in one row, or one select."""

    items: tuple[Button | LinkButton | PageButton | Select, ...]

    def __post_init__(self) -> None:
        _count("buttons in a row", len(self.items), limits.BUTTONS_IN_ROW)
        if len(self.items) > 1 and any(isinstance(item, Select) for item in self.items):
            msg = "a select stands in a row of its own"
            raise CardError(msg)


Block = Paragraph | Fields | Image | Divider | Actions


@dataclass(frozen=True, slots=True)
class Card:
    """One message of the bot: a title, blocks, and a plain-text fallback made from both."""

    title: Text
    blocks: tuple[Block, ...] = ()
    tone: Tone = Tone.PLAIN
    label: Text = field(default=EMPTY)

    def __post_init__(self) -> None:
        _fits("a card's title", self.title, limits.CARD_TITLE)
        _fits("a card's label", self.label, limits.FIELD_LABEL)
        _count("blocks", len(self.blocks), limits.BLOCKS)
        rows = [block for block in self.blocks if isinstance(block, Actions)]
        _count("rows of buttons", len(rows), limits.ROWS)
        if sum(_size(block) for block in self.blocks) > limits.CARD_TEXT:
            msg = f"a card holds {limits.CARD_TEXT} characters; split it first"
            raise CardError(msg)
        pressed = [
            (item.action, item.row)
            for row in rows
            for item in row.items
            if isinstance(item, Button | Select)
        ]
        if len(set(pressed)) != len(pressed):
            msg = "two buttons of a card mean the same press"
            raise CardError(msg)


def _size(block: Block) -> int:
    match block:
        case Paragraph(text=text):
            return len(text.bare())
        case Fields(fields=fields):
            return sum(len(each.label.bare()) + len(each.value.bare()) for each in fields)
        case _:
            return 0


def _fits(what: str, text: Text, most: int) -> None:
    size = len(text.bare())
    if size > most:
        msg = f"{what} has {size} characters; {most} fit on every platform"
        raise CardError(msg)


def _count(what: str, count: int, most: int) -> None:
    if count > most:
        msg = f"a card has {count} {what}; {most} fit on every platform"
        raise CardError(msg)


def _names(action: str, row: str) -> None:
    if not 0 < len(action) <= limits.ACTION or len(row) > limits.ROW or "|" in action + row:
        msg = f"an action's name or row is too long or holds a bar: {action!r} {row!r}"
        raise CardError(msg)
