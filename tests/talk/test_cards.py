"""Cards are checked where they are made, go through a database, and can always be read as text."""

from collections.abc import Callable

import pytest
from hypothesis import given

from plnbot.talk import limits
from plnbot.talk.cards import (
    Actions,
    Button,
    Card,
    CardError,
    Field,
    Fields,
    LinkButton,
    Option,
    Paragraph,
    Select,
)
from plnbot.talk.codec import pack, unpack_card
from plnbot.talk.plain import card_as_text
from plnbot.talk.text import verbatim
from tests.talk.made import cards


def words(size: int) -> str:
    """Return words of this many characters, the last of them beyond the basic plane."""
    return "x" * (size - 1) + "🎉"


def options(count: int) -> tuple[Option, ...]:
    """Return this many options."""
    return tuple(Option(str(each), verbatim("o")) for each in range(count))


LIMITS: dict[str, tuple[Callable[[int], object], int]] = {
    "title": (lambda n: Card(verbatim(words(n))), limits.CARD_TITLE),
    "paragraph": (lambda n: Paragraph(verbatim(words(n))), limits.TEXT_BLOCK),
    "label of a field": (lambda n: Field(verbatim(words(n)), verbatim("v")), limits.FIELD_LABEL),
    "value of a field": (lambda n: Field(verbatim("l"), verbatim(words(n))), limits.FIELD_VALUE),
    "fields": (lambda n: Fields((Field(verbatim("l"), verbatim("v")),) * n), limits.FIELDS),
    "button": (lambda n: Button(verbatim(words(n)), "do"), limits.BUTTON_LABEL),
    "action": (lambda n: Button(verbatim("b"), "a" * n), limits.ACTION),
    "row": (lambda n: Button(verbatim("b"), "a", "7" * n), limits.ROW),
    "options": (lambda n: Select(verbatim("s"), "do", options(n)), limits.OPTIONS),
    "option's value": (lambda n: Option("v" * n, verbatim("o")), limits.OPTION_VALUE),
    "buttons in a row": (
        lambda n: Actions(tuple(Button(verbatim("b"), f"do{each}") for each in range(n))),
        limits.BUTTONS_IN_ROW,
    ),
    "blocks": (lambda n: Card(verbatim("t"), (Paragraph(verbatim("p")),) * n), limits.BLOCKS),
    "rows of buttons": (
        lambda n: Card(
            verbatim("t"),
            tuple(Actions((Button(verbatim("b"), f"do{each}"),)) for each in range(n)),
        ),
        limits.ROWS,
    ),
}


@pytest.mark.parametrize("what", LIMITS)
def test_a_card_that_some_platform_would_refuse_is_never_made(what: str) -> None:
    """At the limit it is made; one more is our own mistake, found where it was made."""
    make, most = LIMITS[what]
    make(most)
    with pytest.raises(CardError):
        make(most + 1)


def test_all_words_of_a_card_together_fit() -> None:
    """Paragraphs that each fit may be too many together."""
    part = Paragraph(verbatim("x" * limits.TEXT_BLOCK))
    Card(verbatim("t"), (part,) * (limits.CARD_TEXT // limits.TEXT_BLOCK))
    with pytest.raises(CardError):
        Card(verbatim("t"), (part,) * (limits.CARD_TEXT // limits.TEXT_BLOCK + 1))


def test_no_two_buttons_mean_the_same() -> None:
    """Platforms refuse two buttons of one id."""
    same = Actions((Button(verbatim("a"), "do", "7"),))
    with pytest.raises(CardError):
        Card(verbatim("t"), (same, same))


@given(cards)
def test_a_card_comes_back_from_the_database_as_it_went(card: Card) -> None:
    """Packed and unpacked, it is the same card."""
    assert unpack_card(pack(card)) == card


@pytest.mark.parametrize("data", [None, 7, "card", {"is": "Card"}, {"is": "os.system"}, [{}]])
def test_data_that_is_no_card_is_refused(data: object) -> None:
    """A damaged row is an error that names itself, never something half made."""
    with pytest.raises((ValueError, TypeError)):
        unpack_card(data)


@given(cards)
def test_every_card_can_be_read_as_plain_text(card: Card) -> None:
    """A notification or a log shows all of its words."""
    shown = card_as_text(card, "America/Chicago", "en")
    for block in card.blocks:
        if isinstance(block, Fields):
            assert all(each.value.bare().strip("\n") in shown for each in block.fields)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///x", ""])
def test_a_button_is_never_a_script(url: str) -> None:
    """A button of another scheme cannot even be made, wherever its address came from."""
    with pytest.raises(CardError, match="http"):
        LinkButton(verbatim("Read"), url)
