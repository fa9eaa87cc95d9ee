"""Text as typed spans: what is said, before any platform's markup.

Escaping happens once, in each renderer, so nothing here ever holds mrkdwn, Markdown or HTML.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from plnbot.refs import MemberRef, Place
from plnbot.values import dataclass


class Style(StrEnum):
    """How an instant is shown to its reader."""

    DAY_AND_TIME = "day_and_time"
    TIME = "time"
    DAY = "day"
    COUNTDOWN = "countdown"
    """The time, and how long it is until then, where a platform counts down by itself."""
    DATE = "date"
    """The day with its year, for what may be years away."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Words as they are; every renderer escapes them."""

    text: str


@dataclass(frozen=True, slots=True)
class Bold:
    """Words that stand out."""

    text: str


@dataclass(frozen=True, slots=True)
class Italic:
    """Words in another voice."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Words to type exactly so."""

    text: str


def is_web_address(url: str) -> bool:
    """Return whether an address leads to the web, and not to a script or a file."""
    try:
        return urlsplit(url).scheme in {"http", "https"}
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a web address; only http and https are accepted."""

    url: str
    text: str

    def __post_init__(self) -> None:
        if not is_web_address(self.url):
            msg = f"a link must be http or https: {self.url!r}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Mention:
    """One member, named; the only span that may notify somebody."""

    who: MemberRef
    name: str


@dataclass(frozen=True, slots=True)
class Room:
    """A channel, named."""

    place: Place
    name: str


@dataclass(frozen=True, slots=True)
class MessageLink:
    """Words that lead to a message, where it stands on the reader's own platform; elsewhere only words.

    `place` is where it stands, with the thread it stands in; `message` is the platform's id of it.
    """

    place: Place
    message: str
    text: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """Words that lead to a place on one of our own pages, for whoever reads a page; elsewhere only words.

    `anchor` is the anchor of a block of that page.
    """

    page: str
    row: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class When:
    """An instant, shown in the reader's own zone. `at` is aware.

    With a countdown, `said_at` is the instant it is shown at: platforms that count nothing then say how long
    it was until `at`. Without one they say the time alone.
    """

    at: datetime
    style: Style = Style.DAY_AND_TIME
    said_at: datetime | None = None


Span = Plain | Bold | Italic | Code | Link | Mention | Room | MessageLink | PageLink | When


@dataclass(frozen=True, slots=True)
class Text:
    """A run of spans. Made by `Translate` or by `verbatim`, never from a bare string.

    That is what makes an untranslated sentence a type error.
    """

    spans: tuple[Span, ...] = ()

    def __add__(self, other: "Text") -> "Text":
        return Text(self.spans + other.spans)

    def __bool__(self) -> bool:
        return bool(self.spans)

    def __iter__(self) -> Iterator[Span]:
        return iter(self.spans)

    def bare(self) -> str:
        """Return the words alone; instants in UTC. For lengths and searching, not for people."""
        return "".join(words_of(span) for span in self.spans)


EMPTY = Text()
_INVISIBLE = {"\u200b", "\u2060", "\ufeff", "\u00ad"}
_BIDI = {chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_BLANK = {"\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"}
"""Letters and symbols by their category, and nothing to the eye."""
_JOINER = "\u034f"
_MARKS_IN_A_ROW = 30
_ADDRESS = re.compile(r"https?://[^\s<>\"“”]+")
_TRAILING = ".,;:!?)]}'’»"


def words_of(span: Span) -> str:
    """Return the words of one span without markup; an instant in UTC."""
    match span:
        case Mention(name=name):
            return f"@{name}"
        case Room(name=name):
            return f"#{name}"
        case When(at=at):
            return at.strftime("%Y-%m-%d %H:%M UTC")
        case _:
            return span.text


def one_line(words: str) -> str:
    """Return words on one line, as formats made of lines need them: every separator is a blank."""
    return " ".join(words.split())


# A vertical tab is what Shift and Enter make in a presentation.
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")


def clean(words: str) -> str:
    """Return what a person wrote, safe to store and show: NFC, no control or direction characters.

    Line breaks stay, whichever of Unicode's they are, and tabs. Lone surrogates and NUL, which no database or platform takes, become
    U+FFFD, so that nothing is dropped in silence. Nor are marks stacked on one letter: after every
    thirty stands an invisible joiner.
    """
    words = _LINE_END.sub("\n", words)
    kept: list[str] = []
    for char in words:
        if char in "\n\t":
            kept.append(char)
        elif char in _BIDI or char in _INVISIBLE:
            continue
        elif unicodedata.category(char) in {"Cc", "Cs"}:
            kept.append("\ufffd")
        else:
            kept.append(char)
    normal = unicodedata.normalize("NFC", _stream_safe("".join(kept)))
    return _stream_safe(normal).strip()


def is_seen(words: str) -> bool:
    """Return whether anything of these words is to be seen."""
    return any(unicodedata.category(char)[0] in "LNPS" and char not in _BLANK for char in words)


def _stream_safe(words: str) -> str:
    """Return the words in Unicode's stream-safe form.

    Normalising sorts the marks on a letter in quadratic time: a single post of 100,000 of them would
    hold up everybody for half a minute.
    """
    kept: list[str] = []
    marks = 0
    for char in words:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks > _MARKS_IN_A_ROW:
            kept.append(_JOINER)
            marks = 1
        kept.append(char)
    return "".join(kept)


def verbatim(words: str) -> Text:
    """Return words that are nobody's sentence to translate: names, titles, what members wrote."""
    return Text((Plain(words),)) if words else EMPTY


def bold(words: str) -> Text:
    """Return words as they are, standing out."""
    return Text((Bold(words),)) if words else EMPTY


def joined(parts: Iterable[Text], between: str = ", ") -> Text:
    """Return the parts with `between` in the gaps."""
    spans: list[Span] = []
    for part in parts:
        if spans:
            spans.append(Plain(between))
        spans.extend(part.spans)
    return Text(tuple(spans))


def with_links(words: str) -> Text:
    """Return what a member wrote, its web addresses made into links and nothing else."""
    spans: list[Span] = []
    at = 0
    for found in _ADDRESS.finditer(words):
        url = found.group().rstrip(_TRAILING)
        if not _sound_address(url):
            continue
        if found.start() > at:
            spans.append(Plain(words[at : found.start()]))
        spans.append(Link(url, url))
        at = found.start() + len(url)
    if at < len(words):
        spans.append(Plain(words[at:]))
    return Text(tuple(spans))


def addresses(words: str) -> tuple[str, ...]:
    """Return the web addresses in what a member wrote, in order, each once."""
    found = (match.group().rstrip(_TRAILING) for match in _ADDRESS.finditer(words))
    return tuple(dict.fromkeys(url for url in found if _sound_address(url)))


def _sound_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and not parts.username
    except ValueError:
        return False
