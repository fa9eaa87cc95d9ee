"""What a member says of themselves: what they need, and that they are not to be counted."""

from plnbot.engine import needs_told
from plnbot.engine.needs import WISH, needs, needs_in
from plnbot.engine.objects import Object
from plnbot.engine.ports import Argument
from plnbot.engine.posts import NothingToDo
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.insight.parts import INSIGHT
from plnbot.insight.store import left_out
from plnbot.packs import offered
from plnbot.singling_out import FEWEST
from plnbot.store.database import Tx
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Button, Card, Option, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import ChoiceInput, Form
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import Text, joined, verbatim
from plnbot.talk.words import msg

routes = Routes()
_CHOOSE, _BACK, _OUT, _IN = "insight.choose", "insight.back", "insight.out", "insight.in"


def _load(_tx: Tx, row: str) -> str | None:
    return row if row in needs() else None


A_NEED: Object[str] = Object(
    "need",
    load=_load,
    network=NothingToDo("needs are of a list that is the same for all"),
    scope=lambda need: need,
    gone=msg("There is no such need on the list."),
)


@routes.command(
    "insight me",
    needs=ANYONE,
    part=INSIGHT,
    about=msg("See what is counted of you, say what you need, or stay out of it"),
    example=msg("/pln insight me"),
)
def me(ctx: Context, _words: str) -> Answer:
    """Say what is counted of a member, and give the ways to change it."""
    return Reply(_mine(ctx))


@routes.command(
    "insight need",
    needs=ANYONE,
    part=INSIGHT,
    about=msg("Say what you need; your district learns it once five or more do"),
    example=msg("/pln insight need co-teaching"),
    argument=Argument("words", msg("What you would like to learn"), required=False),
)
def need(ctx: Context, words: str) -> Answer:
    """Keep the need that some words are about; where they are about none of the list, it is offered."""
    found = needs_in(words)
    if len(found) == 1:
        return _kept(ctx, found[0])
    return OpenForm(_form(ctx, found[0] if found else ""))


@routes.press(WISH, needs=ANYONE, of=A_NEED)
def wish(ctx: Context, _press: Press, which: str) -> Answer:
    """Keep that a member needs something."""
    return _kept(ctx, which)


@routes.press(_CHOOSE, needs=ANYONE)
def choose(ctx: Context, _press: Press) -> Answer:
    """Ask what a member needs."""
    return OpenForm(_form(ctx))


def _form(ctx: Context, value: str = "") -> Form:
    options = tuple(
        Option(each.id, verbatim(short_words(each.title.said(ctx.t.locale), limits.OPTION_LABEL)))
        for each in offered(needs())
    )
    asked = ChoiceInput(name="need", label=ctx.t("What do you need?"), options=options, value=value)
    return Form(_CHOOSE, ctx.t("What I need"), (asked,), ctx.t("Say it"), intro=_who_sees(ctx))


@routes.form(_CHOOSE, build=lambda ctx, _row: _form(ctx), needs=ANYONE)
def chosen(ctx: Context, _row: str, values: Values) -> Answer:
    """Keep that a member needs what they chose."""
    return _kept(ctx, str(values["need"]))


@routes.press(_BACK, needs=ANYONE, of=A_NEED)
def back(ctx: Context, _press: Press, which: str) -> Answer:
    """Take back that a member needs something."""
    needs_told.take_back(ctx.tx, ctx.person, which)
    return Reply(_mine(ctx))


@routes.press(_OUT, needs=ANYONE)
def out(ctx: Context, _press: Press) -> Answer:
    """Leave a member out of the reports to come."""
    left_out.leave_out(ctx.tx, ctx.person.id, ctx.now, out=True)
    return Reply(_mine(ctx))


@routes.press(_IN, needs=ANYONE)
def count_me(ctx: Context, _press: Press) -> Answer:
    """Count a member in the reports to come."""
    left_out.leave_out(ctx.tx, ctx.person.id, ctx.now, out=False)
    return Reply(_mine(ctx))


def _kept(ctx: Context, which: str) -> Answer:
    t = ctx.t
    needs_told.wish(ctx.tx, ctx.person, which, ctx.now)
    said = t("You need “{need}”. {who}", need=_name(ctx, which), who=_who_sees(ctx))
    ways = Actions((Button(t("Take it back"), _BACK, which),))
    return Reply(Card(t("Noted"), (Paragraph(said), ways), Tone.GOOD))


def _who_sees(ctx: Context) -> Text:
    return ctx.t(
        "Nobody sees that it was you. Your district learns it in its month’s report, once {n} or more"
        " people of the district say the same.",
        n=FEWEST,
    )


def _mine(ctx: Context) -> Card:
    t, is_out = ctx.t, left_out.is_out(ctx.tx, ctx.person.id)
    if is_out:
        said = t(
            "You are left out of every report of your district that is still to be made. Reports that"
            " were made before stay as they are: they hold bands of {n} people, and nobody’s.",
            n=FEWEST,
        )
        again = Actions((Button(t("Count me again"), _IN),))
        return Card(t("What is counted of you"), (Paragraph(said), again))
    said = t(
        "Your district’s staff see each month how many people learned what, by kind, skill and subject,"
        " what they need, and how many of each kind of school and role took part. You are one of those"
        " numbers: never by name, never among fewer than {n}. Skills that you tag count, and what you"
        " answer in the pulse that you need. Your goals are counted only where, under “Who sees what” in"
        " your profile, you let them be used.",
        n=FEWEST,
    )
    needed = needs_told.of_member(ctx.tx, ctx.person, ctx.now)
    lines = [said]
    if needed:
        names = joined([_name(ctx, each) for each in needed])
        lines.append(t("This month you said that you need: {needs}.", needs=names))
    buttons = (
        Button(t("Say what I need"), _CHOOSE),
        *(
            Button(t("Take back: {need}", need=_short(ctx, each)), _BACK, each)
            for each in needed[:2]
        ),
        Button(t("Leave me out"), _OUT),
    )
    return Card(t("What is counted of you"), (Paragraph(joined(lines, "\n")), Actions(buttons)))


def _name(ctx: Context, which: str) -> Text:
    return verbatim(needs()[which].title.said(ctx.t.locale) if which in needs() else which)


def _short(ctx: Context, which: str) -> str:
    return short_words(_name(ctx, which).bare(), 40)
