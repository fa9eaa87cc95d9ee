"""What is found by typing: one that fits is taken, several are offered, and nothing is guessed."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.talk import limits
from plnbot.talk.answers import read
from plnbot.talk.cards import Option
from plnbot.talk.codec import pack, unpack_form
from plnbot.talk.forms import (
    ChoiceInput,
    FieldErrors,
    Form,
    Picked,
    SearchInput,
    narrowed,
)
from plnbot.talk.text import verbatim

LABEL = verbatim("Who?")


@dataclass(frozen=True)
class Names:
    """Looks through a few names; the row of each is its place."""

    names: Sequence[str]

    def find(self, _source: str, typed: str) -> Sequence[Option]:
        """Return the names that hold what was typed."""
        return [
            Option(str(row), verbatim(name))
            for row, name in enumerate(self.names)
            if typed.casefold() in name.casefold()
        ]

    def get(self, _source: str, row: str) -> Option | None:
        """Return the name at a place."""
        fits = row.isascii() and row.isdigit() and int(row) < len(self.names)
        return Option(row, verbatim(self.names[int(row)])) if fits else None

    def account(self, source: str, user: str) -> Option | None:
        """Return the name of an account such as `U1`."""
        return self.get(source, user.removeprefix("U"))


def form(*, free: bool = False, required: bool = True) -> Form:
    """Return a form with one search."""
    asked = SearchInput(name="who", label=LABEL, source="names", free=free, required=required)
    return Form("a", LABEL, (asked,), LABEL)


NAMES = Names(("Sam Lee (oak)", "Sam Lee (elm)", "Priya", "Sam"))


@pytest.mark.parametrize(
    ("raw", "row"),
    [
        ("priya", "2"),
        ("Pri", "2"),
        ("sam", "3"),
        ("row:1", "1"),
        ("account:U0", "0"),
        (("Sam Lee (elm)", "row:0"), "0"),
        (("Sam Lee (elm)", ""), "1"),
    ],
)
def test_what_is_meant_is_found(raw: str | tuple[str, ...], row: str) -> None:
    """By its name, by part of it, by the row that was chosen, by an account."""
    assert read(form(), {"who": raw}, NAMES) == {"who": Picked(row)}


@pytest.mark.parametrize("raw", ["Zoe", "row:9", "row:", "account:U9", "row:1; drop", ""])
def test_what_is_not_there_is_said(raw: str) -> None:
    """A name that nobody has and a row that does not exist are errors, with nothing to choose."""
    found = read(form(), {"who": raw}, NAMES)
    assert isinstance(found, FieldErrors)
    assert list(found.errors) == ["who"]
    assert not found.choices


def test_several_are_offered_and_chosen_from() -> None:
    """The form comes back with a choice in place of the field, and what is chosen counts."""
    first = read(form(), {"who": "Sam Lee"}, NAMES)
    assert isinstance(first, FieldErrors)
    again = narrowed(form(), first)
    (choice,) = again.inputs
    assert isinstance(choice, ChoiceInput)
    assert [each.label.bare() for each in choice.options] == ["Sam Lee (oak)", "Sam Lee (elm)"]
    assert unpack_form(pack(again)) == again
    assert read(form(), {"who": choice.options[1].value}, NAMES) == {"who": Picked("1")}


def test_words_of_their_own_are_kept_where_they_will_do() -> None:
    """A new district is what was typed; one that is there already is that one."""
    assert read(form(free=True), {"who": "Zoe"}, NAMES) == {"who": Picked("", "Zoe")}
    assert read(form(free=True), {"who": "Pri"}, NAMES) == {"who": Picked("", "Pri")}
    assert read(form(free=True), {"who": "PRIYA"}, NAMES) == {"who": Picked("2")}
    too_long = read(form(free=True), {"who": "x" * 121}, NAMES)
    assert isinstance(too_long, FieldErrors)
    assert read(form(required=False), {"who": ""}, NAMES) == {"who": None}


@given(raw=st.text(max_size=200), free=st.booleans())
def test_whatever_is_typed_is_found_or_said(raw: str, *, free: bool) -> None:
    """No text breaks it, and a row is one of those there are."""
    found = read(form(free=free, required=False), {"who": raw}, NAMES)
    if not isinstance(found, FieldErrors):
        picked = found["who"]
        assert picked is None or (isinstance(picked, Picked) and picked.row in {"", *"0123"})


@pytest.mark.parametrize("free", [False, True])
def test_nothing_is_looked_for_with_more_words_than_a_field_takes(*, free: bool) -> None:
    """What is too long is said to be, before anybody looks for it."""

    class Never(Names):
        def find(self, _source: str, _typed: str) -> Sequence[Option]:
            raise AssertionError("it was looked for")

    given = {"who": "a " * limits.SEARCHED}
    mend = read(form(free=free), given, Never(()))
    assert isinstance(mend, FieldErrors)
    assert "fit here" in str(mend.errors["who"])
