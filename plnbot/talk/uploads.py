"""Files that people send: what they are is found in their bytes, never in their names. Pure.

Whatever comes from outside is an `UploadedFile` only once `received` has looked through all of it: a
text that decodes from end to end, or something that we know by its first bytes and can name in an
error. Nothing here unpacks, runs or renders anything, so a bomb stays a row of bytes.
"""

import codecs
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import field
from enum import StrEnum
from typing import Final

from plnbot.talk.text import clean
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

NAME: Final = 80
"""How many characters of a file's name are kept."""
_HEAD = 4096
_PIECE = 64 * 1024
_NO_NAME = "file"
_MB = 1_000_000
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_OFFICE_IN_ZIP = (b"word/", b"ppt/", b"xl/")
# What no text holds; tabs, line ends, form feeds and what begins a colour are harmless.
_UNTEXTUAL = re.compile("[\0-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_XML_ROOT = re.compile(
    r"\s*(?:<\?xml[^>]*\?>)?(?:\s|<!--(?:[^-]|-(?!->))*-->|<!DOCTYPE[^>\[]*>)*<([A-Za-z_][\w.:-]*)",
    re.IGNORECASE,
)


class FileKind(StrEnum):
    """What a file is, by its content."""

    TEXT = "text"
    CALENDAR = "calendar"
    OPML = "opml"
    HTML = "html"
    XML = "xml"
    PDF = "pdf"
    WORD = "word"
    ARCHIVE = "archive"
    IMAGE = "image"
    OTHER = "other"
    EMPTY = "empty"


READABLE: Final = frozenset(
    {
        FileKind.TEXT,
        FileKind.CALENDAR,
        FileKind.OPML,
        FileKind.PDF,
        FileKind.IMAGE,
        FileKind.WORD,
        FileKind.XML,
    }
)
"""What a form may ask for: the others are known so that an error can name them."""
ENDINGS: Final = {
    FileKind.TEXT: (".txt", ".md", ".csv"),
    FileKind.CALENDAR: (".ics",),
    FileKind.OPML: (".opml", ".xml"),
    FileKind.PDF: (".pdf",),
    FileKind.IMAGE: (".png", ".jpg", ".jpeg", ".gif", ".webp"),
    FileKind.WORD: (".docx", ".pptx", ".xlsx", ".doc", ".ppt", ".xls"),
    FileKind.XML: (".xml",),
}
"""What platforms may show first when somebody chooses a file; it decides nothing."""
_BEGINNINGS: Final = (
    (b"%PDF-", FileKind.PDF),
    (b"\x89PNG\r\n\x1a\n", FileKind.IMAGE),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"GIF8", FileKind.IMAGE),
    (b"PK\x03\x04", FileKind.ARCHIVE),
    (b"PK\x05\x06", FileKind.ARCHIVE),
    (b"\x1f\x8b", FileKind.ARCHIVE),
    (_OLD_OFFICE, FileKind.WORD),
)
_WANTED: Final = {
    FileKind.TEXT: msg("This is no plain text. Save it as .txt or .md, and send that."),
    FileKind.CALENDAR: msg("This is no calendar. A calendar file ends in .ics; export one."),
    FileKind.PDF: msg("This is no PDF, picture, office document or text. Send one of those."),
    FileKind.OPML: msg("This is no list of feeds. A feed reader exports one as OPML."),
}
_IS: Final = {
    FileKind.EMPTY: msg("This file is empty."),
    FileKind.WORD: msg("This is an office document. Save it as plain text (.txt), and send that."),
    FileKind.PDF: msg(
        "This is a PDF. Copy its text and paste it, or save it as plain text (.txt)."
    ),
    FileKind.IMAGE: msg("This is a picture, and I cannot read what stands in it."),
    FileKind.ARCHIVE: msg("This is a packed file. Unpack it, and send what is in it."),
    FileKind.HTML: msg("This is a web page. Save it as plain text (.txt), and send that."),
}


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file that somebody sent: its name cleaned, what it is by its content, and its words.

    `text` is empty where it is no text; it is decoded and otherwise as it came. Neither bytes nor text
    show in a log.
    """

    name: str
    kind: FileKind
    content: bytes = field(repr=False)
    text: str = field(default="", repr=False)

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self.content)


@dataclass(frozen=True, slots=True)
class UploadedFiles:
    """Several files of one input, in the order in which they were chosen."""

    files: tuple[UploadedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class AwaitedFile:
    """A file that still lies with a platform: what it says of it, and `ref`, by which it is fetched."""

    name: str
    size: int
    ref: str = field(repr=False)


AnyFile = UploadedFile | AwaitedFile


def received(name: str, content: bytes) -> UploadedFile:
    """Return what somebody sent, looked through from end to end; for a thread where it is long."""
    kind = _by_its_beginning(content)
    if kind is not None:
        return UploadedFile(clean_name(name), kind, content)
    words = decoded(content)
    if words is None:
        return UploadedFile(clean_name(name), FileKind.OTHER, content)
    return UploadedFile(clean_name(name), _of_text(words), content, words)


def decoded(content: bytes) -> str | None:
    """Return the words of a text in UTF-8, UTF-16 with its mark, or Windows-1252; None where it is none."""
    for mark, codec in ((codecs.BOM_UTF8, "utf-8-sig"), *_UTF_16):
        if content.startswith(mark):
            return _decoded(content, codec)
    words = _decoded(content, "utf-8")
    return words if words is not None else _decoded(content, "cp1252")


_UTF_16 = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def _decoded(content: bytes, codec: str) -> str | None:
    """Return the words, read piece by piece: a thread that reads them all at once holds up all others."""
    decoder = codecs.getincrementaldecoder(codec)()
    pieces: list[str] = []
    for at in range(0, len(content), _PIECE):
        piece = content[at : at + _PIECE]
        try:
            words = decoder.decode(piece, final=at + _PIECE >= len(content))
        except UnicodeDecodeError:
            return None
        if _UNTEXTUAL.search(words):
            return None
        pieces.append(words)
    return "".join(pieces)


def clean_name(name: str) -> str:
    """Return a file's name as it can be shown and kept: no folder, no control or direction characters."""
    bare = re.split(r"[/\\]", name)[-1]
    shown = (each for each in bare if each.isspace() or unicodedata.category(each)[0] != "C")
    words = " ".join(clean("".join(shown)).split()).lstrip(". ")
    if len(words) > NAME:
        stem, dot, ending = words.rpartition(".")
        short = len(ending) < NAME // 4 and stem
        cut = words[:NAME].rstrip()
        words = f"{stem[: NAME - len(ending) - 2]}…{dot}{ending}" if short else cut
    return words or _NO_NAME


def accepted(
    sent: Sequence[AnyFile], kinds: tuple[FileKind, ...], *, most: int, largest: int
) -> tuple[UploadedFile, ...] | Sentence:
    """Return the files that are here, or what is wrong with one, in words that say what to do.

    What is still awaited is looked at as far as its platform tells of it.
    """
    if len(sent) > most:
        return msg("These are too many files. Send {n} at most.", n=most)
    here: list[UploadedFile] = []
    for each in sent:
        if each.size > largest:
            return too_large(largest)
        if isinstance(each, UploadedFile):
            if each.kind not in kinds:
                return _IS.get(each.kind) or _WANTED[kinds[0]]
            here.append(each)
    return tuple(here)


def size_words(size: int) -> str:
    """Return a number of bytes as people say it."""
    return f"{-(-size // 1000)} kB" if size < _MB else f"{size // _MB} MB"


def too_large(largest: int) -> Sentence:
    """Return what is said of a file that has more bytes."""
    return msg("This file is too large. {size} is the most here.", size=size_words(largest))


def _by_its_beginning(content: bytes) -> FileKind | None:
    if not content[:_HEAD].strip() and not content.strip():
        return FileKind.EMPTY
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            head = content[:_HEAD]
            is_word = kind is FileKind.ARCHIVE and any(each in head for each in _OFFICE_IN_ZIP)
            return FileKind.WORD if is_word else kind
    is_webp = content.startswith(b"RIFF") and content[8:12] == b"WEBP"
    return FileKind.IMAGE if is_webp else None


def _of_text(words: str) -> FileKind:
    head = words[:_HEAD].lstrip()
    if not head and not words.strip():
        return FileKind.EMPTY
    if head[:15].upper() == "BEGIN:VCALENDAR":
        return FileKind.CALENDAR
    if not head.startswith("<"):
        return FileKind.TEXT
    root = _XML_ROOT.match(head)
    name = root[1].lower() if root else ""
    if name == "opml":
        return FileKind.OPML
    if name == "html" or head[:14].lower() == "<!doctype html":
        return FileKind.HTML
    return FileKind.XML if head[:5].lower() == "<?xml" else FileKind.TEXT
