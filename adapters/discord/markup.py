"""Text as Discord's Markdown: the one place where anything is escaped or cut. Pure."""

import re
import unicodedata
from urllib.parse import quote

from plnbot.talk.fallback import MORE, shortened
from plnbot.talk.plain import clock_words, plain
from plnbot.talk.text import (
    Bold,
    Code,
    Italic,
    Link,
    Mention,
    MessageLink,
    Room,
    Span,
    Style,
    Text,
    When,
    words_of,
)
from plnbot.values import dataclass

PLATFORM = "discord"
_STYLES = {
    Style.DAY_AND_TIME: "<t:{0}:F>",
    Style.TIME: "<t:{0}:t>",
    Style.DAY: "<t:{0}:D>",
    Style.DATE: "<t:{0}:D>",
    Style.COUNTDOWN: "<t:{0}:t> (<t:{0}:R>)",
}
_INLINE = re.compile(r"[\\*_~|`<\[\]]")
# Blanks of one line: across lines, thousands of empty ones would take seconds.
_LINE_START = re.compile(r"^([^\S\n]*)(#{1,3}|-#|>{1,3}|[-+•])(?=\s)", re.MULTILINE)
_NUMBERED = re.compile(r"^([^\S\n]*\d+)([.)])(?=\s)", re.MULTILINE)
_CROWD = re.compile(r"@(?=everyone|here)")
_JOINERS = {"\u200d", "\ufe0f", "\ufe0e"}
_TONES_OF_SKIN = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_LONGEST_URL = 512
_MESSAGES = "https://discord.com/channels"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, where Discord does not say it by itself."""

    locale: str = "en"
    zone: str = "UTC"


def size(words: str) -> int:
    """Return the length as Discord may count it at the worst: in UTF-16 units."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def cut(words: str, most: int) -> str:
    """Return the words in `most` units, ending in an ellipsis where cut; no character is halved."""
    if size(words) <= most:
        return words
    kept = words[: max(most, 0)]
    while kept and (size(kept) > most - 1 or _goes_on(words, len(kept))):
        kept = kept[:-1]
    return kept.rstrip() + MORE if most > 0 else ""


def marked(text: Text, reader: Reader, most: int, *, times: bool = True) -> str:
    """Return the text as Markdown in `most` units; without `times`, instants are plain words.

    What is too long once it is escaped is shortened before, so that no markup is ever cut.
    """
    whole = _marked(text, reader, times=times)
    if size(whole) <= most:
        return whole
    least, longest = 0, len(text.bare())
    best = cut(MORE, most)
    while least < longest:
        tried = (least + longest + 1) // 2
        made = _marked(shortened(text, tried), reader, times=times)
        if size(made) <= most:
            least, best = tried, made
        else:
            longest = tried - 1
    return best


def bare(text: Text, reader: Reader, most: int) -> str:
    """Return the text as words for places without markup, such as buttons; never empty."""
    return cut(plain(text, reader.zone, reader.locale), most).strip() or MORE


def escaped(words: str) -> str:
    """Return words that Discord shows as they are, and that can call nobody."""
    words = _INLINE.sub(r"\\\g<0>", words)
    words = _LINE_START.sub(r"\1\\\2", words)
    words = _NUMBERED.sub(r"\1\\\2", words)
    return _CROWD.sub("@\u200b", words)


def _marked(text: Text, reader: Reader, *, times: bool) -> str:
    return "".join(_span(span, reader, times=times) for span in text)


def _span(span: Span, reader: Reader, *, times: bool) -> str:
    match span:
        case Bold(text=words):
            return _wrapped("**", words)
        case Italic(text=words):
            return _wrapped("*", words)
        case Code(text=words):
            return _code(words)
        case Link(url=url, text=words):
            return _link(url, words)
        case When(at=at, style=style):
            if not times:
                return clock_words(at, style, reader.zone, reader.locale)
            return _STYLES[style].format(int(at.timestamp()))
        case MessageLink(place=place, message=message, text=words) if place.platform == PLATFORM:
            channel = place.thread or place.channel
            return _link(f"{_MESSAGES}/{place.workspace}/{channel}/{message}", words)
        case Mention(who=who) if who.platform == PLATFORM and who.user.isdigit():
            return f"<@{who.user}>"
        case Room(place=place) if place.platform == PLATFORM and place.channel.isdigit():
            return f"<#{place.channel}>"
        case _:
            return escaped(words_of(span))


def _wrapped(mark: str, words: str) -> str:
    """Return words between marks, the blanks at their ends outside, where the marks still work."""
    core = words.strip()
    if not core:
        return words
    before = words[: len(words) - len(words.lstrip())]
    after = words[len(words.rstrip()) :]
    return f"{before}{mark}{escaped(core)}{mark}{after}"


def _code(words: str) -> str:
    if not words.strip():
        return words
    return f"`{words.replace('`', '’')}`"


def _link(url: str, words: str) -> str:
    address = quote(url, safe="%/:?#@!$&'*+,;=~-._[]")
    if size(address) > _LONGEST_URL:
        return escaped(words)
    return f"<{address}>" if words == url else f"[{escaped(words)}]({address})"


def _goes_on(words: str, at: int) -> bool:
    """Return whether the character at `at` belongs to the one before it."""
    if at >= len(words):
        return False
    here = words[at]
    return (
        bool(unicodedata.combining(here))
        or here in _JOINERS
        or words[at - 1] == "\u200d"
        or here in _TONES_OF_SKIN
    )
