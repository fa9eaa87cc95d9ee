"""Two change a board at once: different fields both stand; for the same one the second sees both."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from plnbot.edcamps.actions import phases
from plnbot.edcamps.store import boards, cards
from plnbot.engine import editing
from plnbot.engine.editing import Clash, Compared, Editing
from plnbot.refs import MemberRef
from plnbot.store.database import Store
from plnbot.talk.cards import Actions, Button
from plnbot.talk.forms import FieldErrors, Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply, Submit
from plnbot.testing import FrozenClock
from tests.chats.workspace import TEAM, Seeded, seeded
from tests.edcamps.test_board import BOARD, card, said

MAYA, SAM = "U0MAYA", "U0SAM"


@pytest.fixture
async def made(store: Store, clock: FrozenClock) -> Seeded:
    """Return a workspace with a board that Maya laid, and Sam, who organises too."""
    found = await seeded(store, clock)
    await found.do(MAYA, Submit("edcamp.new", BOARD))
    await found.do(MAYA, Press("edcamp.add_organiser", "1"))
    await found.do(MAYA, Submit("edcamp.add_organiser", {"person": "row:2"}, "1"))
    return found


async def opened(of: Seeded, who: str, press: str = "edcamp.change") -> Form:
    """Return a form that somebody has before them."""
    answer = await of.do(who, Press(press, "1"))
    assert isinstance(answer, OpenForm), answer
    return answer.form


async def sent(of: Seeded, who: str, form: Form, changed: Mapping[str, str]) -> Answer:
    """Send a form as it was shown, but for what somebody changed in it."""
    shown = {each.name: str(getattr(each, "value", "")) for each in form.inputs}
    return await of.do(who, Submit(form.name, {**shown, **changed}, form.row))


async def rooms(of: Seeded) -> list[str]:
    """Return the names of the board's rooms."""
    found = await of.store.read(lambda tx: boards.rooms_of(tx, phases.again(tx, 1)))
    return [each.name for each in found]


async def test_different_fields_both_stand(made: Seeded) -> None:
    """Neither saw what the other wrote, and nothing is lost."""
    mayas, sams = await opened(made, MAYA), await opened(made, SAM)
    assert "Changed" in said(await sent(made, MAYA, mayas, {"title": "Autumn EdCamp"}))
    assert "Changed" in said(await sent(made, SAM, sams, {"rooms": "Library\nGym\nDen, voice"}))
    board = await made.store.read(lambda tx: phases.again(tx, 1))
    assert board.title == "Autumn EdCamp"
    assert await rooms(made) == ["Library", "Gym", "Den"]


async def test_of_the_same_field_the_second_sees_both(made: Seeded) -> None:
    """With the other's name; what else they changed stands, and theirs stands once they say so."""
    mayas, sams = await opened(made, MAYA), await opened(made, SAM)
    await sent(made, MAYA, mayas, {"rooms": "Library\nGreat hall"})
    answer = await sent(made, SAM, sams, {"rooms": "Library\nGym\nKitchen", "about": "Bring a mug"})
    told = said(answer)
    assert "Rooms: Maya wrote “Library" in told.replace("**", "")
    assert "Great hall” meanwhile" in told
    assert "You wrote “Library · Gym · Kitchen”" in told
    assert await rooms(made) == ["Library", "Great hall"]
    assert (await made.store.read(lambda tx: phases.again(tx, 1))).about == "Bring a mug"
    assert isinstance(answer, Reply)
    (mine,) = [
        each
        for row in answer.card.blocks
        if isinstance(row, Actions)
        for each in row.items
        if isinstance(each, Button) and each.action == "edcamp.take_mine"
    ]
    assert "Only who wrote these words" in said(await made.do(MAYA, Press(mine.action, mine.row)))
    assert "Changed" in said(await made.do(SAM, Press(mine.action, mine.row)))
    assert await rooms(made) == ["Library", "Gym", "Kitchen"]
    assert "no longer kept" in said(await made.do(SAM, Press(mine.action, mine.row)))


async def test_who_changes_twice_clashes_with_nobody(made: Seeded) -> None:
    """Nor does who writes the same as the other, nor who leaves a field as it was shown."""
    first, again = await opened(made, MAYA), await opened(made, SAM)
    await sent(made, MAYA, first, {"title": "Autumn"})
    assert "Changed" in said(await sent(made, MAYA, first, {"title": "Winter"}))
    assert "Changed" in said(await sent(made, SAM, again, {"title": "Winter"}))
    assert "Changed" in said(await sent(made, SAM, again, {}))
    assert (await made.store.read(lambda tx: phases.again(tx, 1))).title == "Winter"


async def test_a_card_is_changed_by_its_people_alone(made: Seeded) -> None:
    """Two authors clash as two organisers do; whoever has nothing to do with it is told why not."""
    await made.do("U0PRIYA", card("Feedback without grades"))
    await made.do(SAM, Press("edcamp.too", "1"))
    priyas, sams = (
        await opened(made, "U0PRIYA", "edcamp.change_card"),
        await opened(made, SAM, "edcamp.change_card"),
    )
    await sent(made, SAM, sams, {"words": "Feedback, not grades", "needs": "projector"})
    told = said(await sent(made, "U0PRIYA", priyas, {"words": "No grades", "about": "A story"}))
    assert "Sam wrote “Feedback, not grades” meanwhile" in told
    refused = said(await made.do("U0LUIS", Press("edcamp.change_card", "1")))
    assert "changed by those who asked for it" in refused


async def test_what_cannot_stand_changes_nothing(made: Seeded) -> None:
    """Errors are said in the form; who changed what is forgotten after a month, and versions still grow."""
    form = await opened(made, MAYA)
    wrong = await sent(made, MAYA, form, {"rooms": "Gym\nGym", "title": "Never"})
    assert isinstance(wrong, FieldErrors)
    assert (await made.store.read(lambda tx: phases.again(tx, 1))).title == "Spring EdCamp"
    await sent(made, MAYA, form, {"title": "Autumn"})
    seen = await made.store.read(lambda tx: editing.version_of(tx, "edcamp:1"))
    later = made.clock.now() + timedelta(days=31)
    await made.store.run(lambda tx: editing.expire(tx, later))
    await sent(made, MAYA, await opened(made, MAYA), {"title": "Winter"})
    assert await made.store.read(lambda tx: editing.version_of(tx, "edcamp:1")) > seen


async def kept_aside(of: Seeded, subject: str) -> Press:
    """Return the press by which Luis takes words of his that were kept aside, for a title."""
    luis = await of.parts.desk.person(MemberRef("slack", TEAM, "U0LUIS"))
    assert luis is not None
    sends = Editing(subject, luis.network.id, 0, luis.id, of.clock.now())
    clashes = Compared({}, [Clash("title", "Mine", "Theirs", None)])
    (kept,) = await of.store.run(lambda tx: editing.note(tx, sends, clashes, {}))
    return Press("edcamp.take_mine", str(kept.number))


async def test_words_are_taken_by_who_may_change_it_still(made: Seeded) -> None:
    """Not by who organises no more, nor where they are about something else of the same number."""
    told = said(await made.do("U0LUIS", await kept_aside(made, "edcamp:1")))
    assert "for the organisers of this board" in told
    assert "no longer kept" in said(await made.do("U0LUIS", await kept_aside(made, "chat:1")))
    assert (await made.store.read(lambda tx: phases.again(tx, 1))).title == "Spring EdCamp"


async def test_a_form_of_a_card_that_was_made_one_changes_no_other(made: Seeded) -> None:
    """Sent as it was shown, it would write over the words of another's card."""
    await made.do("U0PRIYA", card("Feedback without grades"))
    await made.do("U0LUIS", card("Feedback without any grades"))
    answer = await made.do("U0LUIS", Press("edcamp.change_card", "2"))
    assert isinstance(answer, OpenForm)
    await made.do("U0LUIS", Press("edcamp.same", "2.1"))
    told = said(await sent(made, "U0LUIS", answer.form, {"about": "A story"}))
    assert "It was made one with “Feedback without grades”" in told
    found = await made.store.read(lambda tx: cards.of_numbers(tx, [1]))
    assert (found[1].words, found[1].about) == ("Feedback without grades", "")


async def test_a_list_that_grew_as_it_was_written_again_can_be_kept(made: Seeded) -> None:
    """Its lines have whole clocks and their days by then, and no form opens with more than it takes."""
    await made.do(MAYA, Press("edcamp.call_off", "1"))
    hours = (7, 8, 9, 1, 2, 3, 4, 5, 6)
    lines = [f"{hour}:{ten}0-{hour}:{ten}5 {'x' * 39}" for hour in hours for ten in range(5)]
    slots = "\n".join(lines[:40])
    laid = Submit("edcamp.new", {**BOARD, "slots": slots})
    assert "is laid" in said(await made.do(MAYA, laid))
    answer = await made.do(MAYA, Press("edcamp.change", "2"))
    assert isinstance(answer, OpenForm)
    assert all(
        len(each.value) <= each.most for each in answer.form.inputs if isinstance(each, TextInput)
    )
    assert "Changed" in said(await sent(made, MAYA, answer.form, {"title": "Autumn"}))
