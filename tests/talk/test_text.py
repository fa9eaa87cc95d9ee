"""Text: what people wrote is kept, made safe, and never becomes anything else."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.talk.fallback import MORE, paragraphs, short_words, shortened, split
from plnbot.talk.plain import plain
from plnbot.talk.text import (
    Bold,
    Code,
    Link,
    Plain,
    Style,
    Text,
    When,
    addresses,
    clean,
    is_seen,
    verbatim,
    with_links,
)
from plnbot.talk.words import Translate
from tests.talk.made import texts

ANYTHING = st.text(max_size=400)


@given(ANYTHING)
def test_clean_words_are_safe_to_store_and_show(words: str) -> None:
    """No control, direction or lone surrogate is left, and cleaning again changes nothing."""
    cleaned = clean(words)
    assert clean(cleaned) == cleaned
    assert not any(unicodedata.category(each) in {"Cc", "Cs"} - {""} for each in cleaned if each not in "\n\t")  # fmt: skip
    assert not set(cleaned) & {"\u202e", "\u2066", "\u200b"}
    cleaned.encode()


@pytest.mark.parametrize("words", ["Ana", "  ā ", "李", "🙂", "-", "ㅤA"])
def test_words_are_seen(words: str) -> None:
    """A letter, a sign or a picture is something to be seen."""
    assert is_seen(words)


@pytest.mark.parametrize(
    "words",
    ["", " ", "\u3164", "\u2800 \u2800", "\u115f\u1160", "\uffa0", "\u200e\u200f", "\u0301"],
)
def test_blanks_are_not_seen(words: str) -> None:
    """Blanks are not, whatever their category says, nor marks on nothing."""
    assert not is_seen(words)


_STACKED = st.text(st.sampled_from("ae\u0300\u0316\u0344\u0958\u093c\u034f "), max_size=200)


@given(_STACKED | st.integers(1, 90).map(lambda many: "क" + "\u0344" * many))
def test_marks_do_not_stack_up(words: str) -> None:
    """However many marks stand on a letter, none is lost and none of their runs is long to sort."""
    cleaned = clean(words)
    assert clean(cleaned) == cleaned
    assert max((len(run) for run in re.findall(r"[\u0300-\u0345\u093c]+", cleaned.replace("\u034f", " "))), default=0) <= 30  # fmt: skip
    bare = words.strip().replace("\u034f", "")
    assert unicodedata.normalize("NFD", cleaned.replace("\u034f", "")) == unicodedata.normalize("NFD", bare)  # fmt: skip


@given(ANYTHING)
def test_links_are_found_and_nothing_is_lost(words: str) -> None:
    """Made into links or not, the words read the same."""
    assert with_links(words).bare() == words


@pytest.mark.parametrize(
    ("words", "url"),
    [
        ("see https://example.org/a.", "https://example.org/a"),
        ("(https://example.org/b)", "https://example.org/b"),
        ("“https://example.org/c”", "https://example.org/c"),
    ],
)
def test_an_address_ends_where_people_end_it(words: str, url: str) -> None:
    """Brackets and full stops around an address are no part of it."""
    assert addresses(words) == (url,)


@pytest.mark.parametrize(
    "words", ["javascript:alert(1)", "https://user:secret@example.org/", "https://", "https://[::1"]
)
def test_what_only_looks_like_an_address_stays_words(words: str) -> None:
    """Other schemes, names with passwords and broken addresses lead nowhere."""
    assert not any(isinstance(each, Link) for each in with_links(words))


def test_a_link_is_never_a_script() -> None:
    """A link of another scheme cannot even be made."""
    with pytest.raises(ValueError, match="http"):
        Link("javascript:alert(1)", "harmless")


@given(texts, st.integers(10, 80))
def test_split_text_fits_and_is_whole(text: Text, most: int) -> None:
    """Parts of what can be split fit, and together they are the text."""
    parts = list(split(text, most))
    assert "".join(part.bare() for part in parts) == text.bare()
    for part in parts:
        splits = len(part.spans) > 1 or all(isinstance(each, Plain) for each in part)
        assert len(part.bare()) <= most or not splits


@given(texts, st.integers(4, 200))
def test_shortened_text_fits_and_says_so(text: Text, most: int) -> None:
    """What does not fit ends in an ellipsis; what fits stays as it is."""
    short = shortened(text, most)
    assert len(short.bare()) <= most
    whole = text.bare()
    assert short == text if len(whole) <= most else short.bare().endswith(MORE)


@given(ANYTHING, st.integers(4, 100))
def test_short_words_fit(words: str, most: int) -> None:
    """Bare words are shortened alike."""
    short = short_words(words, most)
    assert len(short) <= most
    assert short == words or short.endswith(MORE)


@given(st.text(min_size=1, max_size=9000))
def test_long_words_become_paragraphs_that_hold_all_of_them(words: str) -> None:
    """However much somebody writes, it can be shown."""
    shown = paragraphs(verbatim(words))
    assert "".join(each.text.bare() for each in shown) == words


@given(ANYTHING)
def test_a_value_is_never_markup(words: str) -> None:
    """What stands in a sentence's place stays words, whatever it looks like."""
    said = Translate()("{name} is **here**", name=words)
    assert said.bare() == f"{words} is here"
    if words:
        assert said.spans[0] == Plain(words)


def test_a_value_between_marks_stands_out() -> None:
    """It stands out with the words around it; what it holds itself is no mark, a code stays one."""
    said = Translate()("**{name}** is on, **{n} of {all}** `A2`", name="*Chats*", n=1, all=2)
    assert said.spans == (
        Bold("*Chats*"),
        Plain(" is on, "),
        Bold("1 of 2"),
        Plain(" "),
        Code("A2"),
    )
    assert Translate()("**{name}**", name=Code("A2")).spans == (Code("A2"),)


@pytest.mark.parametrize(
    ("minutes", "locale", "said"),
    [
        (4, "en", "8:04 PM ET (in 4 minutes)"),
        (1, "es", "20:01 EST (dentro de 1 minuto)"),
        (90, "en", "9:30 PM ET (in 90 minutes)"),
        (0, "en", "8:00 PM ET"),
    ],
)
def test_a_countdown_says_what_was_left(minutes: int, locale: str, said: str) -> None:
    """Where nothing counts down by itself, it says how long it was; past it says the time alone."""
    eight = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    at = When(eight + timedelta(minutes=minutes), Style.COUNTDOWN, eight)
    assert plain(Text((at,)), "America/New_York", locale) == said
