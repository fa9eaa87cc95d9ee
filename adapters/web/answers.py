"""What the core answers, as a browser is told it: live beside the page, or as a page of its own."""

import secrets
from collections.abc import Mapping, Sequence

from aiohttp import web

from adapters.web import render
from adapters.web.inbound import Fields, first
from adapters.web.render import Viewer
from plnbot.talk.cards import Option
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import Answer, Nothing, OpenForm, OpenPage, Reply
from plnbot.talk.plain import plain


def as_page(html: str, status: int = 200) -> web.Response:
    """Return a page as a response."""
    return web.Response(text=html, content_type="text/html", charset="utf-8", status=status)


def answered(
    request: web.Request, viewer: Viewer, answer: Answer | None, back: str
) -> web.Response:
    """Return what the core answers; `back` is where to go on without scripts."""
    shown = _shown(viewer, answer, noted=asked_live(request))
    if asked_live(request):
        return web.json_response(shown)
    if shown["kind"] in ("go", "nothing"):
        raise web.HTTPSeeOther(shown.get("url", back))
    return as_page(render.page("answer.html", viewer, shown=shown["html"], back=back))


def to_mend(
    request: web.Request, viewer: Viewer, fields: Fields, errors: FieldErrors
) -> web.Response:
    """Show what to mend. The form's page keeps what was typed; without scripts we say so."""
    said = {
        name: render.as_html(viewer.t.say(error), viewer) for name, error in errors.errors.items()
    }
    if asked_live(request):
        fit = {name: offered(options, viewer) for name, options in errors.choices.items()}
        return web.json_response({"kind": "errors", "errors": said, "choices": fit})
    back = inside(first(fields, "back"), viewer)
    return as_page(render.page("mend.html", viewer, errors=said, back=back, fields=fields), 422)


def offered(options: Sequence[Option], viewer: Viewer) -> list[Mapping[str, str]]:
    """Return what a search found, as a page's list shows it and its form sends it."""
    return [
        {"value": each.value, "label": plain(each.label, viewer.zone, viewer.locale)}
        for each in options
    ]


def to_send_again(
    request: web.Request, viewer: Viewer, said: Reply, words: str, back: str
) -> web.Response:
    """Ask to wait. The page keeps what was typed; without scripts it is given back."""
    html = render.private((said.card,), viewer)
    if asked_live(request):
        return web.json_response({"kind": "held", "html": html})
    again = render.page("again.html", viewer, shown=html, words=words, to=request.path, back=back)
    return as_page(again, 429)


def inside(path: str, viewer: Viewer) -> str:
    """Return where to go back to, only ever inside the reader's own pages."""
    return path if path.startswith(f"{viewer.base}/") else f"{viewer.base}"


def _shown(viewer: Viewer, answer: Answer | None, *, noted: bool) -> Mapping[str, str]:
    match answer:
        case Reply(card=card, more=more, unheard=unheard):
            html = render.private((card, *more), viewer)
            return {"kind": "private", "html": html, **({"unheard": "1"} if unheard else {})}
        case OpenForm(form=form):
            key = secrets.token_hex(8)
            return {"kind": "form", "html": render.form(form, viewer, key=key)}
        case OpenPage(url=url, path=path):
            return {"kind": "go", "url": viewer.base + path if path else url}
        case Nothing(note=note, counts=counts) if note and noted:
            words = plain(note, viewer.zone, viewer.locale)
            return {"kind": "noted", "words": words, **({"counts": "1"} if counts else {})}
        case _:
            return {"kind": "nothing"}


def asked_live(request: web.Request) -> bool:
    """Return whether a page's script asks, which shows the answer beside the page."""
    return request.headers.get("X-Live") == "1"
