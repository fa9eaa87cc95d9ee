"""Some weeks of introductions: three colleagues, a mentor, a quiet report, two who are introduced."""

from datetime import timedelta

from plnbot.peers.model import RoundState
from plnbot.peers.store import programmes, rounds
from plnbot.talk.interactions import Command, Opened, Press, Submit
from tests.adapters.script import ANA, BO, CY, NAMES, Script

DAY = timedelta(days=1)
NEW = {
    "name": "Two *counties* @everyone",
    "aim": "peers",
    "when": "every Monday 9 am",
    "size": "2",
    "districts": "no",
    "subjects": [],
    "gap": "0",
    "weeks": "4",
}
WISHES = {
    "subject": "music",
    "grades": ["8"],
    "topics": "feedback, *sight* reading",
    "free": "Tuesdays after 3",
    "likes": "any",
    "years": "7",
    "languages": ["en"],
}


async def after(script: Script) -> None:
    """Open a programme, join, be introduced; report something, and think of two others."""
    await script.do(BO, Command("peers"), "command peers empty")
    await script.do(ANA, Command("peers new"))
    await script.do(ANA, Press("peers.new"))
    await script.do(ANA, Submit("peers.new", {**NEW, "when": "soonish"}), "errors peers.new")
    await script.do(ANA, Submit("peers.new", NEW))
    await script.do(ANA, Command("peers programmes"))
    await script.do(BO, Command("peers join"))
    await script.do(BO, Press("peers.join", "1"))
    await script.do(ANA, Press("peers.join", "1"))
    await _wishes(script)
    await script.do(ANA, Press("peers.dry", "1"))
    await script.do(ANA, Press("peers.commit", "1"))
    await script.do(ANA, Press("peers.commit", "1"), "press peers.commit twice")
    await script.do(BO, Command("peers report"))
    await script.do(BO, Press("peers.report"))
    told = {"words": "Too many *messages* at night.", "whom": NAMES[CY]}
    await script.do(BO, Submit("peers.report", told))
    await script.do(CY, Command("peers introduce"))
    await script.do(CY, Press("peers.introduce_two"))
    two = {"one": "row:1", "other": NAMES[BO], "programme": "1", "note": "Both love *jazz*."}
    await script.do(CY, Submit("peers.introduce_two", two))
    await script.do(BO, Press("peers.avoid"))
    await script.do(BO, Command("peers avoid Ana"))
    await script.do(BO, Submit("peers.avoid", {"whom": "row:1"}))


async def later(script: Script) -> None:
    """Meet, or not, for some weeks; go again."""
    await script.do(BO, Press("peers.unavoid", await _aside(script)))
    for who, row in ((BO, "1"), (ANA, "2")):  # they let three of them pass meanwhile
        await script.do(who, Press("peers.go_on", row), f"press peers.go_on for {who}")
    await script.until(script.clock.at + 8 * DAY)
    await script.do(CY, Press("peers.join", "1"), "press peers.join in a round")
    await script.do(CY, Press("peers.name_not", "3"), "press peers.name_not before a round")
    await script.until(script.clock.at + 2 * DAY)
    await script.name_posts()
    await _met(script)
    await _quietly(script)
    await _left_over(script)
    await _guided(script)
    await _over(script)


async def _wishes(script: Script) -> None:
    await script.do(BO, Press("peers.wishes", "1"))
    wrong = {**WISHES, "free": "when the bell rings"}
    await script.do(BO, Submit("peers.wishes", wrong, "1"), "errors peers.wishes")
    await script.do(BO, Submit("peers.wishes", WISHES, "1"))
    await script.do(BO, Press("peers.name_not", "1"))
    await script.do(BO, Press("peers.name_it", "1"))
    await script.do(BO, Command("peers"))


async def _met(script: Script) -> None:
    await script.do(ANA, Press("peers.planned", "1"))
    await script.do(ANA, Press("peers.not_yet", "1"))
    await script.do(ANA, Press("peers.not_now", "1"))
    await script.do(BO, Press("peers.wrote", "1"))
    await script.until(script.clock.at + 4 * DAY)
    await script.do(BO, Press("peers.met", "1"))
    await script.do(BO, Press("peers.took", "1", "45"))
    await script.do(BO, Press("peers.not_again", "1"))
    for who in (ANA, BO, CY):
        await script.do(who, Press("peers.keep", "1"), f"press peers.keep by {who}")
    await script.do(BO, Opened("peers.meeting", "1"), "opened peers.meeting")
    await script.do(BO, Opened("peers"), "opened peers")
    await script.until(script.clock.at + DAY)
    await script.name_posts()


async def _quietly(script: Script) -> None:
    await script.do(ANA, Press("peers.answer_report", "1"))
    await script.do(ANA, Submit("peers.answer_report", {"words": "I spoke with *them*."}, "1"))
    await script.until(script.clock.at + DAY)
    await script.do(ANA, Press("peers.no", "1"))
    await script.do(ANA, Press("peers.yes", "1"))
    await script.do(BO, Press("peers.yes", "1"), "press peers.yes by the other")
    await script.do(BO, Submit("peers.avoid", {"whom": "row:1"}), "form peers.avoid again")


async def _left_over(script: Script) -> None:
    await script.do(CY, Press("peers.pause", "3"))
    await script.do(CY, Submit("peers.pause", {"until": "yesterday"}, "3"), "errors peers.pause")
    await script.do(CY, Submit("peers.pause", {"until": "in 3 weeks"}, "3"))
    await script.do(CY, Command("peers pause until Friday"))
    await script.do(CY, Command("peers skip"))
    await script.do(CY, Press("peers.skip", "3"))
    await script.until(script.clock.at + 8 * DAY)
    await script.do(CY, Press("peers.go_on", "3"))
    again = await _aside(script)
    await script.do(BO, Press("peers.unavoid", again), "press peers.unavoid again")
    await script.until(script.clock.at + 35 * DAY)
    await script.name_posts()


async def _aside(script: Script) -> str:
    mine = await script.store.read(lambda tx: programmes.in_programme(tx, 1))
    by_id = {each.id: each.member for each in mine.values()}
    return f"{by_id[1]}-{by_id[2]}"


async def _guided(script: Script) -> None:
    guided = {**NEW, "name": "First years", "aim": "mentoring"}
    await script.do(ANA, Submit("peers.new", guided), "form peers.new for mentors")
    await script.do(CY, Command("peers join"), "command peers join with mentors")
    await script.do(ANA, Press("peers.guide", "2"))
    await script.do(CY, Press("peers.join", "2"), "press peers.join for a mentor")
    await script.do(ANA, Press("peers.dry", "2"), "press peers.dry for mentors")
    tried = await _newest(script)
    await script.do(ANA, Press("peers.commit", tried), "press peers.commit for mentors")
    found = await script.store.read(lambda tx: rounds.in_programme(tx, 2))
    one = str(found[0].id)
    await script.do(ANA, Press("peers.goals", one))
    await script.do(ANA, Submit("peers.goals", {"goals": "A *visit* a month."}, one))
    await script.until(script.clock.at + 30 * DAY)
    await script.do(CY, Press("peers.reflect", one))
    said = {"words": "I plan less.", "thanks": "You *listened*."}
    await script.do(CY, Submit("peers.reflect", said, one))
    await script.until(script.clock.at + DAY)
    await script.do(ANA, Opened("peers.programme", "2"), "opened peers.programme")


async def _newest(script: Script) -> str:
    found = await script.store.read(lambda tx: programmes.get(tx, 2))
    assert found is not None
    dry = await script.store.read(lambda tx: rounds.of_programme(tx, found.id, RoundState.DRY))
    return str(dry[0].id)


async def _over(script: Script) -> None:
    for who, row in ((ANA, "2"), (BO, "1"), (CY, "3")):
        await script.do(who, Press("peers.go_on", row), f"press peers.go_on by {who}")
    await script.until(script.clock.at + 8 * DAY)
    live = await script.store.read(lambda tx: rounds.in_programme(tx, 1, live=True))
    mine = await script.store.read(lambda tx: programmes.in_programme(tx, 1))
    bo = next(each.member for each in mine.values() if each.id == 1)
    one = next(str(each.id) for each in live if each.seat_of(bo))
    await script.do(BO, Press("peers.step_out", one))
    await script.until(script.clock.at + DAY)
    await script.do(BO, Press("peers.leave", "1"))
    await script.do(CY, Command("peers leave"))
    await script.do(ANA, Press("peers.end", "1"))
    await script.until(script.clock.at + DAY)
    await script.name_posts()
