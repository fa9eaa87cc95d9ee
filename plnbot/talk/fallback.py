"""What happens when words do not fit: shorten, split, or go step by step. Nothing is lost unsaid."""

from collections.abc import Iterator
from dataclasses import replace

from plnbot.talk import limits
from plnbot.talk.cards import Paragraph
from plnbot.talk.forms import Form
from plnbot.talk.text import Bold, Code, Italic, Link, Plain, Span, Text, words_of

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
