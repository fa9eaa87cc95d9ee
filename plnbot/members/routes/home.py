"""Home: what is next, what waits, what a member did and told, and everything they can do."""

from plnbot.engine.at_home import Waiting
from plnbot.engine.parts import YOU
from plnbot.engine.ports import On, Shortcut
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes
from plnbot.members import cards, store
from plnbot.members.routes import doing, language
from plnbot.talk.cards import Card, Field, Tone
from plnbot.talk.interactions import Answer, Reply
from plnbot.talk.pages import Head, Page, PageBlock, Rows
from plnbot.talk.plain import day_with_year
from plnbot.talk.text import verbatim
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
    _profile, started_at = store.profile_of(ctx.tx, ctx.person.id)
    return Reply(
        cards.home(
            ctx.t,
            ctx.person,
            shown=shown,
            waits=_waiting(ctx),
            numbers=_figures(ctx),
            new=not started_at,
        )
    )


@routes.page("home", needs=ANYONE)
def home_page(ctx: Context, _row: str) -> Page:
    """Show a member's home: what is now as cards, what there is as a list, then all they can do."""
    t = ctx.t
    now, there = _home_cards(ctx)
    blocks: list[PageBlock] = [*now, *([Rows(tuple(there))] if there else [])]
    if not ctx.whole:
        # Where pages have no address they come as messages: few, and without what commands show.
        blocks += doing.everything(ctx)
    return Page(
        t("Hello, {name}", name=ctx.person.name),
        tuple(blocks),
        live=f"member:{ctx.person.id}",
        head=Head(verbatim(day_with_year(ctx.now, ctx.person.zone, t.locale))),
    )


def _home_cards(ctx: Context) -> tuple[list[Card], list[Card]]:
    """Return what is to be seen first, and what can be looked up."""
    profile, started_at = store.profile_of(ctx.tx, ctx.person.id)
    asked, waiting, figures = language.offer(ctx), _waiting(ctx), _figures(ctx)
    urged = asked is not None and language.reads_otherwise(ctx)
    now = [asked] if asked is not None and urged else []
    now += [] if started_at else [cards.nudge(ctx.t)]
    now += [cards.waiting(ctx.t, waiting)] if waiting else []
    shown = [card for make in ctx.catalogue.home if (card := make(ctx)) is not None]
    now += [each for each in shown if each.tone is not Tone.PLAIN]
    there = [each for each in shown if each.tone is Tone.PLAIN]
    there += [cards.figures(ctx.t, figures)] if figures else []
    if ctx.whole:
        return now, there
    if started_at:
        apart = ("goals",) if profile.goals else ()
        there.append(cards.profile(ctx.t, ctx.person, profile, apart))
    there += [asked] if asked is not None and not urged else []
    return now, there


def _waiting(ctx: Context) -> list[Waiting]:
    return [each for make in ctx.catalogue.waits if (each := make(ctx)) is not None]


def _figures(ctx: Context) -> list[Field]:
    return [each for make in ctx.catalogue.figures if (each := make(ctx)) is not None]
