"""What each does for themselves: goals, reading, needs, lessons, a portfolio."""

from collections.abc import Sequence
from datetime import timedelta

from plnbot.activities.store import Activity, activities_of
from plnbot.demo_year.people import EVALUATOR, Teacher
from plnbot.demo_year.stage import YearStage
from plnbot.first_start import COACH
from plnbot.goals import store as goals
from plnbot.growth import actions as growth
from plnbot.growth.store.standing import Suggestion
from plnbot.lessons.store import lessons
from plnbot.pathways import store as pathways
from plnbot.portfolio.store import exemplars, shares
from plnbot.reading.store import catalogue
from plnbot.store.database import Tx
from plnbot.talk.interactions import Press, Submit

_GOALS, _SECOND, _PULSE, _NEED = 0.6, 0.3, 0.4, 0.3
_READ, _SHARES, _USES, _EXEMPLAR = 0.12, 0.02, 0.06, 0.15
_TIES, _LOOKS_BACK, _TAGS = 0.2, 0.12, 0.08
_CHANGES = ("none", "little", "little", "clearly")
_WAYS = ("read", "watch", "talk", "one_to_one", "show")
_TIMES = ("short", "short", "lesson", "evening")
_ANSWERS, _USED_GOALS = 0.5, 0.15
"""Which share of people answer who evaluates, and let their goals be used without being shown."""
_BY_YEARS = ((3, "rookie"), (9, "between"), (99, "veteran"))


async def tell(stage: YearStage, teacher: Teacher) -> None:
    """Let somebody say where and what they teach, and who may use what they tell."""
    told = {
        "subjects": teacher.subjects, "grades": teacher.grades, "languages": ("en",),
        "district": stage.pack["district"], "state": stage.pack["state"], "school": teacher.school,
        "years": str(teacher.years), "zone": "row:America/New_York", "quiet": "none", "goals": "",
    }  # fmt: skip
    await stage.done(teacher.who, Submit("members.start", told))
    if stage.chance.random() < _USED_GOALS:
        opens = Press("members.seen")
        seen = dict.fromkeys(("subjects", "grades", "languages", "state"), "network")
        await stage.fills(
            teacher.who,
            opens,
            **seen,
            district="matching",
            school="me",
            years="me",
            goals="matching",
        )


async def set_goals(stage: YearStage) -> None:
    """Let most set a goal, some a second one, with what they will see a change by."""
    for each in stage.eager_first(_GOALS):
        many = 1 + (stage.chance.random() < _SECOND * each.eager)
        for goal in stage.chance.sample(stage.pack["goal"], many):
            kinds = stage.chance.sample(("student_work", "practice", "engagement", "skills"), 2)
            given = {"words": goal["words"], "ready": "", "indicators": kinds, "own": goal["own"]}
            weeks = stage.chance.choice(("4", "6", "6", "0"))
            await stage.done(each.who, Submit("growth.new", {**given, "weeks": weeks}))


def _suggested(tx: Tx, member: int) -> Sequence[Suggestion]:
    return growth.suggestions(tx, member, "en")[:2]


def _latest(tx: Tx, member: int) -> Sequence[Activity]:
    return activities_of(tx, member, 1)


async def tend_goals(stage: YearStage) -> None:
    """Let some tie what they did to a goal, look back on one, and say which skills something touched."""
    for each in stage.some(_TIES):
        for one in await stage.of(each, _suggested):
            await stage.done(each.who, Press("growth.fed", f"{one.goal.id}-{one.activity.id}"))
        mine, done = await stage.of(each, goals.standing), await stage.of(each, _latest)
        if mine and done:
            goal = stage.chance.choice(mine)
            await stage.done(each.who, Press("growth.fed", f"{goal.id}-{done[0].id}"))
    for each in stage.some(_LOOKS_BACK):
        mine = await stage.of(each, goals.standing)
        if mine:
            kinds = ("student_work", "practice", "engagement", "skills", "own")
            said = {name: stage.chance.choice(_CHANGES) for name in kinds}
            opens = Press("growth.reflect", str(stage.chance.choice(mine).id))
            await stage.fills(each.who, opens, words=stage.says("looked_back"), **said)
    for each in stage.some(_TAGS):
        done = await stage.of(each, _latest)
        if done and not done[0].done.skills:
            tags = stage.chance.sample(("communication", "collaboration", "self_direction"), 2)
            await stage.done(each.who, Submit("growth.tag", {"skills": tags}, str(done[0].id)))


async def list_reads(stage: YearStage, first: int, many: int) -> None:
    """Let the coach list something new to read and watch."""
    for at in range(first, first + many):
        one, volume = (
            stage.pack["read"][at % len(stage.pack["read"])],
            at // len(stage.pack["read"]),
        )
        title = f"{one['title']}, part {volume + 1}" if volume else one["title"]
        listed = {
            "link": f"https://library.example.org/{at + 1}", "title": title, "what": one["what"],
            "minutes": str(one["minutes"]), "subjects": one["subjects"], "skills": one["skills"],
            "audience": "teachers",
        }  # fmt: skip
        await stage.done(COACH, Submit("reading.entry", listed))


async def read(stage: YearStage) -> None:
    """Let some read something that fits their subject, if there is, and say what they take from it."""
    now, network = stage.clock.now(), stage.network
    listed = await stage.store.read(lambda tx: catalogue.offered(tx, network, now))
    for each in stage.some(_READ) if listed else ():
        fit = [one for one in listed if set(one.about.subjects) & set(each.subjects)]
        one = stage.chance.choice(fit or listed)
        minutes = str((one.about.minutes or 15) + stage.chance.randrange(6))
        said = {"sentence": stage.says("sentences"), "minutes": minutes, "class": "not"}
        await stage.fills(each.who, Press("reading.done", f"entry-{one.id}"), **said)


async def say_needs(stage: YearStage) -> None:
    """Let some say what they need."""
    for each in stage.some(_NEED):
        await stage.types(each.who, f"insight need {need(stage)}")


def need(stage: YearStage) -> str:
    """Return what somebody needs, as often as it is needed."""
    every = stage.pack["need"]
    words: str = stage.chance.choices(every, [each["share"] for each in every])[0]["words"]
    return words


async def pulse(stage: YearStage) -> None:
    """Let about half answer the pulse, and some say no to what they are offered."""
    for each in stage.some(_PULSE):
        experience = next(name for most, name in _BY_YEARS if each.years <= most)
        needed = stage.chance.choice(
            ("co_teaching", "co_teaching", "feedback", "multilingual", "talk", "projects")
        )
        said = {
            "need": (needed,), "confident": "somewhat", "time": stage.chance.choice(_TIMES),
            "experience": experience, "way": stage.chance.sample(_WAYS, 2),
        }  # fmt: skip
        await stage.done(each.who, Submit("pulse.answer", said))


async def share_lessons(stage: YearStage, month: int) -> None:
    """Let a few share a lesson, and more say how one went that others shared."""
    for at, each in enumerate(stage.some(_SHARES)):
        one = stage.pack["lesson"][(month + at) % len(stage.pack["lesson"])]
        title = f"{one['title']} ({each.school})"
        lesson = {
            "title": title, "about": one["about"], "subjects": one["subjects"],
            "grades": each.grades, "skills": one["skills"], "licence": "cc-by-sa",
        }  # fmt: skip
        await stage.done(each.who, Submit("lessons.new", lesson))
    there = await stage.store.read(lambda tx: lessons.newest(tx, stage.network))
    for each in stage.some(_USES) if there else ():
        how = {"went": stage.chance.choice(("well", "changed")), "sentence": stage.says("went")}
        await stage.done(each.who, Submit("lessons.how", how, str(stage.chance.choice(there).id)))


async def keep_exemplars(stage: YearStage) -> None:
    """Let some keep what shows their practice, with something they did as evidence."""
    for each in dict.fromkeys((stage.people[0], *stage.eager_first(_EXEMPLAR))):
        mine = await stage.of(each, goals.standing)
        done = await stage.of(each, _latest)
        title = stage.chance.choice(stage.pack["said"]["exemplars"])
        said = {"title": title, "what": stage.pack["said"]["what"], "indicator": "engagement"}
        goal = {"goal": str(mine[0].id)} if mine else {}
        reflection = stage.pack["said"]["reflection"]
        await stage.done(
            each.who, Submit("portfolio.new", {**said, **goal, "own": "", "reflection": reflection})
        )
        kept = await stage.of(each, exemplars.of_member)
        shown = {"link": "https://class.example.org/cards", "called": "The cards of a week"}
        if done:
            shown["activity"] = str(done[0].id)
        await stage.done(each.who, Submit("portfolio.evidence", shown, str(kept[-1].id)))


async def new_versions(stage: YearStage) -> None:
    """Let those who keep exemplars write what one is like now, and why it changed."""
    for each in stage.people:
        kept = await stage.of(each, exemplars.of_member)
        if kept:
            given = {"what": stage.pack["said"]["again"], "why": stage.pack["said"]["why"]}
            await stage.done(each.who, Submit("portfolio.version", given, str(kept[0].id)))


async def share_portfolios(stage: YearStage) -> None:
    """Let those who keep exemplars share them with their evaluator, who asks some; half of them answer."""
    evaluator = f"row:{stage.numbers[EVALUATOR.handle]}"
    for at, each in enumerate(stage.people):
        kept = await stage.of(each, exemplars.of_member)
        if not kept or each.who == EVALUATOR:
            continue
        these = tuple(str(one.id) for one in kept)
        given = {"these": these, "how": "person", "person": evaluator, "days": "90"}
        await stage.done(each.who, Submit("portfolio.share", given))
        if at % 3 == 0:
            await _ask(stage, each, kept[0].id)


async def _ask(stage: YearStage, teacher: Teacher, exemplar: int) -> None:
    number, now = stage.numbers[teacher.who.handle], stage.clock.now()
    (share, *_rest) = await stage.store.read(lambda tx: shares.open_of(tx, number, now))
    asked = {"words": stage.pack["said"]["question"]}
    await stage.done(EVALUATOR, Submit("portfolio.ask", asked, f"{share.id}-{exemplar}"))
    await stage.until(now + timedelta(minutes=1))
    waiting = await stage.store.read(lambda tx: shares.waiting(tx, number))
    if waiting and (teacher is stage.people[0] or stage.chance.random() < _ANSWERS):
        answer = {"words": stage.pack["said"]["answer"]}
        await stage.done(teacher.who, Submit("portfolio.answer", answer, str(waiting[0].id)))


async def walk(stage: YearStage) -> None:
    """Let those who walk a pathway do a step of it."""
    for at, each in enumerate(stage.people):
        walks = await stage.of(each, pathways.walks_of)
        for one in walks:
            step = 1 + stage.chance.randrange(4)
            opens = Press("pathways.done", f"{one}-{step}")
            if at % 2 == 0:
                await stage.fills(each.who, opens, way="0", own="")
