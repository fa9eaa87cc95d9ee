"""A district's reports: the latest, each month's, the year so far, and files of them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time

from plnbot.engine.needs import needs_in
from plnbot.engine.objects import Object
from plnbot.engine.outside import FileOutside
from plnbot.engine.rehearsing import rehearsal
from plnbot.engine.roles import ANYONE, DISTRICT, Role, needs, scoped
from plnbot.engine.routes import Context, Routes
from plnbot.insight.cards import tables
from plnbot.insight.cards.words import TITLES, many, month_name, name, whole
from plnbot.insight.model import Month, Report, next_to_rest
from plnbot.insight.parts import INSIGHT
from plnbot.insight.store import reports
from plnbot.insight.store.reports import Frozen
from plnbot.papers.outline import outline
from plnbot.papers.pdf import of_lines, printed
from plnbot.refs import row_number
from plnbot.singling_out import FEWEST
from plnbot.talk.cards import Actions, Block, Card, PageButton, Paragraph
from plnbot.talk.interactions import Answer, Reply
from plnbot.talk.pages import Downloads, File, Head, Heading, Missing, Page, PageBlock, Rows
from plnbot.talk.plain import plain
from plnbot.talk.spreadsheets import as_csv
from plnbot.talk.text import Style, Text, When, joined, verbatim
from plnbot.talk.words import Sentence, msg
from plnbot.walltime import SCHOOL_YEAR_BEGINS

routes = Routes()
PAGE, ASSESSMENT = "insight", "assessment"
READS = needs(Role.DISTRICT_STAFF, local=True)
_GONE = msg("There is no such report.")
_NEEDS_ON_A_CARD = 5


def _not_theirs(ctx: Context, report: Frozen) -> Sentence | None:
    """Return why a report is not for somebody: nothing tells it from one that is not there."""
    covered = ctx.reach(READS).covers([scoped(DISTRICT, report.district)])
    return None if covered else _GONE


A_REPORT: Object[Frozen] = Object(
    "report of a district",
    load=lambda tx, row: reports.get(tx, row_number(row)),
    network=lambda report: report.network,
    scope=lambda report: str(report.id),
    gone=_GONE,
    closed=_not_theirs,
)


@routes.command(
    PAGE,
    needs=READS,
    part=INSIGHT,
    about=msg("See what your district learns and needs, with nobody named"),
    example=msg("/pln insight"),
)
def insight(ctx: Context, _words: str) -> Answer:
    """Say in short what the latest report has, and lead to it."""
    t, there = ctx.t, _readable(ctx)
    if not there:
        return Reply(Card(t("What your district learns"), (Paragraph(_nothing_yet(ctx)),)))
    latest = there[0]
    blocks: list[Block] = [Paragraph(_in_short(ctx, latest))]
    asked = latest.of(Report.NEED)[:_NEEDS_ON_A_CARD]
    if asked:
        lines = [t("• {need}: {people} people", need=name(t, e), people=many(e.people)) for e in asked]  # fmt: skip
        blocks.append(Paragraph(joined([t.say(TITLES[Report.NEED]), *lines], "\n")))
    blocks.append(Actions((PageButton(t("All of it"), PAGE, str(latest.id)),)))
    return Reply(Card(_title(ctx, latest), tuple(blocks)))


@routes.page(PAGE, needs=ANYONE, of=A_REPORT, without=ANYONE)
def insight_page(ctx: Context, _row: str, report: Frozen | None) -> Page | Missing:
    """Show a month of a district, or without a row the latest there is; others lead on."""
    if not ctx.reach(READS):
        return Missing()
    t, there = ctx.t, _readable(ctx)
    shown = report or next(iter(there), None)
    live = f"insight:{ctx.network.id}"
    if shown is None:
        blocks: Sequence[PageBlock] = (Paragraph(_nothing_yet(ctx)),)
        head = Head(actions=_assessments(ctx))
        return Page(t("What your district learns"), tuple(blocks), live=live, head=head)
    blocks = [*_told(ctx, shown), *_others(ctx, there, shown)]
    papers = (
        (t("PDF"), f"insight.pdf/{shown.id}"),
        (t("As a table (CSV)"), f"insight.csv/{shown.id}"),
    )
    about, ways = joined(_about(ctx, shown), "\n"), _assessments(ctx)
    head = Head(about, actions=ways, files=Downloads(papers), prints=True)
    return Page(_title(ctx, shown), tuple(blocks), live=live, head=head)


def _told(ctx: Context, report: Frozen) -> list[PageBlock]:
    """Return what a report tells, on its page and on paper."""
    offered = _offered(ctx)
    return [
        *_gaps(ctx, report, offered),
        *tables.report(ctx.t, report, offered),
        *tables.year(ctx.t, _year_to(ctx, report)),
    ]


@routes.file("insight.csv", needs=ANYONE, of=A_REPORT)
def insight_csv(ctx: Context, _row: str, report: Frozen) -> File:
    """Give a month of a district as a table."""
    content = as_csv(tables.spreadsheet(ctx.t, report))
    return File(f"insight-{report.month.first:%Y-%m}.csv", "text/csv; charset=utf-8", content)


@routes.file("insight.pdf", needs=ANYONE, of=A_REPORT)
def insight_pdf(ctx: Context, _row: str, report: Frozen) -> FileOutside:
    """Give a month of a district as tagged PDF: what its page tells, tables and pictures."""
    zone, locale = ctx.person.zone, ctx.t.locale
    about = [plain(each, zone, locale) for each in _about(ctx, report)]
    lines = outline(_told(ctx, report), zone, locale)
    given = of_lines(_title(ctx, report).bare(), locale, about, lines)
    return printed(f"insight-{report.month.first:%Y-%m}.pdf", given)


def _readable(ctx: Context) -> Sequence[Frozen]:
    return reports.in_reach(ctx.tx, ctx.network.id, ctx.reach(READS))


def _title(ctx: Context, report: Frozen) -> Text:
    district = _district(ctx, report.district)
    month = month_name(ctx.t, report.month)
    return ctx.t("{district}: {month}", district=district, month=month)


def _district(ctx: Context, number: int) -> Text:
    called = ctx.catalogue.scopes[DISTRICT](ctx.tx, [number]).get(number)
    return verbatim(called) if called else ctx.t("A district that is part of another now")


def _about(ctx: Context, report: Frozen) -> Sequence[Text]:
    said = (_in_short(ctx, report), _how_it_is_made(ctx))
    return (
        said
        if rehearsal(ctx.tx) is None
        else (*said, ctx.t("This is a rehearsal: nobody did any of it."))
    )


def _in_short(ctx: Context, report: Frozen) -> Text:
    t, cell = ctx.t, report.whole
    if cell is None:
        return t("Fewer than five people took part in this month. Nothing is told of so few.")
    return whole(t, cell)


def _how_it_is_made(ctx: Context) -> Text:
    return ctx.t(
        "Numbers of people are bands of {n}. What fewer than {n} did or need is not shown, nor what could"
        " be worked out by subtracting. Made once, five days after the month; nothing in it changes any more.",
        n=FEWEST,
    )


def _nothing_yet(ctx: Context) -> Text:
    month = next_to_rest(ctx.now.astimezone(UTC).date())
    noon = datetime.combine(month.rests_on, time(12), UTC)
    return ctx.t(
        "No report yet. That of {month} is made on {day}, for each district that somebody who took part"
        " has named in their profile. Reports are of whole districts: a role for one school sees none.",
        month=month_name(ctx.t, month),
        day=When(noon, Style.DATE),
    )


def _assessments(ctx: Context) -> tuple[PageButton, ...]:
    """Return the way to how ready teams see themselves, beside what a district learns."""
    return (PageButton(ctx.t("How ready are we?"), ASSESSMENT),)


def _offered(ctx: Context) -> Mapping[str, int]:
    """Return how much there is on offer now for each need, by its title."""
    found: dict[str, int] = {}
    for finder in ctx.catalogue.on_offer:
        for each in finder(ctx.tx, ctx.network.id, ctx.now):
            for need in needs_in(each.title):
                found[need] = found.get(need, 0) + 1
    return found


def _gaps(ctx: Context, report: Frozen, offered: Mapping[str, int]) -> list[PageBlock]:
    """Return what people need and nothing on offer is about."""
    t = ctx.t
    lines = [
        t("{people} people ask for “{need}”; there is nothing.", people=many(e.people), need=name(t, e))
        for e in report.of(Report.NEED)
        if not offered.get(e.name)
    ]  # fmt: skip
    if not lines:
        return []
    return [Heading(t("What is missing"), "gaps"), Paragraph(joined(lines, "\n"))]


def _year_to(ctx: Context, report: Frozen) -> Sequence[Frozen]:
    """Return the school year's reports up to this one."""
    at = report.month
    began = at.year if at.month >= SCHOOL_YEAR_BEGINS else at.year - 1
    since = Month(began, SCHOOL_YEAR_BEGINS)
    found = reports.of_district(ctx.tx, report.network, report.district, since)
    return [each for each in found if each.month <= at]


def _others(ctx: Context, there: Sequence[Frozen], shown: Frozen) -> list[PageBlock]:
    rows = tuple(_row(ctx, each) for each in there if each.id != shown.id)
    return [Heading(ctx.t("Other months and districts"), "others"), Rows(rows)] if rows else []


def _row(ctx: Context, report: Frozen) -> Card:
    lead = Actions((PageButton(ctx.t("Look closer"), PAGE, str(report.id)),))
    return Card(_title(ctx, report), (Paragraph(_in_short(ctx, report)), lead))
