"""Files that pages are made of, from memory: no request for one opens a file."""

import hashlib
from dataclasses import dataclass, field
from mimetypes import guess_type
from pathlib import Path

from aiohttp import ETag, web


@dataclass(frozen=True, slots=True)
class _Asset:
    content: bytes
    kind: str
    tag: str


@dataclass(slots=True)
class Assets:
    """The files of a folder, as they were at the start."""

    folder: Path
    _files: dict[str, _Asset] = field(init=False)

    def __post_init__(self) -> None:
        self._files = {each.name: _loaded(each) for each in self.folder.iterdir()}

    async def give(self, request: web.Request) -> web.Response:
        """Give a file, or say that the browser's own copy is still the same."""
        asset = self._files.get(request.match_info["name"])
        if asset is None:
            raise web.HTTPNotFound
        known = {each.value for each in request.if_none_match or ()}
        if asset.tag in known:
            response = web.Response(status=304)
        else:
            response = web.Response(body=asset.content, content_type=asset.kind, charset="utf-8")
        response.etag = ETag(asset.tag)
        response.headers["Cache-Control"] = "no-cache"  # its own copy, once it has asked
        return response


def _loaded(path: Path) -> _Asset:
    content = path.read_bytes()
    kind = guess_type(path.name)[0] or "application/octet-stream"
    return _Asset(content, kind, hashlib.sha256(content).hexdigest()[:32])
