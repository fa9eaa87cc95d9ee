"""Files that pages are made of, from memory: no request for one opens a file."""

import gzip
import hashlib
from collections.abc import Mapping
from functools import cache
from mimetypes import guess_type
from pathlib import Path

from aiohttp import ETag, web

from plnbot.values import dataclass

_FOLDER = Path(__file__).parent / "static"
_NAMED = 12
"""So many characters of what tells a file from all others stand in its address."""
_FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class _Asset:
    content: bytes
    packed: bytes
    kind: str
    tag: str


async def give(request: web.Request) -> web.Response:
    """Give a file, or say that the browser's own copy is still the same.

    Pages ask by an address that names the content, which a browser keeps without asking again.
    """
    asset = _files().get(request.match_info["name"])
    if asset is None:
        raise web.HTTPNotFound
    known = {each.value for each in request.if_none_match or ()}
    if asset.tag in known:
        response = web.Response(status=304)
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = web.Response(body=asset.packed, content_type=asset.kind, charset="utf-8")
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = web.Response(body=asset.content, content_type=asset.kind, charset="utf-8")
    named = request.query.get("v") == asset.tag[:_NAMED]
    response.etag = ETag(asset.tag)
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = _FOR_GOOD if named else "no-cache"
    return response


def address(name: str) -> str:
    """Return the address of a file as it is now."""
    return f"/static/{name}?v={_files()[name].tag[:_NAMED]}"


@cache
def _files() -> Mapping[str, _Asset]:
    """Return the files, as they were at the start."""
    return {each.name: _loaded(each) for each in _FOLDER.iterdir()}


def _loaded(path: Path) -> _Asset:
    content = path.read_bytes()
    kind = guess_type(path.name)[0] or "application/octet-stream"
    return _Asset(
        content, gzip.compress(content, mtime=0), kind, hashlib.sha256(content).hexdigest()[:32]
    )
