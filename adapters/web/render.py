"""Text, cards, forms and pages as HTML. Pure; the one place where anything is escaped."""

import re
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import UTC, date, datetime
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup, escape

from adapters.web import assets
from adapters.web.store import Room
from plnbot.talk import cards, forms, uploads
from plnbot.talk.plain import clock_words, days_of_month, month_words, weekdays
from plnbot.talk.text import (
    Bold,
    Code,
    Italic,
    Link,
    Mention,
    MessageLink,
    PageLink,
    Plain,
    Span,
    Style,
    Text,
    When,
    with_links,
    words_of,
)
from plnbot.talk.text import Room as RoomSpan
from plnbot.talk.words import Sentence, Translate
from plnbot.values import dataclass

if TYPE_CHECKING:
    from jinja2 import Environment

Item = cards.Button | cards.LinkButton | cards.PageButton | cards.Select
_HERE = "web"
_BETWEEN = " · "
"""What stands between the names that a room of a few is called by."""
_MARK = re.compile(r"^\W*[A-Za-z]\d{1,2}\b")
_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at a page: how they read, and what their forms must carry.

    `origin` is where phones reach our pages, empty where they cannot.
    """

    name: str = ""
    handle: str = ""
    base: str = ""
    origin: str = ""
    csrf: str = ""
    locale: str = "en"
    zone: str = "UTC"
    rooms: Sequence[Room] = ()
    direct: bool = False
    menu: Sequence[tuple[str, Sequence[tuple[str, str]]]] = ()
    lobby: bool = False
    rate: float = 1.0
    network: str = "plnbot"
    network_locale: str = "en"
    here: str = ""
    back: str = ""
    key: str = ""
    room: str = ""
    thread: str = ""
    t: Translate = field(default_factory=Translate)
    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)

    @property
    def everybodys(self) -> Sequence[Room]:
        """The rooms of everybody that stand at the side."""
        return [each for each in self.rooms if not each.closed and self._stands(each)]

    @property
    def conversations(self) -> Sequence[tuple[Room, str]]:
        """The rooms of a few that stand at the side, each called by the others in it."""
        there = [each for each in self.rooms if each.closed and self._stands(each)]
        return [(each, self._without_me(each.name)) for each in there]

    def _stands(self, room: Room) -> bool:
        return not room.ended or room.slug == self.room

    def _without_me(self, name: str) -> str:
        others = [each for each in name.split(_BETWEEN) if each != self.name]
        return _BETWEEN.join(others) or name

    @property
    def in_the_room(self) -> "Viewer":
        """How this reader sees what all read: in the network's language, by their own clock."""
        return replace(self, locale=self.network_locale, t=Translate(self.network_locale))

    def say(self, source: str, /, **values: str | int) -> Markup:
        """Return a template's sentence in the reader's language."""
        return as_html(self.t(source, **values), self)

    def many(self, one: str, several: str, count: int) -> Markup:
        """Return a template's sentence for `count`."""
        return as_html(self.t.n(one, several, count), self)


def as_html(text: Text, viewer: Viewer) -> Markup:
    """Return spans as HTML, every word escaped."""
    return Markup("").join(_span(span, viewer) for span in text)


def _span(span: Span, viewer: Viewer) -> Markup:
    match span:
        case Plain(text=words):
            return Markup("<br>").join(escape(line) for line in words.split("\n"))
        case Bold(text=words):
            return Markup("<strong>{}</strong>").format(words)
        case Italic(text=words):
            return Markup("<em>{}</em>").format(words)
        case Code(text=words):
            return Markup("<code>{}</code>").format(words)
        case Link(url=url, text=words):
            link = '<a href="{}" rel="noopener noreferrer nofollow" target="_blank">{}</a>'
            return Markup(link).format(url, words)  # noqa: S704 - a constant template
        case When(at=at, style=style):
            return clock(at, style, viewer)
        case RoomSpan(place=place) if place.platform != _HERE:
            # Only its own platform knows what a channel is called there.
            return Markup('<span class="mention">{}</span>').format(place.platform.title())
        case MessageLink() | PageLink():
            return _to_our_own(span, viewer)
        case Mention() | RoomSpan():
            return Markup('<span class="mention">{}</span>').format(words_of(span))


def _to_our_own(link: MessageLink | PageLink, viewer: Viewer) -> Markup:
    if isinstance(link, PageLink):
        page = f"{viewer.base}/page/{quote(link.page, safe='')}/{quote(link.row, safe='')}"
        return Markup('<a href="{}#{}">{}</a>').format(page, quote(link.anchor, safe=""), link.text)
    place = link.place
    if place.platform != _HERE:
        return escape(link.text)
    thread = f"/thread/{place.thread}" if place.thread.isdigit() else ""
    where = f"{viewer.base}/room/{quote(place.channel, safe='')}{thread}#m{link.message}"
    return Markup('<a href="{}">{}</a>').format(where, link.text)


def clock(at: datetime, style: Style, viewer: Viewer) -> Markup:
    """Return an instant in the reader's zone, machine-readable too."""
    words = clock_words(at, style, viewer.zone, viewer.locale)
    counts = Markup(" data-counts") if style is Style.COUNTDOWN else ""
    return Markup('<time datetime="{}"{}>{}</time>').format(at.isoformat(), counts, words)


def short_clock(at: datetime, viewer: Viewer) -> Markup:
    """Return the time of a message: the hour, and the whole of it for who asks."""
    words = clock_words(at, Style.TIME, viewer.zone, viewer.locale).rpartition(" ")[0]
    whole = clock_words(at, Style.DAY_AND_TIME, viewer.zone, viewer.locale)
    return Markup('<time datetime="{}" title="{}">{}</time>').format(at.isoformat(), whole, words)


def day_of(at: datetime, viewer: Viewer) -> str:
    """Return the reader's day of an instant, to part the messages by."""
    return clock_words(at, Style.DAY, viewer.zone, viewer.locale)


def page(template: str, viewer: Viewer, **values: object) -> str:
    """Return a whole page, or a fragment of one."""
    return (
        _environment()
        .get_template(template)
        .render(v=viewer, say=viewer.say, many=viewer.many, **values)
    )


def private(shown: Sequence[cards.Card], viewer: Viewer) -> str:
    """Return cards as what only this reader sees."""
    return page("private.html", viewer, cards=shown)


def form(
    shown: forms.Form,
    viewer: Viewer,
    *,
    key: str,
    errors: Mapping[str, Sentence | Text] | None = None,
    given: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """Return a form, with what was typed and what to mend when it comes back."""
    said = {name: as_html(viewer.t.say(error), viewer) for name, error in (errors or {}).items()}
    return page("form.html", viewer, form=shown, key=key, errors=said, given=given or {})


def value_of(each: forms.AnyInput, given: Mapping[str, Sequence[str]]) -> str:
    """Return what an input shows: what was typed, else its own value."""
    if each.name in given:
        return next(iter(given[each.name]), "")
    value = getattr(each, "value", None)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def chosen(each: forms.AnyInput, option: str, given: Mapping[str, Sequence[str]]) -> bool:
    """Return whether an option stands chosen."""
    if each.name in given:
        return option in given[each.name]
    value = getattr(each, "value", ())
    return option == value or (isinstance(value, tuple) and option in value)


def kind_of(value: object) -> str:
    """Return what a block or input is, for templates to choose by."""
    return type(value).__name__


@cache
def qr_path(address: str) -> tuple[int, str]:
    """Return the side of an address's code in modules, its quiet border included, and a path of the dark ones."""
    import segno  # with the first code

    code = segno.make(address, error="m", micro=False)
    rows = list(code.matrix_iter(border=4))
    dark = (
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, module in enumerate(row) if module
    )
    return len(rows), "".join(dark)


def initials(name: str) -> str:
    """Return up to two letters that stand for a person."""
    parts = [part for part in name.split() if part[:1].isalnum()]
    return "".join(part[0] for part in parts[:2]).upper() or "?"


def colour(name: str) -> int:
    """Return the angle of a colour for a name, always the same and seldom another's."""
    return int.from_bytes(blake2b(name.encode(), digest_size=2).digest()) % 360


def direction(words: str) -> str:
    """Return which way somebody's words run: an answer's mark in front of them says nothing of it."""
    for each in _MARK.sub("", words, count=1):
        kind = unicodedata.bidirectional(each)
        if kind == "L":
            return "ltr"
        if kind in {"R", "AL"}:
            return "rtl"
    return "auto"


@dataclass(frozen=True, slots=True)
class Row:
    """A card as a row: what it says, where it leads, what is pressed in sight and what behind a sign."""

    words: Sequence[cards.Block]
    leads: cards.PageButton | None
    shown: Sequence[Item]
    more: Sequence[Item]


def row_of(card: cards.Card, *, asks: bool = False) -> Row:
    """Return a card as a row. A choice and what is urged are in sight, and one button by itself.

    Where a row `asks`, its first buttons are in sight too.
    """
    words = [each for each in card.blocks if not isinstance(each, cards.Actions | cards.Divider)]
    items = items_of(card.blocks)
    ways = [each for each in items if isinstance(each, cards.PageButton)]
    leads = ways[0] if len(ways) == 1 else None
    rest = [each for each in items if each is not leads]
    groups = [each.items for each in card.blocks if isinstance(each, cards.Actions)]
    answers = groups[0] if asks and groups else ()
    urged = [
        each for each in rest if each in answers or isinstance(each, cards.Select) or _urged(each)
    ]
    quiet = [each for each in rest if each not in urged]
    if len(quiet) == 1:
        return Row(words, leads, [*urged, *quiet], ())
    return Row(words, leads, urged, quiet)


def _urged(item: Item) -> bool:
    return isinstance(item, cards.Button) and item.look is cards.Look.PRIMARY


def items_of(blocks: Sequence[cards.Block]) -> list[Item]:
    """Return all that can be pressed in these blocks, in their order."""
    return [item for each in blocks if isinstance(each, cards.Actions) for item in each.items]


@cache
def _environment() -> "Environment":
    # With the first page: whoever only starts the bot need not wait for it.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        html=as_html,
        short_clock=short_clock,
        day_of=day_of,
        value_of=value_of,
        chosen=chosen,
        kind=kind_of,
        initials=initials,
        colour=colour,
        with_links=with_links,
        path=lambda words: quote(words, safe="@/"),
        new_key=lambda: secrets.token_hex(8),
        rate_words=lambda rate: f"{rate:g}",
        direction=direction,
        qr_path=qr_path,
        items_of=items_of,
        row_of=row_of,
        asset=assets.address,
        query=quote,
        month_words=month_words,
        days_of_month=days_of_month,
        weekdays=weekdays,
        endings=endings,
        file_sizes=file_sizes,
        too_large=lambda each, v: v.t.say(uploads.too_large(each.largest)).bare(),
    )
    return environment


def endings(each: forms.FileInput) -> str:
    """Return what a browser shows first when somebody chooses a file."""
    return ",".join(each.shown_first)


def file_sizes(each: forms.FileInput, viewer: Viewer) -> Markup:
    """Return how many files an input takes, and how large they may be."""
    most = as_html(viewer.t("{size} at most", size=uploads.size_words(each.largest)), viewer)
    if each.most == 1:
        return most
    many = as_html(viewer.t("Up to {n} files", n=each.most), viewer)
    return Markup("{}, {}").format(many, most)
