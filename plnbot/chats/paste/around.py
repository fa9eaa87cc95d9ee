"""What stands around the words of a question: a clock, a hashtag; and when a document says it starts."""

import re
from datetime import time

from plnbot.chats.paste.lines import Line, on_the_wall

CLOCK = re.compile(
    r"\s*[\[(]\s*(\d{1,2})(?::(\d{2}))?\s*([ap])?\.?\s?(?:m\.?)?\s*(?:[A-Z]{1,4}T?)?\s*[\])]\s*$",
    re.IGNORECASE,
)
_HASHTAG = re.compile(r"(?<!\w)#(\w{2,60})")
LAST_HASHTAG = re.compile(r"\s*#(\w{2,60})\s*$")
_LEAVE = re.compile(
    r"[^\w]{0,6}(?:thanks?\b|thank\s+you|that['’]s\s+(?:all|it)\b|see\s+you|join\s+us|we\s+hope|"
    r"be\s+sure\s+to|don['’]t\s+forget|wrap[\s-]?up\b|until\s+next|next\s+(?:week|month|time|chat)\b|"
    r"good\s?night|stay\s+tuned|follow\s+us|gracias\b|nos\s+vemos|hasta\s+(?:la|el|pronto)|"
    r"[uú]nete|esperamos|no\s+olvides|la\s+pr[oó]xima)",
    re.IGNORECASE,
)


def trimmed(words: str, hashtag: str) -> tuple[str, time | None]:
    """Return a question without the clock and the common hashtag behind it, and that clock."""
    found = CLOCK.search(words)
    clock = _clock(found) if found else None
    if found and clock:
        words = words[: found.start()]
    last = LAST_HASHTAG.search(words)
    if last and hashtag and last[1].casefold() == hashtag.casefold():
        words = words[: last.start()]
    return words.strip(), clock


def _clock(found: re.Match[str]) -> time | None:
    if not found[2] and not found[3]:
        return None
    return on_the_wall(found[1], found[2], found[3])


def ends_in_a_tag(line: str) -> bool:
    """Return whether a line ends in a clock or a hashtag, behind which nothing of it is to come."""
    found = CLOCK.search(line)
    return bool(found and _clock(found)) or bool(LAST_HASHTAG.search(line))


def asks(line: str) -> bool:
    """Return whether a line ends as a question does."""
    bare = LAST_HASHTAG.sub("", CLOCK.sub("", line)).rstrip(" \"”'*_)")
    return bare.endswith("?")


def takes_leave(line: str) -> bool:
    """Return whether a line reads like the end of a chat's announcement."""
    return _LEAVE.match(line) is not None


def common_hashtag(items: list[Line], around: list[str]) -> str:
    """Return the hashtag of a document: behind most of its questions, or named for a chat."""
    last = [found[1] for item in items if (found := LAST_HASHTAG.search(CLOCK.sub("", item.said)))]
    for tag in last:
        same = sum(each.casefold() == tag.casefold() for each in last)
        if same > 1 and same * 3 >= len(items):
            return tag
    tagged = [tag for line in around for tag in _HASHTAG.findall(line)]
    chats = [tag for tag in (*tagged, *last) if tag.casefold().endswith(("chat", "charla"))]
    head = _HASHTAG.findall(around[0]) if around and not around[0].endswith((".", "!", "?")) else []
    return next(iter([*chats, *(head if len(head) == 1 else [])]), "")
