"""What members do about their goals: set, change, end, tie, look back, be reminded."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.activities.store import Activity, activities_of
from plnbot.engine import notices, outbox, work
from plnbot.engine.context import Due
from plnbot.engine.notices import NoticeKind, Telling, Wanted
from plnbot.engine.personal import Whose
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.goals import store as goals
from plnbot.goals.model import Goal
from plnbot.goals.words import telling
from plnbot.growth.model import MOST_FED, Plan, Reflection, nearest_goal, next_due
from plnbot.growth.store import plans, ties
from plnbot.growth.store.standing import Suggestion
from plnbot.packs.frameworks import skills
from plnbot.packs.teaching import subjects
from plnbot.store.database import Tx
from plnbot.talk.words import msg

REMIND = "growth.remind"
DUE = "growth.look_back"
_RECENT = 30
"""Among so many of the latest activities is looked for what may have fed a goal."""


def suggestions(tx: Tx, member: int, locale: str) -> Sequence[Suggestion]:
    """Return of what a member did lately what may have fed a goal, and nothing was said of."""
    mine = {each.id: each for each in goals.standing(tx, member)}
    stems = {number: telling(each.words) for number, each in mine.items()}
    said = ties.of_member(tx, member)
    tied = {source for (_goal, source), fed in said.items() if fed}
    found = []
    for each in activities_of(tx, member, _RECENT) if mine else ():
        open_to = {n: stems[n] for n in mine if (n, each.done.source) not in said}
        nearest = nearest_goal(open_to, _about(each, locale))
        if nearest is not None and each.done.source not in tied:
            found.append(Suggestion(mine[nearest], each))
    return found


def _about(activity: Activity, locale: str) -> frozenset[str]:
    """Return what an activity is about: the words of its title, its topics and its skills."""
    done, known = activity.done, {**subjects(), **skills()}
    titles = [
        known[each].title.said(locale) for each in (*done.topics, *done.skills) if each in known
    ]
    return telling(done.title).union(*map(telling, titles))


def add(tx: Tx, person: Person, words: str, given: Plan, now: datetime) -> Goal:
    """Set a goal; raises `Refused` where there are enough."""
    made = goals.add(tx, person.network.id, person.id, words, now)
    _plan(tx, person, made, given, now)
    return made


def change(tx: Tx, person: Person, goal: Goal, now: datetime, *, words: str, given: Plan) -> None:
    """Put a goal in other words, or go about it otherwise."""
    _stands(goal)
    goals.revise(tx, goal, words, now)
    _plan(tx, person, goal, given, now)


def end(tx: Tx, goal: Goal, now: datetime) -> None:
    """End a goal, and remind nobody of it any more."""
    _stands(goal)
    goals.end(tx, goal, now)
    work.cancel(tx, _key(goal.id), now)


def take_up(tx: Tx, person: Person, goal: Goal, now: datetime) -> None:
    """Let a goal that has ended go on as it was; one that goes on is left as it is."""
    if goal.ended is None:
        return
    goals.take_up(tx, goal)
    planned = plans.of_goals(tx, [goal.id]).get(goal.id, Plan())
    _remind(tx, person, goal, next_due(now, person.zone, planned.weeks), now)


def tie(tx: Tx, goal: Goal, activity: Activity, now: datetime, *, fed: bool) -> None:
    """Keep that an activity fed a goal, or that it did not."""
    _stands(goal)
    said = ties.of_member(tx, goal.member)
    if fed and sum(1 for (number, _), yes in said.items() if yes and number == goal.id) >= MOST_FED:
        raise Refused(msg("So much fed this goal already. Perhaps it is time for the next one."))
    ties.say(tx, goal.id, activity.done.source, goal.member, now, fed=fed)
    tx.announce(f"member:{goal.member}")


def take_off(tx: Tx, goal: Goal, activity: Activity) -> None:
    """Take back what was said of an activity and a goal."""
    _stands(goal)
    ties.take_off(tx, goal.id, activity.done.source)
    tx.announce(f"member:{goal.member}")


def reflect(tx: Tx, person: Person, goal: Goal, given: Reflection, now: datetime) -> None:
    """Keep a look back, and plan the next."""
    _stands(goal)
    plans.add_reflection(tx, goal.id, goal.member, given)
    planned = plans.of_goals(tx, [goal.id]).get(goal.id, Plan())
    _remind(tx, person, goal, next_due(now, person.zone, planned.weeks), now)
    tx.announce(f"member:{goal.member}")


def look_back_due(due: Due) -> None:
    """Remind a member to look back on a goal, and again a rhythm later; who is away, when they are back."""
    goal = goals.get_goal(due.tx, int(str(due.payload["goal"])))
    person = due.directory.by_id(due.tx, goal.member) if goal else None
    if goal is None or person is None or goal.ended is not None:
        return
    planned = plans.of_goals(due.tx, [goal.id]).get(goal.id, Plan())
    if planned.due is None:
        return
    args: outbox.Args = {"goal": goal.id}
    key = f"growth/look_back/{goal.id}/{due.due_at:%Y-%m-%d}"
    telling = Telling(LOOK_BACK, REMIND, args, key, Wanted(due.now), asked=True)
    notices.tell(due.tx, person, telling, due.now)
    _work(due.tx, person, goal, next_due(due.now, person.zone, planned.weeks), due.now)


def back(tx: Tx, person: Person, now: datetime) -> None:
    """Remind who is back of what they meant to look back on."""
    mine = {each.id: each for each in goals.standing(tx, person.id)}
    for number, planned in plans.of_goals(tx, list(mine)).items():
        if planned.due is not None:
            _work(tx, person, mine[number], max(planned.due, now), now)


def erased(tx: Tx, whose: Whose, now: datetime) -> None:
    """Remind nobody of goals that are gone."""
    for each in goals.standing(tx, whose.id):
        work.cancel(tx, _key(each.id), now)


def _plan(tx: Tx, person: Person, goal: Goal, given: Plan, now: datetime) -> None:
    before = plans.of_goals(tx, [goal.id]).get(goal.id, Plan())
    same = before.weeks == given.weeks
    due = before.due if same else next_due(now, person.zone, given.weeks)
    plans.keep(tx, goal.id, goal.member, Plan(given.indicators, given.own, given.weeks, due))
    if not same:
        _remind(tx, person, goal, due, now)
    tx.announce(f"member:{goal.member}")


def _remind(tx: Tx, person: Person, goal: Goal, due: datetime | None, now: datetime) -> None:
    plans.postpone(tx, goal.id, due)
    _work(tx, person, goal, due, now)


def _work(tx: Tx, person: Person, goal: Goal, due: datetime | None, now: datetime) -> None:
    if due is None:
        work.cancel(tx, _key(goal.id), now)
        return
    payload = {"goal": goal.id}
    work.put(
        tx, DUE, _key(goal.id), due, payload, network=person.network.id,
        urgency=work.Urgency.COURTESY,
    )  # fmt: skip


def _key(goal: int) -> str:
    return f"growth/look_back/{goal}"


def _stands(goal: Goal) -> None:
    if goal.ended is not None:
        raise Refused(msg("This goal has ended. What fed it stays to be read."))


LOOK_BACK = NoticeKind(
    name=REMIND,
    title=msg("Looking back on your goals"),
    about=msg("In the rhythm that you chose for a goal with `/pln goals`"),
    may_be_muted=True,
)
