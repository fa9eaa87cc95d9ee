"""What many see alike, rendered once: messages of a room, and the pieces of a page.

A browser's page differs from its neighbour's in little: whose address its links begin with, and the
marks that its forms carry. Those stand in what is rendered as words that nobody can guess, and are
put in for each reader. So a change that two hundred people see costs one rendering, and what has not
changed costs none: a piece of a page is known by its content, and a browser that shows it already
keeps it as it is, with the focus, the selection and the open lists in it.
"""

import json
import secrets
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

from adapters.web import render
from adapters.web.render import Viewer
from adapters.web.store import Message
from plnbot.talk import pages
from plnbot.talk.cards import Card
from plnbot.talk.text import Text
from plnbot.talk.words import Translate
from plnbot.values import dataclass

_BASE, _CSRF, _KEY = (f"{name}{secrets.token_hex(12)}" for name in ("base", "csrf", "key"))


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody reads: all that what is rendered for them depends on, save what is put in."""

    locale: str
    network_locale: str
    zone: str
    network: str
    here: str
    back: str
    room: str = ""
    thread: str = ""
    origin: str = ""

    @property
    def viewer(self) -> Viewer:
        """Whoever reads so."""
        return Viewer(
            base=_BASE,
            csrf=_CSRF,
            key=_KEY,
            locale=self.locale,
            network_locale=self.network_locale,
            zone=self.zone,
            network=self.network,
            here=self.here,
            back=self.back,
            room=self.room,
            thread=self.thread,
            origin=self.origin,
            t=Translate(self.locale),
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a page by itself, and what it is known by."""

    key: str
    html: str


def look(viewer: Viewer) -> Look:
    """Return how somebody reads what they look at."""
    return Look(
        viewer.locale,
        viewer.network_locale,
        viewer.zone,
        viewer.network,
        viewer.here,
        _BASE + viewer.back.removeprefix(viewer.base) if viewer.back else "",
        viewer.room,
        viewer.thread,
        viewer.origin,
    )


def theirs(html: str, viewer: Viewer) -> str:
    """Return what was rendered for all as one reader gets it; its forms are sent once each."""
    if _KEY in html:
        html = html.replace(_CSRF, viewer.csrf).replace(_KEY, secrets.token_hex(8))
    return html.replace(_BASE, viewer.base)


def theirs_in_json(told: str, viewer: Viewer) -> str:
    """Return JSON that holds what was rendered for all as one reader gets it."""
    if _KEY in told:
        told = told.replace(_CSRF, viewer.csrf).replace(_KEY, secrets.token_hex(8))
    return told.replace(_BASE, json.dumps(viewer.base)[1:-1])


def message(shown: Message, viewer: Viewer, *, in_thread: bool) -> str:
    """Return a message as the log shows it to this reader."""
    return theirs(message_of_all(shown, viewer, in_thread=in_thread), viewer)


def message_of_all(shown: Message, viewer: Viewer, *, in_thread: bool) -> str:
    """Return a message as the log shows it to all who read as this one does, or whose it is."""
    mine = bool(shown.author) and shown.author == viewer.handle
    return _message(shown, look(viewer), mine=mine, in_thread=in_thread)


@lru_cache(maxsize=2048)
def _message(shown: Message, how: Look, *, mine: bool, in_thread: bool) -> str:
    return render.page("message.html", how.viewer, m=shown, mine=mine, in_thread=in_thread)


def card(shown: Card, viewer: Viewer) -> str:
    """Return a card by itself as this reader gets it."""
    return theirs(_card(shown, look(viewer)), viewer)


@lru_cache(maxsize=256)
def _card(shown: Card, how: Look) -> str:
    return render.page("card.html", how.viewer, card=shown)


def above(shown: Card, viewer: Viewer) -> str:
    """Return a card as the line above a room, as this reader gets it."""
    return theirs(_above(shown, look(viewer)), viewer)


@lru_cache(maxsize=256)
def _above(shown: Card, how: Look) -> str:
    return render.page("above.html", how.viewer, card=shown)


def pieces(shown: pages.Page, viewer: Viewer) -> Sequence[Piece]:
    """Return the pieces of a page as all see them who read as this reader does."""
    how = look(viewer)
    head = (_head(shown.title, shown.head, how), _contents(_headings(shown), how))
    found: list[Piece] = []
    seen: dict[str, int] = {}
    for html in filter(None, (*head, *(_block(each, how) for each in shown.blocks))):
        key = blake2b(html.encode(), digest_size=9).hexdigest()
        times = seen[key] = seen.get(key, 0) + 1
        found.append(Piece(key if times == 1 else f"{key}-{times}", html))
    return found


def digest(shown: Sequence[Piece]) -> str:
    """Return what tells a page that shows these pieces from one that shows others."""
    keys = " ".join(each.key for each in shown)
    return blake2b(keys.encode(), digest_size=9).hexdigest()


def _headings(shown: pages.Page) -> tuple[pages.Heading, ...]:
    if not shown.contents:
        return ()
    return tuple(each for each in shown.blocks if isinstance(each, pages.Heading))


@lru_cache(maxsize=512)
def _head(title: Text, head: pages.Head, how: Look) -> str:
    return render.page("head.html", how.viewer, title=title, head=head)


@lru_cache(maxsize=512)
def _contents(headings: tuple[pages.Heading, ...], how: Look) -> str:
    if len(headings) <= 1:
        return ""
    return render.page("contents.html", how.viewer, headings=headings)


@lru_cache(maxsize=4096)
def _block(block: pages.PageBlock, how: Look) -> str:
    return render.page("block.html", how.viewer, b=block)
