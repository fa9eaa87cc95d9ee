"""Words that are pasted or stand in a document: the field for a document, and what a form brings in either."""

from plnbot.engine.routes import Values
from plnbot.talk import limits
from plnbot.talk.forms import FieldErrors, FileInput
from plnbot.talk.text import Text, clean
from plnbot.talk.uploads import FileKind, UploadedFile
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

_DOCUMENT = "document"
_LARGEST = 20_000  # bytes, which the most characters that a form holds never fill


@dataclass(frozen=True, slots=True)
class Pasted:
    """The field into which words are pasted; what is said where there are none, and where there are both."""

    field: str
    nothing: Sentence
    both: Sentence


def document_input(label: Text, hint: Text) -> FileInput:
    """Return the field for a document, which takes the place of what is pasted."""
    return FileInput(
        name=_DOCUMENT, label=label, hint=hint, kinds=(FileKind.TEXT,), largest=_LARGEST
    )


def words_given(values: Values, pasted: Pasted, before: str) -> str | FieldErrors:
    """Return what was pasted, or what stands in a document.

    `before` is what the form held: a document takes its place.
    """
    words, document = str(values[pasted.field]), values.get(_DOCUMENT)
    if not isinstance(document, UploadedFile):
        return words or FieldErrors({pasted.field: pasted.nothing})
    if words and clean(words) != clean(before):
        return FieldErrors({_DOCUMENT: pasted.both})
    written = clean(document.text)
    if len(written) > limits.INPUT_LENGTH:
        said = msg(
            "This is {length} characters long; {most} fit here.",
            length=len(written),
            most=limits.INPUT_LENGTH,
        )
        return FieldErrors({_DOCUMENT: said})
    return written
