"""Forms: what the bot asks, and the one check of what comes back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from plnbot.talk import limits
from plnbot.talk.cards import CardError, Option
from plnbot.talk.text import EMPTY, Text, clean
from plnbot.talk.words import Message, msg


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One question of a form. `name` is the key of its value."""

    name: str
    label: Text
    hint: Text = EMPTY
    required: bool = False

    def __post_init__(self) -> None:
        if len(self.label.bare()) > limits.INPUT_LABEL or len(self.hint.bare()) > limits.INPUT_HINT:
            msg = f"the label or hint of {self.name!r} does not fit every platform"
            raise CardError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextInput(Input):
    """One line, or a long text when `long`."""

    value: str = ""
    long: bool = False
    most: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceInput(Input):
    """One of the options."""

    options: tuple[Option, ...]
    value: str = ""

    def __post_init__(self) -> None:
        Input.__post_init__(self)
        _few_enough(self.name, self.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiChoiceInput(Input):
    """Any of the options."""

    options: tuple[Option, ...]
    value: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        Input.__post_init__(self)
        _few_enough(self.name, self.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateInput(Input):
    """A day, as `YYYY-MM-DD`."""

    value: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeInput(Input):
    """A time on the wall clock, as `HH:MM`."""

    value: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberInput(Input):
    """A number between two bounds, whole unless `places`."""

    least: int = 0
    most: int = 1_000_000
    places: int = 0
    value: Decimal | None = None


Parsed = TypeVar("Parsed")
AnyInput = TextInput | ChoiceInput | MultiChoiceInput | DateInput | TimeInput | NumberInput
Answered = str | tuple[str, ...] | date | time | Decimal | None


@dataclass(frozen=True, slots=True)
class Form:
    """Questions to a member; its values come back as a `Submit` under the same name and row."""

    name: str
    title: Text
    inputs: tuple[AnyInput, ...]
    submit: Text
    row: str = ""
    intro: Text = EMPTY

    def __post_init__(self) -> None:
        too_long = len(self.title.bare()) > limits.FORM_TITLE
        if too_long or len(self.submit.bare()) > limits.SUBMIT_LABEL:
            msg = f"the title or button of form {self.name!r} does not fit every platform"
            raise CardError(msg)
        names = [each.name for each in self.inputs]
        if len(set(names)) != len(names) or len(names) > limits.FORM_FIELDS:
            msg = f"form {self.name!r} has too many inputs, or two of one name"
            raise CardError(msg)


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """What to mend, by input name; the form stays open with what was typed."""

    errors: Mapping[str, Message | Text]


Raw = Mapping[str, str | Sequence[str]]


def read(form: Form, raw: Raw) -> Mapping[str, Answered] | FieldErrors:
    """Return the form's values, checked and typed, or every field's error at once.

    Values for inputs that the form does not have are ignored: they come from outside.
    """
    values: dict[str, Answered] = {}
    errors: dict[str, Message | Text] = {}
    for each in form.inputs:
        try:
            values[each.name] = _read_one(each, raw.get(each.name, ""))
        except _BadInputError as error:
            errors[each.name] = error.message
    return FieldErrors(errors) if errors else values


def _few_enough(name: str, options: Sequence[Option]) -> None:
    if not 0 < len(options) <= limits.OPTIONS:
        reason = f"{name!r} has {len(options)} options; 1 to {limits.OPTIONS} fit every platform"
        raise CardError(reason)


class _BadInputError(Exception):
    def __init__(self, message: Message) -> None:
        super().__init__(message.source)
        self.message = message


def _read_one(each: AnyInput, given: str | Sequence[str]) -> Answered:  # noqa: PLR0911 - one a kind
    if isinstance(each, MultiChoiceInput):
        return _read_several(each, (given,) if isinstance(given, str) and given else given)
    words = clean(given if isinstance(given, str) else next(iter(given), ""))
    if not words:
        if each.required:
            raise _BadInputError(msg("Please fill this in."))
        return "" if isinstance(each, TextInput | ChoiceInput) else None
    match each:
        case TextInput():
            return _read_text(each, words)
        case ChoiceInput():
            return _read_choice(each, words)
        case DateInput():
            return _parsed(date.fromisoformat, words, msg("Please write the day as 2027-01-31."))
        case TimeInput():
            return _parsed(time.fromisoformat, words, msg("Please write the time as 19:30."))
        case NumberInput():
            return _read_number(each, words)


def _read_text(each: TextInput, words: str) -> str:
    if len(words) > each.most:
        too_long = msg(
            "This is {length} characters long; {most} fit here.",
            length=len(words),
            most=each.most,
        )
        raise _BadInputError(too_long)
    return words


def _read_choice(each: ChoiceInput, words: str) -> str:
    if words not in {option.value for option in each.options}:
        raise _BadInputError(msg("Please choose one from the list."))
    return words


def _read_several(each: MultiChoiceInput, given: str | Sequence[str]) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(given))
    if any(value not in {option.value for option in each.options} for value in chosen):
        raise _BadInputError(msg("Please choose from the list."))
    if each.required and not chosen:
        raise _BadInputError(msg("Please choose at least one."))
    return chosen


def _parsed(parse: Callable[[str], Parsed], words: str, message: Message) -> Parsed:
    try:
        return parse(words)
    except ValueError as error:
        raise _BadInputError(message) from error


def _read_number(each: NumberInput, words: str) -> Decimal:
    bounds = msg("Please give a number from {least} to {most}.", least=each.least, most=each.most)
    try:
        number = Decimal(words.replace(",", "."))
    except InvalidOperation as error:
        raise _BadInputError(bounds) from error
    exponent = number.as_tuple().exponent
    whole_enough = isinstance(exponent, int) and -exponent <= each.places
    if not number.is_finite() or not whole_enough or not each.least <= number <= each.most:
        raise _BadInputError(bounds)
    return number
