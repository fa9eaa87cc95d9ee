"""Words of every length and kind fit: emoji, combining marks, what looks like markup."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.discord import dialogs, names, render
from adapters.discord.api import ApiError, _codes
from adapters.discord.markup import Reader, cut, escaped, marked, size
from adapters.discord.names import Name
from adapters.discord.sender import nonce_of
from plnbot.refs import MemberRef
from plnbot.talk import limits
from plnbot.talk.cards import (
    Actions,
    Button,
    Card,
    Field,
    Fields,
    Image,
    LinkButton,
    Option,
    PageButton,
    Paragraph,
    Select,
)
from plnbot.talk.forms import (
    ChoiceInput,
    DateInput,
    FieldErrors,
    Form,
    MultiChoiceInput,
    NumberInput,
    TextInput,
    TimeInput,
)
from plnbot.talk.text import Bold, Code, Link, Mention, Plain, Text, verbatim, with_links
from tests.adapters.discord.strictness import Strict, unpublished

READER = Reader("es", "Europe/Madrid")
PIECES = (
    "a",
    "🎉",
    "e\u0301",
    "*",
    "_",
    "`",
    "\\",
    "@everyone ",
    "\n# ",
    "👩🏽\u200d🏫",
    "<@1>",
    "|",
    " ",
    "語",
)
quick = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def filled(piece: str, length: int) -> str:
    """Return words of exactly this many characters made of one piece, never blank at an end."""
    words = (piece * (length // len(piece) + 1))[:length]
    return "x" + words[1:-1] + "x" if length > 1 else "x"


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("less", [0, 1])
def test_the_fullest_card_fits(strict: Strict, piece: str, less: int) -> None:
    """A card at every limit of ours, of whatever characters, is one that Discord takes."""
    rows = [
        Actions(
            tuple(
                Button(
                    verbatim(filled(piece, limits.BUTTON_LABEL - less)),
                    "a" * limits.ACTION,
                    f"{row}{column}".ljust(limits.ROW, "r"),
                    confirm=verbatim(filled(piece, 90)),
                )
                for column in range(limits.BUTTONS_IN_ROW)
            )
        )
        for row in range(limits.ROWS - 1)
    ]
    options = tuple(
        Option(str(at).rjust(limits.OPTION_VALUE, "0"), verbatim(filled(piece, 75 - less)))
        for at in range(limits.OPTIONS)
    )
    fields = Fields(
        tuple(
            Field(verbatim(filled(piece, 40 - less)), verbatim(filled(piece, 100 - less)))
            for _ in range(limits.FIELDS)
        )
    )
    card = Card(
        verbatim(filled(piece, limits.CARD_TITLE - less)),
        (
            Paragraph(verbatim(filled(piece, limits.TEXT_BLOCK - less))),
            fields,
            Paragraph(verbatim(filled(piece, 300 - less)), quiet=True),
            Image("https://example.org/a.png", verbatim(filled(piece, limits.ALT_TEXT - less))),
            *rows,
            Actions((Select(verbatim(filled(piece, 75)), "s", options, "1"),)),
        ),
        label=verbatim(filled(piece, limits.FIELD_LABEL - less)),
    )
    strict.check("MessageCreateRequest", render.message(card, READER, guild="9" * 19), piece)


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("less", [0, 1])
def test_the_fullest_form_fits(strict: Strict, piece: str, less: int) -> None:
    """A form at every limit is a run of dialogs that Discord takes, also with mistakes in it."""
    label = verbatim(filled(piece, limits.INPUT_LABEL - less))
    hint = verbatim(filled(piece, limits.INPUT_HINT - less))
    options = tuple(
        Option(f"o{at}", verbatim(filled(piece, limits.OPTION_LABEL))) for at in range(25)
    )
    inputs = (
        TextInput(name="a", label=label, hint=hint, long=True, most=limits.INPUT_LENGTH),
        TextInput(name="b", label=label, most=4000, value=filled(piece, 4000)),
        ChoiceInput(name="c", label=label, options=options, value="o1"),
        MultiChoiceInput(name="d", label=label, options=options, value=("o1", "o2")),
        DateInput(name="e", label=label, value=date(2027, 1, 31)),
        TimeInput(name="f", label=label, value=time(19, 30)),
        NumberInput(name="g", label=label, value=Decimal("1.5")),
    )
    title = verbatim(filled(piece, limits.FORM_TITLE - less))
    form = Form("f", title, inputs, title, "1", verbatim(filled(piece, 3000)))
    given = {"a": filled(piece, 5000)}
    for step in range(len(dialogs.steps(form))):
        body = dialogs.dialog(form, "d" * 16, step, given, READER)
        strict.check("ModalInteractionCallbackRequestData", body, piece)
    errors = FieldErrors({each.name: verbatim(filled(piece, 400)) for each in inputs})
    strict.check("MessageCreateRequest", dialogs.mend(form, "d" * 16, errors, READER), piece)
    strict.check("MessageCreateRequest", dialogs.goes_on(form, "d" * 16, 1, READER), piece)
    asked = render.asks_first(filled(piece, 80), filled(piece, 900), Name("c", "a"), READER)
    strict.check("MessageCreateRequest", asked, piece)


texts = st.lists(
    st.one_of(
        st.text(max_size=400).map(Plain),
        st.text(min_size=1, max_size=300).map(Bold),
        st.text(max_size=80).map(Code),
        st.text(max_size=300).map(lambda words: Link(f"https://example.org/{words}", words)),
        st.just(Mention(MemberRef("discord", "1", "42"), "Ana")),
    ),
    max_size=4,
).map(lambda spans: Text(tuple(spans)))


@quick
@given(texts, st.integers(1, 700))
def test_marked_words_fit_and_end_whole(text: Text, most: int) -> None:
    """However little room there is, what is shown fits it."""
    assert size(marked(text, READER, most)) <= most


@quick
@given(st.text(max_size=300), st.integers(1, 300))
def test_a_cut_halves_no_character(words: str, most: int) -> None:
    """A cut leaves whole characters with their marks, within the room."""
    kept = cut(words, most)
    assert size(kept) <= most
    kept.encode("utf-8")
    if kept != words:
        assert kept.endswith("…")


def test_words_of_members_stay_words() -> None:
    """Nothing that looks like markup is markup, and nothing calls a crowd."""
    assert escaped("*a* _b_ `c` ~~d~~ ||e||") == (r"\*a\* \_b\_ \`c\` \~\~d\~\~ \|\|e\|\|")
    assert escaped("# Title\n> quote\n- list\n1. one\n-# small") == (
        "\\# Title\n\\> quote\n\\- list\n1\\. one\n\\-# small"
    )
    assert escaped("<@42> <#1> </pln:1> [a](https://b)") == (
        r"\<@42> \<#1> \</pln:1> \[a\](https://b)"
    )
    assert "@everyone" not in escaped("@everyone and @here")
    assert marked(with_links("see https://x.org/a_b."), READER, 99) == "see <https://x.org/a_b>."
    assert marked(Text((Link("https://x.org/a)b", "a]b"),)), READER, 99) == (
        r"[a\]b](https://x.org/a%29b)"
    )


def test_two_buttons_to_one_page_differ(strict: Strict) -> None:
    """Discord wants every name once in a message; both still mean the same."""
    button = PageButton(verbatim("Open"), "chat", "1")
    card = Card(verbatim("Two"), (Actions((button, button)),))
    body = render.message(card, READER, guild="77")
    strict.check("MessageCreateRequest", body, "two")
    row = body["components"][0]["components"]  # type: ignore[index] # a list of rows
    assert {names.read(each["custom_id"]) for each in row} == {Name("o", "chat", "1", "77")}


def test_a_link_too_long_for_a_button_is_words(strict: Strict) -> None:
    """What no button can hold is in the text; nothing is lost."""
    card = Card(
        verbatim("L"), (Actions((LinkButton(verbatim("Go"), "https://x.org/" + "a" * 495),)),)
    )
    assert "embeds" in render.message(card, READER)
    long = Card(
        verbatim("L"), (Actions((LinkButton(verbatim("Go"), "https://x.org/" + "a" * 600),)),)
    )
    body = render.message(long, READER)
    strict.check("MessageCreateRequest", body, "long link")
    assert body["components"] == []


def test_the_check_sees_what_the_description_does_not() -> None:
    """The limits that Discord does not publish are looked at by the tests themselves."""
    embed = {"title": "t"}
    none: render.Json = {"parse": []}
    row = [{"type": 1, "components": [{"type": 2, "style": 5, "label": "x"}]}]
    for body in (
        {"content": "x" * 2001, "embeds": [embed], "allowed_mentions": none},
        {"embeds": [], "allowed_mentions": none},
        {"embeds": [embed]},
        {"embeds": [embed], "components": row, "allowed_mentions": none},
        {
            "embeds": [embed],
            "components": [{"type": 1, "components": []}],
            "allowed_mentions": none,
        },
        {"title": "t", "components": [{}] * 6},
        {"type": 1, "name": "PLN", "description": "d"},
    ):
        assert list(unpublished(body))


def test_a_nonce_is_short() -> None:
    """A nonce is short, the same for the same key, and tells nothing."""
    assert nonce_of("a") == nonce_of("a") != nonce_of("b")
    assert len(nonce_of("x" * 500)) == 25


def test_an_error_tells_codes_and_no_words() -> None:
    """What Discord says of an error may repeat a member's words, and those stay out of logs."""
    told = {
        "code": 50035,
        "message": "Invalid Form Body",
        "errors": {
            "embeds": {
                "0": {"title": {"_errors": [{"code": "BASE_TYPE_MAX_LENGTH", "message": "secret"}]}}
            }
        },
    }
    assert list(_codes(told)) == ["/embeds/0/title: BASE_TYPE_MAX_LENGTH"]
    assert "secret" not in str(ApiError(400, 50035, ", ".join(_codes(told))))
