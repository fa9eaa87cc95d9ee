"""Home: what is next, and what a member told."""

from dataclasses import replace

from plnbot.engine.parts import YOU
from plnbot.engine.ports import On, Shortcut
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes
from plnbot.members import cards, store
from plnbot.members.routes import language
from plnbot.talk.cards import Actions, Card, PageButton, Paragraph
from plnbot.talk.interactions import Answer, Reply
from plnbot.talk.pages import Page
from plnbot.talk.words import msg

routes = Routes()


@routes.command(
    "home",
    needs=ANYONE,
    part=YOU,
    about=msg("Open your home: next chat, goals and more"),
    example=msg("/pln home"),
    shortcuts=(Shortcut("home", msg("My learning network"), On.ANYWHERE),),
)
def home(ctx: Context, _words: str) -> Answer:
    """Say what is at home, and lead there."""
    shown = _home_cards(ctx)
    button = Actions((PageButton(ctx.t("Open my home"), "home"),))
    title = ctx.t("Hello, {name}", name=ctx.person.name[:60])
    lines = tuple(Paragraph(card.title) for card in shown[:4])
    return Reply(Card(title, (*lines, button)))


@routes.page("home", needs=ANYONE)
def home_page(ctx: Context, _row: str) -> Page:
    """Show a member's home."""
    title = ctx.t("Hello, {name}", name=ctx.person.name)
    return Page(title, tuple(_home_cards(ctx)), live=f"member:{ctx.person.id}")


def _home_cards(ctx: Context) -> list[Card]:
    profile, started_at = store.profile_of(ctx.tx, ctx.person.id)
    asked = language.offer(ctx)
    shown = [] if asked is None else [asked]
    shown += [] if started_at else [cards.nudge(ctx.t)]
    shown += [card for make in ctx.catalogue.home if (card := make(ctx)) is not None]
    if profile.goals:
        shown.append(cards.goals(ctx.t, profile))
    if started_at:
        # The goals have a card of their own above.
        shown.append(cards.profile(ctx.t, ctx.person, replace(profile, goals=())))
    return shown
