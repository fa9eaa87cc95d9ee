"""Forms: what the bot asks, and what may come back (`plnbot.talk.answers` checks it)."""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date, time
from decimal import Decimal
from typing import Protocol

from plnbot.talk import limits
from plnbot.talk.cards import CardError, Option
from plnbot.talk.text import EMPTY, Text
from plnbot.talk.uploads import ENDINGS, READABLE, AnyFile, FileKind, UploadedFile, UploadedFiles
from plnbot.talk.words import Sentence
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
    """A number between two bounds, whole unless `places`.

    `such_as` stands in the error in place of the bounds, where these are wider than what is meant.
    """

    least: int = 0
    most: int = 1_000_000
    places: int = 0
    such_as: int | None = None
    value: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchInput(Input):
    """One out of many, found by typing some of it; `source` names what is looked through.

    `chosen` is what stands already, or `words` that led to nothing yet. `here` says that people of
    this workspace are meant, for platforms that have a list of them. `free` lets words through that
    lead to nothing.
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
    value is an `UploadedFile` or None; where `most` is more than one, `UploadedFiles`. `endings` are those
    of names that platforms show first, where they are others than those of the kinds.
    """

    kinds: tuple[FileKind, ...]
    most: int = 1
    largest: int = 1_000_000
    endings: tuple[str, ...] = ()

    @property
    def shown_first(self) -> tuple[str, ...]:
        """How files end that platforms show first when somebody chooses one."""
        return self.endings or tuple(each for kind in self.kinds for each in ENDINGS[kind])

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


Raw = Mapping[str, str | Sequence[str]]
Files = Mapping[str, Sequence[AnyFile]]
NO_FILES: Files = {}


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
