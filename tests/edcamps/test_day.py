"""A day that does not go as planned: a slot is shortened, the bot was away, a host leaves, a session is off."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import event

from plnbot.activities.store import activities_of
from plnbot.edcamps.actions import day as the_day
from plnbot.edcamps.actions import phases, sharing_out
from plnbot.edcamps.actions.held import space_of
from plnbot.edcamps.model import Phase
from plnbot.edcamps.model.meetings import Meeting, Part
from plnbot.edcamps.store import boards, day, sessions
from plnbot.engine import outbox
from plnbot.first_start import Somebody
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.interactions import Interaction, Left, Press
from tests.edcamps.test_board import said
from tests.scenarios import test_edcamp as boards_lived
from tests.scenarios import test_edcamp_day as days
from tests.scenarios.conftest import lobby
from tests.scenarios.driver import Driver
from tests.scenarios.lobby import LobbyDriver, words_of
from tests.scenarios.test_edcamp_day import MINUTE, NINE, laid, told

__all__ = ["lobby"]
SESSION = 1


async def held(lobby: LobbyDriver) -> Meeting:
    """Return how the first session is held."""
    found = await lobby.store.read(lambda tx: day.meeting_of(tx, SESSION))
    assert found is not None
    return found


async def minutes(lobby: LobbyDriver, who: str) -> list[int | None]:
    """Return the minutes of what somebody did."""
    person = await lobby.parts.desk.person(Somebody(who, "").ref)
    assert person is not None
    there = await lobby.store.read(lambda tx: activities_of(tx, person.id))
    return [each.done.minutes for each in there]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    "lived",
    [
        days.test_a_day_from_the_first_session_to_the_share_out,
        days.test_a_word_at_the_door_and_a_word_to_all,
        days.test_nobody_came_and_too_many_came,
        days.test_a_standing_board_comes_again_every_week,
        boards_lived.test_next_year_is_a_copy_without_people,
    ],
)
async def test_what_platforms_show_on_the_other_database(
    lobby: LobbyDriver, lived: Callable[[Driver], Awaitable[None]]
) -> None:
    """Scenarios run on SQLite; here the same days are kept by PostgreSQL."""
    await lived(lobby)


async def test_a_slot_that_is_shortened_while_it_runs(lobby: LobbyDriver) -> None:
    """It closes five minutes before its new end; the protocol fills what is left, minutes are those there were."""
    await laid(lobby, priya="Calm starts")
    await told(lobby, (1, 1, 1))
    await lobby.press_on_page("sam", "edcamp_session/1", "I am here")

    def shorter(tx: Tx) -> None:
        slot = boards.slots_of(tx, 1)[0]
        boards.change_slot(tx, slot.id, ends_at=NINE + 30 * MINUTE)
        board = boards.get(tx, 1)
        assert board is not None
        phases.changed(tx, board, lobby.clock.now())

    await lobby.store.run(shorter)
    await lobby.pass_time(MINUTE)
    assert (await held(lobby)).closes_at == NINE + 25 * MINUTE
    await lobby.pass_time(NINE + 26 * MINUTE)
    assert (await held(lobby)).ended_at == NINE + 25 * MINUTE
    assert await minutes(lobby, "sam") == [24]


async def test_the_bot_was_away_in_mid_session(lobby: LobbyDriver) -> None:
    """It opens late and once, ends on time by the clock; what was over meanwhile is not opened any more."""
    await laid(lobby, priya="Calm starts", luis="Seating plans")
    await told(lobby, (1, 1, 1), (2, 2, 1))
    await lobby.press_on_page("sam", "edcamp_session/1", "I am here")
    lobby.be_away(NINE + 70 * MINUTE)
    await lobby.pass_time(MINUTE)
    assert (await held(lobby)).ended_at == NINE + 40 * MINUTE
    assert await minutes(lobby, "sam") == [39]
    key = "edcamp/1/session/2/edcamps.session"
    assert await lobby.store.read(lambda tx: outbox.standing(tx, [key])) == {key}
    for _time in range(2):  # to look after it again changes nothing
        await lobby.store.run(
            lambda tx: the_day.look_after(tx, lobby.parts.runner.tools.directory, 1, lobby.now())
        )
    assert await minutes(lobby, "sam") == [39]
    lobby.be_away(NINE + timedelta(hours=9))
    await lobby.store.run(lambda tx: phases.tick(tx, 1, lobby.now()))  # before its sessions
    await lobby.pass_time(MINUTE)
    second = await lobby.store.read(lambda tx: day.meeting_of(tx, 2))
    assert second is not None
    assert second.ended_at == NINE + 100 * MINUTE


async def test_a_host_leaves_and_a_session_is_called_off(lobby: LobbyDriver) -> None:
    """Their part is free for others; one that is called off ends at once, with the minutes until then."""
    await laid(lobby, priya="Calm starts")
    await told(lobby, (1, 1, 1))
    await lobby.press_on_page("sam", "edcamp_session/1", "I am here")
    parts = await lobby.store.read(lambda tx: day.parts_of(tx, [SESSION])[SESSION])
    assert Part.FACILITATOR in parts
    priya = Somebody("priya", "").ref
    gone = Interaction("left/priya", priya, Place("web", priya.workspace, ""), Left())
    await lobby.parts.desk.handle(gone)
    await lobby.pass_time(MINUTE)
    assert await lobby.store.read(lambda tx: day.parts_of(tx, [SESSION])) == {}
    await lobby.pass_time(NINE + 11 * MINUTE)

    def off(tx: Tx) -> None:
        sessions.change(tx, SESSION, {"cancelled_at": lobby.clock.now()})
        board = boards.get(tx, 1)
        assert board is not None
        phases.changed(tx, board, lobby.clock.now())

    await lobby.store.run(off)
    await lobby.pass_time(MINUTE)
    assert (await held(lobby)).ended_at == NINE + 11 * MINUTE
    assert await minutes(lobby, "sam") == [10]


async def closings(lobby: LobbyDriver) -> frozenset[str]:
    """Return which of the first two sessions were told that they end."""
    keys = [f"edcamp/1/session/{each}/edcamps.closing" for each in (1, 2)]
    return await lobby.store.read(lambda tx: outbox.standing(tx, keys))


async def test_what_was_over_before_the_bot_was_back_can_be_noted(lobby: LobbyDriver) -> None:
    """It was held all the same; who had said that they were there has their minutes; nobody is told to walk."""
    await laid(lobby, priya="Calm starts", luis="Seating plans")
    await told(lobby, (1, 1, 1), (2, 2, 1))
    await lobby.press_on_page("sam", "edcamp_session/1", "I am here")
    lobby.be_away(NINE + 59 * MINUTE)
    await lobby.pass_time(MINUTE)
    await lobby.press_on_page("sam", "edcamp_session/2", "I am here")
    lobby.be_away(NINE + timedelta(hours=9))
    await lobby.pass_time(MINUTE)
    assert (await phase_of(lobby)) is Phase.OVER
    assert await closings(lobby) == frozenset()
    assert sorted(await minutes(lobby, "sam")) == [39, 40]  # type: ignore[type-var]
    await lobby.press_on_page("priya", "edcamp_session/2", "Add a note")
    await lobby.submit("priya", words="We sat in a circle")
    assert "We sat in a circle" in await lobby.page("luis", "edcamp_notes/1")


async def test_a_session_that_was_missed_altogether_can_be_noted(lobby: LobbyDriver) -> None:
    """While the board goes on, and without a word into its room."""
    await laid(lobby, priya="Calm starts", luis="Seating plans")
    await told(lobby, (2, 2, 1))
    lobby.be_away(NINE + timedelta(hours=1, minutes=44))
    await lobby.pass_time(MINUTE)
    second = await lobby.store.read(lambda tx: day.meeting_of(tx, SESSION))
    assert second is not None
    assert second.ended_at == NINE + 100 * MINUTE
    await lobby.press_on_page("priya", "edcamp_session/1", "Add a note")
    await lobby.submit("priya", words="We sat in a circle")
    assert "Noted" in await lobby.alone("priya")


async def phase_of(lobby: LobbyDriver) -> Phase:
    """Return where the board stands."""
    return (await lobby.store.read(lambda tx: phases.again(tx, 1))).phase


async def test_all_called_off_tells_nobody_to_walk_over(lobby: LobbyDriver) -> None:
    """The threads of what went on say what has happened."""
    await laid(lobby, priya="Calm starts")
    await told(lobby, (1, 1, 1))
    await lobby.press_on_page("maya", "edcamp/1", "Call it off")
    await lobby.pass_time(MINUTE)
    assert await closings(lobby) == {"edcamp/1/session/1/edcamps.closing"}
    space = await lobby.store.read(lambda tx: space_of(tx, SESSION))
    assert space is not None
    assert space.place is not None
    path = f"/as/sam/room/{space.place.channel}/thread/{space.place.thread}"
    thread = words_of(await lobby.markup(path))
    assert "Five minutes to walk over" not in thread
    assert "The EdCamp is called off" in thread


async def test_a_session_that_somebody_came_to_is_given_up_no_more(lobby: LobbyDriver) -> None:
    """Though the host still has the buttons; nor is one that is over taken from those who were there."""
    await laid(lobby, priya="Calm starts", luis="Seating plans")
    await told(lobby, (1, 1, 1), (2, 1, 2))
    await lobby.pass_time(6 * MINUTE)
    await lobby.press_on_page("sam", "edcamp_session/1", "I am here")
    priya = Somebody("priya", "").ref
    for when in (MINUTE, timedelta(hours=2)):
        await lobby.pass_time(when)
        for action, value in (("edcamp.chance", ""), ("edcamp.over", "2")):
            press = Press(action, "1", value)
            answer = await lobby.parts.desk.handle(
                Interaction(f"{action}/{when}", priya, Place("web", priya.workspace, ""), press)
            )
            refused = said(answer)
            assert "Somebody has come" in refused or "This session is over" in refused
    assert await minutes(lobby, "sam") != []
    there = await lobby.store.read(lambda tx: sessions.of_board(tx, 1))
    assert [each.cancelled_at for each in there] == [None, None]


async def test_what_is_left_of_a_day_is_looked_up_once_for_all(lobby: LobbyDriver) -> None:
    """Not once more for everybody who came and every session that was held: of many that takes minutes."""
    await laid(lobby, priya="Calm starts", luis="Seating plans")
    await told(lobby, (1, 1, 1), (2, 1, 2))
    for who in ("sam", "emma", "dwayne"):
        await lobby.press_on_page(who, "edcamp_session/1", "I am here")
    asked: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    def recap(tx: Tx) -> None:
        event.listen(tx.conn, "before_cursor_execute", note)
        directory = lobby.parts.runner.tools.directory
        sharing_out.recap_all(tx, directory, phases.again(tx, 1), lobby.now())
        event.remove(tx.conn, "before_cursor_execute", note)

    await lobby.store.run(recap)
    assert len([each for each in asked if "edcamp_move" in each]) == 1


async def test_organisers_take_away_what_nobody_should_read(lobby: LobbyDriver) -> None:
    """A note and a takeaway of another's, which the wall shows to all; the log says who did it."""
    await laid(lobby, priya="Calm starts")
    await told(lobby, (1, 1, 1))
    await lobby.press_on_page("sam", "edcamp_session/1", "Add a note")
    await lobby.submit("sam", words="Something rude")
    await lobby.press_on_page("sam", "edcamp_notes/1", "My takeaway")
    await lobby.submit("sam", words="Something worse")
    for who, expected in (("luis", False), ("maya", True)):
        page = await lobby.page(who, "edcamp_notes/1")
        assert "Something rude" in page
        assert "Something worse" in page
        assert ("Take it away" in page) is expected
    luis = Somebody("luis", "").ref
    for action, row in (("edcamp.unnote", "1"), ("edcamp.untake", "1.2"), ("edcamp.untake", "1.x")):
        press = Interaction(
            action + row, luis, Place("web", luis.workspace, ""), Press(action, row)
        )
        assert "gone" not in said(await lobby.parts.desk.handle(press))
    for _each in range(2):
        await lobby.press_on_page("maya", "edcamp_notes/1", "Take it away")
    page = await lobby.page("maya", "edcamp_notes/1")
    assert "Something" not in page
    log = await lobby.page("maya", "audit")
    assert "took a note of the EdCamp Autumn EdCamp away" in log
    assert "took a takeaway of the EdCamp Autumn EdCamp away" in log
