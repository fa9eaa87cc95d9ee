"""A teacher's own portfolio: in a message, as a page, as papers; and what waits in it."""

from collections.abc import Sequence

from plnbot.engine.at_home import Waiting
from plnbot.engine.outside import FileOutside
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes
from plnbot.portfolio import papers
from plnbot.portfolio.cards import exemplar as cards
from plnbot.portfolio.cards import sharing
from plnbot.portfolio.model import MOST, Exemplar, Share
from plnbot.portfolio.papers import Paper
from plnbot.portfolio.parts import PORTFOLIO
from plnbot.portfolio.routes.objects import MY_EXEMPLAR
from plnbot.portfolio.store import exemplars, shares
from plnbot.portfolio.store.seen import Seen, seen
from plnbot.talk.cards import Actions, Button, Card, Look, PageButton, Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.interactions import Answer, Reply
from plnbot.talk.pages import Downloads, File, Head, Heading, Page, PageBlock, Rows
from plnbot.talk.text import Text, joined, verbatim
from plnbot.talk.words import Translate, msg

routes = Routes()
_SHORT, _IN_MESSAGE = 80, 10


@routes.command(
    "portfolio",
    needs=ANYONE,
    part=PORTFOLIO,
    about=msg("See your portfolio, add to it, share some of it"),
    example=msg("/pln portfolio"),
)
def show(ctx: Context, _words: str) -> Answer:
    """Show a teacher their portfolio in short."""
    t, mine = ctx.t, exemplars.of_member(ctx.tx, ctx.person.id)
    lines: list[Text] = [
        t("• {title}: {seen}", title=short_words(each.told.title, _SHORT), seen=who_sees(ctx, each))
        for each in mine[:_IN_MESSAGE]
    ] or [_nothing(t)]
    if len(mine) > _IN_MESSAGE:
        lines.append(t("and {n} more", n=len(mine) - _IN_MESSAGE))
    whole = PageButton(t("All of it"), cards.PAGE)
    body = (Paragraph(joined(lines, "\n")), Actions((*_actions(t, mine), whole)))
    return Reply(Card(t("Your portfolio"), body))


def _nothing(t: Translate) -> Text:
    return t(
        "Nothing yet. Keep what shows your practice: what you did, how it changed and why, what came"
        " of it. Only you see it, until you share some of it."
    )


def _actions(t: Translate, mine: Sequence[Exemplar]) -> tuple[Button, ...]:
    look = Look.PLAIN if mine else Look.PRIMARY
    new = (Button(t("Add an exemplar"), "portfolio.new", look=look),) if len(mine) < MOST else ()
    share = (Button(t("Share"), "portfolio.share", look=Look.PRIMARY),) if mine else ()
    return (*share, *new)


def shown_in(ctx: Context, it: Exemplar) -> Sequence[Share]:
    """Return the shares in which an exemplar of this teacher's is seen now."""
    there = shares.open_of(ctx.tx, ctx.person.id, ctx.now)
    return [each for each in there if it.id in each.exemplars]


def who_sees(ctx: Context, it: Exemplar) -> Text:
    """Return who sees an exemplar now."""
    return sharing.who_sees(ctx.t, shown_in(ctx, it), ctx.called)


@routes.page(cards.PAGE, needs=ANYONE)
def portfolio_page(ctx: Context, _row: str) -> Page:
    """Show a teacher's exemplars by goal, whom they show them, and what others show them."""
    t, member = ctx.t, ctx.person.id
    mine = exemplars.of_member(ctx.tx, member)
    blocks: list[PageBlock] = []
    for at, (goal, these) in enumerate(sharing.by_goal(seen(ctx.tx, mine))):
        blocks.append(Heading(sharing.goal_title(t, goal), f"g{at}"))
        blocks.append(Rows(tuple(cards.row(t, each, who_sees(ctx, each.it)) for each in these)))
    blocks += _shared(ctx) + _with_me(ctx)
    about = t("Only you see this page. Below each exemplar stands who sees that one.")
    head = Head(about if mine else _nothing(t), actions=_actions(t, mine), files=_files(t, mine))
    return Page(t("Your portfolio"), tuple(blocks), live=f"member:{member}", head=head)


def _files(t: Translate, mine: Sequence[Exemplar]) -> Downloads | None:
    if not mine:
        return None
    whole = t("All pages, to open offline (ZIP)")
    return Downloads(((t("PDF"), "portfolio.pdf/mine"), (whole, "portfolio.zip/mine")))


def _shared(ctx: Context) -> list[PageBlock]:
    t, there = ctx.t, shares.open_of(ctx.tx, ctx.person.id, ctx.now)
    if not there:
        return []
    mine = {each.id for each in exemplars.of_member(ctx.tx, ctx.person.id)}
    many = {each.id: len(mine.intersection(each.exemplars)) for each in there}
    rows = tuple(sharing.row(t, each, many[each.id], ctx.called) for each in there)
    return [Heading(t("What you share"), "shared"), Rows(rows)]


def _with_me(ctx: Context) -> list[PageBlock]:
    t, there = ctx.t, shares.open_to(ctx.tx, ctx.person.id, ctx.now)
    if not there:
        return []
    rows = tuple(
        Card(
            verbatim(ctx.called(each.member)),
            (
                Paragraph(sharing.to_whom(t, each, ctx.called)),
                Actions((PageButton(t("Open"), sharing.SHARED, str(each.id)),)),
            ),
        )
        for each in there
    )
    return [Heading(t("Shared with you"), "with-you"), Rows(rows)]


@routes.page(cards.ONE, needs=ANYONE, of=MY_EXEMPLAR)
def exemplar_page(ctx: Context, row: str, it: Exemplar) -> Page:
    """Show one exemplar to its teacher."""
    t = ctx.t
    (one,) = seen(ctx.tx, [it])
    blocks: list[PageBlock] = list(cards.blocks(t, one, goal=True, downloads=True))
    if one.questions:
        blocks.append(Heading(t("Questions"), "questions"))
        note = t("You and who asked see them. Nobody is told whether you leave one as it is.")
        blocks.append(Paragraph(note, quiet=True))
        blocks += cards.questions(t, one.questions, ctx.called, teacher=True)
    head = Head(who_sees(ctx, it), actions=_ways(t, row), more=_more(t, row, one))
    title = cards.title_of(it.told.title)
    return Page(title, tuple(blocks), live=f"member:{ctx.person.id}", head=head)


def _ways(t: Translate, row: str) -> tuple[Button, ...]:
    return (
        Button(t("New version"), "portfolio.version", row, Look.PRIMARY),
        Button(t("Add evidence"), "portfolio.evidence", row),
        Button(t("Change"), "portfolio.change", row),
    )


def _more(t: Translate, row: str, one: Seen) -> tuple[Button, ...]:
    sure = t("Its versions, files and questions go with it, out of what you share too.")
    out = (Button(t("Take evidence out"), "portfolio.unshow", row),) if one.evidence else ()
    return (*out, Button(t("Remove it"), "portfolio.remove", row, Look.DANGER, sure))


def _mine(ctx: Context) -> Paper:
    t, mine = ctx.t, exemplars.of_member(ctx.tx, ctx.person.id)
    title = t("Portfolio of {name}", name=ctx.person.name)
    about = t("All of it, as its teacher keeps it. Whoever has this file can read it.")
    return Paper(title, [about], seen(ctx.tx, mine), ctx.person.zone)


@routes.file("portfolio.zip", needs=ANYONE)
def as_zip(ctx: Context, _row: str) -> File:
    """Give a teacher all of theirs as pages that open offline."""
    return papers.zipped(ctx.tx, ctx.t, _mine(ctx))


@routes.file("portfolio.pdf", needs=ANYONE)
def as_pdf(ctx: Context, _row: str) -> FileOutside:
    """Give a teacher all of theirs as a tagged PDF."""
    return papers.printed(ctx.t, _mine(ctx))


def questions_wait(ctx: Context) -> Waiting | None:
    """Say on a teacher's home that somebody asked about an exemplar of theirs."""
    found = shares.waiting(ctx.tx, ctx.person.id)
    if not found:
        return None
    t = ctx.t
    title = t.n("A question about your portfolio", "{n} questions about your portfolio", len(found))
    leads = PageButton(t("Read it"), cards.ONE, str(found[0].exemplar))
    return Waiting(title, len(found), verbatim(short_words(found[0].words, _SHORT)), leads)
