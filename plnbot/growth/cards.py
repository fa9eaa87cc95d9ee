"""What a member sees of their goals: what fed them, what may have, and looking back."""

from collections.abc import Mapping, Sequence

from plnbot.activities.cards import facts
from plnbot.activities.store import Activity
from plnbot.goals.cards import called
from plnbot.goals.model import MOST, Goal
from plnbot.growth.model import Change, Plan, Reflection
from plnbot.growth.store.standing import Standing, Suggestion
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Look,
    PageButton,
    Paragraph,
    Tone,
)
from plnbot.talk.fallback import paragraphs, short_words, shortened
from plnbot.talk.text import Style, Text, When, bold, joined, verbatim
from plnbot.talk.words import Sentence, Translate, msg

PAGE, ONE = "goals", "goal"
AGAIN = "growth.again"
_TITLE, _SHORT, _SAID = 140, 60, 1500
CHANGES: Mapping[Change, Sentence] = {
    Change.NONE: msg("not changed"),
    Change.LITTLE: msg("changed a little"),
    Change.CLEARLY: msg("clearly changed"),
}
RHYTHMS: Mapping[int, Sentence] = {
    0: msg("Do not remind me"),
    2: msg("Every two weeks"),
    4: msg("Every four weeks"),
    6: msg("Every six weeks"),
}


def goals(t: Translate, mine: Sequence[Standing], suggested: Sequence[Suggestion]) -> Card:
    """Show a member's goals with what fed each, and one thing that may have."""
    if not mine:
        return Card(t("Your goals"), (Paragraph(nothing_yet(t)), Actions((_new(t, Look.PRIMARY),))))
    blocks: list[Block] = []
    for each in mine:
        lines = [bold(short_words(each.goal.words, _TITLE)), *_fed_lines(t, each)]
        blocks += [Paragraph(joined(lines, "\n")), Actions(ways(t, each.goal))]
    if suggested:
        first = suggested[0]
        blocks += [Paragraph(may_have_fed(t, first)), Actions(yes_or_no(t, first))]
    more = (_new(t),) if len(mine) < MOST else ()
    blocks.append(Actions((PageButton(t("All of it"), PAGE), *more)))
    return Card(t("Your goals"), tuple(blocks))


def on_the_home(t: Translate, mine: Sequence[Standing]) -> Card:
    """Show in a few lines which activities fed which goal, and how long they took."""
    lines = [
        t("• {goal}: {fed}", goal=short_words(each.goal.words, _TITLE), fed=fed(t, each.fed))
        for each in mine
    ]
    ways = Actions((PageButton(t("Look closer"), PAGE),))
    return Card(t("My goals"), (Paragraph(joined(lines, "\n")), ways))


def goal_row(t: Translate, one: Standing) -> Card:
    """Return a goal as one of a list; it leads to its own page."""
    title = verbatim(short_words(one.goal.words, _TITLE))
    return Card(title, (Paragraph(joined(_fed_lines(t, one), "\n")), Actions(ways(t, one.goal))))


def ways(t: Translate, goal: Goal) -> tuple[PageButton | Button, ...]:
    """Return what is done most with a goal."""
    row = str(goal.id)
    return PageButton(t("Look closer"), ONE, row), Button(t("Look back"), "growth.reflect", row)


def suggestion_row(t: Translate, one: Suggestion) -> Card:
    """Return an activity that may have fed a goal, with the two answers."""
    return _activity(t, one.activity, may_have_fed(t, one), yes_or_no(t, one))


def may_have_fed(t: Translate, one: Suggestion) -> Text:
    """Ask whether an activity fed a goal."""
    return t(
        "Did “{title}” feed your goal “{goal}”?",
        title=short_words(one.activity.done.title, 100),
        goal=short_words(one.goal.words, 100),
    )


def yes_or_no(t: Translate, one: Suggestion) -> tuple[Button, ...]:
    """Return the two answers to a suggestion."""
    row = pair(one.goal, one.activity)
    return (
        Button(t("Yes, it did"), "growth.fed", row, Look.PRIMARY),
        Button(t("No"), "growth.not_fed", row),
    )


def fed_row(t: Translate, goal: Goal, activity: Activity) -> Card:
    """Return an activity that fed a goal, with the way to take that back while the goal stands."""
    off = Button(t("Take it off"), "growth.off", pair(goal, activity))
    return _activity(t, activity, None, (off,) if goal.ended is None else ())


def untied_row(t: Translate, goal: Goal, activity: Activity) -> Card:
    """Return an activity that can be tied to a goal with one tap."""
    tie = Button(t("It fed this goal"), "growth.fed", pair(goal, activity))
    return _activity(t, activity, None, (tie,))


def pair(goal: Goal, activity: Activity) -> str:
    """Return the row that names a goal and an activity."""
    return f"{goal.id}-{activity.id}"


def _activity(
    t: Translate, activity: Activity, said: Text | None, buttons: tuple[Button, ...]
) -> Card:
    lines = [facts(t, activity), *([said] if said else [])]
    title = verbatim(short_words(activity.done.title, _TITLE))
    said_of_it = Paragraph(joined(lines, "\n"))
    return Card(title, (said_of_it, Actions(buttons)) if buttons else (said_of_it,))


def fed(t: Translate, done: Sequence[Activity]) -> Text:
    """Return how many activities these are, and how long they took."""
    if not done:
        return t("nothing fed it yet")
    minutes = sum(each.done.minutes or 0 for each in done)
    many = t.n("{n} activity", "{n} activities", len(done))
    return joined([many, t.n("{n} minute", "{n} minutes", minutes)], " · ") if minutes else many


def _fed_lines(t: Translate, one: Standing) -> list[Text]:
    lines = [t("Fed by: {what}", what=fed(t, one.fed))]
    if one.since is not None:
        lines.append(since(t, one))
    return lines


def since(t: Translate, one: Standing) -> Text:
    """Say what fed a goal since it was looked back on last, or since it was set."""
    what = fed_since(t, one)
    if one.since is None:
        return t("Since you set this goal: {what}", what=what)
    return t("Since you looked back on {day}: {what}", day=When(one.since, Style.DAY), what=what)


def fed_since(t: Translate, one: Standing) -> Text:
    """Return what fed a goal since then."""
    return fed(t, one.fed_since) if one.fed_since else t("nothing new")


def plan_lines(t: Translate, plan: Plan) -> list[Text]:
    """Say by what a member sees that something changes, and when they look back next."""
    seen_by = [called(t, each, plan.own) for each in plan.indicators]
    lines = [t("I look at: {indicators}", indicators=joined(seen_by, " · "))] if seen_by else []
    if plan.due is not None:
        lines.append(t("Looking back next on {day}", day=When(plan.due, Style.DAY)))
    return lines


def changes(t: Translate, one: Reflection) -> Text:
    """Return what had changed, indicator by indicator."""
    said = (
        joined([called(t, name, one.own), t.say(CHANGES[change])], ": ")
        for name, change in one.changes.items()
    )
    return joined(list(said), " · ")


def looked_back(t: Translate, one: Reflection) -> Card:
    """Return a look back as one of several."""
    changed = (Paragraph(changes(t, one)),) if one.changes else ()
    return Card(Text((When(one.at, Style.DATE),)), (*changed, *paragraphs(verbatim(one.words))))


def remind(t: Translate, one: Standing) -> Card:
    """Ask a member to look back on a goal."""
    words = bold(short_words(one.goal.words, _TITLE))
    lines = [words, since(t, one), t("Only you see what you write.")]
    row = str(one.goal.id)
    buttons = (
        Button(t("Look back"), "growth.reflect", row, Look.PRIMARY),
        PageButton(t("Look closer"), ONE, row),
    )
    return Card(t("Time to look back"), (Paragraph(joined(lines, "\n")), Actions(buttons)))


def told(t: Translate, title: Text, said: Text, goal: Goal, *more: Button) -> Card:
    """Say that something was done, with the way to the goal."""
    lead = PageButton(t("Look closer"), ONE, str(goal.id))
    body = (Paragraph(shortened(said, _SAID)), Actions((*more, lead)))
    return Card(title, body, Tone.GOOD)


def nothing_yet(t: Translate) -> Text:
    """Say what goals are for."""
    return t(
        "Up to three, in your own words. What you do here can feed them, and you look back on them"
        " when you like. Only you see them until you allow more."
    )


def short(goal: Goal) -> str:
    """Return a goal in a few words."""
    return short_words(goal.words, _SHORT)


def _new(t: Translate, look: Look = Look.PLAIN) -> Button:
    return Button(t("Set a goal"), "growth.new", look=look)
