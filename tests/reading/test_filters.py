"""Filters: words in either language, expressions that cannot hang, and what is told of each stop."""

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.reading.model.filters import (
    Filters,
    Sieve,
    UnreadableError,
    Without,
    of_plain,
    terms_in,
    tried,
)
from plnbot.reading.model.items import Kind, Words


def words(title: str, text: str = "", **more: object) -> Words:
    """Return a post."""
    return Words(title=title, link="https://blog.example/1", text=text, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("term", "title", "is_in"),
    [
        ("fraccion", "La Fracción de hoy", True),
        ("fraction", "Fractions", False),
        ("fraction*", "Fractions", True),
        ("number line", "On a number-line", True),
        ("line", "Online", False),
        (r"/\baño\b/", "Un año, otro", True),
        (r"/\baño\b/", "años", False),
        (r"/\bniñ\w+/", "Los niños.", True),
        (r"/^\w+ñ\w+$/", "español", True),
        (r"/a.o b\b/", "Año b", True),
        (r"/[^a-z]ñ/", "xñ", False),
        (r"/\bde\b \bla\b/", "de la", True),
        (r"/grade [3-5]\b/", "Grade 4: sums", True),
        (r"/grade [3-5]\b/", "Grade 45", False),
        (r"/\W/", "ñ", False),
        (r"/\W/", "ñ!", True),
        (r"/\S{3}/", "año", True),
        (r"/\S{4}/", "año b", False),
        (r"/colou?rs?/", "COLORS", True),
        (r"/(?:uno|dos) días/", "Dos días", True),
    ],
)
def test_what_a_term_finds(term: str, title: str, is_in: bool) -> None:  # noqa: FBT001
    """Accents and capitals make no difference to words; to expressions, letters are letters."""
    stopped = Sieve(Filters(exclude=(term,))).stops(words(title))
    assert stopped == (f"has:{term}" if is_in else "")
    assert Sieve(Filters(include=(term,))).stops(words(title)) == ("" if is_in else "missing")


def test_terms_as_they_are_typed() -> None:
    """Commas and lines part them, but not inside an expression or quotes."""
    typed = 'giveaway, "buy, now"\n/a{1,3}/, win a prize\n\n,giveaway'
    assert terms_in(typed) == ("giveaway", "buy, now", "/a{1,3}/", "win a prize")


@pytest.mark.parametrize("term", ["/(a/", r"/a\B/", r"/[\W]/", "/*/", "…", "x" * 201, "/a{1001}/"])
def test_what_cannot_be_read_is_said(term: str) -> None:
    """With the term that is meant."""
    with pytest.raises(UnreadableError) as error:
        terms_in(term)
    assert error.value.term == term


def test_an_expression_cannot_hang() -> None:
    """What backtracks for ever elsewhere is done at once."""
    sieve = Sieve(Filters(exclude=(r"/^(\w+\s?)*$/", r"/(a|aa)+\b$/")))
    began = time.perf_counter()
    sieve.stops(words("a" * 300, "word " * 1500 + "!"))
    assert time.perf_counter() - began < 1


def test_length_kind_and_language() -> None:
    """What nobody knows of a post stops nothing."""
    its = Filters(least=3, most=20, without=frozenset(Without), language="en")
    video = {"kind": Kind.VIDEO}
    found = tried(
        its,
        [
            words("fits", seconds=600, **video),
            words("who knows", **video),
            words("too short", seconds=60, **video),
            words("too long", seconds=3000, **video),
            words("a Short", kind=Kind.SHORT),
            words("live", kind=Kind.LIVE),
            words("hola", language="es-MX"),
        ],
    )
    assert [each.title for each in found.passing] == ["fits", "who knows"]
    assert [why for _, why in found.stopped] == [
        "short:1", "long:50", "shorts", "live", "language:es",
    ]  # fmt: skip
    assert of_plain(its.as_plain()) == its
    assert not of_plain({})


@given(st.text(max_size=40), st.text(max_size=200))
def test_any_expression_is_read_or_refused(pattern: str, text: str) -> None:
    """Nothing that anybody types ends otherwise."""
    with contextlib.suppress(UnreadableError):
        Sieve(Filters(include=(f"/{pattern}/",))).stops(words(text))
