"""A district's year end: hours by kind with nobody to be singled out, and the hand-off file."""

from datetime import date, datetime, time

from plnbot import singling_out
from plnbot.credit.actions.documents import lines_of
from plnbot.credit.cards.words import minutes_words
from plnbot.credit.columns import profiles, table
from plnbot.credit.parts import APPROVING
from plnbot.credit.sentences import kind_words
from plnbot.credit.store.documents import Line
from plnbot.credit.store.years import Year
from plnbot.engine.objects import Object
from plnbot.engine.posts import NothingToDo
from plnbot.engine.roles import ANYONE, Role, needs
from plnbot.engine.routes import Context, Routes
from plnbot.packs import offered
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.cards import Actions, Card, PageButton, Paragraph
from plnbot.talk.interactions import Answer, Reply
from plnbot.talk.pages import Downloads, File, Head, Page, PageBlock, Table
from plnbot.talk.spreadsheets import as_csv
from plnbot.talk.text import verbatim
from plnbot.talk.words import msg
from plnbot.values import dataclass
from plnbot.walltime import SCHOOL_YEAR_BEGINS, instant, local, school_year

routes = Routes()
_FIRST, _LAST = 2000, 2200
_GONE = msg("There is no such file.")
LOOKS_BACK = needs(Role.DISTRICT_STAFF, local=True)


def year_of(ctx: Context, begins: int = 0) -> Year:
    """Return the school year that began in this calendar year, or the one that goes on."""
    zone = ctx.network.zone
    year = begins or local(school_year(ctx.now, zone), zone).year
    since, until = (
        instant(datetime.combine(date(each, SCHOOL_YEAR_BEGINS, 1), time()), zone)
        for each in (year, year + 1)
    )
    members = ctx.directory.within(ctx.network.id, ctx.reach(LOOKS_BACK))
    return Year(ctx.network.id, members, since, until)


@routes.command(
    "credit year",
    needs=LOOKS_BACK,
    part=APPROVING,
    about=msg("See the year's hours by kind, and take the hand-off file"),
    example=msg("/pln credit year"),
)
def year(ctx: Context, _words: str) -> Answer:
    """Lead to the year's page."""
    said = ctx.t(
        "Hours by kind, where nobody can be singled out, and files for your records system."
    )
    way = Actions((PageButton(ctx.t("The year"), "credit.year"),))
    return Reply(Card(ctx.t("The year's hours"), (Paragraph(said), way)))


@routes.page("credit.year", needs=LOOKS_BACK)
def year_page(ctx: Context, _row: str) -> Page:
    """Show hours by kind of the year that goes on, and files of it and the one before."""
    t, its = ctx.t, year_of(ctx)
    by_kind = its.by_kind(ctx.tx)
    people = singling_out.parts({kind: len(those) for kind, (those, _minutes) in by_kind.items()})
    hidden = t("fewer than {n}, or beside so few", n=singling_out.FEWEST)
    rows = tuple(
        (
            t.say(kind_words(kind)),
            hidden if people[kind] is None else verbatim(str(people[kind])),
            hidden if people[kind] is None else minutes_words(t, minutes),
        )
        for kind, (_those, minutes) in sorted(by_kind.items())
    )
    begins = local(its.since, ctx.network.zone).year
    caption = t("School year {a}–{b}: hours that count, by kind", a=begins, b=begins + 1)
    files = tuple(
        (
            t("{profile}, {a}–{b}", profile=each.title.said(t.locale), a=first, b=first + 1),
            f"credit.handoff/{each.id}.{first}",
        )
        for each in offered(profiles())
        for first in (begins, begins - 1)
    )
    about = t(
        "Members of your reach. The files name people: they are for your records system alone."
    )
    shown: PageBlock = Paragraph(t("Nothing is approved yet for this school year."), quiet=True)
    if rows:
        shown = Table(caption, (t("Kind"), t("People"), t("Time")), rows)
    return Page(t("The year's hours"), (shown,), head=Head(about, files=Downloads(files)))


@dataclass(frozen=True, slots=True)
class Handoff:
    """A hand-off file: by which profile, of which school year."""

    profile: str
    year: int


def _handoff(_tx: Tx, row: str) -> Handoff | None:
    profile, _, began = row.partition(".")
    year = row_number(began)
    known = profile in profiles() and _FIRST <= year <= _LAST
    return Handoff(profile, year) if known else None


A_HANDOFF: Object[Handoff] = Object(
    "hand-off file",
    load=_handoff,
    network=NothingToDo("it is made of the reader's own network, as far as their roles reach"),
    scope=lambda wanted: f"{wanted.profile}.{wanted.year}",
    gone=_GONE,
    closed=lambda ctx, _wanted: None if ctx.may_somewhere(LOOKS_BACK) else _GONE,
)


@routes.file("credit.handoff", needs=ANYONE, of=A_HANDOFF)
def handoff(ctx: Context, _row: str, wanted: Handoff) -> File:
    """Give what counts of a year, by a profile: as far as the reader's roles reach."""
    stand = year_of(ctx, wanted.year).entries(ctx.tx)
    lines: list[Line] = []
    for member in dict.fromkeys(each.entry.member for each in stand):
        person = ctx.directory.by_id(ctx.tx, member)
        if person is not None:
            theirs = [each for each in stand if each.entry.member == member]
            lines += lines_of(ctx.tx, person, ctx.directory, theirs)
    content = as_csv(table(profiles()[wanted.profile], lines))
    return File(f"hours-{wanted.year}-{wanted.profile}.csv", "text/csv; charset=utf-8", content)
