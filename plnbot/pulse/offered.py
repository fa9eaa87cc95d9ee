"""What is on offer to one member now, and what rules may know of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from plnbot.activities.store import Activity, activities_of
from plnbot.engine.context import Context
from plnbot.engine.needs import needs, phrases_of, stems_of_either
from plnbot.engine.offers import OnOffer, offered_to
from plnbot.engine.ports import Told
from plnbot.goals.words import telling
from plnbot.pulse.choosing import Given, given
from plnbot.pulse.model import No, Teacher
from plnbot.pulse.packs import EXPERIENCE, NEED, TIME, questions, rules
from plnbot.pulse.store import Answered
from plnbot.visibility import Seen
from plnbot.walltime import school_year

_LATELY = 500
"""So many of the latest activities are looked at for what was done already."""
stems = lru_cache(maxsize=20_000)(stems_of_either)
"""Titles are taken apart word by word, and words come again and again."""


def on_offer(ctx: Context, done: Sequence[Activity]) -> Mapping[str, OnOffer]:
    """Return what is on offer to this member by its page, in order, without what they did."""
    sources = {each.done.source for each in done if each.done.source}
    there: dict[str, OnOffer] = {}
    for each in offered_to(ctx):
        if each.source not in sources:
            there.setdefault(each.page, each)
    return there


def lately(ctx: Context) -> Sequence[Activity]:
    """Return what this member did lately."""
    return activities_of(ctx.tx, ctx.person.id, _LATELY)


def chosen(
    ctx: Context, answered: Answered | None, noes: Sequence[No]
) -> Sequence[tuple[OnOffer, Given]]:
    """Return what rules choose for this member of what is on offer, best first."""
    done = lately(ctx)
    things = list(on_offer(ctx, done).values())
    standing = [each.rule for each in rules().values() if not each.retired]
    teacher = _teacher(ctx, answered, done, things)
    found = given(things, standing, teacher, noes=noes, now=ctx.now, stems=stems)
    return [(things[each.place], each) for each in found]


def _teacher(
    ctx: Context, answered: Answered | None, done: Sequence[Activity], things: Sequence[OnOffer]
) -> Teacher:
    told = ctx.directory.told(ctx.tx, [ctx.person.id], seen_by=Seen.ME).get(ctx.person.id, Told())
    answers = {
        name: frozenset(each) for name, each in (answered.answers if answered else {}).items()
    }
    if EXPERIENCE not in answers and (known := by_years(told.years)):
        answers[EXPERIENCE] = frozenset({known})
    wanted = [each for each in needs().values() if each.id in answers.get(NEED, ())]
    return Teacher(
        answers=answers,
        subjects=frozenset(told.subjects),
        grades=frozenset(told.grades),
        skills=frozenset(skill for each in wanted for skill in each.skills),
        needs=tuple(phrase for each in wanted for phrase in phrases_of(each.id)),
        goals=frozenset(stem for words in told.goals for stem in telling(words)),
        minutes=_minutes(answers.get(TIME, frozenset())),
        used=_used(done, things, school_year(ctx.now, ctx.person.zone)),
    )


def by_years(years: int | None) -> str:
    """Return which answer about experience is that of who told so many years; empty for none."""
    question = questions().get(EXPERIENCE)
    if years is None or question is None:
        return ""
    return next((name for name, most in question.years.items() if years <= most), "")


def _minutes(answers: frozenset[str]) -> int | None:
    question = questions().get(TIME)
    found = (
        [question.minutes[each] for each in answers if each in question.minutes] if question else []
    )
    return max(found, default=None)


def _used(done: Sequence[Activity], things: Sequence[OnOffer], since: datetime) -> frozenset[str]:
    """Return the kinds on offer of which something was done this year; what comes from one room is alike."""
    this_year = [each.done for each in done if each.done.started >= since]
    kinds = {each.kind for each in this_year}
    rooms = {each.source.partition(":")[0] for each in this_year}
    return frozenset(
        each.kind
        for each in things
        if each.kind in kinds or (each.source and each.source.partition(":")[0] in rooms)
    )
