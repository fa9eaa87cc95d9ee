"""Where in a document its items stand, found by expat without understanding any of it.

What is known already can then be cut out, byte for byte, so that the slow parser sees only the head
of the feed and what is new. This is done only where nothing can differ for it: where a document is
well-formed by the same rules as the parser's own, its items stand where items belong, and no part of
it declares anything for another. Whatever is not so plain is left whole.
"""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import islice
from xml.parsers import expat

VERSION = b"1"
"""Of what is made of an item. Another one, and every item is looked at anew."""
_PLACES = frozenset(
    {
        *(("rss", "channel", "item"), ("rss", "item")),
        *(("RDF", "item"), ("RDF", "channel", "item"), ("feed", "entry")),
    }
)
_NAMESPACES = frozenset(
    {
        "",
        "http://www.w3.org/2005/Atom",
        "http://purl.org/atom/ns#",
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://channel.netscape.com/rdf/simple/0.9/",
        "http://backend.userland.com/rss2",
    }
)
_CONTAINERS = 2
"""How deep an item lies at most; nothing deeper outside items is of interest."""
_HEADS_DEPTH = 4
_DEEPEST = 1000
_LONGEST = 8 * 1024 * 1024
"""Where no further item begins that is read."""
_DIGEST = 16
_LONG_HEAD = 64 * 1024
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*['\"]([A-Za-z0-9._-]+)")
_UNSPLITTABLE = re.compile(rb"utf-?(16|32|7)|ucs|ebcdic", re.IGNORECASE)
_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)


class NotPlainError(Exception):
    """This document is better left whole."""


class HopelessError(Exception):
    """This document is none that anybody could read."""


class _EnoughError(Exception):
    """As many items as are wanted were seen."""


class _ManyTagsError(Exception):
    """An item has so many tags that they may lie too deep in one another."""


@dataclass(slots=True)
class Split:
    """A document taken apart: where each item begins and ends, and what its digest is.

    `said` are words of the head by their lower-case path (`ttl`, `skiphours/hour`), as often as they come.
    """

    document: bytes
    places: list[tuple[int, int]] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    said: dict[str, list[str]] = field(default_factory=dict)
    closing: bytes = b""
    end: int = 0
    whole: bool = True

    def without(self, known: Collection[str]) -> bytes:
        """Return the document without the items of these digests and what comes after the last."""
        parts, at = [], 0
        for (begin, end), digest in zip(self.places, self.digests, strict=True):
            if digest in known:
                parts.append(self.document[at:begin])
                at = end
        parts.append(self.document[at : self.end])
        parts.append(self.closing)
        return b"".join(parts)


class _Walk:
    """One walk over a document.

    Of what is inside an item it is told the ends only, and looks at those of the item's own name; one
    that is `careful` is told all, and counts how deep they lie.
    """

    def __init__(
        self,
        document: bytes,
        most: int,
        encoding: str | None,
        *,
        whole: bool,
        careful: bool = False,
    ) -> None:
        self.split = Split(document, end=len(document), whole=whole)
        self._most = most
        self._careful = careful
        self._path: list[str] = []
        self._open: list[str] = []
        self._names: list[str] = []
        self._item = ""
        self._deep = 0
        self._words: list[str] = []
        self._head_begin = self._head_end = 0
        parser = expat.ParserCreate(encoding, " ")
        parser.namespace_prefixes = True
        parser.StartElementHandler = self._starts
        parser.EndElementHandler = self._ends
        parser.CharacterDataHandler = self._hears
        parser.EntityDeclHandler = self._declares
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser = parser

    def done(self) -> Split:
        """Return what was found; raises `NotPlainError`."""
        isfinal = self.split.whole
        try:
            self._parser.Parse(self.split.document, isfinal)
            if not self.split.whole:
                self._cut_off()
        except _EnoughError:
            self.split.whole = False
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise NotPlainError from error
        self._digest()
        return self.split

    def _cut_off(self) -> None:
        """End a document that stops somewhere after the last item that came whole."""
        if not self.split.places:
            raise NotPlainError
        begin, end = self.split.places[-1]
        if not end:
            self.split.places.pop()
        self._end_at(end or begin)

    def _end_at(self, end: int) -> None:
        self.split.end = end
        self.split.closing = "".join(f"</{each}>" for each in reversed(self._open)).encode()

    def _declares(self, *_declared: object) -> None:
        raise NotPlainError

    def _hears(self, words: str) -> None:
        self._words.append(words)

    def _starts(self, name: str, _attributes: dict[str, str]) -> None:
        space, _, rest = name.rpartition(" ") if name.count(" ") == 1 else name.partition(" ")
        local, _, prefix = rest.partition(" ")
        if name.count(" ") == 0:
            space, local, prefix = "", name, ""
        if len(self._path) > _DEEPEST:
            raise HopelessError
        path = (*self._path[: _CONTAINERS + 1], local)
        if path in _PLACES:
            if space not in _NAMESPACES:
                raise NotPlainError
            self._begins(name)
            return
        if len(path) <= _CONTAINERS + 1 and local.lower() in {"item", "entry"}:
            raise NotPlainError
        self._path.append(local)
        self._names.append(name)
        self._open.append(f"{prefix}:{local}" if prefix else local)
        self._words.clear()
        at = self._parser.CurrentByteIndex
        if len(path) == 1:
            self._head_begin = at
        elif not self._head_end and (len(path) > _CONTAINERS or self._path[0] == "feed"):
            self._head_end = at

    def _begins(self, name: str) -> None:
        parser = self._parser
        begin = parser.CurrentByteIndex
        if len(self.split.places) == self._most or begin > _LONGEST:
            self._end_at(begin)
            raise _EnoughError
        self._head_end = self._head_end or begin
        self.split.places.append((begin, 0))
        self._item, self._deep = name, 1
        parser.CharacterDataHandler = None
        parser.StartElementHandler = self._starts_inside if self._careful else None
        parser.EndElementHandler = self._ends_inside

    def _ends(self, name: str) -> None:
        if self._names.pop() != name:  # it ends an item that had another one inside
            raise NotPlainError
        local = self._path.pop()
        self._open.pop()
        if self._words and len(self._path) < _HEADS_DEPTH:
            key = "/".join([*self._path[_CONTAINERS:], local]).lower()
            self.split.said.setdefault(key, []).append("".join(self._words).strip())
        self._words.clear()

    def _starts_inside(self, _name: str, _attributes: dict[str, str]) -> None:
        self._deep += 1
        if self._deep > _DEEPEST:
            raise HopelessError

    def _ends_inside(self, name: str) -> None:
        if self._careful:
            self._deep -= 1
            if self._deep:
                return
        elif name != self._item:
            return
        parser = self._parser
        begin, _ = self.split.places[-1]
        at = parser.CurrentByteIndex
        document = self.split.document
        end = document.find(b">", at) + 1
        if at <= begin or not document.startswith(b"</", at) or not end:
            raise NotPlainError
        if not self._careful and document.count(b"<", begin, end) > _DEEPEST:
            raise _ManyTagsError
        self.split.places[-1] = (begin, end)
        parser.CharacterDataHandler = self._hears
        parser.StartElementHandler = self._starts
        parser.EndElementHandler = self._ends

    def _digest(self) -> None:
        """Each item's digest is of its bytes, and of what is declared above all of them."""
        document = self.split.document
        head = document[self._head_begin : self._head_end][:_LONG_HEAD]
        begun = hashlib.sha256(VERSION + len(head).to_bytes(4, "big") + head)
        for begin, end in self.split.places:
            one = begun.copy()
            one.update(document[begin:end])
            self.split.digests.append(one.hexdigest()[: 2 * _DIGEST])


def split(document: bytes, most: int, charset: str = "", *, whole: bool = True) -> Split:
    """Return a document taken apart, with `most` items of it; raises the errors above.

    `charset` is what came with it on its way, for where the document itself does not say. One that is
    not `whole` was cut off somewhere.
    """
    declared = _DECLARED.match(document[:400].removeprefix(b"\xef\xbb\xbf"))
    named = declared[1] if declared else charset.encode()
    if document[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in document[:8]:
        raise NotPlainError
    if _UNSPLITTABLE.search(named):
        raise NotPlainError
    encoding = None if declared or not charset else charset
    try:
        return _Walk(document, most, encoding, whole=whole).done()
    except _ManyTagsError:
        return _Walk(document, most, encoding, whole=whole, careful=True).done()


def cut_roughly(
    document: bytes, most: int, longest: int, *, whole: bool = True
) -> tuple[bytes, bool]:
    """Return what of a broken document may be parsed, and whether that is all of it."""
    ends = [found.end() for found in islice(_END.finditer(document), most + 1)]
    fits = [each for each in ends[:most] if each <= longest]
    if whole and len(ends) <= most and len(document) <= longest:
        return document, True
    return document[: fits[-1] if fits else longest], False
