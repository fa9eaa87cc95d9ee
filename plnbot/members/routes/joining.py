"""Whether a workspace joins the first network: what both sides are asked, and what they say."""

from collections.abc import Mapping
from datetime import datetime

from plnbot.engine.at_home import Waiting
from plnbot.engine.audit import Entry
from plnbot.engine.parts import NETWORK
from plnbot.engine.roles import Role, needs
from plnbot.engine.routes import Context, Routes, Showing
from plnbot.errors import Refused
from plnbot.members import cards, store
from plnbot.members.actions import joining
from plnbot.members.actions.joining import ASKS_GUEST, ASKS_HOST, Matter
from plnbot.members.cards.joining import BACK, NO, YES
from plnbot.members.model import Change, Question, Side
from plnbot.members.routes.found import A_WORKSPACE
from plnbot.talk.cards import Button, Card
from plnbot.talk.fallback import short_words
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.text import joined, verbatim
from plnbot.talk.words import Translate, Value, msg

routes = Routes()
ADMINISTERS = needs(Role.ADMINISTRATOR)
SHOWN = "members.joining"


@routes.card(ASKS_HOST)
@routes.card(ASKS_GUEST)
def asks(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Ask an administrator, or say what became of it."""
    try:
        matter = joining.matter_of(to.tx, f"{args['platform']}/{args['workspace']}", to.network)
    except Refused:
        return None
    if matter.joined:
        return cards.joined(to.t, str(args["name"]), matter.row)
    asked = store.question_about(to.tx, matter.platform, matter.workspace)
    return _card(to.t, matter, asked, to.now)


@routes.command(
    "network join",
    was="join",
    needs=ADMINISTERS,
    part=NETWORK,
    about=msg("Join the network of whoever runs me, or see how that stands"),
    example=msg("/pln network join"),
)
def join(ctx: Context, _words: str) -> Answer:
    """Show how it stands with this workspace, and let its administrator ask."""
    matter = joining.own_matter(ctx.tx, ctx.person)
    if matter.joined:
        raise Refused(msg("Yours is the network that others join."))
    asked = store.question_about(ctx.tx, matter.platform, matter.workspace)
    return Reply(_card(ctx.t, matter, asked, ctx.now))


def joining_waiting(ctx: Context) -> Waiting | None:
    """Tell administrators of workspaces about whose joining their side has said nothing."""
    if not ctx.may(ADMINISTERS):
        return None
    asked = joining.unanswered(ctx.tx, ctx.network, ctx.now)
    if not asked:
        return None
    return Waiting(
        ctx.t.n("{n} question about joining", "{n} questions about joining", len(asked)),
        len(asked),
        joined(verbatim(_other(each)) for each in asked[:3]),
        Button(ctx.t("Look at it"), SHOWN, asked[0].row),
    )


def _other(matter: Matter) -> str:
    other = matter.guest if matter.side is Side.HOST else matter.host
    return short_words(other.name, 60)


@routes.press(SHOWN, needs=ADMINISTERS, of=A_WORKSPACE)
def shown(ctx: Context, _press: Press, workspace: str) -> Answer:
    """Show how it stands with a workspace."""
    matter = joining.matter_of(ctx.tx, workspace, ctx.network)
    asked = store.question_about(ctx.tx, matter.platform, matter.workspace)
    return Reply(_card(ctx.t, matter, asked, ctx.now))


@routes.press(YES, needs=ADMINISTERS, of=A_WORKSPACE)
def said_yes(ctx: Context, _press: Press, workspace: str) -> Answer:
    """Say yes for one's side; with the other's yes, the workspace joins."""
    return _said(ctx, workspace, Change.YES)


@routes.press(NO, needs=ADMINISTERS, of=A_WORKSPACE)
def said_no(ctx: Context, _press: Press, workspace: str) -> Answer:
    """Say no for one's side."""
    return _said(ctx, workspace, Change.NO)


@routes.press(BACK, needs=ADMINISTERS, of=A_WORKSPACE)
def taken_back(ctx: Context, _press: Press, workspace: str) -> Answer:
    """Take back what one's side has said."""
    return _said(ctx, workspace, Change.TAKE_BACK)


@routes.audit(
    {
        "workspace.yes": msg("{who} said yes to the workspace {name} joining"),
        "workspace.no": msg("{who} said no to the workspace {name} joining"),
        "workspace.take_back": msg("{who} took back what was said of the workspace {name} joining"),
        "workspace.joined": msg("The workspace {name} joined by the word of {who} and {other}"),
        "workspace.let_in": msg("An operator let the workspace {name} join"),
        "workspace.admitted": msg("{who} let the workspace {name} join"),
    }
)
def told_of_a_workspace(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the workspace as its platform does, and who said yes on the other side."""
    other = entry.detail.get("other")
    called = ctx.called(other) if isinstance(other, int) else ctx.t("somebody")
    return {"name": entry.subject.partition(":")[2], "other": called}


def _said(ctx: Context, row: str, change: Change) -> Answer:
    matter = joining.matter_of(ctx.tx, row, ctx.network)
    asked = joining.say(ctx.tx, matter, change, ctx.now, by=ctx.person)
    if asked is None:
        return Reply(cards.joined(ctx.t, matter.guest.name, matter.row))
    return Reply(_card(ctx.t, matter, asked, ctx.now))


def _card(t: Translate, matter: Matter, asked: Question | None, now: datetime) -> Card:
    return cards.asked_to_join(
        t,
        matter.side,
        asked,
        row=matter.row,
        guest=matter.guest.name,
        host=matter.host.name,
        lapsed=asked is not None and asked.lapsed(now),
    )
