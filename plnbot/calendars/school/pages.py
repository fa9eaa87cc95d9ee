"""The pages of calendars: one with what each title is taken as, and all of them."""

from collections.abc import Iterator, Sequence

from plnbot.calendars.school import actions, cards, kept, store
from plnbot.calendars.school.model import Calendar, Day, Kind, Reading, Source, Whose
from plnbot.calendars.school.refreshing import KEEPS
from plnbot.calendars.school.taken import plain
from plnbot.engine.routes import Context
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Field,
    Fields,
    Look,
    PageButton,
    Paragraph,
    Tone,
)
from plnbot.talk.fallback import short_words
from plnbot.talk.pages import Head, Heading, Page, PageBlock, Rows
from plnbot.talk.plain import days_words
from plnbot.talk.text import Code, Style, Text, When, joined, verbatim
from plnbot.talk.words import Translate

MOST_TITLES = 120


def calendar(ctx: Context, of: Calendar) -> Page:
    """Show one calendar: where it comes from, what changed, and each title with what it is taken as."""
    t = ctx.t
    whose = actions.whose_of(ctx.tx, of)
    days = kept.days_of(ctx.tx, of.id)
    blocks: list[PageBlock] = [*about(ctx, of, days)]
    grouped = _by_title(days)
    counted = [each for each in grouped if each[0].entry.kind is not Kind.NOTHING]
    others = [each for each in grouped if each[0].entry.kind is Kind.NOTHING]
    for title, anchor, groups in (
        (t("What counts"), "counts", counted),
        (t("What changes no school day"), "others", others),
    ):
        if groups:
            blocks.append(Heading(title, anchor))
            blocks.append(Rows(tuple(_taken(t, each) for each in groups[:MOST_TITLES])))
        if (more := len(groups) - MOST_TITLES) > 0:
            blocks.append(Paragraph(t.n("and {n} more", "and {n} more", more), quiet=True))
    title = cards.title_of(t, of, whose, ctx.network.name)
    return Page(title, tuple(blocks), live=actions.topic(of.network))


def calendars(ctx: Context) -> Page:
    """Show every calendar of a network, and for whom one may add days."""
    t = ctx.t
    found = store.calendars_of(ctx.tx, ctx.network.id)
    about = t(
        "What is asked of a whole network, district or school is silent while it is out of school. Calendars of the network count for everybody, those of a district or a school for their members alone."
    )
    blocks: list[PageBlock] = []
    blocks += [Rows(tuple(_card(ctx, each) for each in found))] if found else []
    if not found:
        blocks.append(Paragraph(t("None yet: every weekday counts as a school day."), quiet=True))
    places = [
        Whose(ctx.network.id),
        *store.places_with_members(ctx.tx, ctx.network.id),
        *(actions.whose_of(ctx.tx, each) for each in found),
    ]
    once = {each.row: each for each in reversed(places)}
    mine = [each for each in reversed(once.values()) if ctx.may(KEEPS, lies_in=each.scopes)]
    if mine:
        blocks.append(Heading(t("Add days for"), "add"))
        buttons = [
            Button(cards.short(cards.called(t, each, ctx.network.name)), cards.ADD, each.row)
            for each in mine[:40]
        ]
        blocks += [Actions(tuple(buttons[at : at + 5])) for at in range(0, len(buttons), 5)]
    title, topic = t("School calendars"), actions.topic(ctx.network.id)
    return Page(title, tuple(blocks), live=topic, head=Head(about))


def about(ctx: Context, of: Calendar, days: Sequence[Day]) -> list[Block]:
    """Return where a calendar comes from, how reading it went, and what can be done with it."""
    t, known = ctx.t, kept.reading_of(ctx.tx, of.id)
    whose = actions.whose_of(ctx.tx, of)
    facts = [
        Field(t("For"), cards.called(t, whose, ctx.network.name)),
        Field(t("Comes"), cards.source_of(t, of)),
    ]
    last = kept.last_day(ctx.tx, of.id)
    if last is not None:
        facts.append(Field(t("Reaches until"), verbatim(days_words(last, last, t.locale))))
    if known.read_at is not None:
        facts.append(Field(t("Read"), Text((When(known.read_at, Style.DAY),))))
    keeps = ctx.may(KEEPS, lies_in=whose.scopes)
    blocks: list[Block] = [Fields(tuple(facts)), *_trouble(t, of, known, days)]
    if of.address and keeps:  # it may be the only key to the calendar
        blocks.append(Paragraph(Text((Code(of.address[:300]),)), quiet=True))
    if keeps:
        row = str(of.id)
        buttons = [Button(t("Add days"), cards.ADD, whose.row)]
        if of.source is Source.ADDRESS:
            buttons.append(Button(t("Read it now"), cards.READ_NOW, row))
        blocks.append(Actions((*buttons, Button(t("Remove"), cards.REMOVE, row, Look.DANGER))))
    return blocks


def _trouble(t: Translate, of: Calendar, known: Reading, days: Sequence[Day]) -> Iterator[Block]:
    if known.trouble is not None:
        yield Paragraph(t("**It cannot be read.** {why}", why=t.say(cards.TROUBLE[known.trouble])))
    elif known.read_at is None and of.source is not Source.TYPED and not days:
        yield Paragraph(t("I am reading it."))
    if known.changed_at is not None and (known.added or known.gone):
        came = "; ".join(known.added[:6]) or "–"
        went = "; ".join(known.gone[:6]) or "–"
        day = When(known.changed_at, Style.DAY)
        yield Paragraph(
            t(
                "Changed on {day}. New: {added}. Gone: {gone}.",
                day=day,
                added=came[:300],
                gone=went[:300],
            )
        )
    if known.broken:
        yield Paragraph(
            t.n(
                "{n} event in it cannot be read.", "{n} events in it cannot be read.", known.broken
            ),
            quiet=True,
        )
    if known.often:
        yield Paragraph(
            t.n(
                "{n} event recurs within a day and is left out.",
                "{n} events recur within a day and are left out.",
                known.often,
            ),
            quiet=True,
        )
    if known.more:
        yield Paragraph(t("It holds more days than I keep; the latest are left out."), quiet=True)


def _card(ctx: Context, of: Calendar) -> Card:
    t, known = ctx.t, kept.reading_of(ctx.tx, of.id)
    whose = actions.whose_of(ctx.tx, of)
    parts = [cards.called(t, whose, ctx.network.name)] if of.name else []
    parts.append(cards.source_of(t, of))
    if (last := kept.last_day(ctx.tx, of.id)) is not None:
        parts.append(t("until {day}", day=days_words(last, last, t.locale)))
    blocks: list[Block] = [Paragraph(joined(parts, " · "), quiet=True)]
    if known.trouble is not None:
        blocks.append(Paragraph(t.say(cards.TROUBLE[known.trouble])))
    row = PageButton(t("School year"), cards.YEAR, whose.row)
    if ctx.may(KEEPS, lies_in=whose.scopes):
        blocks.append(Actions((PageButton(t("See the calendar"), cards.CALENDAR, str(of.id)), row)))
    else:
        blocks.append(Actions((row,)))
    tone = Tone.PLAIN if known.trouble is None else Tone.CAUTION
    return Card(cards.title_of(t, of, whose, ctx.network.name), tuple(blocks), tone)


def _by_title(days: Sequence[Day]) -> list[list[Day]]:
    groups: dict[str, list[Day]] = {}
    for each in days:
        groups.setdefault(plain(each.entry.title) or str(each.id), []).append(each)
    return list(groups.values())


def _taken(t: Translate, group: Sequence[Day]) -> Card:
    lines = [days_words(each.entry.first, each.entry.last, t.locale) for each in group[:3]]
    said = verbatim("; ".join(lines))
    if (more := len(group) - len(lines)) > 0:
        said = said + verbatim(" ") + t.n("and {n} more", "and {n} more", more)
    title = short_words(group[0].entry.title, 120) or t.say(cards.KINDS[group[0].entry.kind]).bare()
    blocks = (Paragraph(said, quiet=True), Actions((cards.select(t, group[0], named=False),)))
    return Card(verbatim(title), blocks)
