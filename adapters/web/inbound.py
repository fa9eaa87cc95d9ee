"""What a browser sends, as interactions. Pure: no request, no database."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl

from plnbot.refs import MemberRef, Place
from plnbot.talk.forms import NO_FILES, RESERVED, Files
from plnbot.talk.interactions import Command, Interaction, Press, Said, Submit, What
from plnbot.talk.text import clean

LONGEST = 8000
COMMAND = "/pln"
_MOST = 1000
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
Fields = Mapping[str, Sequence[str]]
"""What a form carries: each name's values, in their order."""
_BESIDE = frozenset({"csrf", "back"})


class BadRequestError(ValueError):
    """A request that no page of ours sends."""


def fields(body: bytes) -> dict[str, tuple[str, ...]]:
    """Return what a form carries, URL-encoded in UTF-8; raises `BadRequestError`."""
    found: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(body.decode().rstrip(), keep_blank_values=True, max_num_fields=_MOST)
    except ValueError as error:
        raise BadRequestError from error
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in found.items()}


def storable(words: str) -> bool:
    """Return whether a database holds these words: no NUL is in them and no lone surrogate."""
    return _UNSTORABLE.search(words) is None


def first(fields: Fields, name: str) -> str:
    """Return a field's first value, empty where there is none."""
    return next(iter(fields.get(name, ())), "")


def key_of(path: str, fields: Fields) -> str:
    """Return what tells a form that was sent from every other: its key, and all that it carries.

    A browser sends it again as it was. The key alone would let other words pass for the same.
    """
    carried = sorted((name, *given) for name, given in fields.items() if name not in _BESIDE)
    digest = hashlib.sha256(repr((path, carried)).encode(errors="surrogatepass")).hexdigest()
    return f"{digest[:32]}/{first(fields, 'key')}"


def check(fields: Fields) -> None:
    """Check what a form carries beside people's words; raises `BadRequestError`."""
    if not all(storable(_one(fields, name)) for name in RESERVED):
        raise BadRequestError


def typed(words: str) -> Command | None:
    """Return the command in what was typed into a room, or None for words."""
    head, *rest = words.strip().split(maxsplit=1) or [
        ""
    ]  # whatever blank a keyboard makes ends a word
    if head.casefold() != COMMAND:
        return None
    return Command("".join(rest).strip())


def what_of(fields: Fields, files: Files = NO_FILES) -> What:
    """Return what a posted form means; raises `BadRequestError`."""
    match _one(fields, "kind"):
        case "press":
            return Press(_one(fields, "action"), _one(fields, "row"), _one(fields, "value"))
        case "submit":
            values = {
                name: tuple(clean(each) for each in given)
                for name, given in fields.items()
                if name not in RESERVED
            }
            return Submit(_one(fields, "form"), values, _one(fields, "row"), files)
        case "command":
            return Command(clean(_one(fields, "words")))
        case other:
            reason = f"no page sends {other[:20]!r}"
            raise BadRequestError(reason)


def interaction(
    key: str,
    who: MemberRef,
    room: str,
    what: What,
    *,
    thread: str = "",
    name: str = "",
    locale: str = "",
    workspace: str = "",
) -> Interaction:
    """Return an interaction of the browser; its key is the browser's own.

    `workspace` is the room's, where that is another than theirs.
    """
    place = Place("web", workspace or who.workspace, room, thread)
    return Interaction(f"{who.user}/{key}"[:200], who, place, what, locale, name)


def said(words: str, message: int, rev: int = 0) -> Said:
    """Return what was said in a room, or, with the room's revision, said otherwise."""
    return Said(words, str(message), f"{rev:020}" if rev else "")


def _one(fields: Fields, name: str) -> str:
    return first(fields, name)[:LONGEST]
