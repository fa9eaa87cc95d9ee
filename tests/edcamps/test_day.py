"""A day that does not go as planned: a slot is shortened, the bot was away, a host leaves, a session is off."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from plnbot.activities.store import activities_of
from plnbot.edcamps.actions import day as the_day
from plnbot.edcamps.actions import phases
from plnbot.edcamps.model.meetings import Meeting, Part
from plnbot.edcamps.store import boards, day, sessions
from plnbot.engine import outbox
from plnbot.first_start import Somebody
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.interactions import Interaction, Left
from tests.scenarios import test_edcamp as boards_lived
from tests.scenarios import test_edcamp_day as days
from tests.scenarios.conftest import lobby
from tests.scenarios.driver import Driver
from tests.scenarios.lobby import LobbyDriver
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
