"""The pages of goals: all of a member's, one of them, and what stands on their home."""

from collections.abc import Callable, Sequence

from plnbot.activities.store import Activity
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes
from plnbot.goals import store as goals
from plnbot.goals.model import MOST, Goal
from plnbot.growth import actions, cards
from plnbot.growth.routes.objects import MY_GOAL
from plnbot.growth.store.standing import Standing, standing, untied
from plnbot.talk.cards import Actions, Button, Card, Field, Look, PageButton, Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.pages import Head, Heading, Listing, Page, PageBlock, Rows
from plnbot.talk.text import Style, Text, When, joined, verbatim
from plnbot.talk.words import Translate

routes = Routes()
_TITLE = 140


def on_the_home(ctx: Context) -> Card | None:
    """Show a member's goals and what fed each, once there are some."""
    mine = standing(ctx.tx, goals.standing(ctx.tx, ctx.person.id))
    return cards.on_the_home(ctx.t, mine) if mine else None


routes.home.append(on_the_home)


@routes.page(cards.PAGE, needs=ANYONE)
def goals_page(ctx: Context, _row: str) -> Page:
    """Show a member's goals, what may have fed them, and those that have ended."""
    t, member = ctx.t, ctx.person.id
    mine = standing(ctx.tx, goals.standing(ctx.tx, member))
    suggested = actions.suggestions(ctx.tx, member, t.locale)
    blocks: list[PageBlock] = []
    if mine:
        blocks.append(Rows(tuple(cards.goal_row(t, each) for each in mine)))
    if len(mine) >= MOST:
        enough = t("Three at a time. End one, and you can set another; what fed it stays with it.")
        blocks.append(Paragraph(enough, quiet=True))
    if suggested:
        blocks.append(Heading(t("What may have fed them"), "suggested"))
        blocks.append(Rows(tuple(cards.suggestion_row(t, each) for each in suggested)))
    blocks += _ended(ctx)
    new = (Button(t("Set a goal"), "growth.new", look=Look.PRIMARY),) if len(mine) < MOST else ()
    skills = PageButton(t("Skills of your year"), "skills")
    about = t("Only you see this page.") if mine else cards.nothing_yet(t)
    return Page(
        t("Your goals"),
        tuple(blocks),
        live=f"member:{member}",
        head=Head(about, actions=(*new, skills)),
    )


def _ended(ctx: Context) -> list[PageBlock]:
    t, over = ctx.t, standing(ctx.tx, goals.ended(ctx.tx, ctx.person.id))
    if not over:
        return []
    return [
        Heading(t("Goals that have ended"), "ended"),
        Rows(tuple(_over(t, each) for each in over)),
    ]


def _over(t: Translate, one: Standing) -> Card:
    ended = one.goal.ended or one.goal.since
    lines = [t("Ended {day}", day=When(ended, Style.DATE)), cards.fed(t, one.fed)]
    lead = Actions((PageButton(t("Look closer"), cards.ONE, str(one.goal.id)),))
    title = verbatim(short_words(one.goal.words, _TITLE))
    return Card(title, (Paragraph(joined(lines, " · ")), lead))


@routes.page(cards.ONE, needs=ANYONE, of=MY_GOAL)
def goal_page(ctx: Context, row: str, goal: Goal) -> Page:
    """Show one goal: what fed it, how it was looked back on, how it was worded before."""
    t = ctx.t
    (one,) = standing(ctx.tx, [goal])
    blocks: list[PageBlock] = [
        Heading(t("What fed it"), "fed"),
        *_activities(t, one.fed, lambda each: cards.fed_row(t, goal, each)),
        *_looked_back(t, one),
        *_wordings(ctx, goal),
    ]
    if goal.ended is None and (rest := untied(ctx.tx, goal)):
        blocks.append(Heading(t("What else I did"), "rest"))
        blocks += _activities(t, rest, lambda each: cards.untied_row(t, goal, each))
    lines = [t("Only you see this page."), *cards.plan_lines(t, one.plan)]
    head = Head(joined(lines, "\n"), _facts(t, one), _ways(t, goal, row))
    return Page(
        verbatim(short_words(goal.words, _TITLE)),
        tuple(blocks),
        live=f"member:{ctx.person.id}",
        head=head,
    )


def _facts(t: Translate, one: Standing) -> tuple[Field, ...]:
    found = [Field(t("Fed by"), cards.fed(t, one.fed))]
    if one.since is not None:
        found.append(Field(t("Since the last look back"), cards.fed_since(t, one)))
    if one.goal.ended is not None:
        found.append(Field(t("Ended"), Text((When(one.goal.ended, Style.DATE),))))
    return tuple(found)


def _ways(t: Translate, goal: Goal, row: str) -> tuple[Button, ...]:
    if goal.ended is not None:
        return (Button(t("Take it up again"), cards.AGAIN, row),)
    sure = t("What fed it stays with it.")
    return (
        Button(t("Look back"), "growth.reflect", row, Look.PRIMARY),
        Button(t("Change"), "growth.change", row),
        Button(t("End it"), "growth.end", row, Look.DANGER, sure),
    )


def _activities(
    t: Translate, done: Sequence[Activity], row: Callable[[Activity], Card]
) -> list[PageBlock]:
    if not done:
        return [Paragraph(t("Nothing yet."), quiet=True)]
    return [Rows(tuple(map(row, done)))]


def _looked_back(t: Translate, one: Standing) -> list[PageBlock]:
    if not one.reflections:
        return []
    shown = tuple(cards.looked_back(t, each) for each in one.reflections)
    return [Heading(t("Looking back"), "back"), *shown]


def _wordings(ctx: Context, goal: Goal) -> list[PageBlock]:
    before = goals.worded_before(ctx.tx, goal.id)
    if not before:
        return []
    t = ctx.t
    lines = [
        t("From {day}: {words}", day=When(each.at, Style.DATE), words=each.words) for each in before
    ]
    return [Heading(t("How it was worded before"), "words"), Listing(tuple(lines))]
