"""What was typed into the short form is there when it is opened again, and gone once it was sent in."""

import pytest

from adapters.slack.text import PLATFORM
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store
from plnbot.talk.interactions import Answer, Command, OpenForm, Submit
from plnbot.testing import FrozenClock
from tests.credit.school import LOG, SAM, TEAM, school_of


def typed_in(answer: Answer) -> dict[str, object]:
    """Return what stands in a form."""
    assert isinstance(answer, OpenForm)
    return {each.name: getattr(each, "value", None) for each in answer.form.inputs}


@pytest.mark.rows(120)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_form_opens_with_what_was_typed(store: Store, clock: FrozenClock) -> None:
    """With a mistake in it, and as it is typed; what was sent in does not come again."""
    school = await school_of(store, clock)
    sentence = "I answered the door, came back, and my sentence was there."
    await school.do(SAM, Submit("credit.log", {**LOG, "minutes": "0", "reflection": sentence}))
    again = typed_in(await school.do(SAM, Command("credit log")))
    assert again["reflection"] == sentence
    assert again["title"] == LOG["title"]
    who = MemberRef(PLATFORM, TEAM, SAM)
    so_far = Submit("credit.log", {**LOG, "title": "Typed so far"})
    await school.parts.desk.keep_form(who, Place(PLATFORM, TEAM, ""), so_far)
    assert typed_in(await school.do(SAM, Command("credit log")))["title"] == "Typed so far"
    await school.do(SAM, Submit("credit.log", LOG))
    assert typed_in(await school.do(SAM, Command("credit log")))["title"] == ""
