"""OPML, the lists of feeds that readers give each other: read as they are really written.

Read with expat alone: no entity is followed, and what lies too deep or is too much is refused. Many
programs leave out what the format asks for (`text`, `type`) and write `&` as it is; all of that is read.
"""

import base64
import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.parsers import expat

from feeds.cleaning import address, plain_words
from plnbot.addresses import canonical
from plnbot.errors import Refused
from plnbot.syndication import Outline, Outlines
from plnbot.talk.words import Sentence, msg

MOST = 5000
LONGEST = 10 * 1024 * 1024
_DEEPEST = 50
_LONGEST_TITLE = 300
_BARE = re.compile(rb"&(?!#\d{1,8};|#x[0-9a-f]{1,8};|[a-z][a-z0-9]{0,30};)", re.IGNORECASE)
_ENTITIES = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\w+);)")
_KINDS: Mapping[str, str] = {"rss": "feed", "rdf": "feed", "feed": "feed", "html": "page"}


class _WrongError(Exception):
    """The document is none of these lists; the argument is what it is instead."""


class _List:
    """One list as it is read."""

    def __init__(self) -> None:
        self.title = ""
        self.found: dict[str, Outline] = {}
        self.skipped = self.doubles = 0
        self._folders: list[str] = []
        self._depth = 0
        self._path: list[str] = []
        self._words: list[str] = []

    def starts(self, name: str, said: dict[str, str]) -> None:
        """Take in the beginning of an element."""
        local = name.rpartition(":")[2].lower()
        self._depth += 1
        if self._depth == 1 and local != "opml":
            raise _WrongError(_KINDS.get(local, ""))
        if self._depth > _DEEPEST:
            raise _WrongError
        self._words.clear()
        if local == "outline":
            self._outline({key.lower(): held for key, held in said.items()})
        self._path.append(local)

    def ends(self, _name: str) -> None:
        """Take in the end of an element."""
        self._depth -= 1
        local = self._path.pop()
        if local == "outline":
            self._folders.pop()
        if local == "title" and not self.title:
            self.title = plain_words("".join(self._words), _LONGEST_TITLE)

    def hears(self, text: str) -> None:
        """Take in words."""
        if sum(map(len, self._words)) < _LONGEST_TITLE:
            self._words.append(text)

    def declares(self, *_declared: object) -> None:
        """Refuse a document that brings entities of its own."""
        raise _WrongError

    def _outline(self, said: Mapping[str, str]) -> None:
        title = plain_words(said.get("title") or said.get("text") or "", _LONGEST_TITLE)
        kind = said.get("type", "").lower()
        named = said.get("xmlurl") or (
            said.get("url", "") if kind in {"rss", "atom", "feed"} else ""
        )
        where = address(named)
        folders = tuple(each for each in self._folders if each)
        self._folders.append("" if named else title)
        if not named:
            return
        if not where or len(self.found) >= MOST:
            self.skipped += 1
            return
        key = canonical(where)
        if key in self.found:
            self.doubles += 1
            return
        site = address(said.get("htmlurl", ""))
        title = title if title != where else ""
        self.found[key] = Outline(address=where, title=title, site=site, folders=folders)


def read(document: bytes) -> Outlines:
    """Return the feeds in a list; raises `Refused` with what the document is instead."""
    if len(document) > LONGEST:
        raise too_long()
    try:
        found = _walked(document)
    except expat.ExpatError:
        try:
            found = _walked(_ENTITIES.sub(b"&amp;", _BARE.sub(b"&amp;", document.lstrip())))
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise Refused(_instead(document)) from error
        except _WrongError as error:
            raise Refused(_instead(document, *map(str, error.args))) from error
    except (ValueError, LookupError) as error:
        raise Refused(_instead(document)) from error
    except _WrongError as error:
        raise Refused(_instead(document, *map(str, error.args))) from error
    if not found.found and not found.skipped:
        raise Refused(msg("There is no feed in this list."))
    feeds = tuple(found.found.values())
    return Outlines(title=found.title, feeds=feeds, skipped=found.skipped, doubles=found.doubles)


def too_long() -> Refused:
    """Return what is said where a list is longer than one may be."""
    return Refused(msg("This list is too long: {n} MB are the most.", n=LONGEST // 1024 // 1024))


def _walked(document: bytes) -> _List:
    found = _List()
    parser = expat.ParserCreate()
    parser.StartElementHandler = found.starts
    parser.EndElementHandler = found.ends
    parser.CharacterDataHandler = found.hears
    parser.EntityDeclHandler = found.declares
    finished = True
    parser.Parse(document, finished)
    return found


def _instead(document: bytes, kind: str = "") -> Sentence:
    top = document[:1000].lstrip().lower()
    if kind == "feed":
        return msg("This is one feed, not a list of feeds. Add it by its address.")
    if kind == "page" or top.startswith((b"<!doctype html", b"<html")):
        return msg(
            "This is a web page, not a list of feeds. A list is a file whose name ends in .opml."
        )
    if top.startswith(b"{") or not top.startswith(
        (b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff")
    ):
        return msg("This is no list of feeds. A list is a file whose name ends in .opml.")
    return msg("This list of feeds is damaged, and cannot be read.")


def in_child(given: Mapping[str, Any], _tell: Callable[[Any], None]) -> Any:
    """Read a list in a child process: its bytes in base64 go in, the list or a reason comes out."""
    try:
        found = read(base64.b64decode(given["document"]))
    except Refused as refused:
        message = refused.message
        values = dict(message.values) if isinstance(message, Sentence) else {}
        return {"why": str(getattr(message, "source", "")), "values": values}
    return {
        "title": found.title,
        "skipped": found.skipped,
        "doubles": found.doubles,
        "feeds": [
            [each.address, each.title, each.site, list(each.folders)] for each in found.feeds
        ],
    }


def told(said: Mapping[str, Any]) -> Outlines:
    """Return the list that a child told; raises `Refused` with its reason."""
    if "why" in said:
        raise Refused(Sentence(said["why"], tuple(said["values"].items())))
    return Outlines(
        title=said["title"],
        skipped=said["skipped"],
        doubles=said["doubles"],
        feeds=tuple(
            Outline(address=where, title=title, site=site, folders=tuple(folders))
            for where, title, site, folders in said["feeds"]
        ),
    )
