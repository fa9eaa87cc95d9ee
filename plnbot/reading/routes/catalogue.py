"""The catalogue: listed for everybody; added, changed, taken out and put back by whoever curates."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal

from plnbot.engine.audit import Entry as LogEntry
from plnbot.engine.needs import wish_instead
from plnbot.engine.ports import Argument
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.packs.teaching import grades, subjects
from plnbot.reading.actions import catalogue as actions
from plnbot.reading.actions.feeds import link_of
from plnbot.reading.actions.keys import CURATES
from plnbot.reading.cards import things as cards
from plnbot.reading.cards.things import WHAT, Shown
from plnbot.reading.model.feeds import Audience
from plnbot.reading.model.things import About, Entry, EntryDeed, EntryKind
from plnbot.reading.parts import FEEDS, READING
from plnbot.reading.routes.library_objects import AN_ENTRY, MOST_MINUTES
from plnbot.reading.routes.teaching import several
from plnbot.reading.store import catalogue as store
from plnbot.reading.store import things
from plnbot.skills.routes import skills_input
from plnbot.talk.cards import Actions, Button, Card, Look, Option, PageButton, Paragraph
from plnbot.talk.forms import (
    AnyInput,
    ChoiceInput,
    DateInput,
    FieldErrors,
    Form,
    NumberInput,
    TextInput,
    TimeInput,
    chosen,
)
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Head, Page, PageBlock, Rows, Search
from plnbot.talk.text import Text
from plnbot.talk.words import Translate, Value, msg
from plnbot.values import dataclass
from plnbot.walltime import instant, local

routes = Routes()
_IN_CARD, _LONGEST_LINK = 4, 2000
_NOON = time(12)
_FOR = {Audience.TEACHERS: msg("Teachers"), Audience.PUPILS: msg("Pupils")}


@dataclass(frozen=True, slots=True)
class _Read:
    link: str
    about: About


@routes.command(
    "feed catalogue",
    needs=ANYONE,
    part=READING,
    about=msg("See webinars, courses, books, videos and papers that are worth it"),
    example=msg("/pln feed catalogue"),
    was="catalogue",
)
def catalogue(ctx: Context, _words: str) -> Answer:
    """Show what takes place soonest and what is new, and lead to all."""
    t = ctx.t
    found = store.offered(ctx.tx, ctx.network.id, ctx.now)
    there = things.of_entries(ctx.tx, found)
    shown = [Shown(each) for each in there.values() if not each.dead][:_IN_CARD]
    card = cards.listing(t, t("The catalogue"), shown)
    leads: list[Button | PageButton] = [PageButton(t("All of it"), "reading.catalogue")]
    if ctx.may(CURATES):
        leads.append(Button(t("List something"), "reading.entry_add"))
    return Reply(Card(card.title, (*(card.blocks or (_empty(t),)), Actions(tuple(leads)))))


def _empty(t: Translate) -> Paragraph:
    return Paragraph(
        t("Nothing is listed yet. Whoever curates lists webinars, books and more here.")
    )


@routes.page("reading.catalogue", needs=ANYONE)
def catalogue_page(ctx: Context, _row: str) -> Page:
    """Show the whole catalogue; who curates can change it there."""
    t, curates = ctx.t, ctx.may(CURATES)
    found = store.offered(ctx.tx, ctx.network.id, ctx.now)
    there, wanted = things.of_entries(ctx.tx, found), ctx.sought.casefold()
    rows = tuple(
        cards.row(t, worth, *(_curating(ctx, each) if curates else ()))
        for each in found
        if wanted in f"{(worth := there[each.id]).title} {worth.source} {worth.note}".casefold()
    )
    blocks: list[PageBlock] = [Rows(rows)] if rows else []
    if not found:
        blocks.append(_empty(t))
    elif not rows:
        blocks.append(Paragraph(t("Nothing listed has these words."), quiet=True))
        blocks += wish_instead(t, ctx.sought)
    new = Button(t("List something"), "reading.entry_add")
    head = Head(
        t("Webinars, courses, books, videos and papers that are worth it."),
        actions=(new,) if curates else (),
        search=Search(t("Search the catalogue"), ctx.sought) if found else None,
    )
    live = f"reading:{ctx.network.id}"
    return Page(t("The catalogue"), tuple(blocks), live=live, head=head)


def _curating(ctx: Context, entry: Entry) -> tuple[Button, Button]:
    row = str(entry.id)
    return (
        Button(ctx.t("Edit"), "reading.entry_edit", row),
        Button(ctx.t("Take it out"), "reading.entry_out", row, Look.DANGER),
    )


@routes.command(
    "feed entry",
    needs=CURATES,
    part=FEEDS,
    about=msg("List a webinar, a course, a book, a video or a paper"),
    example=msg("/pln feed entry https://www.example.org/webinar"),
    argument=Argument("link", msg("Where it is"), required=False),
    was="catalogue add",
)
def add(ctx: Context, words: str) -> Answer:
    """Open the form, with the link in it."""
    link = link_of(words) if words.strip() else ""
    return OpenForm(_form(ctx, "", None, link))


@routes.press("reading.entry_add", needs=CURATES)
def add_pressed(ctx: Context, _press: Press) -> Answer:
    """Open the form."""
    return OpenForm(_form(ctx, "", None))


@routes.press("reading.entry_edit", needs=CURATES, of=AN_ENTRY)
def edit(ctx: Context, press: Press, entry: Entry) -> Answer:
    """Open the form with an entry in it."""
    return OpenForm(_form(ctx, press.row, entry))


def _form(ctx: Context, row: str, entry: Entry | None, link: str = "") -> Form:
    about = entry.about if entry else About(kind=EntryKind.WEBINAR, title="")
    inputs = (
        *_what(ctx.t, about, entry.link if entry else link),
        *_when(ctx, about),
        *_whose(ctx, about),
    )
    return Form("reading.entry", ctx.t("In the catalogue"), inputs, ctx.t("Save"), row)


def _what(t: Translate, about: About, link: str) -> tuple[AnyInput, ...]:
    kinds = tuple(Option(each.value, t.say(WHAT[each.value])) for each in EntryKind)
    minutes = Decimal(about.minutes) if about.minutes else None
    return (
        TextInput(name="link", label=t("Link"), required=True, most=_LONGEST_LINK, value=link),
        TextInput(name="title", label=t("Title"), required=True, most=200, value=about.title),
        ChoiceInput(
            name="what", label=t("What is it?"), options=kinds, value=about.kind.value,
            required=True,
        ),
        TextInput(
            name="note", label=t("Why is it worth it?"), hint=t("Two lines are enough."),
            long=True, most=600, value=about.note,
        ),
        TextInput(name="provider", label=t("Who provides it?"), most=100, value=about.provider),
        NumberInput(
            name="minutes", label=t("Minutes it takes"), least=1, most=MOST_MINUTES, value=minutes
        ),
        TextInput(
            name="cost", label=t("What does it cost?"), hint=t("Such as: free, or $49."),
            most=60, value=about.cost,
        ),
    )  # fmt: skip


def _when(ctx: Context, about: About) -> tuple[AnyInput, ...]:
    t, begins = ctx.t, local(about.begins, ctx.person.zone) if about.begins else None
    return (
        DateInput(
            name="day", label=t("Day it takes place"), hint=t("For a webinar with its date."),
            value=begins.date() if begins else None,
        ),
        TimeInput(
            name="time", label=t("Time, by your clock"), value=begins.time() if begins else None
        ),
        DateInput(
            name="until", label=t("Last day to show it"),
            hint=t("It goes by itself then; what has a date goes when it is over."),
            value=about.until,
        ),
    )  # fmt: skip


def _whose(ctx: Context, about: About) -> tuple[AnyInput, ...]:
    t = ctx.t
    whom = tuple(Option(each.value, t.say(said)) for each, said in _FOR.items())
    return (
        several(t, "subjects", t("Subjects"), subjects(), about.subjects),
        several(t, "grades", t("Grades"), grades(), about.grades),
        skills_input(ctx, t("Skills"), about.skills),
        ChoiceInput(
            name="audience", label=t("For whom?"), options=whom, value=about.audience.value,
            required=True,
        ),
    )  # fmt: skip


@routes.form("reading.entry", build=_form, needs=CURATES, of=AN_ENTRY, without=CURATES)
def sent(ctx: Context, _row: str, values: Values, entry: Entry | None) -> Answer:
    """List an entry, or say it otherwise."""
    read = _read(ctx, values)
    if isinstance(read, FieldErrors):
        return read
    if entry is None:
        made = actions.add(ctx.tx, read.link, read.about, ctx.now, by=ctx.person)
    else:
        made = actions.change(ctx.tx, entry, read.link, read.about, ctx.now, by=ctx.person)
    return _shown(ctx, made, ctx.t("It is in the catalogue, and `/pln find` finds it."))


def _read(ctx: Context, values: Values) -> _Read | FieldErrors:
    try:
        link = link_of(str(values["link"]))
    except Refused:
        return FieldErrors({"link": msg("That is no web address, such as https://example.org.")})
    day, at, until = values["day"], values["time"], values["until"]
    begins: datetime | None = None
    if isinstance(day, date):
        wall = datetime.combine(day, at if isinstance(at, time) else _NOON)
        begins = instant(wall, ctx.person.zone)
        if begins <= ctx.now:
            return FieldErrors({"day": msg("That day is over. Leave it empty for a recording.")})
    if isinstance(until, date) and until < local(ctx.now, ctx.person.zone).date():
        return FieldErrors({"until": msg("That day is over.")})
    minutes = values["minutes"]
    return _Read(
        link,
        About(
            kind=EntryKind(str(values["what"])),
            title=str(values["title"]),
            provider=str(values["provider"] or ""),
            cost=str(values["cost"] or ""),
            minutes=int(str(minutes)) if minutes is not None else None,
            subjects=chosen(values["subjects"]),
            grades=chosen(values["grades"]),
            skills=chosen(values["skills"]),
            audience=Audience(str(values["audience"])),
            note=str(values["note"] or ""),
            begins=begins,
            until=until if isinstance(until, date) else None,
        ),
    )


@routes.press("reading.entry_out", needs=CURATES, of=AN_ENTRY)
def out(ctx: Context, press: Press, entry: Entry) -> Answer:
    """Take an entry out."""
    actions.remove(ctx.tx, entry, ctx.now, by=ctx.person)
    said = ctx.t("“{title}” is no longer listed.", title=entry.about.title)
    back = Button(ctx.t("Put it back"), "reading.entry_back", press.row)
    return Reply(cards.told(ctx.t("Taken out"), said, back))


@routes.press("reading.entry_back", needs=CURATES, of=AN_ENTRY)
def back(ctx: Context, _press: Press, entry: Entry) -> Answer:
    """Put an entry back."""
    made = actions.remove(ctx.tx, entry, ctx.now, by=ctx.person, back=True)
    return _shown(ctx, made, ctx.t("It is listed again."))


def _shown(ctx: Context, entry: Entry, note: Text) -> Answer:
    worth = things.of_entry(entry)
    blocks = (
        Paragraph(note),
        Paragraph(cards.entry(ctx.t, Shown(worth))),
        Actions(_curating(ctx, entry)),
    )
    return Reply(Card(ctx.t("The catalogue"), blocks))


@routes.audit(
    {
        EntryDeed.ADDED: msg("{who} listed {title} in the catalogue"),
        EntryDeed.CHANGED: msg("{who} changed {title} in the catalogue"),
        EntryDeed.REMOVED: msg("{who} took {title} out of the catalogue"),
        EntryDeed.BACK: msg("{who} put {title} back into the catalogue"),
    }
)
def told_of_an_entry(_ctx: Context, entry: LogEntry) -> Mapping[str, Value]:
    """Name the entry."""
    return {"title": str(entry.detail.get("title", ""))}
