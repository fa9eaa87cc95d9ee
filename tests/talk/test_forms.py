"""Forms: whatever comes back is read, or every mistake is named at once."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.talk import limits
from plnbot.talk.answers import read
from plnbot.talk.cards import CardError, Option
from plnbot.talk.fallback import steps
from plnbot.talk.forms import (
    AnyInput,
    ChoiceInput,
    DateInput,
    FieldErrors,
    Form,
    MultiChoiceInput,
    NumberInput,
    TextInput,
    TimeInput,
)
from plnbot.talk.text import verbatim

LABEL = verbatim("What?")
COLOURS = (Option("red", verbatim("Red")), Option("blue", verbatim("Blue")))
INPUTS: tuple[AnyInput, ...] = (
    TextInput(name="words", label=LABEL, most=20),
    ChoiceInput(name="colour", label=LABEL, options=COLOURS),
    MultiChoiceInput(name="colours", label=LABEL, options=COLOURS),
    DateInput(name="day", label=LABEL),
    TimeInput(name="hour", label=LABEL),
    NumberInput(name="count", label=LABEL, least=1, most=9),
    NumberInput(name="hours", label=LABEL, most=100, places=2),
)


def form(*inputs: AnyInput) -> Form:
    """Return a form of these inputs."""
    return Form("f", verbatim("A form"), inputs, verbatim("Send"))


def test_values_come_back_typed() -> None:
    """Each kind of input gives its own kind of value."""
    raw = {
        "words": " caf\u0065\u0301 ",
        "colour": "red",
        "colours": ["blue", "red", "blue"],
        "day": "2027-01-31",
        "hour": "19:30",
        "count": "7",
        "hours": "1,25",
        "unasked": "x",
    }
    assert read(form(*INPUTS), raw) == {
        "words": "café",
        "colour": "red",
        "colours": ("blue", "red"),
        "day": date(2027, 1, 31),
        "hour": time(19, 30),
        "count": Decimal(7),
        "hours": Decimal("1.25"),
    }


@pytest.mark.parametrize(
    ("name", "given_"),
    [
        ("words", "x" * 21),
        ("colour", "green"),
        ("colours", ["red", "green"]),
        ("day", "31/01/2027"),
        ("hour", "half past"),
        ("count", "0"),
        ("count", "1.5"),
        ("count", "NaN"),
        ("count", "1e400"),
        ("hours", "0.125"),
        ("hours", "Infinity"),
    ],
)
def test_a_mistake_is_named_at_its_field(name: str, given_: str | list[str]) -> None:
    """What cannot be is answered at the field, in words."""
    errors = read(form(*INPUTS), {name: given_})
    assert isinstance(errors, FieldErrors)
    assert set(errors.errors) == {name}


def test_every_mistake_is_named_at_once() -> None:
    """A person mends a form once, not field after field."""
    needed: tuple[AnyInput, ...] = (
        TextInput(name="a", label=LABEL, required=True),
        MultiChoiceInput(name="b", label=LABEL, options=COLOURS, required=True),
        NumberInput(name="c", label=LABEL, required=True),
    )
    errors = read(form(*needed), {"a": "  \u200b "})
    assert isinstance(errors, FieldErrors)
    assert set(errors.errors) == {"a", "b", "c"}


@given(
    st.dictionaries(
        st.sampled_from([each.name for each in INPUTS]),
        st.text(max_size=30) | st.lists(st.text(max_size=10), max_size=4),
    )
)
def test_nothing_that_comes_back_is_an_error_of_ours(
    raw: Mapping[str, str | Sequence[str]],
) -> None:
    """Whatever a client sends is read or refused, field by field."""
    found = read(form(*INPUTS), raw)
    if not isinstance(found, FieldErrors):
        assert set(found) == {each.name for each in INPUTS}


@given(st.integers(0, limits.FORM_FIELDS))
def test_steps_hold_every_input_once_and_in_order(count: int) -> None:
    """Where dialogs are small a form goes in steps, and nothing is left out."""
    whole = form(*(TextInput(name=f"i{each}", label=LABEL) for each in range(count)))
    parts = steps(whole)
    assert all(len(part.inputs) <= limits.FORM_FIELDS_IN_STEP for part in parts)
    assert tuple(each for part in parts for each in part.inputs) == whole.inputs


def test_a_form_that_some_platform_would_refuse_is_never_made() -> None:
    """Titles, labels and numbers of inputs are checked where the form is made."""
    with pytest.raises(CardError):
        form(*(TextInput(name=f"i{each}", label=LABEL) for each in range(limits.FORM_FIELDS + 1)))
    with pytest.raises(CardError):
        form(TextInput(name="same", label=LABEL), DateInput(name="same", label=LABEL))
    with pytest.raises(CardError):
        TextInput(name="a", label=verbatim("x" * (limits.INPUT_LABEL + 1)))
    with pytest.raises(CardError):
        Form("f", verbatim("x" * (limits.FORM_TITLE + 1)), (), LABEL)
    with pytest.raises(CardError, match="room"):
        form(TextInput(name="room", label=LABEL))


def test_a_number_is_written_in_figures_however_it_was_typed() -> None:
    """What reads it as a whole number takes no 1E+1."""
    found = read(form(NumberInput(name="many", label=LABEL)), {"many": "1e1"})
    assert not isinstance(found, FieldErrors)
    assert str(found["many"]) == "10"
