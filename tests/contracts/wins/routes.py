"""Which word, button, page, card and work of wins leads where, and what words below a round are."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from plnbot import gathering
from plnbot.engine.objects import Object
from plnbot.engine.parts import Part, Shelf
from plnbot.engine.roles import ANYONE, Role, needs
from plnbot.engine.routes import Context, Due, Routes, Showing
from plnbot.errors import Refused
from plnbot.gathering import Answer, Gathers, Took
from plnbot.gathering.pages import Shelf as Quoted
from plnbot.gathering.pages import quotes
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.cards import Card
from plnbot.talk.interactions import Answer as Told
from plnbot.talk.interactions import Nothing, Press, Reply, Said
from plnbot.talk.pages import Page
from plnbot.talk.words import msg

from . import actions, cards, store
from .actions import ASK, ROUND, RoundTalk
from .store import Round

routes = Routes()
WINS = Part("wins", msg("Ask what went well"), Shelf.MODERATORS)
LEADS = needs(Role.MODERATOR)
A_ROUND: Object[Round] = Object(
    "round",
    load=lambda tx, row: store.get(tx, row_number(row)),
    network=lambda asked: asked.network,
    scope=lambda asked: str(asked.id),
    gone=msg("This round is no longer there."),
)


@routes.command(
    "wins here",
    needs=LEADS,
    part=WINS,
    about=msg("Ask this room every week what went well"),
    example=msg("/pln wins here"),
)
def wins_here(ctx: Context, _words: str) -> Told:
    """Ask this room, now and every week."""
    if not ctx.where.channel:
        raise Refused(msg("Type this in the room that is to be asked."))
    asked = actions.ask(ctx.tx, ctx.network, ctx.where.channel_itself(), ctx.now)
    return Reply(cards.begun(ctx.t, asked.id))


@routes.press("wins.stop", needs=LEADS, of=A_ROUND)
def stopped(ctx: Context, _press: Press, asked: Round) -> Told:
    """Ask its room no more."""
    actions.stop(ctx.tx, asked, ctx.now)
    return Reply(cards.stopped(ctx.t))


@routes.page("wins", needs=ANYONE, of=A_ROUND)
def wins_page(ctx: Context, _row: str, asked: Round) -> Page:
    """Show what everybody wrote."""
    said = quotes(ctx, Quoted(RoundTalk.kind, asked.id, asked.id, "wins"), 100)
    return Page(ctx.t("Wins"), tuple(said))


@routes.card(ROUND)
def round_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Ask, and count."""
    asked = store.get(to.tx, int(args["round"]))
    if asked is None:
        return None
    many = gathering.shown_counts(to.tx, RoundTalk.kind, asked.id).get(asked.id, 0)
    return cards.asked(to.t, asked.id, many)


@routes.when_due(ASK)
def next_round(due: Due) -> None:
    """Ask a room again."""
    before = store.get(due.tx, int(str(due.payload["round"])))
    network = due.directory.network_of(due.tx, before.place) if before else None
    if before is not None and network is not None and network.id == before.network:
        actions.ask(due.tx, network, before.place, due.now)


def _of(tx: Tx, now: datetime, number: int) -> RoundTalk | None:
    asked = store.get(tx, number)
    return RoundTalk(tx, now, asked) if asked else None


def _told(ctx: Context, _talk: RoundTalk, _said: Said, took: Took) -> Told | None:
    return Nothing(ctx.t("Thank you, that counts.")) if took.stands else None


def _about(_tx: Tx, these: Sequence[Answer]) -> Mapping[int, Mapping[str, object]]:
    return {each.id: {"round": each.whole} for each in these}


GATHERS = Gathers(
    kind=RoundTalk.kind,
    below={ROUND: lambda tx, now, args: _of(tx, now, int(args["round"]))},
    of=_of,
    told=_told,
    about=_about,
)
