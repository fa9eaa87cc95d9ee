"""The day that `plnbot demo edcamp` plays: everybody has a place in it, wherever on earth it is morning."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from plnbot import demo_edcamp
from plnbot.edcamps.actions.posting import LONGEST
from plnbot.edcamps.layout.rooms import read_rooms
from plnbot.edcamps.model import CardKind
from plnbot.first_start import CO_MODERATOR, COACH, TEACHERS


def test_the_day_that_the_demo_plays() -> None:
    """Forty come beside the coach; each card fits the board; at any hour there is a morning somewhere."""
    pack = demo_edcamp.pack()
    beside = (COACH, CO_MODERATOR, *TEACHERS)
    assert len({*pack["people"], *(each.name for each in beside)}) == 41
    assert all(len(each["words"]) <= LONGEST for each in pack["card"])
    assert {each["kind"] for each in pack["card"]} == {each.value for each in CardKind}
    rooms = read_rooms(pack["rooms"])
    assert isinstance(rooms, tuple)
    assert len(rooms) == 6
    for hour in range(24):
        at = datetime(2026, 7, 1, hour, 30, tzinfo=UTC)
        assert 7 <= at.astimezone(ZoneInfo(demo_edcamp.morning(at))).hour <= 9
