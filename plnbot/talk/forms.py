"""Forms: what the bot asks, and the one check of what comes back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Protocol, TypeVar

from plnbot.talk import limits
from plnbot.talk.cards import CardError, Option
from plnbot.talk.text import EMPTY, Text, clean
from plnbot.talk.uploads import READABLE, AnyFile, FileKind, UploadedFile, UploadedFiles, accepted
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchInput(Input):
    """One out of many, found by typing some of it; `source` names what is looked through.

    `chosen` is what stands already, or `words` that led to nothing yet. `here` says that people of this workspace are meant, for
    platforms that have a list of them. `free` lets words through that lead to nothing.
    """

    source: str
    chosen: Option | None = None
    words: str = ""
    here: bool = False
    free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FileInput(Input):
    """A file, or up to `most` of them, each of one of these kinds by its content.

    `largest` is how many bytes one may have; platforms may take less (`limits.FILE_ELSEWHERE`). Its
    value is an `UploadedFile` or None; where `most` is more than one, `UploadedFiles`.
    """

    kinds: tuple[FileKind, ...]
    most: int = 1
    largest: int = 1_000_000

    def __post_init__(self) -> None:
        Input.__post_init__(self)
        if not self.kinds or not READABLE.issuperset(self.kinds):
            raise CardError(f"{self.name!r} asks for files that nobody can read")
        whole = self.most * self.largest
        if not 0 < self.most <= limits.FILES or not 0 < whole <= limits.FILE_BYTES:
            raise CardError(f"{self.name!r} asks for more files, or larger ones, than fit anywhere")


@dataclass(frozen=True, slots=True)
class Picked:
    """What was found: the row that was chosen, or the words alone where they led to nothing."""

    row: str
    words: str = ""


Parsed = TypeVar("Parsed")
AnyInput = (
    TextInput
    | ChoiceInput
    | MultiChoiceInput
    | DateInput
    | TimeInput
    | NumberInput
    | SearchInput
    | FileInput
)
Answered = (
    str | tuple[str, ...] | date | time | Decimal | Picked | UploadedFile | UploadedFiles | None
)

ROW = "row:"
"""What stands before a row in the value of a search, told apart from words by it."""
ACCOUNT = "account:"
"""What stands before a platform's own number of somebody."""


class Finds(Protocol):
    """Looks through what a `SearchInput` names."""

    def find(self, source: str, typed: str) -> Sequence[Option]:
        """Return what fits some words, best first; no more than a list can show."""
        ...

    def get(self, source: str, row: str) -> Option | None:
        """Return what a row is, or None where there is no such row for this person."""
        ...

    def account(self, source: str, user: str) -> Option | None:
        """Return who of this workspace has a platform's number, or None."""
        ...


RESERVED = frozenset({"csrf", "key", "kind", "action", "row", "room", "thread", "form", "back"})
"""What a page's form carries beside what people fill in: no input may be called so."""


@dataclass(frozen=True, slots=True)
class Form:
    """Questions to a member; its values come back as a `Submit` under the same name and row.

    Of one that is `unkept`, no platform's part of ours may keep what is typed into it, not even until it
    is sent: it is short enough for every platform to show at once. One that `keeps` is there again, with
    what was typed, when it is opened again (`plnbot.engine.kept_forms`).
    """

    name: str
    title: Text
    inputs: tuple[AnyInput, ...]
    submit: Text
    row: str = ""
    intro: Text = EMPTY
    unkept: bool = False
    keeps: bool = False

    def __post_init__(self) -> None:
        if self.unkept and len(self.inputs) >= limits.FORM_FIELDS_IN_STEP:
            msg = f"form {self.name!r} must be kept from one step to the next"
            raise CardError(msg)
        too_long = len(self.title.bare()) > limits.FORM_TITLE
        if too_long or len(self.submit.bare()) > limits.SUBMIT_LABEL:
            msg = f"the title or button of form {self.name!r} does not fit every platform"
            raise CardError(msg)
        names = [each.name for each in self.inputs]
        if taken := RESERVED & {*names}:
            msg = f"form {self.name!r} calls inputs what pages carry beside them: {sorted(taken)}"
            raise CardError(msg)
        if len(set(names)) != len(names) or len(names) > limits.FORM_FIELDS:
            msg = f"form {self.name!r} has too many inputs, or two of one name"
            raise CardError(msg)

    @property
    def takes_files(self) -> bool:
        """Whether it asks for a file."""
        return any(isinstance(each, FileInput) for each in self.inputs)


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """What to mend, by input name; the form stays open with what was typed.

    `choices` holds, for searches of which the words fit several, what they fit.
    """

    errors: Mapping[str, Sentence | Text]
    choices: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)


Raw = Mapping[str, str | Sequence[str]]
Files = Mapping[str, Sequence[AnyFile]]
NO_FILES: Files = {}


def read(
    form: Form, raw: Raw, finds: Finds | None = None, files: Files = NO_FILES
) -> Mapping[str, Answered] | FieldErrors:
    """Return the form's values, checked and typed, or every field's error at once.

    Values for inputs that the form does not have are ignored: they come from outside. `finds` looks
    through what a search names; without it, a form with one is our mistake. Files that are still
    awaited are checked as far as their platform tells of them, and are no value yet.
    """
    values: dict[str, Answered] = {}
    errors: dict[str, Sentence | Text] = {}
    choices: dict[str, tuple[Option, ...]] = {}
    for each in form.inputs:
        try:
            given = raw.get(each.name, "")
            if isinstance(each, SearchInput):
                values[each.name] = _read_search(each, given, finds)
            elif isinstance(each, FileInput):
                values[each.name] = _read_files(each, files.get(each.name, ()))
            else:
                values[each.name] = _read_one(each, given)
        except _BadInputError as error:
            errors[each.name] = error.message
            if error.choices:
                choices[each.name] = error.choices
    return FieldErrors(errors, choices) if errors else values


def chosen(answered: Answered) -> tuple[str, ...]:
    """Return what was chosen of a question that takes several; nothing where it was not asked."""
    return tuple(map(str, answered)) if isinstance(answered, tuple) else ()


def narrowed(form: Form, errors: FieldErrors) -> Form:
    """Return a form in which one chooses among what the words of a search fit."""
    inputs = (
        ChoiceInput(
            name=each.name,
            label=each.label,
            hint=each.hint,
            required=each.required,
            options=tuple(replace(option, value=ROW + option.value) for option in options),
        )
        if isinstance(each, SearchInput) and (options := errors.choices.get(each.name))
        else each
        for each in form.inputs
    )
    return replace(form, inputs=tuple(inputs))


def _few_enough(name: str, options: Sequence[Option]) -> None:
    if not 0 < len(options) <= limits.OPTIONS:
        reason = f"{name!r} has {len(options)} options; 1 to {limits.OPTIONS} fit every platform"
        raise CardError(reason)


class _BadInputError(Exception):
    def __init__(self, message: Sentence, choices: tuple[Option, ...] = ()) -> None:
        super().__init__(message.source)
        self.message = message
        self.choices = choices


def _read_search(
    each: SearchInput, given: str | Sequence[str], finds: Finds | None
) -> Picked | None:
    if finds is None:
        raise TypeError(f"{each.name!r} is looked for, and nothing was given to look through")
    values = (given,) if isinstance(given, str) else given
    # What was chosen counts before the words that were typed to find it.
    chosen = [value for value in values if value.startswith((ROW, ACCOUNT))]
    words = clean(next(iter((*chosen, *values)), ""))
    if not words:
        if each.required:
            raise _BadInputError(msg("Please fill this in."))
        return None
    if chosen:
        mark, look = (ROW, finds.get) if words.startswith(ROW) else (ACCOUNT, finds.account)
        one = look(each.source, words.removeprefix(mark))
        if one is None:
            raise _BadInputError(msg("This is not to be found here. Choose another."))
        return Picked(one.value)
    if len(words) > limits.SEARCHED:  # which also keeps what looks from looking for long
        raise _too_long(words, limits.SEARCHED)
    return _found(each, words, finds.find(each.source, words))


def _found(each: SearchInput, words: str, fit: Sequence[Option]) -> Picked:
    exact = [one for one in fit if one.label.bare().casefold() == words.casefold()]
    if len(exact) == 1 or (len(fit) == 1 and not each.free):
        return Picked((exact or fit)[0].value)
    if each.free and not exact:
        return Picked("", words)
    if not fit:
        raise _BadInputError(msg("Nothing of that name is here. Write less of it."))
    shown = tuple((exact or fit)[: limits.OPTIONS])
    raise _BadInputError(msg("Several fit. Choose one, or write more of it."), shown)


def _read_files(each: FileInput, sent: Sequence[AnyFile]) -> UploadedFile | UploadedFiles | None:
    if each.required and not sent:
        raise _BadInputError(msg("Please choose a file."))
    here = accepted(sent, each.kinds, most=each.most, largest=each.largest)
    if isinstance(here, Sentence):
        raise _BadInputError(here)
    return UploadedFiles(here) if each.most > 1 else next(iter(here), None)


def _read_one(each: AnyInput, given: str | Sequence[str]) -> Answered:
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
        case SearchInput() | FileInput():
            raise TypeError("what is looked for, and files, are read by functions of their own")


def _read_text(each: TextInput, words: str) -> str:
    if len(words) > each.most:
        raise _too_long(words, each.most)
    return words


def _too_long(words: str, most: int) -> _BadInputError:
    said = msg("This is {length} characters long; {most} fit here.", length=len(words), most=most)
    return _BadInputError(said)


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


def _parsed(parse: Callable[[str], Parsed], words: str, message: Sentence) -> Parsed:
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
