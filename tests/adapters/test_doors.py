"""The code at a room's door: who is signed in is there at once, others read a word to send to the bot."""

import re
from datetime import datetime, timedelta

import pytest

from adapters.web import render
from plnbot.edcamps.actions.walking import door_code
from plnbot.edcamps.store import boards
from plnbot.members.actions.directory import make_network
from plnbot.store.database import Tx
from plnbot.talk.interactions import Command, Submit
from tests.adapters.test_sessions import ADDRESS, MAYA, PRIYA, House, house
from tests.edcamps.days import placed
from tests.scenarios.lobby import words_of

__all__ = ["house"]
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def codes(house: House) -> list[str]:
    """Lay a board whose first slot begins in five minutes; return what its doors are known by."""
    board = {
        "title": "EdCamp",
        "day": "tomorrow",
        "slots": "9:00-9:45\n10:00-10:45",
        "rooms": "Library\nGym",
        "phases": "Requests: no\nCards: now\nVotes: no",
    }
    await house.does(MAYA, Submit("edcamp.new", board))
    card = {"words": "Calm starts", "invites": "discuss", "leads": "lead", "about": "", "needs": ""}
    await house.does(MAYA, Submit("edcamp.card", card, "1"))
    begins = house.clock.now() + timedelta(minutes=5)

    def soon(tx: Tx) -> list[str]:
        for slot, at in zip(
            boards.slots_of(tx, 1), (begins, begins + timedelta(hours=1)), strict=True
        ):
            ends: datetime = at + timedelta(minutes=45)
            boards.change_slot(tx, slot.id, starts_at=at, ends_at=ends)
        board = placed(tx, 1, [(1, 1, 1)], house.clock.now())
        return [door_code(board, each) for each in boards.rooms_of(tx, board)]

    return await house.store.run(soon)


@pytest.mark.rows(67)
async def test_scanned_at_the_door(house: House) -> None:
    """Signed in, the session opens and its minutes run; else the phone says what to send."""
    library, gym = await codes(house)
    browser = await house.browser()
    words = words_of(await (await browser.ask(f"/open/edcamp_door/{library}")).text())
    assert f"/pln edcamp here {library}" in words
    assert "Library" not in words, "a board that is not open to all tells strangers nothing"
    unknown = await (await browser.ask("/open/edcamp_door/1-aaaaa")).text()
    assert "No door has this code" in unknown
    await browser.come_in(await house.link())
    scanned = await browser.ask(f"/open/edcamp_door/{library}")
    assert scanned.status == 303
    page = await (await browser.ask(scanned.headers["Location"])).text()
    assert "Calm starts" in page
    pressed = re.search(r"data-at-once><form.*?</form>", page.replace("\n", " "))
    assert pressed is not None
    assert "edcamp.here" in pressed[0]
    empty = await browser.ask(f"/me/page/edcamp_door/{gym}")
    assert "Nothing is on in Gym now" in await empty.text()


@pytest.mark.rows(67)
async def test_a_door_of_another_network(house: House) -> None:
    """A code of somebody else's EdCamp gets its sentence, scanned or typed."""
    library, _gym = await codes(house)

    def to_others(tx: Tx) -> None:
        other = make_network(tx, "Others", "en", "UTC", house.clock.now())
        boards.change(tx, 1, network_id=other.id)

    await house.store.run(to_others)
    browser = await house.browser()
    await browser.come_in(await house.link())
    scanned = await browser.ask(f"/open/edcamp_door/{library}")
    page = await (await browser.ask(scanned.headers["Location"])).text()
    assert "of another network than yours" in page
    assert "data-at-once" not in page
    typed = await house.does(PRIYA, Command(f"edcamp here {library}"))
    assert "of another network than yours" in typed


async def test_signs_to_print(house: House) -> None:
    """Each real room has its code and its word; the code leads to an address that phones reach."""
    library, gym = await codes(house)
    browser = await house.browser()
    await browser.come_in(await house.link(MAYA))
    page = await (await browser.ask("/me/page/edcamp_doors/1")).text()
    assert page.count('class="qr"') == 2
    assert render.qr_path(f"{ADDRESS}/open/edcamp_door/{library}")[1] in page
    assert render.qr_path(f"{ADDRESS}/open/edcamp_door/{gym}")[1] in page
