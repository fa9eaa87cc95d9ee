"""What a grid's tables hold: suggested and undone, kept once published, late changes left, steps known once."""

import asyncio
from datetime import timedelta

import pytest

from plnbot.edcamps.actions import phases, rescuing
from plnbot.edcamps.actions.held import Held
from plnbot.edcamps.model import Phase, Session
from plnbot.edcamps.store import boards, gridding, sessions
from plnbot.engine.heavy import USUAL, Limits, Plain, Told
from plnbot.errors import Refused
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import Press
from plnbot.talk.pages import Page
from plnbot.talk.plain import card_as_text, plain
from plnbot.talk.words import Translate
from plnbot.testing import HeavyHere
from tests.chats.workspace import TEAM, Seeded
from tests.edcamps.test_board import begin, card, made, said
from tests.edcamps.test_editing import opened, sent

__all__ = ["made"]
MINUTE = timedelta(minutes=1)
Where = dict[int, tuple[int, int]]


@pytest.fixture
async def voted(made: Seeded) -> Seeded:
    """Return a workspace whose board makes its grid of four cards."""
    made.parts.runner.tools.heavy = HeavyHere()
    await made.do("U0EMMA", card("Choir", leads="lead"))
    await begin(made, Phase.GRID)
    return made


async def press(of: Seeded, action: str, row: str = "1") -> str:
    """Have Maya press something; return what she is told once all that is due is done."""
    told = said(await of.do("U0MAYA", Press(action, row)))
    await of.parts.runner.run_all_due()
    return told


async def there(of: Seeded) -> tuple[Session, ...]:
    """Return the sessions."""
    return await of.store.read(lambda tx: sessions.of_board(tx, 1))


async def where(of: Seeded) -> Where:
    """Return slot and room of each card."""
    return {each.card: (each.slot, each.room) for each in await there(of)}


async def test_before_votes_are_told_no_grid_is_made(made: Seeded) -> None:
    """It would give away what is secret."""
    assert "Votes are still being given" in await press(made, "edcamp.suggest")


async def test_a_suggestion_is_one_step(voted: Seeded) -> None:
    """Undone as a whole; asked for again, it is the same; published, nothing is left to undo."""
    assert "A grid is being made" in await press(voted, "edcamp.suggest")
    first = await where(voted)
    assert len(set(first.values())) == 4
    suggested = await voted.store.read(lambda tx: gridding.suggested(tx, 1))
    assert suggested is not None
    assert "0 sessions have a place" in await press(voted, "edcamp.undo")
    assert await where(voted) == {}
    await press(voted, "edcamp.suggest")
    assert await where(voted) == first
    assert "version 1" in await press(voted, "edcamp.publish")
    assert {(each.slot, each.room) for each in await there(voted)} == {
        (each.shown_slot, each.shown_room) for each in await there(voted)
    }
    assert "nothing to undo" in await press(voted, "edcamp.undo")
    assert "Everybody has been told" in await press(voted, "edcamp.publish")
    assert "nothing to place" in await press(voted, "edcamp.suggest")


class Slowly(HeavyHere):
    """Tells how far it is, and goes on once it may."""

    def __init__(self) -> None:
        super().__init__()
        self.goes_on = asyncio.Event()

    async def run(
        self, function: str, given: Plain, limits: Limits = USUAL, told: Told | None = None
    ) -> Plain:
        """Return what the function makes, but not before."""
        assert told is not None
        told({"done": 40, "of": 100})
        await self.goes_on.wait()
        return await HeavyHere.run(self, function, given, limits)


async def test_the_organiser_reads_how_far_it_is(voted: Seeded) -> None:
    """On the card that tells of the grid once it is made: the child's part of a hundred."""
    heavy = voted.parts.runner.tools.heavy = Slowly()

    def shown() -> str:
        mine = [each for each in voted.platform.sent if "/suggested/" in each.edits + each.key]
        return card_as_text(mine[-1].card, "UTC") if mine else ""

    making = asyncio.create_task(press(voted, "edcamp.suggest"))
    async with asyncio.timeout(60):
        while "40 % done" not in shown():
            await voted.parts.runner.run_due()
            await asyncio.sleep(0.01)
    heavy.goes_on.set()
    await making
    assert "have a place" in shown()


async def test_what_was_put_by_hand_stays(voted: Seeded) -> None:
    """No suggestion moves it; taken out it has no place, and a card that is withdrawn waits to be taken out."""
    await press(voted, "edcamp.move", "1.4.2.1.0")
    await press(voted, "edcamp.suggest")
    assert (await where(voted))[4] == (2, 1)
    await press(voted, "edcamp.take_out", "1.4")
    assert 4 not in await where(voted)
    await press(voted, "edcamp.undo")
    assert (await where(voted))[4] == (2, 1)
    assert "no longer in the grid" in await press(voted, "edcamp.move", "1.4.2.9.99")
    assert "no longer in the grid" in await press(voted, "edcamp.move", "1.44.2.1.99")


async def test_changes_touch_only_what_is_to_come(voted: Seeded) -> None:
    """What has begun stays, also where a change of it waited; what comes later can be moved still."""
    await press(voted, "edcamp.suggest")
    await press(voted, "edcamp.publish")
    at = await where(voted)
    early, late = (next(card for card in at if at[card][0] == slot) for slot in (1, 2))
    before = await there(voted)
    await press(voted, "edcamp.move", f"1.{early}.{at[late][0]}.{at[late][1]}.99")
    assert (await where(voted))[early] == at[late]
    slot = (await voted.store.read(lambda tx: boards.slots_of(tx, 1)))[0]
    voted.clock.at = slot.starts_at + MINUTE
    await voted.parts.runner.run_all_due()
    assert "cannot be undone" in await press(voted, "edcamp.undo")
    assert "Everybody has been told" in await press(voted, "edcamp.publish")
    moved = f"1.{early}.2.{3 - at[late][1]}.99"
    assert "What has begun stays" in await press(voted, "edcamp.move", moved)
    assert len(await there(voted)) == len(before)


async def test_a_room_and_a_slot_in_use_stay(voted: Seeded) -> None:
    """Where sessions are held, a room or slot that is left out gets a sentence, and nothing changes."""
    await press(voted, "edcamp.suggest")
    before = await where(voted)
    form = await opened(voted, "U0MAYA")
    wrong = await sent(voted, "U0MAYA", form, {"rooms": "Library", "slots": "10:00–10:45"})
    assert isinstance(wrong, FieldErrors)
    told = {name: plain(Translate("en").say(each), "UTC") for name, each in wrong.errors.items()}
    assert "Sessions are held in Gym. Move them first." in told["rooms"]
    assert "Move them first." in told["slots"]
    assert await where(voted) == before
    board = await voted.store.read(lambda tx: phases.again(tx, 1))
    assert len(await voted.store.read(lambda tx: boards.rooms_of(tx, board))) == 2


async def test_a_session_is_called_off_once(voted: Seeded) -> None:
    """It is a version of its own, and the same button a second time says so."""
    await press(voted, "edcamp.suggest")
    assert "no longer in the grid" in await press(voted, "edcamp.session_off", "1.1")
    await press(voted, "edcamp.publish")
    assert "Call it off" in await press(voted, "edcamp.take_out", "1.1")
    assert "does not take place" in await press(voted, "edcamp.session_off", "1.1")
    assert "no longer in the grid" in await press(voted, "edcamp.session_off", "1.1")
    board = await voted.store.read(lambda tx: phases.again(tx, 1))
    assert board.version == 2


async def published(of: Seeded) -> Where:
    """Have a grid made and published; return slot and room of each card."""
    await press(of, "edcamp.suggest")
    await press(of, "edcamp.publish")
    return await where(of)


async def test_what_was_called_off_has_a_place_again_by_hand_alone(voted: Seeded) -> None:
    """No suggestion brings it back; published anew it can be called off once more."""
    slot, room = (await published(voted))[1]
    await press(voted, "edcamp.session_off", "1.1")
    assert "nothing to place" in await press(voted, "edcamp.suggest")
    await press(voted, "edcamp.move", f"1.1.{slot}.{room}.0")
    await press(voted, "edcamp.publish")
    assert "does not take place" in await press(voted, "edcamp.session_off", "1.1")


async def test_slot_and_room_of_what_was_called_off_can_go(voted: Seeded) -> None:
    """Who wanted to come is told of it all the same."""
    at = await published(voted)
    for one, place in at.items():
        if 2 in place:
            await press(voted, "edcamp.session_off", f"1.{one}")
    form = await opened(voted, "U0MAYA")
    answer = await sent(voted, "U0MAYA", form, {"slots": "09:00–09:45", "rooms": "Library"})
    assert "Changed" in said(answer)
    assert [each.slot for each in await there(voted)] == [1] * 4
    assert at[4] != (1, 1)
    told = [card_as_text(each.card, "UTC") for each in voted.platform.sent]
    assert any("“Choir” does not take place." in each for each in told)


async def test_a_step_is_not_undone_onto_what_is_gone_or_taken(voted: Seeded) -> None:
    """Its slot was left out since, something else stands there, or its card is part of another."""
    await press(voted, "edcamp.move", "1.4.1.1.0")
    await press(voted, "edcamp.move", "1.4.2.1.99")
    new = Session(0, 1, 3, 1, 1, pinned=True)
    number = await voted.store.run(lambda tx: sessions.add(tx, new))
    assert "Where it stood is gone or taken" in await press(voted, "edcamp.undo")
    await voted.store.run(lambda tx: sessions.drop_unshown(tx, number))
    form = await opened(voted, "U0MAYA")
    assert "Changed" in said(await sent(voted, "U0MAYA", form, {"slots": "10:00–10:45"}))
    assert "Where it stood is gone or taken" in await press(voted, "edcamp.undo")
    await press(voted, "edcamp.take_out", "1.4")
    await press(voted, "edcamp.same", "4.3")
    assert "What that step moved is gone" in await press(voted, "edcamp.undo")


async def test_while_votes_are_secret_no_page_of_the_grid_gives_them_away(made: Seeded) -> None:
    """Not the whole, though its address can be guessed, nor what a move would cost."""
    await begin(made, Phase.VOTE)
    await made.do("U0SAM", Press("edcamp.interested", "1"))
    maya = MemberRef("slack", TEAM, "U0MAYA")
    page = await made.parts.desk.page(maya, "edcamp.grid", "1")
    assert isinstance(page, Page)
    assert "want" not in " ".join(map(str, page.blocks))
    for name, row in (("edcamp.piece", "1.1"), ("edcamp.place", "1.1.1.1.0")):
        with pytest.raises(Refused):
            await made.parts.desk.page(maya, name, row)


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "٣", "--1", "1 "])
async def test_a_row_of_no_grid_is_no_fault_of_ours(voted: Seeded, number: str) -> None:
    """Whoever sends one by hand is answered as to what is not there."""
    for at in range(5):
        parts = ["1", "4", "1", "1", "0"]
        parts[at] = number
        told = await press(voted, "edcamp.move", ".".join(parts))
        assert "Something went wrong" not in told


async def test_a_second_run_takes_no_place_that_organisers_have_in_mind(voted: Seeded) -> None:
    """What they put there and have not published would stand in the same room at the same time."""
    await press(voted, "edcamp.move", "1.4.1.1.0")
    await press(voted, "edcamp.publish")
    await press(voted, "edcamp.move", "1.3.2.1.99")

    def again(tx: Tx) -> tuple[int, int]:
        board = phases.again(tx, 1)
        (first,) = sessions.places_of(tx, board).values()
        found = rescuing.second_run(tx, Held(board, first), voted.clock.now())
        return found.slot.id, found.room.id

    assert await voted.store.run(again) == (2, 2)
