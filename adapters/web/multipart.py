"""Bodies that bring files, taken apart as browsers write them (RFC 7578). Pure.

Nothing but `Content-Disposition` of a part is read: what a part says of its type is what its sender
would like it to be.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence

from adapters.web.entrance.heads import LARGEST
from adapters.web.inbound import BadRequestError
from plnbot.talk import limits
from plnbot.talk.uploads import UploadedFile, received
from plnbot.values import dataclass

_MOST_PARTS = 200
_LONGEST_HEAD = 4096
_HEAD_END = b"\r\n\r\n"
_NAMED = re.compile(
    r'content-disposition: *form-data; *name="([^"\r\n]{1,200})"(?:; *filename="([^"\r\n]*)")?',
    re.IGNORECASE,
)
_ESCAPED = {"%22": '"', "%0D": "", "%0A": ""}


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form sent: its fields and its files, both by the names of inputs."""

    fields: Mapping[str, tuple[str, ...]]
    files: Mapping[str, Sequence[UploadedFile]]


def taken_apart(body: bytes, boundary: bytes) -> Sent:
    """Return what a body holds; raises `BadRequestError` where no browser writes it so."""
    mark = b"\r\n--" + boundary
    pieces = (b"\r\n" + body).split(mark, _MOST_PARTS)
    if len(pieces) > _MOST_PARTS or pieces[0].strip() or not pieces[-1].startswith(b"--"):
        raise BadRequestError
    fields: dict[str, list[str]] = {}
    files: dict[str, list[UploadedFile]] = {}
    typed = 0
    for piece in pieces[1:-1]:
        name, filename, content = _part(piece)
        if filename is None:
            typed += len(content)
            if typed > LARGEST:
                raise BadRequestError
            fields.setdefault(name, []).append(_words(content))
        elif filename or content:  # else an input in which nothing was chosen
            files.setdefault(name, []).append(received(filename, content))
    if sum(map(len, files.values())) > limits.FILES * limits.FORM_FIELDS:
        raise BadRequestError
    return Sent({name: tuple(values) for name, values in fields.items()}, files)


def digests(files: Mapping[str, Sequence[UploadedFile]]) -> dict[str, tuple[str, ...]]:
    """Return what tells files from others, by the names of inputs."""
    return {
        f"file {name}": tuple(hashlib.sha256(each.content).hexdigest() for each in some)
        for name, some in files.items()
    }


def _part(piece: bytes) -> tuple[str, str | None, bytes]:
    """Return a part's name, the name of its file if it is one, and its content."""
    end = piece.find(_HEAD_END, 0, _LONGEST_HEAD)
    if end < 0 or not piece.startswith(b"\r\n"):
        raise BadRequestError
    found = None
    for line in _words(piece[2:end]).split("\r\n"):
        found = found or _NAMED.fullmatch(line.strip())
    if found is None:
        raise BadRequestError
    filename = None if found[2] is None else _plain(found[2])
    return _plain(found[1]), filename, piece[end + len(_HEAD_END) :]


def _plain(name: str) -> str:
    for escaped, char in _ESCAPED.items():
        name = name.replace(escaped, char)
    return name


def _words(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise BadRequestError from error
