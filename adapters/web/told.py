"""One thing said on a page of its own, such as how an installation ended."""

from aiohttp import web

from adapters.web import render
from adapters.web.render import Viewer


def told(title: str, words: str, status: int) -> web.Response:
    """Return a page that says one thing."""
    html = render.page("told.html", Viewer(), title=title, words=words)
    return web.Response(text=html, content_type="text/html", charset="utf-8", status=status)
