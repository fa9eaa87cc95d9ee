"""What somebody wrote who was erased stands in the room still, and is not read out of it again."""

from datetime import timedelta

import pytest

from plnbot.refs import MemberRef
from plnbot.store.database import Store
from plnbot.talk.interactions import Interaction, Said, Submit
from plnbot.testing import FrozenClock
from tests.adapters.script import ANA, BO, EIGHT, NAMES
from tests.scenarios.test_switched_off import planned, told
from tests.scenarios.two_networks import PLATFORM, shown


@pytest.mark.parametrize("answers", ["gone", "kept"])
async def test_what_was_erased_is_not_read_out_of_the_room_again(
    store: Store, clock: FrozenClock, answers: str
) -> None:
    """Their messages, or edits that nobody had heard of, read after a gap, answer nothing any more."""
    script = await planned(store, clock)
    await script.until(EIGHT + timedelta(minutes=11))
    ana, bo = (MemberRef(PLATFORM, script.room.workspace, script.ids[each]) for each in (ANA, BO))
    said, edited = Said("A1 Max of class 4b hid", "m1"), Said("A1 Max of class 4b did", "m1", "2")
    await told(script, BO, said, "m1")
    assert "Erased" in await told(script, BO, Submit("members.forget", {"answers": answers}), "f")
    for number, what in enumerate((said, edited)):
        again = Interaction(
            f"m1/{number}", bo, script.room, what, "en", NAMES[BO], at=clock.now(), missed=True
        )
        await script.parts.desk.handle(again)
    page = shown(await script.parts.desk.page(ana, "chat", "1"))
    assert page.count("class 4b hid") == 2 * (answers == "kept")
    assert "class 4b did" not in page
    assert NAMES[BO] not in page
