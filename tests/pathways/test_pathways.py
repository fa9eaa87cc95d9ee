"""Pathways beneath the platforms: who may lay, who walks, what another network sees, and what is erased."""

import asyncio
from threading import Event

import pytest

from plnbot.activities.store import write
from plnbot.engine import roles
from plnbot.engine.roles import Grant, Role
from plnbot.pathways import actions, store
from plnbot.pathways.model import steps_of
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import Answer, Command, OpenForm, Press, Reply, Submit
from plnbot.talk.pages import Page
from plnbot.talk.plain import card_as_text
from tests.engine.test_platforms import Bench, bench
from tests.every_row import every_row
from tests.growth.test_growth import done

__all__ = ["bench"]
ANA, BO = 1, 2
MENU = "Required: All\n- Read: https://read.example.org/ | Ask\nChoose 1: Try\n- Wait\n- Visit"
LAID = {"title": "First year", "about": "", "menu": MENU}


def said(answer: Answer) -> str:
    """Return everything that an answer shows."""
    if isinstance(answer, FieldErrors):
        return " ".join(map(str, answer.errors.values()))
    assert isinstance(answer, Reply)
    return " ".join(card_as_text(each) for each in (answer.card, *answer.more))


async def laid(bench: Bench) -> None:
    """Let Ana, a curator, lay one, and Bo be there."""
    await bench.do("ana", Command("home"), leads=True)
    await bench.do("bo", Command("home"))

    def curates(tx: Tx) -> None:
        roles.grant(tx, 1, ANA, Grant(Role.CURATOR), by=None, now=bench.clock.now())

    await bench.store.run(curates)
    assert "on offer" in said(await bench.do("ana", Submit("pathways.lay", LAID)))


async def page(bench: Bench, who: str) -> str:
    """Return the words of the pathway's page."""
    shown = await bench.parts.desk.page(MemberRef("test", "w", who), "pathway", "1")
    assert isinstance(shown, Page)
    return f"{shown.head.about.bare()} {shown.blocks}"


async def test_only_curators_lay_and_only_walkers_do(bench: Bench) -> None:
    """Nobody else lays, changes or closes one; who has not taken it chooses and does nothing."""
    await laid(bench)
    for what in (
        Command("pathways new"),
        Submit("pathways.lay", LAID),
        Submit("pathways.change", LAID, "1"),
        Press("pathways.close", "1"),
    ):
        assert "another role" in said(await bench.do("bo", what))
    for what in (
        Press("pathways.choose", "1-1"),
        Press("pathways.done", "1-1"),
        Submit("pathways.done", {"way": "1"}, "1-1"),
        Press("pathways.undone", "1-1"),
        Press("pathways.pick", "1", "1"),
    ):
        assert "Take the pathway first" in said(await bench.do("bo", what))
    assert "not on this pathway" in said(await bench.do("bo", Press("pathways.leave", "1")))
    assert await bench.store.read(lambda tx: store.said_of(tx, BO)) == {}


async def test_what_was_done_stays_done_when_it_is_laid_anew(bench: Bench) -> None:
    """A step of the same name is the same step wherever it stands; one that is gone counts no more."""
    await laid(bench)
    await bench.do("bo", Press("pathways.take", "1"))
    for step in ("1", "2"):
        await bench.do("bo", Submit("pathways.done", {"own": "So"}, f"1-{step}"))
    assert "2 of 2 steps" in await page(bench, "bo")
    anew = {**LAID, "menu": "Choose 2: Any\n- Visit\n- New\n- read"}
    await bench.do("ana", Submit("pathways.change", anew, "1"))
    assert "1 of 2 steps done" in await page(bench, "bo")
    assert "0 of" not in await page(bench, "ana")


async def test_a_pathway_is_a_step_of_another(bench: Bench) -> None:
    """It is done when that is complete, by an activity too."""
    await laid(bench)
    both = {"title": "Both", "about": "", "menu": "Required: All\n- Begin: pathway 1"}
    await bench.do("ana", Submit("pathways.lay", both))
    await bench.do("bo", Press("pathways.take", "1"))
    await bench.do("bo", Press("pathways.take", "2"))
    now = bench.clock.now()
    did = done(BO, "chat:9", "A visit")
    await bench.store.run(lambda tx: write(tx, [did], now))
    await bench.do("bo", Submit("pathways.done", {"way": "0"}, "1-1"))
    home = await bench.parts.desk.page(MemberRef("test", "w", "bo"), "home", "")
    assert "Both: 0 of 1 steps done" in " ".join(str(home).split()) or isinstance(home, Page)
    answer = said(await bench.do("bo", Submit("pathways.done", {"activity": "1"}, "1-3")))
    assert "complete: 2 of 2 steps" in answer
    listed = said(await bench.do("bo", Command("pathways")))
    assert "complete: 1 of 1 steps" in listed
    (kept,) = [
        each
        for each in (await bench.store.read(lambda tx: store.said_of(tx, BO)))[1].values()
        if each.source
    ]
    assert (kept.source, kept.way) == ("chat:9", "A visit")


async def test_closed_it_is_walked_on_and_offered_no_more(bench: Bench) -> None:
    """Who walks it still does; nobody else takes it; opened again, they can."""
    await laid(bench)
    await bench.do("bo", Press("pathways.take", "1"))
    await bench.do("ana", Press("pathways.close", "1"))
    assert "“Wait” is done" in said(
        await bench.do("bo", Submit("pathways.done", {"own": "So"}, "1-2"))
    )
    assert "offered no more" in said(await bench.do("ana", Press("pathways.take", "1")))
    await bench.do("ana", Press("pathways.close", "1"))
    assert "You are on" in said(await bench.do("ana", Press("pathways.take", "1")))


@pytest.mark.parametrize("row", ["9", "x", "1-9", "1-x", ""])
async def test_rows_that_name_nothing(bench: Bench, row: str) -> None:
    """Are told to be not there."""
    await laid(bench)
    for action in ("choose", "done", "undone", "take", "leave"):
        answer = said(await bench.do("bo", Press(f"pathways.{action}", row)))
        assert "not there" in answer or (action in ("take", "leave") and row.startswith("1-"))


async def test_erased_nothing_is_left(bench: Bench, database_url: str) -> None:
    """Walks and steps go with their member, and others keep theirs."""
    await laid(bench)
    for who in ("ana", "bo"):
        await bench.do(who, Press("pathways.take", "1"))
        await bench.do(who, Submit("pathways.done", {"own": "So"}, "1-2"))
    await bench.do("bo", Submit("members.forget", {"answers": "gone"}))
    rows = every_row(database_url)
    for table in ("pathway_walk", "pathway_done"):
        assert [row["member_id"] for row in rows[table]] == [ANA], table


async def test_a_new_step_has_nothing_of_one_that_is_gone(bench: Bench) -> None:
    """Its number is nobody's before, however often the pathway was laid anew meanwhile."""
    await laid(bench)
    await bench.do("bo", Press("pathways.take", "1"))
    await bench.do("bo", Submit("pathways.done", {"own": "So"}, "1-2"))
    await bench.do("bo", Press("pathways.choose", "1-3"))
    for menu in ("- Read", "- Read\n- Film\n- Watch"):
        await bench.do(
            "ana", Submit("pathways.change", {**LAID, "menu": f"Required: All\n{menu}"}, "1")
        )
    shown = await page(bench, "bo")
    assert "0 of 3 steps" in shown
    assert "'chosen'" not in shown


async def test_an_address_is_kept_whole(bench: Bench) -> None:
    """However long it is, also when the pathway is laid anew; one that leads nowhere breaks nothing."""
    await laid(bench)
    long = f"https://read.example.org/{'a' * 400}"
    changed = Submit("pathways.change", {**LAID, "menu": f"Required: All\n- Read: {long}"}, "1")
    await bench.do("ana", changed)
    form = await bench.do("ana", Press("pathways.change", "1"))
    assert isinstance(form, OpenForm)
    assert long in str(form.form)
    broken = {**LAID, "menu": "Required: All\n- Read: https://[read"}
    await bench.do("ana", Submit("pathways.change", broken, "1"))
    assert "https://[read" in await page(bench, "bo")


async def test_a_long_name_is_kept_whole(bench: Bench) -> None:
    """Two steps that begin alike are two, and both are read again as they were typed."""
    await laid(bench)
    names = [f"{'Visit a colleague and ' * 8}{end}" for end in ("watch", "film")]
    menu = f"Choose 1: {names[0]} or more\n" + "\n".join(f"- {each}" for each in names)
    await bench.do("ana", Submit("pathways.change", {**LAID, "menu": menu}, "1"))
    form = await bench.do("ana", Press("pathways.change", "1"))
    assert isinstance(form, OpenForm)
    assert all(f"- {each}" in str(form.form) for each in names)
    assert "0 of 1 steps" in (await page(bench, "bo")) + said(
        await bench.do("bo", Press("pathways.take", "1"))
    )


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_two_steps_chosen_at_one_moment(bench: Bench) -> None:
    """Two taps in a row, each with a transaction of its own: both are chosen."""
    await laid(bench)
    await bench.do("bo", Press("pathways.take", "1"))
    one = await bench.store.read(lambda tx: store.get(tx, 1))
    assert one is not None
    steps = list(steps_of(one.menu))
    walk = (await bench.store.read(lambda tx: store.walks_of(tx, BO)))[1]
    chosen, going = Event(), Event()

    def first(tx: Tx) -> None:
        actions.choose(tx, walk, steps[0])
        chosen.set()
        assert going.wait(30)

    begun = asyncio.ensure_future(bench.store.run(first))
    await asyncio.to_thread(chosen.wait, 30)
    then = asyncio.ensure_future(bench.store.run(lambda tx: actions.choose(tx, walk, steps[1])))
    await asyncio.sleep(0.3)
    going.set()
    await asyncio.gather(begun, then)
    assert (await bench.store.read(lambda tx: store.walks_of(tx, BO)))[1].chosen == (1, 2)
