"""Rendering at its limits: nothing that the core may make is something Slack refuses."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.dialogs import Back, field_errors, form_view
from adapters.slack.render import blocks_of, card_view, home_view, message, messages
from adapters.slack.text import Reader, fitted, units
from plnbot.refs import MemberRef, Place
from plnbot.talk import limits
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Divider,
    Field,
    Fields,
    Image,
    LinkButton,
    Look,
    Option,
    PageButton,
    Paragraph,
    Select,
)
from plnbot.talk.forms import (
    AnyInput,
    ChoiceInput,
    FieldErrors,
    Form,
    MultiChoiceInput,
    NumberInput,
    TextInput,
)
from plnbot.talk.pages import Page
from plnbot.talk.text import Bold, Code, Italic, Link, Mention, Room, Text, When, verbatim
from plnbot.talk.words import msg
from tests.adapters.slack.valid import check_message, check_view

READER = Reader("en", "America/New_York")
AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
# One unit, two units, a letter of two code points, a family of seven, a mark, an escape.
KINDS = ("x", "🎉", "e\u0301", "👩\u200d👩\u200d👧\u200d👦", "*", "&")


def of_length(kind: str, size: int) -> str:
    """Return `size` code points of one kind."""
    return (kind * (size // len(kind) + 1))[:size]


def full(kind: str, size: int) -> Text:
    """Return text of `size` code points."""
    return verbatim(of_length(kind, size))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("less", [0, 1])
def test_a_card_at_every_limit(kind: str, less: int) -> None:
    """A card that holds as much of everything as the core lets it is taken by Slack."""
    row = of_length("1", limits.ROW)
    options = tuple(
        Option(of_length(str(n % 10), limits.OPTION_VALUE), full(kind, limits.OPTION_LABEL - less))
        for n in range(limits.OPTIONS)
    )
    buttons = tuple(
        Button(
            full(kind, limits.BUTTON_LABEL - less),
            f"a{n}{of_length('a', limits.ACTION - 2)}",
            row,
            look,
            full(kind, 400),
        )
        for n, look in enumerate((Look.PLAIN, Look.PRIMARY, Look.DANGER))
    )
    page = PageButton(full(kind, limits.BUTTON_LABEL), "chat", row)
    pair = Field(full(kind, limits.FIELD_LABEL), full(kind, 200))
    blocks: tuple[Block, ...] = (
        Paragraph(full(kind, limits.TEXT_BLOCK - less)),
        Paragraph(full(kind, 800), quiet=True),
        Fields((pair, pair)),
        Image("https://example.org/x.png", full(kind, limits.ALT_TEXT)),
        Divider(),
        Actions(buttons),
        Actions((page, page, LinkButton(full(kind, 75), "https://example.org/" + "x" * 2900))),
        Actions((Select(full(kind, limits.BUTTON_LABEL), "chosen", options, row),)),
    )
    card = Card(full(kind, limits.CARD_TITLE - less), blocks, label=full(kind, limits.FIELD_LABEL))
    check_message(message(card, READER))
    check_view(card_view([card, card], READER))
    for body in messages([card] * 5, READER):
        check_message(body)


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_at_every_limit(kind: str) -> None:
    """A form with as much of everything as the core lets it is taken by Slack."""
    options = tuple(
        Option(f"{n}{of_length('v', 90)}", full(kind, limits.OPTION_LABEL))
        for n in range(limits.OPTIONS)
    )
    label, hint = full(kind, limits.INPUT_LABEL), full(kind, limits.INPUT_HINT)
    inputs: list[AnyInput] = [
        TextInput(
            name=f"text{size}", label=label, hint=hint, most=size, value=of_length(kind, size)
        )
        for size in (1, 200, limits.INPUT_LENGTH, limits.INPUT_LENGTH + 1)
    ]
    one, several = options[3].value, tuple(option.value for option in options)
    inputs += [
        ChoiceInput(name="one", label=label, options=options, value=one),
        MultiChoiceInput(name="several", label=label, options=options, value=several),
        NumberInput(name="number", label=label, value=Decimal("1.50"), places=2),
    ]
    form = Form(
        "a.form",
        full(kind, limits.FORM_TITLE),
        tuple(inputs),
        full(kind, limits.SUBMIT_LABEL),
        of_length("1", limits.ROW),
        full(kind, 2000),
    )
    check_view(form_view(form, READER, Back("C0123456789", "1700000000.000100")))


@given(st.text(), st.integers(1, 50))
def test_what_is_fitted_fits(words: str, most: int) -> None:
    """Words are cut to the limit, only when they are longer, and never in half a character."""
    cut = fitted(words, most)
    assert units(cut) <= most
    assert cut == words if units(words) <= most else cut.endswith("…")
    assert words.startswith(cut.removesuffix("…"))


@settings(max_examples=200)
@given(st.text(max_size=400), st.booleans())
def test_nothing_a_member_writes_is_markup(words: str, quiet: bool) -> None:  # noqa: FBT001 - drawn
    """Whatever is written stands there as words: no crowd is pinged, no address hidden."""
    card = Card(verbatim("Title"), (Paragraph(verbatim(words), quiet=quiet),))
    body = message(card, READER)
    if words.strip():
        check_message(body)
    assert "<" not in body["text"]
    for block in body["blocks"]:
        for element in block.get("elements", []):
            if element.get("type") == "mrkdwn":
                assert "<" not in element["text"]
                assert not set("*_~`") & set(element["text"])


def test_spans_in_rich_text() -> None:
    """Every kind of span has its own element, and times are the reader's own."""
    who = MemberRef("slack", "T1", "U1")
    elsewhere = MemberRef("discord", "G1", "5")
    text = Text(
        (
            Bold("bold"),
            Italic("italic"),
            Code("code"),
            Link("https://example.org", "here"),
            Mention(who, "Ana"),
            Mention(elsewhere, "Bo"),
            Room(Place("slack", "T1", "C1"), "chat"),
            When(AT),
        )
    )
    (block,) = blocks_of(Card(verbatim(""), (Paragraph(text),)), READER)
    (section,) = block["elements"]
    assert section["elements"] == [
        {"type": "text", "text": "bold", "style": {"bold": True}},
        {"type": "text", "text": "italic", "style": {"italic": True}},
        {"type": "text", "text": "code", "style": {"code": True}},
        {"type": "link", "url": "https://example.org", "text": "here"},
        {"type": "user", "user_id": "U1"},
        {"type": "text", "text": "@Bo"},
        {"type": "channel", "channel_id": "C1"},
        {
            "type": "date",
            "timestamp": int(AT.timestamp()),
            "format": "{date_long_pretty}, {time}",
            "fallback": "Mon, Nov 23, 8:00 PM ET",
        },
    ]


def test_small_print_with_a_mark_goes_into_rich_text() -> None:
    """Small print cannot hold a star that is a star, so such words are shown another way."""
    plain, marked = (
        Paragraph(verbatim("a <b>"), quiet=True),
        Paragraph(verbatim("a *b*"), quiet=True),
    )
    first, second = blocks_of(Card(verbatim(""), (plain, marked)), READER)
    assert first["elements"][0]["text"] == "a &lt;b&gt;"
    assert second["type"] == "rich_text"


def test_a_home_that_does_not_fit_says_so() -> None:
    """A page longer than the App Home is cut between blocks, and says that there is more."""
    line = Paragraph(verbatim("line"))
    view = home_view(Page(verbatim("Home"), (line,) * 150), READER)
    check_view(view)
    assert "more than fits" in view["blocks"][-1]["elements"][0]["text"]


def test_errors_stand_under_inputs_that_exist() -> None:
    """Slack refuses an error under an input it does not know, so such a one moves to the first."""
    errors = FieldErrors({"starts": msg("Please fill this in."), "ghost": msg("Hm.")})
    assert field_errors(errors, ["questions", "starts"], READER) == {
        "response_action": "errors",
        "errors": {"starts": "Please fill this in.", "questions": "Hm."},
    }
