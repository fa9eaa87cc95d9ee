"""What happens when words do not fit: shorten, split, or go step by step. Nothing is lost unsaid."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, time
from decimal import Decimal

from plnbot.talk import limits
from plnbot.talk.answers import read
from plnbot.talk.cards import Paragraph
from plnbot.talk.forms import (
    Answered,
    AnyInput,
    ChoiceInput,
    DateInput,
    FieldErrors,
    Form,
    MultiChoiceInput,
    NumberInput,
    Raw,
    TextInput,
    TimeInput,
)
from plnbot.talk.text import EMPTY, Bold, Code, Italic, Link, Plain, Span, Text, words_of

MORE = "…"


def shortened(text: Text, most: int) -> Text:
    """Return the text cut to `most` characters, at a word where possible, ending in an ellipsis."""
    if len(text.bare()) <= most:
        return text
    kept: list[Span] = []
    left = most - len(MORE)
    for span in text:
        size = len(words_of(span))
        if size <= left:
            kept.append(span)
            left -= size
            continue
        if isinstance(span, Plain | Bold | Italic | Code | Link) and left > 0:
            kept.append(replace(span, text=_at_word(words_of(span), left)))
        break
    return Text((*kept, Plain(MORE)))


def short_words(words: str, most: int) -> str:
    """Return the words cut to `most` characters, ending in an ellipsis when cut."""
    return words if len(words) <= most else _at_word(words, most - len(MORE)) + MORE


def paragraphs(text: Text, *, most: int = limits.TEXT_BLOCK) -> tuple[Paragraph, ...]:
    """Return the text as paragraphs that each fit, split at line ends or words."""
    return tuple(Paragraph(part) for part in split(text, most))


def split(text: Text, most: int) -> Iterator[Text]:
    """Yield the text in parts of at most `most` characters; joined, they are the text."""
    part: list[Span] = []
    size = 0
    for span in (piece for each in text for piece in _pieces(each, most)):
        length = len(words_of(span))
        if part and size + length > most:
            yield Text(tuple(part))
            part, size = [], 0
        part.append(span)
        size += length
    if part:
        yield Text(tuple(part))


def steps(form: Form) -> tuple[Form, ...]:
    """Return the form as forms of five inputs, for platforms whose dialogs hold no more."""
    each = limits.FORM_FIELDS_IN_STEP
    return tuple(
        replace(form, inputs=form.inputs[at : at + each]) for at in range(0, len(form.inputs), each)
    )


def typed_into(form: Form) -> Raw:
    """Return what stands in a form when it opens, as `refilled` puts it into another one."""
    return {
        each.name: str(each.value) if isinstance(each, TextInput | ChoiceInput) else each.value
        for each in form.inputs
        if isinstance(each, TextInput | ChoiceInput | MultiChoiceInput) and each.value
    }


def refilled(form: Form, raw: Raw) -> Form:
    """Return the form with what was typed into it before, as far as that can stand in it."""
    return replace(form, inputs=tuple(_refilled(each, raw.get(each.name)) for each in form.inputs))


def _refilled(each: AnyInput, given: str | Sequence[str] | None) -> AnyInput:
    one = given if isinstance(given, str) else next(iter(given or ()), "")
    match each:
        case TextInput() if given is not None:
            return replace(each, value=one)
        case ChoiceInput(options=options) if one in {option.value for option in options}:
            return replace(each, value=one)
        case MultiChoiceInput(options=options) if given is not None:
            chosen = (given,) if isinstance(given, str) else given
            there = {option.value for option in options}
            return replace(each, value=tuple(value for value in chosen if value in there))
        case DateInput() if isinstance(day := _read_again(each, one), date):
            return replace(each, value=day)
        case TimeInput() if isinstance(at := _read_again(each, one), time):
            return replace(each, value=at)
        case NumberInput() if isinstance(number := _read_again(each, one), Decimal):
            return replace(each, value=number)
        case _:
            return each


def _read_again(each: AnyInput, given: str) -> Answered:
    values = read(Form("again", EMPTY, (each,), EMPTY), {each.name: given})
    return None if isinstance(values, FieldErrors) else values[each.name]


def _pieces(span: Span, most: int) -> Iterator[Span]:
    if not isinstance(span, Plain | Bold | Italic | Code):
        yield span
        return
    left = span.text
    while len(left) > most:
        cut = max(left.rfind("\n", 0, most), left.rfind(" ", 0, most))
        cut = most if cut <= 0 else cut + 1
        yield replace(span, text=left[:cut])
        left = left[cut:]
    if left:
        yield replace(span, text=left)


def _at_word(words: str, most: int) -> str:
    cut = words[:most]
    space = cut.rfind(" ")
    return cut[:space].rstrip() if space > most // 2 else cut
