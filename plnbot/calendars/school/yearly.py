"""The page of a school year: terms, breaks and other days, month by month."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from plnbot.calendars.school import actions, cards, store
from plnbot.calendars.school.days import part_of
from plnbot.calendars.school.model import Entry, Kind, Part, Whose
from plnbot.calendars.school.refreshing import KEEPS
from plnbot.calendars.school.taken import plain
from plnbot.engine.routes import Context
from plnbot.talk.cards import Actions, Button, Field, Fields, Look, PageButton, Paragraph
from plnbot.talk.months import DayLook, Marked, Month, Months
from plnbot.talk.pages import Head, Heading, Page, PageBlock
from plnbot.talk.plain import days_words
from plnbot.talk.text import Text, verbatim
from plnbot.talk.words import Translate
from plnbot.values import dataclass
from plnbot.walltime import local

_A_DAY = timedelta(days=1)
_MONTHS = 12
_NORTH, _SOUTH = 8, 1
_SOUTHERN = (
    "Australia/", "Antarctica/", "Pacific/Auckland", "Pacific/Fiji", "Africa/Johannesburg",
    "Africa/Harare", "Africa/Windhoek", "America/Argentina/", "America/Buenos_Aires", "America/Sao_Paulo",
    "America/Santiago", "America/Montevideo", "America/Asuncion", "America/La_Paz", "America/Lima",
)  # fmt: skip
"""Where a school year begins with the calendar's."""
_LOOKS = {
    Kind.BREAK: DayLook.FREE,
    Kind.CLOSED: DayLook.FREE,
    Kind.PD: DayLook.STAFF,
    Kind.HALF: DayLook.HALF,
    Kind.TESTING: DayLook.TEST,
    Kind.BEGINS: DayLook.EDGE,
    Kind.ENDS: DayLook.EDGE,
    Kind.SCHOOL: DayLook.SCHOOL,
}


@dataclass(frozen=True, slots=True)
class Year:
    """A school year of somebody's: the year in which it begins, None for the one that goes on."""

    whose: Whose
    begins: int | None = None

    def row(self, by: int) -> str:
        """Return what pages name a neighbouring year by."""
        return f"{self.whose.row}@{(self.begins or 0) + by}"


def own(ctx: Context) -> Whose:
    """Return the school or district of who looks, or else the one that has a calendar, or all."""
    for number in reversed(store.place_of(ctx.tx, ctx.person.id)):
        found = None if number is None else store.whose(ctx.tx, number)
        if found is not None:
            return found
    owners = {each.organisation for each in store.calendars_of(ctx.tx, ctx.network.id)}
    only = owners.pop() if len(owners) == 1 else None
    return (None if only is None else store.whose(ctx.tx, only)) or Whose(ctx.network.id)


def year(ctx: Context, shown: Year) -> Page:
    """Show a school year month by month."""
    t, whose = ctx.t, shown.whose
    today = local(ctx.now, ctx.network.zone).date()
    month = _SOUTH if ctx.network.zone.startswith(_SOUTHERN) else _NORTH
    begins = shown.begins or (today.year if today.month >= month else today.year - 1)
    first = date(begins, month, 1)
    last = date(begins + 1, month, 1) - _A_DAY
    entries = entries_for(ctx, whose, first, last)
    part = part_of(ctx.tx, whose, first, last)
    marked = [*_marked(t, entries), *_between(t, part, entries, first, last)]
    blocks: list[PageBlock] = []
    if entries:
        blocks.append(_figures(t, part, entries, today))
    else:
        blocks.append(Paragraph(_nothing(ctx, whose)))
    years = _years(first, last)
    buttons: list[Button | PageButton] = [
        PageButton(
            t("Before: {year}", year=_years_of(years, -1)), cards.YEAR, Year(whose, begins).row(-1)
        ),
        PageButton(
            t("After: {year}", year=_years_of(years, 1)), cards.YEAR, Year(whose, begins).row(1)
        ),
    ]
    if ctx.may(KEEPS, lies_in=whose.scopes):
        buttons.append(Button(t("Add days"), cards.ADD, whose.row, Look.PRIMARY))
    head = Head(
        t("When there is school, and when there is none."),
        actions=(*buttons, PageButton(t("All calendars"), cards.CALENDARS)),
    )
    if entries:
        blocks.append(Months(tuple(_months(marked, first, last)), _legend(t, marked), today))
    blocks += _others(ctx, whose)
    title = t("School year {years}: {whose}", years=years, whose=whose.name or ctx.network.name)
    return Page(title, tuple(blocks), live=actions.topic(whose.network), head=head)


def _nothing(ctx: Context, whose: Whose) -> Text:
    """Return why a year has no days to show."""
    if not store.calendars_of(ctx.tx, whose.network):
        return ctx.t(
            "Nobody has added a school calendar yet, so every weekday counts as a school day."
        )
    return ctx.t(
        "No calendar says anything of this year for {whose}.",
        whose=cards.called(ctx.t, whose, ctx.network.name),
    )


def entries_for(ctx: Context, whose: Whose, first: date, last: date) -> Sequence[Entry]:
    """Return what all calendars that count for somebody say of these days, in order, each once."""
    near = {None, whose.number, whose.district}
    calendars = [
        each.id for each in store.calendars_of(ctx.tx, whose.network) if each.organisation in near
    ]
    found = store.entries_of(ctx.tx, calendars, first, last)
    here = (
        one
        for entries in found.values()
        for one in entries
        if one.first <= last and one.last >= first
    )
    once = {(each.first, each.last, plain(each.title)): each for each in here}
    return sorted(once.values(), key=lambda each: (each.first, each.last, each.title))


def _figures(t: Translate, part: Part, entries: Sequence[Entry], today: date) -> Fields:
    facts = [Field(t("Today"), _today(t, part, entries, today))]
    free = [
        each for each in entries if each.kind in (Kind.BREAK, Kind.CLOSED) and each.first > today
    ]
    if free:
        facts.append(Field(t("Next free"), cards.line(t, free[0])))
    ends = [each for each in entries if each.kind in (Kind.ENDS, Kind.TERM) and each.last > today]
    if ends:
        last = ends[0].last
        facts.append(Field(t("Last day of term"), verbatim(days_words(last, last, t.locale))))
    return Fields(tuple(facts))


def _today(t: Translate, part: Part, entries: Sequence[Entry], today: date) -> Text:
    said = part.says(today)
    here = [each for each in entries if each.covers(today) and each.kind in _LOOKS]
    if here:
        return cards.label(t, here[0])
    if part.is_school_day(today):
        return t("a school day")
    return t("weekend") if said is None else t.say(cards.KINDS[said])


def _marked(t: Translate, entries: Sequence[Entry]) -> Iterator[Marked]:
    for each in entries:
        if each.kind is Kind.TERM:
            title = each.title or t.say(cards.KINDS[Kind.TERM]).bare()
            yield Marked(each.first, each.first, DayLook.EDGE, t("{title} begins", title=title))
            yield Marked(each.last, each.last, DayLook.EDGE, t("{title} ends", title=title))
        elif each.kind in _LOOKS:
            yield Marked(each.first, each.last, _LOOKS[each.kind], cards.label(t, each))


def _between(
    t: Translate, part: Part, entries: Sequence[Entry], first: date, last: date
) -> Iterator[Marked]:
    """Yield what lies between terms and has no entry of its own."""
    said = [each for each in entries if each.kind is not Kind.TERM]
    begin: date | None = None
    day = first
    while day <= last + _A_DAY:
        bare = day <= last and part.is_break(day) and not any(each.covers(day) for each in said)
        if bare and begin is None:
            begin = day
        elif not bare and begin is not None:
            yield Marked(begin, day - _A_DAY, DayLook.FREE, t("out of term"))
            begin = None
        day += _A_DAY


def _months(marked: Sequence[Marked], first: date, last: date) -> Iterator[Month]:
    month = first
    while month <= last:
        after = (month.replace(day=28) + 4 * _A_DAY).replace(day=1)
        here = [each for each in marked if each.first < after and each.last >= month]
        begins = [each for each in here if each.first >= month or month == first]
        shaded = [each for each in here if each not in begins]
        begins.sort(key=lambda each: (each.first, each.last))
        yield Month(month, tuple(begins), tuple(shaded))
        month = after


def _legend(t: Translate, marked: Sequence[Marked]) -> tuple[tuple[DayLook, Text], ...]:
    words = (
        (DayLook.FREE, t("no school")),
        (DayLook.STAFF, t("teachers only")),
        (DayLook.HALF, t("half day")),
        (DayLook.TEST, t("testing")),
        (DayLook.EDGE, t("first and last days")),
        (DayLook.SCHOOL, t("school after all")),
    )
    there = {each.look for each in marked}
    return tuple(each for each in words if each[0] in there)


def _others(ctx: Context, whose: Whose) -> list[PageBlock]:
    """Return the ways to the years of others who have a calendar."""
    owners = dict.fromkeys(each.organisation for each in store.calendars_of(ctx.tx, whose.network))
    found = [Whose(whose.network) if each is None else store.whose(ctx.tx, each) for each in owners]
    others = [each for each in found if each is not None and each.row != whose.row][:40]
    if not others:
        return []
    buttons = [
        PageButton(cards.short(cards.called(ctx.t, each, ctx.network.name)), cards.YEAR, each.row)
        for each in others
    ]
    rows = [Actions(tuple(buttons[at : at + 5])) for at in range(0, len(buttons), 5)]
    return [Heading(ctx.t("Other school years"), "others"), *rows]


def _years(first: date, last: date) -> str:
    return str(first.year) if first.year == last.year else f"{first.year}–{last.year % 100:02}"


def _years_of(years: str, by: int) -> str:
    begin = int(years[:4]) + by
    return str(begin) if "–" not in years else f"{begin}–{(begin + 1) % 100:02}"
