"""Which micro-credentials there are, and one as this reader sees it."""

from collections.abc import Sequence

from plnbot.badges.actions import assigning
from plnbot.badges.actions.assigning import ASSESSES
from plnbot.badges.cards import applied, defined
from plnbot.badges.cards import brought as from_elsewhere
from plnbot.badges.cards.defined import Read
from plnbot.badges.cards.words import award_line, award_standing, title_of
from plnbot.badges.model import UNDER_WAY
from plnbot.badges.parts import BADGES
from plnbot.badges.routes.objects import A_BADGE, CURATES
from plnbot.badges.store import applications, awards, brought, definitions
from plnbot.badges.store.awards import Award
from plnbot.badges.store.definitions import Badge, topic
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes
from plnbot.talk.cards import Actions, Button, Card, PageButton, Paragraph
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.pages import Head, Heading, Page, PageBlock, Rows
from plnbot.talk.text import EMPTY, Text, verbatim
from plnbot.talk.words import msg

routes = Routes()


def as_read(ctx: Context, it: Badge) -> Read:
    """Return one as this reader sees it."""
    under_way = applications.under_way(ctx.tx, ctx.person.id, it.id)
    has = [
        each
        for each in awards.of_member(ctx.tx, ctx.person.id)
        if each.badge == it.id and each.stands(ctx.now)
    ]
    own = EMPTY
    if has:
        own = award_standing(ctx.t, has[0])
    elif under_way:
        own = applied.standing(ctx.t, under_way)
    curates = ctx.may(CURATES)
    found = assigning.assessors_for(ctx.tx, it, ctx.now) if curates else ()
    names = definitions.names(ctx.tx, it.terms.parts)
    return Read(
        it,
        own,
        under_way.id if under_way else 0,
        may_apply=not (has or under_way or it.closed or it.terms.parts),
        curates=curates,
        assessors=[(each, ctx.called(each)) for each in found],
        parts=[names[each] for each in it.terms.parts if each in names],
    )


@routes.command(
    "badges",
    needs=ANYONE,
    part=BADGES,
    about=msg("Micro-credentials: which there are, and yours"),
    example=msg("/pln badges"),
)
def badges(ctx: Context, _words: str) -> Answer:
    """Show which there are, and what one has of them."""
    found = definitions.of_network(ctx.tx, ctx.network.id, closed=ctx.may(CURATES))
    listed = [(each, as_read(ctx, each).own) for each in found]
    waits = (
        len(applications.waiting_for(ctx.tx, ctx.person.id)) if ctx.may_somewhere(ASSESSES) else 0
    )
    card = defined.listed(ctx.t, listed, _mine(ctx), curates=ctx.may(CURATES), waits=waits)
    return Reply(card)


def _mine(ctx: Context) -> Sequence[Text]:
    mine = awards.of_member(ctx.tx, ctx.person.id)
    names = {
        each.id: definitions.at_version(ctx.tx, each.badge, each.version).terms.name
        for each in mine
    }
    elsewhere = brought.of_member(ctx.tx, ctx.person.id)
    return [
        *(award_line(ctx.t, each, names[each.id]) for each in mine),
        *(from_elsewhere.line(ctx.t, each, ctx.now) for each in elsewhere),
    ]


@routes.press("badges.look", needs=ANYONE)
def look(ctx: Context, press: Press) -> Answer:
    """Show the one that was chosen."""
    return Reply(defined.one(ctx.t, as_read(ctx, A_BADGE.find(ctx, press.value))))


@routes.page("badges", needs=ANYONE)
def badges_page(ctx: Context, _row: str) -> Page:
    """Show all there are, one's own first."""
    t = ctx.t
    found = definitions.of_network(ctx.tx, ctx.network.id, closed=ctx.may(CURATES))
    blocks: list[PageBlock] = []
    if mine := _own_rows(ctx):
        blocks += [Heading(t("Yours"), "yours"), Rows(tuple(mine))]
    blocks.append(Heading(t("To be had here"), "all"))
    rows = [_listed(ctx, each) for each in found]
    nothing = Paragraph(t("There are no micro-credentials here yet."), quiet=True)
    blocks.append(Rows(tuple(rows)) if rows else nothing)
    actions: tuple[Button | PageButton, ...] = (
        Button(t("Bring one from elsewhere"), "badges.bring"),
    )
    if ctx.may(CURATES):
        actions = (Button(t("Define one"), "badges.define"), *actions)
    more = (PageButton(t("Keys"), "badges.keys"),)
    live = topic(ctx.network.id)
    return Page(
        t("Micro-credentials"), tuple(blocks), live=live, head=Head(actions=actions, more=more)
    )


def _listed(ctx: Context, it: Badge) -> Card:
    said = as_read(ctx, it).own or verbatim(it.terms.about)
    leads = Actions((PageButton(ctx.t("Open"), "badges.one", str(it.id)),))
    return Card(title_of(it.terms.name), (Paragraph(said), leads))


def _own_rows(ctx: Context) -> Sequence[Card]:
    t, found = ctx.t, []
    for each in awards.of_member(ctx.tx, ctx.person.id):
        name = definitions.at_version(ctx.tx, each.badge, each.version).terms.name
        leads = Actions((PageButton(t("Open"), "badges.award", str(each.id)),))
        found.append(Card(title_of(name), (Paragraph(award_standing(t, each)), leads)))
    for it in brought.of_member(ctx.tx, ctx.person.id):
        leads = Actions((PageButton(t("Open"), "badges.brought", str(it.id)),))
        said = Paragraph(from_elsewhere.standing(t, it, ctx.now))
        found.append(Card(title_of(it.called), (said, leads)))
    for one in applications.of_member(ctx.tx, ctx.person.id):
        if one.standing in UNDER_WAY:
            name = definitions.at_version(ctx.tx, one.badge, one.version).terms.name
            leads = Actions((PageButton(t("Open"), "badges.application", str(one.id)),))
            found.append(Card(title_of(name), (Paragraph(applied.standing(t, one)), leads)))
    return found


@routes.page("badges.one", needs=ANYONE, of=A_BADGE)
def one_page(ctx: Context, _row: str, it: Badge) -> Page:
    """Show one whole; who defines them sees besides who has it."""
    t, read = ctx.t, as_read(ctx, it)
    blocks: list[PageBlock] = [*defined.page_blocks(t, read)]
    if read.curates and (given := awards.of_badge(ctx.tx, it.id)):
        blocks.append(Heading(t("Awarded"), "awarded"))
        blocks.append(Rows(tuple(_given(ctx, each) for each in given)))
    return Page(title_of(it.terms.name), tuple(blocks), live=topic(ctx.network.id))


def _given(ctx: Context, it: Award) -> Card:
    leads = Actions((Button(ctx.t("Withdraw it"), "badges.withdraw", str(it.id)),))
    said = Paragraph(award_standing(ctx.t, it))
    blocks = (said, leads) if it.withdrawn_at is None else (said,)
    return Card(title_of(ctx.called(it.member)), blocks)
