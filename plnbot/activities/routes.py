"""Where members see what they did: on their home, by a command, and all of it on a page."""

from plnbot.activities import cards, store
from plnbot.activities.personal import PERSONAL
from plnbot.activities.store import Activity
from plnbot.engine.objects import Object
from plnbot.engine.parts import YOU
from plnbot.engine.posts import NothingToDo
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.cards import Actions, Card, Field, PageButton, Paragraph
from plnbot.talk.interactions import Answer, Reply
from plnbot.talk.pages import Head, Heading, Listing, Missing, Page, PageBlock
from plnbot.talk.text import Text, verbatim
from plnbot.talk.words import Sentence, msg
from plnbot.walltime import instant, local

routes = Routes()
routes.personal.append(PERSONAL)
ON_THE_HOME = 3
ON_A_CARD = 5
ON_A_PAGE = 50
_GONE = msg("This is no longer there.")


@routes.command(
    "me did",
    was="did",
    needs=ANYONE,
    part=YOU,
    about=msg("See what you did here, and for how many minutes"),
    example=msg("/pln me did"),
)
def did(ctx: Context, _words: str) -> Answer:
    """Show a member the latest of what they did."""
    return Reply(cards.latest(ctx.t, store.activities_of(ctx.tx, ctx.person.id, ON_A_CARD)))


def on_the_home(ctx: Context) -> Card | None:
    """Show the latest of what a member did, once there is something."""
    done = store.activities_of(ctx.tx, ctx.person.id, ON_THE_HOME)
    return cards.latest(ctx.t, done) if done else None


def this_month(ctx: Context) -> Field | None:
    """Show how much a member did since the month began by their own clock."""
    first = local(ctx.now, ctx.person.zone).replace(tzinfo=None, day=1, hour=0, minute=0)
    since = instant(first.replace(second=0, microsecond=0), ctx.person.zone)
    many, minutes = store.in_time(ctx.tx, ctx.person.id, since)
    return cards.this_month(ctx.t, many, minutes) if many else None


routes.home.append(on_the_home)
routes.figures.append(this_month)


def _load(tx: Tx, row: str) -> Activity | None:
    return store.get_activity(tx, row_number(row))


def _not_theirs(ctx: Context, activity: Activity) -> Sentence | None:
    return None if activity.done.member == ctx.person.id else _GONE


AN_ACTIVITY: Object[Activity] = Object(
    "activity",
    load=_load,
    network=NothingToDo("it is its member's alone, and `closed` says so"),
    scope=lambda activity: str(activity.id),
    gone=_GONE,
    closed=_not_theirs,
)


@routes.page("did", needs=ANYONE, of=AN_ACTIVITY, without=ANYONE)
def did_page(ctx: Context, _row: str, before: Activity | None) -> Page | Missing:
    """Show everything a member did, newest first, before an activity or from the latest on."""
    most = store.MOST if ctx.whole else ON_A_PAGE
    found = store.activities_of(ctx.tx, ctx.person.id, most + 1, before=before)
    blocks = _by_year(ctx, found[:most])
    if not found and before is None:
        blocks = [Paragraph(cards.nothing_yet(ctx.t))]
    if len(found) > most:
        earlier = PageButton(ctx.t("Earlier"), "did", str(found[most - 1].id))
        blocks.append(Actions((earlier,)))
    head, live = Head(cards.how_it_comes(ctx.t)), f"member:{ctx.person.id}"
    return Page(ctx.t("What I did"), tuple(blocks), live=live, head=head)


def _by_year(ctx: Context, done: tuple[Activity, ...]) -> list[PageBlock]:
    """Return a list under each year, by the reader's own clock: the lines name only the day."""
    years: dict[int, list[Text]] = {}
    for each in done:
        year = local(each.done.started, ctx.person.zone).year
        years.setdefault(year, []).append(cards.entry(ctx.t, each))
    blocks: list[PageBlock] = []
    for year, lines in years.items():
        blocks += [Heading(verbatim(str(year)), f"y{year}"), Listing(tuple(lines))]
    return blocks
