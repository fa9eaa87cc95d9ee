"""The one check of what comes back from a form: every value typed, or every field's error."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from plnbot.talk import limits
from plnbot.talk.cards import Option
from plnbot.talk.forms import (
    ACCOUNT,
    NO_FILES,
    ROW,
    Answered,
    AnyInput,
    ChoiceInput,
    DateInput,
    FieldErrors,
    FileInput,
    Files,
    Finds,
    Form,
    MultiChoiceInput,
    NumberInput,
    Picked,
    Raw,
    SearchInput,
    TextInput,
    TimeInput,
)
from plnbot.talk.text import Text, clean
from plnbot.talk.uploads import AnyFile, UploadedFile, UploadedFiles, accepted
from plnbot.talk.words import Sentence, msg

Parsed = TypeVar("Parsed")


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
    wrong = msg("Please give a number from {least} to {most}.", least=each.least, most=each.most)
    if each.such_as is not None:
        wrong = msg("Please write a number in figures, such as {example}.", example=each.such_as)
    try:
        number = Decimal(words.replace(",", "."))
    except InvalidOperation as error:
        raise _BadInputError(wrong) from error
    exponent = number.as_tuple().exponent
    whole_enough = isinstance(exponent, int) and -exponent <= each.places
    if not number.is_finite() or not whole_enough or not each.least <= number <= each.most:
        raise _BadInputError(wrong)
    # 1e1 is written as 10 wherever it is read as words.
    return number.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else number
