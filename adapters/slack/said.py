"""What people write in Slack, as plain words: from rich text where it comes, else from mrkdwn."""

import re
from collections.abc import Iterator, Mapping, Sequence

from adapters.slack.payload import Payload, dicts_of

Names = Mapping[str, str]

_A_ROOM, _A_GROUP = "channel", "@group"
_ENTITY = re.compile(r"<([^<>]*)>")
_MENTION = re.compile(r"<@([A-Z0-9]+)")
# What rooms and groups are called stands in a message's text alone, if anywhere.
_CALLED = re.compile(r"<(?:#|!subteam\^)([A-Z0-9]+)\|[#@]?([^<>]+)>")
# Slack takes a mark and the word behind it for an address, and may not say what was typed.
_MARK = re.compile(r"https?://([AR]\d{1,2}[a-d]?\.[a-z]{2,12})/?", re.IGNORECASE)


def words_of(message: Payload, names: Names) -> str:
    """Return the words of a message; `names` says how mentioned people are called."""
    text = str(message.get("text") or "")
    for block in dicts_of(message.get("blocks")):
        if block.get("type") == "rich_text":
            called = {**names, **dict(_CALLED.findall(text))}
            return "\n".join(_lines(dicts_of(block.get("elements")), called))
    return unmarked(text, names)


def mentioned(message: Payload) -> frozenset[str]:
    """Return the ids of people mentioned in a message."""
    return frozenset(_MENTION.findall(str(message.get("text") or "")))


def unmarked(text: str, names: Names) -> str:
    """Return mrkdwn, as Slack sends it, as plain words."""
    plain = _ENTITY.sub(lambda found: _entity(found[1], names), text)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _entity(inside: str, names: Names) -> str:
    target, _, label = inside.partition("|")
    match target[:1]:
        case "@":
            return f"@{label or names.get(target[1:], target[1:])}"
        case "#":
            return f"#{label or _A_ROOM}"
        case "!":
            group = target.startswith("!subteam")
            return label or (_A_GROUP if group else f"@{target[1:].partition('^')[0]}")
    if target.startswith(("mailto:", "tel:")):
        return label or target.partition(":")[2]
    return _linked(target, label)


def _linked(url: str, label: str) -> str:
    """Return a link as it was typed: Slack makes one of `A2.my`, and of an address without its scheme."""
    if not label or label == url:
        mark = _MARK.fullmatch(url)
        return mark[1] if mark else url
    if url.removeprefix("http://").removesuffix("/") == label:
        return label
    return url if url.endswith(label) else f"{label} {url}"


def _lines(elements: Sequence[Payload], names: Names) -> Iterator[str]:
    for each in elements:
        inner = dicts_of(each.get("elements"))
        if each.get("type") == "rich_text_list":
            yield from _listed(each, inner, names)
            continue
        words = "".join(_part(part, names) for part in inner).rstrip("\n")
        quoted = each.get("type") == "rich_text_quote"
        yield "\n".join(f"> {line}" for line in words.split("\n")) if quoted else words


def _listed(whole: Payload, items: Sequence[Payload], names: Names) -> Iterator[str]:
    """Yield a list with the numbers or points that Slack shows before its entries, but keeps apart."""
    try:
        first = int(str(whole.get("offset") or 0)) + 1
    except ValueError:
        first = 1
    style = "bullet" if whole.get("indent") else whole.get("style")
    for number, item in enumerate(items, first):
        before = {"ordered": f"{number}. ", "bullet": "• "}.get(str(style), "")
        yield before + "\n".join(_lines([item], names))


def _part(part: Payload, names: Names) -> str:
    match part.get("type"):
        case "link":
            url, label = str(part.get("url", "")), str(part.get("text") or "")
            return _linked(url, label)
        case "user":
            user = str(part.get("user_id", ""))
            return f"@{names.get(user, user)}"
        case "emoji":
            return _emoji(part)
        case "broadcast":
            return f"@{part.get('range', '')}"
        case "channel":
            return f"#{names.get(str(part.get('channel_id')), _A_ROOM)}"
        case "usergroup":
            found = names.get(str(part.get("usergroup_id")))
            return f"@{found}" if found else _A_GROUP
        case "color":
            return str(part.get("value") or "")
        case "date":
            return str(part.get("fallback") or "")
        case _:
            return str(part.get("text") or "")


def _emoji(part: Payload) -> str:
    try:
        codes = str(part.get("unicode") or "").split("-")
        return "".join(chr(int(code, 16)) for code in codes)
    except (ValueError, OverflowError):
        return f":{part.get('name', '')}:"
