"""What is defined: kept as it was typed or said why not, offered to who can have it, shown as its owner chose."""

from datetime import timedelta

import pytest

from plnbot.badges.coming import on_offer
from plnbot.badges.personal import PERSONAL
from plnbot.badges.store import awards, brought, definitions
from plnbot.engine.personal import Erasure, Whose
from plnbot.talk.interactions import OpenForm, Press, Submit
from plnbot.talk.pages import Page, markdown
from plnbot.talk.uploads import received
from plnbot.testing import HeavyHere
from tests.badges.test_assigning import (
    BO,
    CY,
    NO,
    TALK,
    WORDS,
    YES,
    bench,
    does,
    house,
    page,
)
from tests.credit.badges.elsewhere import OWNER, issued
from tests.engine.test_platforms import Bench

__all__ = ["bench"]
# What is decided here is the same on any database; the scenarios run on both.
pytestmark = [
    pytest.mark.rows(122),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
WHOLE = {"name": "Whole", "criteria": "", "parts": ("1", "2"), "needed": "2"}


async def test_frameworks_are_kept_or_refused_all_of_them(bench: Bench) -> None:
    """Ten are too many, and said to be; what is no address is said too, whatever is wrong with it."""
    await house(bench, CY)
    lines = [f"MP.{n} https://frameworks.example.org/{n}" for n in range(10)]
    for typed, told in (
        (lines, "8 of these are the most"),
        (["MP.3 https://frame[works"], "a name and behind it an address"),
        (lines[:8], "Two"),
    ):
        given = {**TALK, "name": "Two", "alignments": "\n".join(typed)}
        assert told in await does(bench, "ana", Submit("badges.define", given))
    made = await bench.store.read(lambda tx: definitions.found(tx, 2))
    assert len(made.terms.alignments) == 8


async def test_what_is_made_of_others_stays_made_of_what_was_closed(bench: Bench) -> None:
    """One of its parts takes no applications any more: it counts as before, also after a change."""
    await house(bench, CY)
    await bench.do("ana", Submit("badges.define", {**TALK, "name": "Two"}))
    await bench.do("ana", Submit("badges.define", {**TALK, **WHOLE}))
    await bench.do("ana", Press("badges.close", "2"))
    form = await bench.do("ana", Press("badges.change", "3"))
    assert isinstance(form, OpenForm)
    assert "Two" in str(form.form)
    await bench.do("ana", Submit("badges.change", {**TALK, **WHOLE, "about": "All."}, "3"))
    changed = await bench.store.read(lambda tx: definitions.found(tx, 3))
    assert changed.terms.about == "All."
    assert changed.terms.parts == (1, 2)
    new = Submit("badges.define", {**TALK, **WHOLE, "name": "Other"})
    assert "choose from the list" in await does(bench, "ana", new), "a new one is not made of it"


async def test_offered_again_once_it_is_over(bench: Bench) -> None:
    """Who had one that lasted a month can apply again, and is offered it."""
    await house(bench, CY, months="1")
    await bench.do("cy", Submit("badges.assess", YES, "1"))
    for days, has in ((0, True), (40, False)):
        now = bench.clock.now() + timedelta(days=days)
        (one,) = await bench.store.read(lambda tx, now=now: on_offer(tx, 1, now))  # type: ignore[misc]
        assert (BO in one.but_for) is has
    await bench.until(now)
    assert "nothing is shown yet" in await does(bench, "bo", Press("badges.apply", "1"))


async def test_what_was_withdrawn_shows_nothing_of_its_owners(bench: Bench) -> None:
    """Name and evidence were shown by choice, which they no longer have."""
    await house(bench, CY)
    await bench.do("cy", Submit("badges.assess", YES, "1"))
    taken = {"email": "bo@home.example", "name": "yes", "shows": ("0",)}
    await bench.do("bo", Submit("badges.take", taken, "1"))
    code = (await bench.store.read(lambda tx: awards.found(tx, 1))).code
    shown = await _public(bench, code)
    assert "Awarded to Bo" in shown
    assert WORDS["c0"] in shown
    await bench.do("ana", Submit("badges.withdraw", {"why": "Copied."}, "1"))
    shown = await _public(bench, code)
    assert "Withdrawn on" in shown
    assert "Bo" not in shown
    assert WORDS["c0"] not in shown


async def _public(bench: Bench, code: str) -> str:
    found = await bench.parts.desk.public_page("award", code, "en")
    assert isinstance(found, Page)
    return markdown(found, "UTC", "en")


async def test_notes_on_what_somebody_showed_go_with_them(bench: Bench) -> None:
    """What assessors noted is about them: neither they nor anybody else has it any more."""
    await house(bench, CY)
    await bench.do("cy", Submit("badges.assess", NO, "1"))
    now = bench.clock.now()
    bo, cy = (Whose(each, 1, now, (), "Former member") for each in (BO, CY))
    holdings = {each.name: each for each in PERSONAL.holdings}

    async def noted() -> str:
        return str(await bench.store.read(lambda tx: holdings["badge_work"].export(tx, cy)))

    assert "Too short." in await noted()
    await bench.store.run(lambda tx: holdings["badge_applications"].erase(tx, Erasure(bo, now)))
    assert "Too short." not in await noted()


async def test_what_was_refused_when_it_came_is_not_looked_at_again(bench: Bench) -> None:
    """Its file is gone: its page says why it was refused, and offers nothing more."""
    bench.parts.runner.tools.heavy = HeavyHere()
    await house(bench, CY)
    changed = issued().replace("Asks", "Axes").encode()
    files = {"file": [received("b.json", changed)]}
    await bench.do("bo", Submit("badges.bring", {"stated": OWNER}, "", files))
    await bench.until(bench.clock.now() + timedelta(minutes=1))
    shown = await page(bench, "bo", "badges.brought")
    assert "It was changed since it was signed" in shown
    assert "Check it again" not in shown
    assert "not taken in" in await does(bench, "bo", Press("badges.recheck", "1"))
    await bench.until(bench.clock.now() + timedelta(hours=1))
    assert not await bench.store.read(lambda tx: brought.of_member(tx, BO))
