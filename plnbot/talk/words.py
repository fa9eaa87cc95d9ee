"""Sentences in the reader's language: gettext, with spans for its placeholders.

English is the source. `t("Q{n} in {minutes} min", n=2, minutes=5)` looks the sentence up, splits
it at its placeholders and puts the values in as spans, so a value can never become markup.
`**words**` in a sentence (never in a value) stand out, with the values among them; `` `words` `` are to be typed so.
"""

import gettext
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from string import Formatter

from plnbot.talk.text import EMPTY, Bold, Code, Plain, Span, Text
from plnbot.values import dataclass

Value = str | int | Span | Text

LOCALES: Mapping[str, str] = {"en": "English", "es": "Español"}
_CALLED: Mapping[str, str] = {
    "en": "english inglés anglais ingles englisch",
    "es": "español espanol spanish castellano spanisch espagnol",
}
_FOLDER = Path(__file__).parents[2] / "config" / "locales"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to be said later, in a locale not known yet."""

    source: str
    values: tuple[tuple[str, Value], ...] = ()


def msg(source: str, **values: Value) -> Sentence:
    """Mark a sentence for translation where the reader is not known yet."""
    return Sentence(source, tuple(values.items()))


@dataclass(frozen=True, slots=True)
class Translate:
    """Says sentences in one locale. Call it with the English sentence and its values."""

    locale: str = "en"

    def __call__(self, source: str, /, **values: Value) -> Text:
        """Return `source` in this locale with `values` in its placeholders."""
        return _filled(_catalogue(self.locale).gettext(source), values)

    def n(self, one: str, many: str, count: int, /, **values: Value) -> Text:
        """Return the form for `count`; `{n}` holds the count itself."""
        said = _catalogue(self.locale).ngettext(one, many, count)
        return _filled(said, {"n": count, **values})

    def say(self, message: Sentence | Text) -> Text:
        """Return a deferred sentence in this locale; text that is already said stays."""
        if isinstance(message, Text):
            return message
        return self(message.source, **dict(message.values))

    def words(self, source: str, /, **values: Value) -> str:
        """Return the sentence as bare words, for a page title or an image's alternative text."""
        return self(source, **values).bare()


def locale_named(words: str) -> str:
    """Return the shipped locale that people call so, as `es`, `es-MX` or `Spanish`; else nothing."""
    said = words.strip().casefold()
    called = (locale for locale, names in _CALLED.items() if said in names.split())
    return next(called, "") or nearest_locale(said, "")


def nearest_locale(asked: str, default: str = "en") -> str:
    """Return the shipped locale nearest to what a platform reports, such as `es-MX`."""
    language = asked.replace("_", "-").split("-", maxsplit=1)[0].lower()
    return language if language in LOCALES else default


@cache
def _catalogue(locale: str) -> gettext.NullTranslations:
    if locale == "en":
        return gettext.NullTranslations()
    return gettext.translation("plnbot", str(_FOLDER), languages=[locale], fallback=True)


def _filled(sentence: str, values: Mapping[str, Value]) -> Text:
    """Return the sentence with its marks read; what is between two `**` may hold placeholders."""
    spans: list[Span] = []
    stands_out = False
    for literal, name, _spec, _conversion in Formatter().parse(sentence):
        for turn, piece in enumerate(literal.split("**")):
            stands_out ^= turn > 0
            _put(spans, _typed(piece), joins=turn == 0, stands_out=stands_out)
        if name is not None:
            _put(spans, _as_spans(values[name]), joins=True, stands_out=stands_out)
    return Text(tuple(spans)) if spans else EMPTY


def _put(spans: list[Span], more: Iterable[Span], *, joins: bool, stands_out: bool) -> None:
    """Add spans. Plain words that stand out become one with those before them where they join."""
    for span in more:
        if not (stands_out and isinstance(span, Plain)):
            spans.append(span)
        elif joins and spans and isinstance(spans[-1], Bold):
            spans[-1] = Bold(spans[-1].text + span.text)
        else:
            spans.append(Bold(span.text))


def _typed(literal: str) -> list[Span]:
    """Return words, with what is to be typed apart."""
    pieces = literal.split("`")
    return [Code(each) if at % 2 else Plain(each) for at, each in enumerate(pieces) if each]


def _as_spans(value: Value) -> tuple[Span, ...]:
    match value:
        case Text(spans=spans):
            return spans
        case str() | int():
            return (Plain(str(value)),) if value != "" else ()
        case _:
            return (value,)
