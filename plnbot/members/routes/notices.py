"""Notices, as a member sees and sets them: the week, each kind, the day's message, what waits at home."""

from collections.abc import Sequence
from datetime import timedelta

from plnbot.engine import notices
from plnbot.engine.notices import AtHome, Foreseen, How, NoticeKind
from plnbot.engine.parts import YOU
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Showing
from plnbot.errors import Refused
from plnbot.members.actions.leave import leave_of
from plnbot.members.cards import notices as cards
from plnbot.members.cards.notices import Coming, Settings
from plnbot.talk.cards import Actions, Card, PageButton, Paragraph
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.pages import Head, Heading, Listing, Page, PageBlock, Rows
from plnbot.talk.words import msg

routes = Routes()
Args = notices.Args
LATELY = timedelta(days=7)


@routes.command(
    "me notices",
    was="notices",
    needs=ANYONE,
    part=YOU,
    about=msg("See what I will send you this week, and choose"),
    example=msg("/pln me notices"),
)
def week(ctx: Context, _words: str) -> Answer:
    """Show what a member will be sent within seven days."""
    return Reply(_week(ctx))


@routes.press("members.notice", needs=ANYONE)
def one_kind(ctx: Context, press: Press) -> Answer:
    """Show one kind, and how it may come."""
    kind = _kind(ctx, press.value)
    return Reply(cards.kind(ctx.t, kind, _wishes(ctx).of(kind)))


@routes.press("members.notice_how", needs=ANYONE)
def set_how(ctx: Context, press: Press) -> Answer:
    """Let notices of a kind come otherwise from now on; show the week as it is by that."""
    name, _, wanted = press.value.rpartition(":")
    kind = _kind(ctx, name)
    if wanted not in set(How) or (wanted == How.NEVER and not kind.may_be_muted):
        raise Refused(msg("These cannot be switched off."))
    notices.set_how(ctx.tx, ctx.person, kind, How(wanted), ctx.now)
    return Reply(cards.kind(ctx.t, kind, How(wanted)), more=(_week(ctx),))


@routes.press("members.direct", needs=ANYONE)
def directly(ctx: Context, _press: Press) -> Answer:
    """Let a member be written to directly."""
    notices.set_direct(ctx.tx, ctx.person, ctx.now, direct=True)
    return Reply(_week(ctx))


@routes.press("members.not_direct", needs=ANYONE)
def not_directly(ctx: Context, _press: Press) -> Answer:
    """Write to a member directly no longer."""
    notices.set_direct(ctx.tx, ctx.person, ctx.now, direct=False)
    return Reply(_week(ctx))


@routes.press("members.notices_seen", needs=ANYONE)
def seen(ctx: Context, _press: Press) -> Answer:
    """Take away what waited at home."""
    notices.seen_at_home(ctx.tx, ctx.catalogue, ctx.directory, ctx.person, ctx.now)
    return Reply(Card(ctx.t("Nothing waits for you any more")))


@routes.page("notices", needs=ANYONE)
def page(ctx: Context, _row: str) -> Page:
    """Show what a member will be sent within seven days, and every kind there is."""
    t, settings = ctx.t, _settings(ctx)
    coming = _coming(ctx)
    lines = tuple(cards.week_lines(t, coming))
    blocks: list[PageBlock] = [*cards.leave_blocks(t, settings.leave)]
    blocks.append(Listing(lines) if lines else Paragraph(cards.nothing(t)))
    if lately := _lately(ctx):
        blocks += [Heading(t("In your messages of the day"), "lately"), *cards.item_blocks(lately)]
    wishes = _wishes(ctx)
    kinds = tuple(cards.kind(t, each, wishes.of(each)) for each in _kinds(ctx))
    blocks += [Heading(t("How each thing comes"), "kinds"), Rows(kinds)]
    head = Head(actions=tuple(cards.setting_buttons(t, settings)))
    title = t("What I will send you this week")
    return Page(title, tuple(blocks), live=f"member:{ctx.person.id}", head=head)


@routes.card(notices.DAY)
def day(to: Showing, args: Args) -> Card | None:
    """Show what waited and is of interest still; None where nothing is."""
    person = int(args["person"])
    told = notices.in_message(to.tx, person, str(args["message"]))
    items = _items(to, [each for each in told if _wanted(to, each)])
    leave = notices.wish_of(to.tx, person).leave
    away = leave is not None and any(leave.covers(each.wanted.at) for each in told)
    return cards.day(to.t, items, away=away) if items else None


def at_home(ctx: Context) -> Card | None:
    """Lead to what will be sent; show what waits at home for want of a way to its member."""
    waits = [each for each in _foreseen(ctx) if isinstance(each.decision, AtHome)]
    items = _items(_showing(ctx), waits)
    return cards.at_home(ctx.t, items) if items else None


def to_come(ctx: Context) -> Card:
    """Say what comes next, and lead to all of it; on leave, say that."""
    t, settings, coming = ctx.t, _settings(ctx), _coming(ctx)
    first = next(iter(cards.week_lines(t, coming)), cards.nothing(t))
    lead = Actions((PageButton(t("See all and choose"), "notices"),))
    blocks = (*cards.leave_blocks(t, settings.leave), Paragraph(first), lead)
    return Card(t("What I will send you"), blocks)


routes.home.extend((at_home, to_come))


def _week(ctx: Context) -> Card:
    return cards.week(ctx.t, _coming(ctx), _kinds(ctx), _settings(ctx))


def _coming(ctx: Context) -> list[Coming]:
    showing, found = _showing(ctx), []
    for each in _foreseen(ctx):
        card = _built(showing, each.card, each.args)
        if card is not None:
            title = ctx.t.say(each.kind.title)
            found.append(Coming(each, cards.about(Card(title, label=card.label))))
    return found


def _foreseen(ctx: Context) -> Sequence[Foreseen]:
    return notices.week(ctx.tx, ctx.catalogue, ctx.directory, ctx.person, ctx.now)


def _settings(ctx: Context) -> Settings:
    asks_first = ctx.person.ref.platform in ctx.catalogue.asks_first
    return Settings(leave_of(ctx.tx, ctx.person.id, ctx.now), _wishes(ctx).direct, asks_first)


def _wishes(ctx: Context) -> notices.Wishes:
    return notices.wishes_of(ctx.tx, ctx.directory, ctx.person, ctx.catalogue.asks_first)


def _kinds(ctx: Context) -> list[NoticeKind]:
    kinds = ctx.catalogue.notices.values()
    return [each for each in kinds if ctx.may_somewhere(each.whose)]


def _kind(ctx: Context, name: str) -> NoticeKind:
    kind = ctx.catalogue.notices.get(name)
    if kind is None:
        raise Refused(msg("Please choose one from the list."))
    return kind


def _lately(ctx: Context) -> list[Card]:
    told = notices.lately(ctx.tx, ctx.person.id, ctx.now - LATELY)
    showing = _showing(ctx)
    return _items(showing, [each for each in told if _wanted(showing, each)])


def _wanted(to: Showing, each: notices.Waiting) -> bool:
    kind = to.catalogue.notices.get(each.kind)
    if kind is None or kind.wanted is None:
        return kind is not None
    found = kind.wanted(to.tx, each.member, each.args, each.wanted)
    return found is not None and (found.until is None or to.now < found.until)


def _items(to: Showing, told: Sequence[Foreseen | notices.Waiting]) -> list[Card]:
    built = (_built(to, each.card, each.args) for each in told)
    return [card for card in built if card is not None]


def _built(to: Showing, card: str, args: Args) -> Card | None:
    made = to.catalogue.cards[card](to, args)
    return made if isinstance(made, Card) else None


def _showing(ctx: Context) -> Showing:
    return Showing(
        ctx.tx,
        ctx.now,
        ctx.network,
        ctx.t,
        ctx.person.ref,
        ctx.directory,
        ctx.catalogue,
        ctx.address,
    )
