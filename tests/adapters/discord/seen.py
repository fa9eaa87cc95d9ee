"""What people read of a message or a dialog of Discord, and what they can press there."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from plnbot.talk.plain import clock_words
from plnbot.talk.text import Style

Json = dict[str, Any]
_STYLES = {"F": Style.DAY_AND_TIME, "t": Style.TIME, "D": Style.DAY}
_TIME = re.compile(r"<t:(\d+):([FtD])>")


def words_of(body: Json, zone: str = "UTC", locale: str = "en") -> str:
    """Return the words of a message or dialog as a member in this zone reads them."""
    parts = [str(body.get("content") or ""), str(body.get("title") or "")]
    for each in body.get("embeds", ()):
        parts.append(each.get("author", {}).get("name", ""))
        parts.append(each.get("title", ""))
        parts.append(each.get("description", ""))
        parts.append(each.get("footer", {}).get("text", ""))
    for each in parts_of(body):
        parts += [
            str(each.get(name) or "") for name in ("label", "placeholder", "content", "value")
        ]
        parts += [option["label"] for option in each.get("options", ())]
    return " ".join(_plain(" ".join(parts), zone, locale).split())


def parts_of(body: Json) -> Iterator[Json]:
    """Yield every component, whatever it stands in."""
    for each in body.get("components", ()):
        yield each
        yield from parts_of(each)
        if "component" in each:
            yield each["component"]


def _plain(words: str, zone: str, locale: str) -> str:
    def told(found: re.Match[str]) -> str:
        at = datetime.fromtimestamp(int(found[1]), UTC)
        return clock_words(at, _STYLES[found[2]], zone, locale)

    words = _TIME.sub(told, words)
    words = re.sub(r"(?m)^-# |\*\*(?!\*)|(?<!\\)`", "", words)
    words = re.sub(r"(?<!\\)<(https?://[^>]*)>", r"\1", words)
    return re.sub(r"\\([\\*_~|`<\[\]#>\-.)])", r"\1", words)
