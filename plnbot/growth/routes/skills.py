"""Which skills a member's school year touched: a picture that is a table, and the tags behind it."""

from collections.abc import Mapping, Sequence

from plnbot.activities.cards import facts
from plnbot.activities.routes import AN_ACTIVITY
from plnbot.activities.store import Activity
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.growth.model import OWN_WORD, Touched, touched
from plnbot.growth.parts import GROWTH
from plnbot.growth.store.years import Year, year_of
from plnbot.packs.frameworks import skills_in, with_those_above
from plnbot.skills import store
from plnbot.skills.cards import all_called, called
from plnbot.skills.routes import skills_input
from plnbot.talk.cards import Actions, Button, Card, PageButton, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import Form, chosen
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Head, Heading, Listing, Page, PageBlock, Rows, Table
from plnbot.talk.text import Style, Text, When, joined, verbatim
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.walltime import school_year

routes = Routes()
PAGE, TAG = "skills", "growth.tag"
_TITLE, _MOST = 140, 100
_OTHER = msg("other things")
_FROM: Mapping[str, Sentence] = {
    OWN_WORD: msg("your own word"),
    "chat": msg("chats"),
    "prompt": msg("prompts"),
    "reflection": msg("prompts"),
    "reading": msg("reading"),
    "sharing": msg("your blog"),
    "lesson": msg("lessons"),
}
"""Where skills are from, by the kind of what was done."""


@routes.command(
    "goals skills",
    needs=ANYONE,
    part=GROWTH,
    about=msg("See which skills your year touched"),
    example=msg("/pln goals skills"),
)
def show(ctx: Context, _words: str) -> Answer:
    """Say in short which skills a member's year touched."""
    t, year = ctx.t, _year(ctx)
    lines = [joined([called(t, each.skill), _many(t, each)], ": ") for each in _touched(year)]
    lines = lines or [_nothing(t)]
    ways = Actions((PageButton(t("All of it"), PAGE),))
    return Reply(Card(t("Skills of your year"), (Paragraph(joined(lines, "\n")), ways)))


@routes.page(PAGE, needs=ANYONE)
def skills_page(ctx: Context, _row: str) -> Page:
    """Show which skills a member's year touched, and what has no tags yet."""
    t, year = ctx.t, _year(ctx)
    found = _touched(year)
    blocks: list[PageBlock] = [_table(t, found)] if found else [Paragraph(_nothing(t))]
    if found:
        blocks.append(Listing(_where_from(t, found)))
    seen = {each.skill for each in found}
    mine = skills_in(ctx.network.name)
    if found and (rest := [called(t, each) for each in mine if each not in seen]):
        blocks.append(
            Paragraph(t("Not touched so far: {skills}.", skills=joined(rest)), quiet=True)
        )
    blocks += _rows(Heading(t("Not tagged yet"), "untagged"), t("Tag it"), t, year, year.untagged)
    blocks += _rows(Heading(t("With skills"), "tagged"), t("Change"), t, year, year.with_skills)
    about = t(
        "This school year, since {day}. Only you see this page.",
        day=When(school_year(ctx.now, ctx.person.zone), Style.DATE),
    )
    lead = (PageButton(t("My goals"), "goals"),)
    live = f"member:{ctx.person.id}"
    return Page(t("Skills of your year"), tuple(blocks), live=live, head=Head(about, actions=lead))


def _table(t: Translate, found: Sequence[Touched]) -> Table:
    """Return skills in the order of how much they were touched, each with its bar."""
    most = found[0].many
    return Table(
        t("How often each skill was touched"),
        (t("Skill"), t("Activities"), t("Minutes")),
        tuple(
            (called(t, each.skill), t("{n}", n=each.many), t("{n}", n=each.minutes))
            for each in found
        ),
        tuple(max(1, 100 * each.many // most) for each in found),
    )


def _rows(
    heading: Heading, label: Text, t: Translate, year: Year, done: Sequence[Activity]
) -> list[PageBlock]:
    if not done:
        return []
    blocks: list[PageBlock] = [
        heading,
        Rows(tuple(_row(label, t, year, each) for each in done[:_MOST])),
    ]
    if len(done) > _MOST:
        blocks.append(Paragraph(t("The newest {n} are shown.", n=_MOST), quiet=True))
    return blocks


def _row(label: Text, t: Translate, year: Year, activity: Activity) -> Card:
    said = [facts(t, activity)]
    if names := all_called(t, year.touched[activity.done.source]):
        source = t.say(_FROM.get(year.came_from(activity), _OTHER))
        said.append(t("{skills} (from {source})", skills=names, source=source))
    title = verbatim(short_words(activity.done.title, _TITLE))
    tag = Actions((Button(label, TAG, str(activity.id)),))
    return Card(title, (Paragraph(joined(said, "\n")), tag))


@routes.press(TAG, needs=ANYONE, of=AN_ACTIVITY)
def tag(ctx: Context, press: Press, activity: Activity) -> Answer:
    """Ask which skills an activity touched."""
    return OpenForm(_form(ctx, press.row, activity))


def _form(ctx: Context, row: str, activity: Activity) -> Form:
    t, source = ctx.t, activity.done.source
    its = store.tags_of(ctx.tx, ctx.person.id).get(source, activity.done.skills)
    asked = skills_input(ctx, t("Which skills did it touch?"), its)
    title = verbatim(short_words(activity.done.title, _TITLE))
    return Form(TAG, t("Skills"), (asked,), t("Save"), row, title)


@routes.form(TAG, build=_form, needs=ANYONE, of=AN_ACTIVITY)
def is_tagged(ctx: Context, _row: str, values: Values, activity: Activity) -> Answer:
    """Keep which skills an activity touched."""
    t, member = ctx.t, ctx.person.id
    store.tag(ctx.tx, member, activity.done.source, chosen(values["skills"]), ctx.now)
    said = t("“{title}” is tagged.", title=short_words(activity.done.title, _TITLE))
    ways = Actions((PageButton(t("Skills of your year"), PAGE),))
    return Reply(Card(t("Noted"), (Paragraph(said), ways), Tone.GOOD))


def _year(ctx: Context) -> Year:
    return year_of(ctx.tx, ctx.person.id, school_year(ctx.now, ctx.person.zone))


def _touched(year: Year) -> Sequence[Touched]:
    return touched(
        (
            with_those_above(year.touched[each.done.source]),
            each.done.minutes or 0,
            year.came_from(each),
        )
        for each in year.done
    )


def _where_from(t: Translate, found: Sequence[Touched]) -> tuple[Text, ...]:
    """Return a line for each place that skills are from, with how often each; what is called alike is one."""
    many: dict[str, dict[str, int]] = {}
    for each in found:
        for source, count in each.sources.items():
            its = many.setdefault(t.say(_FROM.get(source, _OTHER)).bare(), {})
            its[each.skill] = its.get(each.skill, 0) + count
    return tuple(
        t("From {source}: {skills}", source=source, skills=_counted(t, its))
        for source, its in many.items()
    )


def _counted(t: Translate, many: Mapping[str, int]) -> Text:
    return joined([t("{name} {n}", name=called(t, each), n=n) for each, n in many.items()])


def _many(t: Translate, one: Touched) -> Text:
    many = t.n("{n} activity", "{n} activities", one.many)
    return joined([many, t.n("{n} minute", "{n} minutes", one.minutes)], " · ")


def _nothing(t: Translate) -> Text:
    return t(
        "No skill yet. Say of what you did here which skills it touched; chats, prompts, feeds, lessons"
        " and the catalogue may bring them along."
    )
