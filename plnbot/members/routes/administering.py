"""Administering a network: the log of who changed what."""

from collections.abc import Mapping
from datetime import date

from plnbot.engine import audit
from plnbot.engine.audit import Entry
from plnbot.engine.parts import NETWORK
from plnbot.engine.roles import Role, needs
from plnbot.engine.routes import Context, Routes
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Card, PageButton, Paragraph
from plnbot.talk.fallback import shortened
from plnbot.talk.interactions import Answer, Reply
from plnbot.talk.pages import Head, Heading, Page, PageBlock, Rows
from plnbot.talk.plain import day_words
from plnbot.talk.text import Style, Text, When, verbatim
from plnbot.talk.words import Value, msg
from plnbot.walltime import local

routes = Routes()
ADMINISTERS = needs(Role.ADMINISTRATOR)
_LATEST = 100


@routes.command(
    "network audit",
    was="audit",
    needs=ADMINISTERS,
    part=NETWORK,
    about=msg("See who changed what"),
    example=msg("/pln network audit"),
)
def audit_card(ctx: Context, _words: str) -> Answer:
    """Lead to the log."""
    button = Actions((PageButton(ctx.t("Open the log"), "audit"),))
    return Reply(Card(ctx.t("Audit log"), (button,)))


@routes.page("audit", needs=ADMINISTERS)
def audit_page(ctx: Context, _row: str) -> Page:
    """Show the log, newest first."""
    t, most = ctx.t, None if ctx.whole else _LATEST
    days: dict[date, list[Card]] = {}
    for each in audit.entries(ctx.tx, ctx.network.id, most=most):
        day = local(each.at, ctx.person.zone).date()
        days.setdefault(day, []).append(_entry(ctx, each))
    blocks: list[PageBlock] = []
    for day, told in days.items():
        said = verbatim(day_words(day, t.locale, with_year=True))
        blocks += [Heading(said, f"d{day}"), Rows(tuple(told), reads=True)]
    none = Paragraph(t("Nothing was changed yet."), quiet=True)
    about = t("Who changed what in this network, the newest first.")
    return Page(t("Audit log"), tuple(blocks or [none]), head=Head(about))


def _entry(ctx: Context, entry: Entry) -> Card:
    """Return one change: what was done, by whom, and when."""
    who = "plnbot" if entry.person is None else ctx.called(entry.person)
    route = ctx.catalogue.audited.get(entry.action)
    if route is None:  # of a version that had other actions
        did: Text = verbatim(f"{who}: {entry.action} {entry.subject}")
    else:
        did = ctx.t(route.words.source, who=who, **route.values(ctx, entry))
    at = Paragraph(Text((When(entry.at, Style.TIME),)), quiet=True)
    return Card(shortened(did, limits.CARD_TITLE), (at,))


@routes.audit({"member.erased": msg("{who} had what is kept of {person} erased")})
def told_of_a_member(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the member, who has a number alone by then."""
    return {"person": ctx.called(audit.number_of(entry))}


@routes.audit(
    {
        "work.retried": msg("An operator had work {number} tried again"),
        "work.parked": msg("An operator parked work {number}"),
        "work.cancelled": msg("An operator cancelled work {number}"),
    }
)
def told_of_work(_ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Give the number that `work show` takes."""
    return {"number": audit.number_of(entry)}


@routes.audit({"backup.asked": msg("{who} asked for a backup")})
def told_of_a_backup(_ctx: Context, _entry: Entry) -> Mapping[str, Value]:
    """Name who asked, and nothing of the machine."""
    return {}
