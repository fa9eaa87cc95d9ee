"""Home: what is next, what waits, what a member did and told, and everything they can do."""

from plnbot.engine.at_home import Waiting
from plnbot.engine.parts import YOU
from plnbot.engine.ports import On, Shortcut
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes
from plnbot.members import cards, store
from plnbot.members.routes import doing, language
from plnbot.talk.cards import Card, Field
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
    """Say in short what is at home, and lead there."""
    shown = [card for make in ctx.catalogue.home if (card := make(ctx)) is not None]
    profile, started_at = store.profile_of(ctx.tx, ctx.person.id)
    return Reply(
        cards.home(
            ctx.t,
            ctx.person,
            profile,
            shown=shown,
            waits=_waiting(ctx),
            numbers=_figures(ctx),
            new=not started_at,
        )
    )


@routes.page("home", needs=ANYONE)
def home_page(ctx: Context, _row: str) -> Page:
    """Show a member's home."""
    title = ctx.t("Hello, {name}", name=ctx.person.name)
    return Page(title, tuple(_home_cards(ctx)), live=f"member:{ctx.person.id}")


def _home_cards(ctx: Context) -> list[Card]:
    profile, started_at = store.profile_of(ctx.tx, ctx.person.id)
    asked, waiting, figures = language.offer(ctx), _waiting(ctx), _figures(ctx)
    shown = [] if asked is None or not language.reads_otherwise(ctx) else [asked]
    shown += [] if started_at else [cards.nudge(ctx.t)]
    shown += [cards.waiting(ctx.t, waiting)] if waiting else []
    shown += [card for make in ctx.catalogue.home if (card := make(ctx)) is not None]
    shown += [cards.figures(ctx.t, figures)] if figures else []
    if profile.goals:
        shown.append(cards.goals(ctx.t, profile))
    if ctx.whole:
        # Where pages have no address they come as messages: few, and without what commands show.
        return shown
    if started_at:
        apart = ("goals",) if profile.goals else ()
        shown.append(cards.profile(ctx.t, ctx.person, profile, apart))
    shown += [asked] if asked is not None and asked not in shown else []
    return shown + doing.everything(ctx)


def _waiting(ctx: Context) -> list[Waiting]:
    return [each for make in ctx.catalogue.waits if (each := make(ctx)) is not None]


def _figures(ctx: Context) -> list[Field]:
    return [each for make in ctx.catalogue.figures if (each := make(ctx)) is not None]
