"""What a person reads in Slack: the words of blocks and views, times in their own zone."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from adapters.slack.text import Json
from plnbot.talk.plain import clock_words
from plnbot.talk.text import Style

_DATE = re.compile(r"<!date\^(\d+)\^([^|]*)\|[^>]*>")
_LINK = re.compile(r"<(https?://[^|>]+)(?:\|([^>]*))?>")


def words_of(body: Json, zone: str = "UTC") -> str:
    """Return the words of a message or view, one blank between them."""
    return " ".join(" ".join(_body(body, zone)).split())


def actions_of(body: Json) -> Iterator[tuple[Json, Json]]:
    """Yield each button or select with the block it stands in."""
    for block in body.get("blocks", []):
        if block["type"] == "actions":
            for element in block["elements"]:
                yield element, block


def label_of(element: Json) -> str:
    """Return what a button or select is called."""
    return str((element.get("text") or element["placeholder"])["text"])


def _body(body: Json, zone: str) -> Iterator[str]:
    for part in ("title", "submit"):
        if isinstance(body.get(part), dict):
            yield body[part]["text"]
    if not body.get("blocks"):
        yield str(body.get("text", ""))
    for block in body.get("blocks", []):
        yield from _block(block, zone)
    for file in body.get("files", []):
        yield file["name"]


def _block(block: Json, zone: str) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield block["text"]["text"]
        case "context":
            yield from (_text(each, zone) for each in block["elements"])
        case "section":
            yield from (_text(each, zone) for each in block["fields"])
        case "rich_text":
            for element in block["elements"]:
                yield from _rich(element, zone)
        case "actions":
            for element in block["elements"]:
                yield label_of(element)
                yield from (each["text"]["text"] for each in element.get("options", []))
        case "image":
            yield block["alt_text"]
        case "input":
            yield block["label"]["text"]
            yield block.get("hint", {}).get("text", "")
            yield str(block["element"].get("initial_value", ""))


def _rich(element: Json, zone: str) -> Iterator[str]:
    if element["type"] == "rich_text_list":
        for each in element["elements"]:
            yield from _rich(each, zone)
        return
    yield "".join(_part(part, zone) for part in element["elements"])


def _part(part: Json, zone: str) -> str:
    match part["type"]:
        case "date":
            return _clock(part["timestamp"], part["format"], zone)
        case "user":
            return f"@{part['user_id']}"
        case "channel":
            return f"#{part['channel_id']}"
        case "link":
            return str(part.get("text") or part["url"])
        case _:
            return str(part["text"])


def _text(element: Json, zone: str) -> str:
    words = str(element["text"])
    if element["type"] == "plain_text":
        return words
    words = _DATE.sub(lambda found: _clock(int(found[1]), found[2], zone), words)
    words = _LINK.sub(lambda found: found[2] or found[1], words)
    words = re.sub(r"[*_`]([^*_`\n]+)[*_`]", r"\1", words)
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _clock(seconds: int, form: str, zone: str) -> str:
    styles = {"{time}": Style.TIME, "{date_long_pretty}": Style.DAY}
    at = datetime.fromtimestamp(seconds, UTC)
    return clock_words(at, styles.get(form, Style.DAY_AND_TIME), zone, "en")
