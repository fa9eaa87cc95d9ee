"""What staff do: roles, pathways, and a team that assesses itself."""

from plnbot.demo_year.people import EVALUATOR, STAFF
from plnbot.demo_year.stage import YearStage
from plnbot.first_start import COACH
from plnbot.talk.interactions import Press, Submit

_TEAM, _SCALE = 5, 10
_TAKE = 0.3


async def add_district(stage: YearStage) -> None:
    """Let the coach put the district on the list."""
    named = {"name": stage.pack["district"], "state": stage.pack["state"]}
    await stage.done(COACH, Submit("members.settle", named))


async def give_roles(stage: YearStage) -> None:
    """Let the coach make one of them staff of the district."""
    given = {"person": f"row:{stage.numbers[STAFF.handle]}", "role": "district_staff"}
    await stage.done(COACH, Submit("members.role", {**given, "where": stage.pack["district"]}))


async def lay_pathways(stage: YearStage) -> None:
    """Let the coach lay pathways, and some take one that is for them."""
    for each in stage.pack["pathway"]:
        given = {name: each[name] for name in ("title", "about", "menu")}
        await stage.done(COACH, Submit("pathways.lay", given))
    for each in stage.people:
        if each.first_years:
            await stage.done(each.who, Press("pathways.take", "1"))
        elif stage.chance.random() < _TAKE * each.eager:
            await stage.done(each.who, Press("pathways.take", "2"))


async def assess(stage: YearStage, time: int) -> None:
    """Let a team say how ready it is: each alone, then together; the first time, and again."""
    team = [each for each in stage.people if each.who in {STAFF, COACH}]
    team += [each for each in stage.people if each.who not in {STAFF, COACH, EVALUATOR}][:_TEAM]
    if time:
        await stage.done(STAFF, Press("insight.again", str(time)))
    else:
        title = f"{stage.pack['district']}: the leading team"
        await stage.done(STAFF, Submit("insight.begin", {"title": title}))
        for each in team:
            if each.who != STAFF:
                await stage.done(STAFF, Submit("insight.invite", {"member": stage.row(each)}, "1"))
    number, every = str(time + 1), stage.pack["assessed"]
    for each in team:
        alone = {
            one["element"]: str(
                min(_SCALE, max(0, one["figures"][time] + stage.chance.randrange(-2, 3)))
            )
            for one in every
        }
        await stage.done(each.who, Submit("insight.rate", alone, number))
    for one in every:
        agreed = {"figure": str(one["figures"][time]), "words": one["words"][time]}
        await stage.done(STAFF, Submit("insight.agree", agreed, f"{number}-{one['element']}"))
    await stage.done(STAFF, Press("insight.finish", number))
