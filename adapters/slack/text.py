"""Text as Slack shows it: rich text, where nothing a member wrote can be markup, or mrkdwn.

mrkdwn knows no way to write a `*` or `_` that stays one, so words that hold such a mark go into
rich text, whose spans are typed like ours. Lengths are counted in UTF-16 units, the larger of the
two ways that Slack may count an emoji.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from plnbot.talk.plain import clock_words, left_words, plain
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
from plnbot.talk.words import Translate
from plnbot.values import dataclass

Json = dict[str, Any]

PLATFORM: Final = "slack"
MRKDWN: Final = 3000
LINK: Final = 3000
_MARKS: Final = frozenset("*_~`")
_FORMATS: Final[Mapping[Style, str]] = {
    Style.DAY_AND_TIME: "{date_long_pretty}, {time}",
    Style.DAY: "{date_long_pretty}",
    Style.DATE: "{date_long}",
    Style.TIME: "{time}",
    Style.COUNTDOWN: "{time}",  # dates are drawn once there, and count nothing down
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the language for our own words, the zone where Slack cannot show their own."""

    locale: str = "en"
    zone: str = "UTC"

    @property
    def t(self) -> Translate:
        """What says sentences to them."""
        return Translate(self.locale)

    def words(self, text: Text) -> str:
        """Return text where Slack takes no markup at all."""
        return plain(text, self.zone, self.locale)


def units(words: str) -> int:
    """Return the length of words in UTF-16 units."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def fitted(words: str, most: int) -> str:
    """Return the words cut to `most` UTF-16 units, ending in an ellipsis when cut."""
    if units(words) <= most:
        return words
    kept, left = "", most - 1
    for char in words:
        left -= units(char)
        if left < 0:
            break
        kept += char
    return kept.rstrip() + "…"


def plain_text(words: str, most: int) -> Json:
    """Return a plain text object, which must not be empty."""
    return {"type": "plain_text", "text": fitted(words.strip(), most) or "–", "emoji": True}


def escaped(words: str) -> str:
    """Return words that mrkdwn reads as words; this disarms `<!channel>` too."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fits_mrkdwn(text: Text, reader: Reader) -> bool:
    """Tell whether mrkdwn shows these words as they are."""
    held = (span for span in text if not isinstance(span, When | Code))
    marked = any(_MARKS & set(words_of(span)) for span in held)
    code = any("`" in span.text for span in text if isinstance(span, Code))
    return not marked and not code and units(mrkdwn(text, reader)) <= MRKDWN


def mrkdwn(text: Text, reader: Reader) -> str:
    """Return spans as mrkdwn."""
    return "".join(_marked(span, reader) for span in text)


def _marked(span: Span, reader: Reader) -> str:
    match span:
        case Bold(text=words) if words.strip() == words and words:
            return f"*{escaped(words)}*"
        case Italic(text=words) if words.strip() == words and words:
            return f"_{escaped(words)}_"
        case Code(text=words) if words:
            return f"`{escaped(words)}`"
        case Link(url=url, text=words):
            address = escaped(url).replace("|", "%7C").replace(" ", "%20")
            return f"<{address}|{escaped(words)}>" if words != url else f"<{address}>"
        case MessageLink(place=place, text=words) if place.platform == PLATFORM:
            return f"<{escaped(_address(span))}|{escaped(words)}>"
        case Mention(who=who) if who.platform == PLATFORM:
            return f"<@{who.user}>"
        case Room(place=place) if place.platform == PLATFORM:
            return f"<#{place.channel}>"
        case When(at=at, style=style):
            words = escaped(clock_words(at, style, reader.zone, reader.locale))
            date = f"<!date^{int(at.timestamp())}^{_FORMATS[style]}|{words}>"
            return date + left_words(span, reader.locale)
        case _:
            return escaped(words_of(span))


def _address(link: MessageLink) -> str:
    """Return where a message stands; Slack leads from there to the reader's own workspace."""
    place, at = link.place, link.message.replace(".", "")
    within = f"?thread_ts={place.thread}&cid={place.channel}" if place.thread else ""
    return f"https://slack.com/archives/{place.channel}/p{at}{within}"


def rich(text: Text, reader: Reader) -> Json:
    """Return spans as a rich text block."""
    return {"type": "rich_text", "elements": [section(text, reader)]}


def section(text: Text, reader: Reader) -> Json:
    """Return spans as one section of a rich text block."""
    return {"type": "rich_text_section", "elements": list(_elements(text, reader))}


def bullets(entries: tuple[Text, ...], reader: Reader) -> Json:
    """Return a list as a rich text block."""
    sections = [section(each, reader) for each in entries]
    listed = {"type": "rich_text_list", "style": "bullet", "elements": sections}
    return {"type": "rich_text", "elements": [listed]}


def _elements(text: Text, reader: Reader) -> Iterator[Json]:
    for span in text:
        if isinstance(span, When) or words_of(span):
            yield _element(span, reader)
        if isinstance(span, When) and (left := left_words(span, reader.locale)):
            yield {"type": "text", "text": left}


def _element(span: Span, reader: Reader) -> Json:
    match span:
        case Link(url=url, text=words) if units(url) <= LINK:
            return {"type": "link", "url": url, **({"text": words} if words != url else {})}
        case MessageLink(place=place, text=words) if place.platform == PLATFORM:
            return {"type": "link", "url": _address(span), "text": words}
        case Mention(who=who) if who.platform == PLATFORM:
            return {"type": "user", "user_id": who.user}
        case Room(place=place) if place.platform == PLATFORM:
            return {"type": "channel", "channel_id": place.channel}
        case When(at=at, style=style):
            return {
                "type": "date",
                "timestamp": int(at.timestamp()),
                "format": _FORMATS[style],
                "fallback": clock_words(at, style, reader.zone, reader.locale),
            }
        case _:
            return {"type": "text", "text": words_of(span), **_style(span)}


def _style(span: Span) -> Json:
    match span:
        case Bold():
            return {"style": {"bold": True}}
        case Italic():
            return {"style": {"italic": True}}
        case Code():
            return {"style": {"code": True}}
        case _:
            return {}
