"""Which skills a member's school year touched: a picture that is a table, and the tags behind it."""

from collections.abc import Sequence

from plnbot.activities.cards import facts
from plnbot.activities.routes import AN_ACTIVITY
from plnbot.activities.store import Activity
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.growth.model import Touched, touched
from plnbot.growth.parts import GROWTH
from plnbot.growth.store import skills as store
from plnbot.growth.store.years import Year, year_of
from plnbot.packs import choices
from plnbot.packs.teaching import skills
from plnbot.talk.cards import Actions, Button, Card, PageButton, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import Form, MultiChoiceInput, chosen
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Head, Heading, Page, PageBlock, Rows, Table
from plnbot.talk.text import Style, Text, When, joined, verbatim
from plnbot.talk.words import Translate, msg
from plnbot.walltime import school_year

routes = Routes()
PAGE, TAG = "skills", "growth.tag"
_TITLE, _MOST = 140, 100


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
    lines = [joined([_name(t, each.skill), _many(t, each)], ": ") for each in _touched(year)] or [
        _nothing(t)
    ]
    ways = Actions((PageButton(t("All of it"), PAGE),))
    return Reply(Card(t("Skills of your year"), (Paragraph(joined(lines, "\n")), ways)))


@routes.page(PAGE, needs=ANYONE)
def skills_page(ctx: Context, _row: str) -> Page:
    """Show which skills a member's year touched, and what has no tags yet."""
    t, year = ctx.t, _year(ctx)
    found = _touched(year)
    blocks: list[PageBlock] = [_table(t, found)] if found else [Paragraph(_nothing(t))]
    seen = {each.skill for each in found}
    if found and (rest := [_name(t, each) for each in skills() if each not in seen]):
        blocks.append(
            Paragraph(t("Not touched so far: {skills}.", skills=joined(rest)), quiet=True)
        )
    blocks += _rows(Heading(t("Not tagged yet"), "untagged"), t("Tag it"), t, year, year.untagged)
    blocks += _rows(Heading(t("Tagged"), "tagged"), t("Change"), t, year, year.with_skills)
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
            (_name(t, each.skill), t("{n}", n=each.many), t("{n}", n=each.minutes))
            for each in found
        ),
        tuple(max(1, 100 * each.many // most) for each in found),
    )


def _rows(
    heading: Heading, label: Text, t: Translate, year: Year, done: Sequence[Activity]
) -> list[PageBlock]:
    if not done:
        return []
    return [heading, Rows(tuple(_row(label, t, year, each) for each in done[:_MOST]))]


def _row(label: Text, t: Translate, year: Year, activity: Activity) -> Card:
    its = [each for each in year.touched[activity.done.source] if each in skills()]
    said = [facts(t, activity), *([joined([_name(t, each) for each in its], " · ")] if its else [])]
    title = verbatim(short_words(activity.done.title, _TITLE))
    tag = Actions((Button(label, TAG, str(activity.id)),))
    return Card(title, (Paragraph(joined(said, "\n")), tag))


@routes.press(TAG, needs=ANYONE, of=AN_ACTIVITY)
def tag(ctx: Context, press: Press, activity: Activity) -> Answer:
    """Ask which skills an activity touched."""
    return OpenForm(_form(ctx, press.row, activity))


def _form(ctx: Context, row: str, activity: Activity) -> Form:
    t, source = ctx.t, activity.done.source
    its = store.of_member(ctx.tx, ctx.person.id).get(source, activity.done.skills)
    asked = MultiChoiceInput(
        name="skills",
        label=t("Which skills did it touch?"),
        options=choices(skills(), t.locale, its),
        value=tuple(each for each in its if each in skills()),
    )
    title = verbatim(short_words(activity.done.title, _TITLE))
    return Form(TAG, t("Skills"), (asked,), t("Save"), row, title)


@routes.form(TAG, build=_form, needs=ANYONE, of=AN_ACTIVITY)
def is_tagged(ctx: Context, _row: str, values: Values, activity: Activity) -> Answer:
    """Keep which skills an activity touched."""
    t, member = ctx.t, ctx.person.id
    store.keep(ctx.tx, member, activity.done.source, chosen(values["skills"]), ctx.now)
    ctx.tx.announce(f"member:{member}")
    said = t("“{title}” is tagged.", title=short_words(activity.done.title, _TITLE))
    ways = Actions((PageButton(t("Skills of your year"), PAGE),))
    return Reply(Card(t("Noted"), (Paragraph(said), ways), Tone.GOOD))


def _year(ctx: Context) -> Year:
    return year_of(ctx.tx, ctx.person.id, school_year(ctx.now, ctx.person.zone))


def _touched(year: Year) -> Sequence[Touched]:
    known = skills()
    return touched(
        ([one for one in year.touched[each.done.source] if one in known], each.done.minutes or 0)
        for each in year.done
    )


def _name(t: Translate, skill: str) -> Text:
    return verbatim(skills()[skill].title.said(t.locale))


def _many(t: Translate, one: Touched) -> Text:
    many = t.n("{n} activity", "{n} activities", one.many)
    return joined([many, t.n("{n} minute", "{n} minutes", one.minutes)], " · ")


def _nothing(t: Translate) -> Text:
    return t(
        "No skill yet. Say of what you did here which skills it touched; what comes from the"
        " catalogue may bring them along."
    )
