"""The day of an EdCamp, in an hour: people come, walk, note and take home; one session is full, one empty."""

from datetime import datetime, timedelta

from plnbot.edcamps.actions import phases
from plnbot.edcamps.actions.walking import door_code
from plnbot.edcamps.model import Phase, Vote
from plnbot.edcamps.store import boards, cards, sessions, votes
from plnbot.store.database import Tx
from plnbot.talk.interactions import Command, Opened, Press, Submit
from tests.adapters.script import ANA, BO, CY, Script
from tests.edcamps.days import placed

_BOARD = {
    "title": "Ridge day",
    "day": "in 9 days",
    "slots": "9:00–9:45\n10:00–10:45",
    "rooms": "Ridge library\nDen, 1 seat, voice\nGym",
    "phases": "Requests: no\nCards: now\nVotes: no",
}
_MINUTE = timedelta(minutes=1)


async def later(script: Script) -> None:
    """Hold it: the slots are moved to the present, so that no other day is."""
    room = script.room
    where = type(room)(room.platform, room.workspace, script.ids["second"])
    await script.do(ANA, Submit("edcamp.new", _BOARD), "form edcamp.new for a day", where=where)
    number = await script.store.read(
        lambda tx: max(each.id for each in boards.of_network(tx, 1, tuple(Phase)))
    )
    row = str(number)
    await _in_a_channel(script)
    for who, words, leads in (
        (BO, "Asked", "ask"),
        (CY, "Full *house*", "lead"),
        (ANA, "Empty", "lead"),
    ):
        card = {"words": words, "invites": "discuss", "leads": leads, "about": "", "needs": ""}
        await script.do(who, Submit("edcamp.card", card, row), f"form edcamp.card {words}")
    asked, full, empty, code = await _told(script, number)
    await script.do(CY, Press("edcamp.go", full))
    await script.do(ANA, Command(f"edcamp here {code}"), "command edcamp here")
    await script.do(ANA, Press("edcamp.here", code))
    await script.store.run(lambda tx: _moved(tx, number, script.clock.now(), begins=-10, ends=40))
    await script.do(BO, Command("edcamp now"))
    await script.do(BO, Press("edcamp.walk", row, asked))
    await script.do(BO, Press("edcamp.leave", asked))
    await script.do(ANA, Press("edcamp.part", full, "notes"))
    await script.do(ANA, Press("edcamp.protocol", full, "ewns"))
    await _noted(script, full)
    await script.do(CY, Press("edcamp.count", full))
    await script.do(CY, Submit("edcamp.count", {"many": "many"}, full), "errors edcamp.count")
    await script.do(CY, Submit("edcamp.count", {"many": "3"}, full))
    await script.do(ANA, Press("edcamp.announce", row))
    await script.do(ANA, Submit("edcamp.announce", {"words": "Lunch is at *noon*"}, row))
    for _time in range(2):
        await script.do(ANA, Press("edcamp.public", row))
        await script.do(ANA, Press("edcamp.roll", row))
    await script.do(CY, Press("edcamp.second_run", full))
    await script.do(ANA, Press("edcamp.chance", empty))
    await script.do(ANA, Press("edcamp.over", asked, full))
    for page in ("edcamp", "edcamp_wall", "edcamp_paper", "edcamp_doors"):
        await script.do(ANA, Opened(page, row), f"opened {page} on the day")
    await script.do(CY, Opened("edcamp_session", full), "opened edcamp session")
    await script.store.run(lambda tx: _moved(tx, number, script.clock.now(), begins=-40, ends=1))
    await script.do(CY, Press("edcamp.takeaway", row))
    await script.do(CY, Submit("edcamp.takeaway", {"words": "A *question* first"}, row))
    await script.do(CY, Opened("edcamp_notes", row), "opened edcamp notes")
    await _taken_away(script, row)
    await script.store.run(lambda tx: _over(tx, number, script.clock.now()))
    await script.do(CY, Press("edcamp.go", full), "press edcamp.go after all")


async def _in_a_channel(script: Script) -> None:
    """Let a channel be one of its rooms, and none after all."""
    room = script.room
    den = type(room)(room.platform, room.workspace, f"{script.ids['second']}7")
    await script.do(ANA, Command("edcamp room"), where=den)
    voice = script.shown.forms["command edcamp room"].inputs[0].options[0].value  # type: ignore[union-attr] # it is a choice
    await script.do(ANA, Submit("edcamp.room", {"which": voice}), where=den)
    await script.do(ANA, Submit("edcamp.room", {"which": "0"}), "form edcamp.room back", where=den)


async def _told(script: Script, number: int) -> tuple[str, str, str, str]:
    """Have the grid made, its first slot in minutes; return its sessions and the code of a door."""

    def place(tx: Tx) -> tuple[str, str, str, str]:
        now = script.clock.now()
        _moved(tx, number, now, begins=5, ends=45)
        board = placed(tx, number, [(1, 1, 1), (2, 1, 2), (3, 1, 3)], now)
        asked = cards.of_board(tx, number)[0]
        votes.cast(tx, asked.id, asked.authors[0], Vote.INTERESTED, now)
        one, two, three = [str(each.id) for each in sessions.of_board(tx, number)]
        return one, two, three, door_code(board, boards.rooms_of(tx, board)[1])

    return await script.store.run(place)


def _moved(tx: Tx, number: int, now: datetime, *, begins: int, ends: int) -> None:
    first, second = boards.slots_of(tx, number)
    boards.change_slot(tx, first.id, starts_at=now + begins * _MINUTE, ends_at=now + ends * _MINUTE)
    boards.change_slot(tx, second.id, starts_at=now + 60 * _MINUTE, ends_at=now + 100 * _MINUTE)
    live = now - 15 * _MINUTE
    times = {
        Phase.PROPOSE: live - 60 * _MINUTE,
        Phase.GRID: live - 30 * _MINUTE,
        Phase.LIVE: live,
        Phase.SHARE_OUT: now + 110 * _MINUTE,
        Phase.OVER: now + 140 * _MINUTE,
    }
    boards.set_times(tx, number, times)
    board = boards.get(tx, number)
    assert board is not None
    phases.go_on(tx, board, now)
    phases.changed(tx, board, now)


def _over(tx: Tx, number: int, now: datetime) -> None:
    board = boards.get(tx, number)
    assert board is not None
    phases.end(tx, board, Phase.OVER, now)


async def _taken_away(script: Script, row: str) -> None:
    """Let an organiser take away what somebody takes home, who says it once more."""
    await script.do(ANA, Opened("edcamp_notes", row), "opened edcamp notes by an organiser")
    await script.do(ANA, Press("edcamp.untake", f"{row}.3"))
    taken = Submit("edcamp.takeaway", {"words": "A *question* first"}, row)
    await script.do(CY, taken, "form edcamp.takeaway again")


async def _noted(script: Script, session: str) -> None:
    """Let three notes be written, and one be taken back."""
    await script.do(ANA, Press("edcamp.note", session))
    await script.do(ANA, Submit("edcamp.note", {"words": "What *we* said"}, session))
    for who, words in ((BO, "Or not"), (CY, "And this")):
        note = Submit("edcamp.note", {"words": words}, session)
        await script.do(who, note, "form edcamp.note more")
    await script.do(BO, Press("edcamp.unnote", "2"))
