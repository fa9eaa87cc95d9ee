"""Goals are shown, set, put in other words, ended."""

from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.goals import store as goals
from plnbot.goals.cards import INDICATORS
from plnbot.goals.model import LONGEST, LONGEST_OWN, Goal, Indicator, tidy
from plnbot.growth import actions, cards
from plnbot.growth.model import Plan
from plnbot.growth.packs import goals as from_pack
from plnbot.growth.parts import GROWTH
from plnbot.growth.routes.objects import MY_GOAL
from plnbot.growth.store import plans
from plnbot.growth.store.standing import standing
from plnbot.packs import choices
from plnbot.talk.cards import Actions, Button, Card, Option, PageButton, Paragraph, Tone
from plnbot.talk.forms import (
    AnyInput,
    ChoiceInput,
    FieldErrors,
    Form,
    MultiChoiceInput,
    TextInput,
    chosen,
)
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.words import Translate, msg

routes = Routes()
NEW, CHANGE = "growth.new", "growth.change"


@routes.command(
    "goals",
    needs=ANYONE,
    part=GROWTH,
    about=msg("See your goals, what fed each, and look back"),
    example=msg("/pln goals"),
)
def show(ctx: Context, _words: str) -> Answer:
    """Show a member their goals."""
    mine = standing(ctx.tx, goals.standing(ctx.tx, ctx.person.id))
    suggested = actions.suggestions(ctx.tx, ctx.person.id, ctx.t.locale)
    return Reply(cards.goals(ctx.t, mine, suggested))


@routes.press(NEW, needs=ANYONE)
def new(ctx: Context, _press: Press) -> Answer:
    """Ask for a goal."""
    return OpenForm(_new_form(ctx, ""))


def _new_form(ctx: Context, _row: str) -> Form:
    t = ctx.t
    inputs = (
        TextInput(
            name="words",
            label=t("In your own words"),
            hint=t("Such as: wait longer after a question"),
            long=True,
            most=LONGEST,
        ),
        ChoiceInput(
            name="ready",
            label=t("Or one of these"),
            options=choices(from_pack(), t.locale),
        ),
        *_how(t, Plan()),
    )
    return Form(NEW, t("A goal"), inputs, t("Save"), keeps=True)


def _how(t: Translate, plan: Plan) -> tuple[AnyInput, ...]:
    """Ask how a goal is gone about."""
    known = tuple(Option(each.value, t.say(said)) for each, said in INDICATORS.items())
    return (
        MultiChoiceInput(
            name="indicators",
            label=t("By what will you see a change?"),
            options=known,
            value=tuple(each.value for each in plan.indicators if each is not Indicator.OWN),
        ),
        TextInput(
            name="own",
            label=t("And something of your own"),
            hint=t("Such as: homework handed in"),
            value=plan.own,
            most=LONGEST_OWN,
        ),
        ChoiceInput(
            name="weeks",
            label=t("When shall I ask you to look back?"),
            options=tuple(Option(str(each), t.say(said)) for each, said in cards.RHYTHMS.items()),
            value=str(plan.weeks),
            required=True,
        ),
    )


def _plan(values: Values) -> Plan:
    own = tidy(str(values["own"]))
    indicators = tuple(map(Indicator, chosen(values["indicators"])))
    return Plan((*indicators, *((Indicator.OWN,) if own else ())), own, int(str(values["weeks"])))


@routes.form(NEW, build=_new_form, needs=ANYONE)
def is_set(ctx: Context, _row: str, values: Values) -> Answer:
    """Set a goal."""
    t, words = ctx.t, tidy(str(values["words"]))
    ready = from_pack().get(str(values["ready"]))
    if not words and ready is None:
        return FieldErrors({"words": msg("Write a goal, or choose one of those below.")})
    said = words or (ready.title.said(t.locale) if ready else "")
    made = actions.add(ctx.tx, ctx.person, said, _plan(values), ctx.now)
    told = t(
        "“{goal}” is set. When you have done something here that feeds it, `/pln goals` asks you.",
        goal=cards.short(made),
    )
    return Reply(cards.told(t, t("Your goal"), told, made))


@routes.press(CHANGE, needs=ANYONE, of=MY_GOAL)
def change(ctx: Context, press: Press, goal: Goal) -> Answer:
    """Ask how a goal is to be worded, and gone about."""
    return OpenForm(_change_form(ctx, press.row, goal))


def _change_form(ctx: Context, row: str, goal: Goal) -> Form:
    t = ctx.t
    plan = plans.of_goals(ctx.tx, [goal.id]).get(goal.id, Plan())
    words = TextInput(
        name="words",
        label=t("In your own words"),
        value=goal.words,
        long=True,
        most=LONGEST,
        required=True,
    )
    return Form(CHANGE, t("A goal"), (words, *_how(t, plan)), t("Save"), row, keeps=True)


@routes.form(CHANGE, build=_change_form, needs=ANYONE, of=MY_GOAL)
def changed(ctx: Context, _row: str, values: Values, goal: Goal) -> Answer:
    """Keep a goal's new words, and how it is gone about."""
    t, words = ctx.t, tidy(str(values["words"]))
    actions.change(ctx.tx, ctx.person, goal, ctx.now, words=words, given=_plan(values))
    said = t("Kept. How it was worded before stays on its page.")
    return Reply(cards.told(t, t("Your goal"), said, goal))


@routes.press(cards.AGAIN, needs=ANYONE, of=MY_GOAL)
def again(ctx: Context, _press: Press, goal: Goal) -> Answer:
    """Take up a goal that has ended."""
    t = ctx.t
    actions.take_up(ctx.tx, ctx.person, goal, ctx.now)
    said = t("“{goal}” goes on, with what fed it before.", goal=cards.short(goal))
    return Reply(cards.told(t, t("Your goal"), said, goal))


@routes.press("growth.end", needs=ANYONE, of=MY_GOAL)
def end(ctx: Context, press: Press, goal: Goal) -> Answer:
    """End a goal."""
    t = ctx.t
    actions.end(ctx.tx, goal, ctx.now)
    said = t("“{goal}” has ended. What fed it stays with it.", goal=cards.short(goal))
    undo = Button(t("Take it up again"), cards.AGAIN, press.row)
    lead = Actions((PageButton(t("All of it"), cards.PAGE), undo))
    return Reply(Card(t("Your goal"), (Paragraph(said), lead), Tone.GOOD))
