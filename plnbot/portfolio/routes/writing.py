"""Exemplars are added, changed, get versions, are removed."""

from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.goals import store as goals
from plnbot.goals.cards import INDICATORS
from plnbot.goals.model import LONGEST_OWN, Indicator, tidy
from plnbot.portfolio import actions
from plnbot.portfolio.cards import exemplar as cards
from plnbot.portfolio.model import LONGEST, LONGEST_TITLE, Exemplar, Told
from plnbot.portfolio.routes.objects import MY_EXEMPLAR
from plnbot.portfolio.routes.own import who_sees
from plnbot.portfolio.store import exemplars
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Button, Card, Option, PageButton, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import AnyInput, ChoiceInput, Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import Text, joined, verbatim
from plnbot.talk.words import Translate

routes = Routes()
NEW, CHANGE, VERSION = "portfolio.new", "portfolio.change", "portfolio.version"
_NONE = Told("")


@routes.press(NEW, needs=ANYONE)
def new(ctx: Context, _press: Press) -> Answer:
    """Ask for an exemplar."""
    return OpenForm(_new_form(ctx, ""))


def _new_form(ctx: Context, _row: str) -> Form:
    t = ctx.t
    title, *rest = _told_inputs(ctx, _NONE)
    inputs = (title, _what(t, ""), *rest)
    intro = t("Only you see it, until you share it. Files and links come next.")
    return Form(NEW, t("An exemplar"), inputs, t("Keep it"), intro=intro, keeps=True)


def _what(t: Translate, value: str) -> TextInput:
    return TextInput(
        name="what",
        label=t("What you did, and with whom"),
        hint=t("What somebody would see who was there"),
        value=value,
        long=True,
        most=LONGEST,
        required=True,
    )


def _told_inputs(ctx: Context, told: Told) -> tuple[AnyInput, ...]:
    t = ctx.t
    indicators = tuple(Option(each.value, t.say(said)) for each, said in INDICATORS.items())
    shown = told.indicator.value if told.indicator not in {None, Indicator.OWN} else ""
    return (
        TextInput(
            name="title",
            label=t("What do you call it?"),
            hint=t("Such as: exit tickets in period 4"),
            value=told.title,
            most=LONGEST_TITLE,
            required=True,
        ),
        *_goal_input(ctx, told),
        ChoiceInput(
            name="indicator",
            label=t("By what does one see a change?"),
            options=indicators,
            value=shown,
        ),
        TextInput(
            name="own",
            label=t("Or by something of your own"),
            hint=t("Such as: homework handed in"),
            value=told.own,
            most=LONGEST_OWN,
        ),
        TextInput(
            name="reflection",
            label=t("Reflection"),
            hint=t("What did you learn from it, and what is next?"),
            value=told.reflection,
            long=True,
            most=LONGEST,
        ),
    )


def _goal_input(ctx: Context, told: Told) -> tuple[AnyInput, ...]:
    mine = [*goals.standing(ctx.tx, ctx.person.id), *goals.ended(ctx.tx, ctx.person.id)]
    if not mine:
        return ()
    # The one that it is for comes first: what the list cuts off would be lost with the next change.
    mine.sort(key=lambda each: each.id != told.goal)
    options = tuple(
        Option(str(each.id), verbatim(short_words(each.words, limits.OPTION_LABEL)))
        for each in mine[: limits.OPTIONS]
    )
    known = {each.value for each in options}
    value = str(told.goal) if str(told.goal) in known else ""
    return (
        ChoiceInput(
            name="goal", label=ctx.t("Which goal is it for?"), options=options, value=value
        ),
    )


def _told(ctx: Context, values: Values) -> Told:
    own = tidy(str(values["own"] or ""))
    chosen = str(values["indicator"] or "")
    indicator = Indicator.OWN if own else Indicator(chosen) if chosen else None
    goal = goals.get_goal(ctx.tx, int(str(values.get("goal") or 0)))
    number = goal.id if goal is not None and goal.member == ctx.person.id else None
    title, reflection = tidy(str(values["title"])), str(values["reflection"] or "")
    return Told(title, number, indicator, own, reflection)


@routes.form(NEW, build=_new_form, needs=ANYONE)
def added(ctx: Context, _row: str, values: Values) -> Answer:
    """Keep an exemplar."""
    made = actions.add(ctx.tx, ctx.person, _told(ctx, values), str(values["what"]), ctx.now)
    return Reply(kept(ctx, made, ctx.t("It is in your portfolio.")))


def kept(ctx: Context, it: Exemplar, said: Text) -> Card:
    """Say that something was kept, who sees it, and what comes next."""
    t, row = ctx.t, str(it.id)
    ways = (
        Button(t("Add evidence"), "portfolio.evidence", row),
        PageButton(t("Look closer"), cards.ONE, row),
    )
    body = (Paragraph(joined([said, who_sees(ctx, it)], "\n")), Actions(ways))
    return Card(cards.title_of(it.told.title), body, Tone.GOOD)


@routes.press(CHANGE, needs=ANYONE, of=MY_EXEMPLAR)
def change(ctx: Context, press: Press, it: Exemplar) -> Answer:
    """Open what is told of an exemplar."""
    return OpenForm(_change_form(ctx, press.row, it))


def _change_form(ctx: Context, row: str, it: Exemplar) -> Form:
    t, inputs = ctx.t, _told_inputs(ctx, it.told)
    intro = t(
        "What it is like, and how it changed, stands in its versions: add a new one for that."
    )
    return Form(CHANGE, t("An exemplar"), inputs, t("Keep it"), row, intro, keeps=True)


@routes.form(CHANGE, build=_change_form, needs=ANYONE, of=MY_EXEMPLAR)
def changed(ctx: Context, _row: str, values: Values, it: Exemplar) -> Answer:
    """Keep what is told of an exemplar now."""
    actions.change(ctx.tx, it, _told(ctx, values), ctx.now)
    return Reply(kept(ctx, exemplars.get(ctx.tx, it.id) or it, ctx.t("Kept.")))


@routes.press(VERSION, needs=ANYONE, of=MY_EXEMPLAR)
def version(ctx: Context, press: Press, it: Exemplar) -> Answer:
    """Ask what an exemplar is like now, and what was changed and why."""
    return OpenForm(_version_form(ctx, press.row, it))


def _version_form(ctx: Context, row: str, it: Exemplar) -> Form:
    t = ctx.t
    latest = exemplars.versions_of(ctx.tx, [it.id])[it.id][0]
    why = TextInput(
        name="why", label=t("What did you change, and why?"), long=True, most=LONGEST, required=True
    )
    inputs = (_what(t, latest.what), why)
    intro = t("The versions before stay as they are, with what shows them.")
    return Form(VERSION, t("A new version"), inputs, t("Keep it"), row, intro, keeps=True)


@routes.form(VERSION, build=_version_form, needs=ANYONE, of=MY_EXEMPLAR)
def versioned(ctx: Context, _row: str, values: Values, it: Exemplar) -> Answer:
    """Keep a new version."""
    actions.add_version(ctx.tx, it, str(values["what"]), str(values["why"]), ctx.now)
    said = ctx.t("Version {n} is kept.", n=it.version + 1)
    return Reply(kept(ctx, it, said))


@routes.press("portfolio.remove", needs=ANYONE, of=MY_EXEMPLAR)
def remove(ctx: Context, _press: Press, it: Exemplar) -> Answer:
    """Take an exemplar away with all of it."""
    t = ctx.t
    actions.remove(ctx.tx, it)
    said = t("“{title}” is gone, with its files, out of what you share too.", title=it.told.title)
    leads = Actions((PageButton(t("Your portfolio"), cards.PAGE),))
    return Reply(Card(t("Your portfolio"), (Paragraph(said), leads)))
