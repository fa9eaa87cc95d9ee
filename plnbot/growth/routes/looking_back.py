"""Looking back on a goal: asked for in its rhythm, or whenever its member likes."""

from collections.abc import Mapping

from plnbot.engine.at_home import Waiting
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Showing, Values
from plnbot.goals import store as goals
from plnbot.goals.cards import called
from plnbot.goals.model import Goal
from plnbot.growth import actions, cards
from plnbot.growth.model import Change, Plan, Reflection
from plnbot.growth.routes.objects import MY_GOAL
from plnbot.growth.store import plans
from plnbot.growth.store.standing import standing
from plnbot.talk.cards import Card, Option, PageButton
from plnbot.talk.fallback import short_words, shortened
from plnbot.talk.forms import ChoiceInput, Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import joined, verbatim

routes = Routes()
REFLECT = "growth.reflect"
_LONGEST, _INTRO = 2000, 600


@routes.press(REFLECT, needs=ANYONE, of=MY_GOAL)
def reflect(ctx: Context, press: Press, goal: Goal) -> Answer:
    """Ask what has changed."""
    return OpenForm(_form(ctx, press.row, goal))


def _form(ctx: Context, row: str, goal: Goal) -> Form:
    t = ctx.t
    (one,) = standing(ctx.tx, [goal])
    options = tuple(Option(each.value, t.say(said)) for each, said in cards.CHANGES.items())
    inputs = [
        ChoiceInput(name=each.value, label=called(t, each, one.plan.own), options=options)
        for each in one.plan.indicators
    ]
    words = TextInput(
        name="words",
        label=t("What has changed, and what comes next?"),
        long=True,
        most=_LONGEST,
        required=True,
    )
    lines = [verbatim(short_words(goal.words, 200)), cards.since(t, one)]
    if one.reflections:
        lines.append(t("You wrote then: {words}", words=short_words(one.reflections[0].words, 200)))
    intro = shortened(joined(lines, "\n"), _INTRO)
    return Form(REFLECT, t("Look back"), (words, *inputs), t("Save"), row, intro, keeps=True)


@routes.form(REFLECT, build=_form, needs=ANYONE, of=MY_GOAL)
def reflected(ctx: Context, _row: str, values: Values, goal: Goal) -> Answer:
    """Keep a look back."""
    t = ctx.t
    plan = plans.of_goals(ctx.tx, [goal.id]).get(goal.id, Plan())
    said = {
        each: Change(str(given)) for each in plan.indicators if (given := values.get(each.value))
    }
    made = Reflection(ctx.now, str(values["words"]), said, plan.own)
    actions.reflect(ctx.tx, ctx.person, goal, made, ctx.now)
    kept = t("Kept with its day. Only you see it.")
    return Reply(cards.told(t, t("Looked back"), kept, goal))


@routes.card(actions.REMIND)
def remind_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Ask to look back on a goal, while it stands."""
    goal = goals.get_goal(to.tx, int(args["goal"]))
    if goal is None or goal.ended is not None:
        return None
    (one,) = standing(to.tx, [goal])
    return cards.remind(to.t, one)


def waits(ctx: Context) -> Waiting | None:
    """Say which goals wait to be looked back on."""
    mine = {each.id: each for each in goals.standing(ctx.tx, ctx.person.id)}
    due = [
        mine[number]
        for number, plan in plans.of_goals(ctx.tx, list(mine)).items()
        if plan.due is not None and plan.due <= ctx.now
    ]
    if not due:
        return None
    t = ctx.t
    title = t.n("Look back on a goal", "Look back on {n} goals", len(due))
    line = joined([verbatim(cards.short(each)) for each in due], " · ")
    return Waiting(title, len(due), line, PageButton(t("My goals"), cards.PAGE))
