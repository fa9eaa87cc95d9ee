"""Answers on pages: as quotes, the latest of many, and the way to those before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from plnbot.engine.routes import Context
from plnbot.gathering import store
from plnbot.gathering.store import Answer
from plnbot.refs import row_number
from plnbot.talk.cards import Actions, Button, PageButton
from plnbot.talk.pages import PageBlock, Quote
from plnbot.talk.text import EMPTY, Text, joined, verbatim, with_links
from plnbot.talk.words import Translate
from plnbot.values import dataclass

_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where answers under one thing are shown.

    `page` is the page that has them all; its row is `under`, and behind a dot the answer before which
    the others were given. `hide` is the button's action where the reader may hide them, else empty.
    """

    kind: str
    whole: int
    under: int
    page: str
    hide: str = ""


def quote(t: Translate, given: Answer, *, hide: str = "") -> Quote:
    """Return an answer as everybody reads it; `hide` is the action of who may hide it."""
    notes: list[Text] = []
    if given.late:
        notes.append(t("came later"))
    if given.edited_at is not None:
        notes.append(t("edited"))
    button = Actions((Button(t("Hide"), hide, str(given.id)),)) if hide else None
    return Quote(
        verbatim(given.author),
        given.at,
        with_links(given.words),
        f"a{given.id}",
        joined(notes) if notes else EMPTY,
        (button,) if button else (),
    )


def quotes(
    ctx: Context,
    shelf: Shelf,
    most: int,
    *,
    before: str = "",
    called: Mapping[int, str] | None = None,
    worded: Callable[[Answer], str] = lambda given: given.words,
) -> list[PageBlock]:
    """Return the latest answers, or those before one of them, and the way to earlier ones.

    A page that is asked for whole gets all of them. `called` is what `store.authors_of` returned, for
    pages with several shelves of one whole; `worded` says what an answer reads as, for what was tapped.
    """
    if called is None:
        called = store.authors_of(ctx.tx, shelf.kind, shelf.whole)
    most = most if not ctx.whole else _ALL
    first = store.get(ctx.tx, row_number(before)) if before and not ctx.whole else None
    shown = store.latest(ctx.tx, shelf.kind, shelf.whole, shelf.under, most, before=first)
    named = (
        replace(each, author=called.get(each.member, each.author), words=worded(each))
        for each in shown
    )
    said = [quote(ctx.t, each, hide=shelf.hide) for each in named]
    return [*_earlier(ctx, shelf, shown, most), *said]


def _earlier(
    ctx: Context, shelf: Shelf, shown: Sequence[Answer], most: int
) -> tuple[PageBlock, ...]:
    left = store.many_before(ctx.tx, shown[0]) if len(shown) == most else 0
    if not left:
        return ()
    label = ctx.t.n("{n} earlier answer", "{n} earlier answers", left)
    return (Actions((PageButton(label, shelf.page, f"{shelf.under}.{shown[0].id}"),)),)
