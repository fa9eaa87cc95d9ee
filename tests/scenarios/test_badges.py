"""Micro-credentials: from a definition to an award and its end, on every platform."""

import asyncio
import json
from base64 import b64encode
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from plnbot.badges.actions.issuing import PURPOSE
from plnbot.badges.store import awards
from plnbot.engine import roles
from plnbot.engine.roles import Grant, Role
from plnbot.members import store as members
from plnbot.openbadges.keys import base58
from plnbot.openbadges.picture import baked, drawn
from plnbot.openbadges.verdict import Standing, verdict
from plnbot.sealing import Seal
from plnbot.store.database import Tx
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import Answer, Press, Reply, Submit
from plnbot.talk.plain import card_as_text
from tests.scenarios.driver import Document, Driver, InTime
from tests.scenarios.lobby import LobbyDriver
from tests.scenarios.test_credit import _workspace
from tests.scenarios.test_own_data import everything, forget

TALK = {
    "name": "Fractions through talk",
    "about": "Leads a number talk about fractions.",
    "criteria": "Asks first: opens with a question | notes\nWaits: gives ten seconds | a recording",
    "days": "5",
    "months": "36",
    "blind": "no",
    "second": "0",
    "alignments": "MP.3 Construct arguments https://frameworks.example.org/MP3",
}
WORDS = {"c0": "I asked: which is more?", "c1": "I counted to ten.", "reflection": "They talk now."}


async def house(driver: Driver, **otherwise: str) -> None:
    """Let Priya define one that Luis and Maya may assess."""
    assert isinstance(driver, InTime)
    for who in ("maya", "sam", "priya", "luis"):
        await driver.say(who, "/pln home")
        await driver.lets_write(who)

    def give(tx: Tx) -> None:
        home = members.first_network(tx)
        assert home is not None
        for person in driver.parts.desk.directory.in_workspace(tx, *_workspace(driver, tx)):
            if person.name.startswith("Priya"):
                grant = Grant(Role.CURATOR)
                roles.grant(tx, home.id, person.id, grant, by=None, now=driver.now())

    await driver.store.run(give)
    await driver.say("priya", "/pln badges define")
    await driver.submit("priya", **{**TALK, **otherwise})
    await driver.press("priya", "Add an assessor")
    await driver.submit("priya", member="Luis")


async def applied(driver: Driver, who: str = "sam", **otherwise: str) -> None:
    """Let somebody apply, and send it in."""
    await driver.say(who, "/pln badges")
    await driver.press(who, "Look at one …", choose="1")
    await driver.press(who, "Apply")
    await driver.press(who, "Write")
    await driver.submit(who, **{**WORDS, **otherwise})
    await driver.press(who, "Send it in")


@pytest.mark.rows(122)
async def test_from_a_definition_to_an_award_and_its_end(driver: Driver) -> None:
    """Defined in words, applied for beside the criteria, returned, mended, awarded, taken along, withdrawn."""
    await house(driver)
    assert "Luis" in await driver.alone("priya")
    await driver.say("sam", "/pln badges")
    await driver.press("sam", "Look at one …", choose="1")
    assert "evidence wanted: a recording" in await driver.alone("sam")
    await driver.press("sam", "Apply")
    await driver.press("sam", "Write")
    await driver.submit("sam", **{**WORDS, "c1": ""})
    await driver.press("sam", "Send it in")
    assert "Nothing is shown yet for “Waits”" in await driver.alone("sam")
    await driver.press("sam", "Write")
    await driver.submit("sam", **WORDS)
    await driver.press("sam", "Send it in")
    assert "You hear by" in await driver.alone("sam")
    await driver.pass_time(timedelta(hours=14))
    assert "was given to you" in await driver.messages("luis")
    await driver.say("luis", "/pln badges assess")
    await driver.press("luis", "Look at one …", choose="1")
    assert "I counted to ten." in await driver.alone("luis")
    await driver.press("luis", "Decide")
    await driver.submit("luis", c0="yes", n0="", c1="no", n1="")
    assert "What is missing?" in await driver.alone("luis")
    await driver.submit("luis", c0="yes", n0="", c1="no", n1="I do not hear the silence.")
    await driver.pass_time(timedelta(hours=14))
    assert "Waits: not met yet. I do not hear the silence." in await driver.messages("sam")
    page = await driver.page("sam", "badges.application/1")
    assert page.index("gives ten seconds") < page.index("I counted to ten.")
    await driver.press("sam", "Write")
    await driver.submit("sam", **{**WORDS, "c1": "Now it is on the recording."})
    await driver.press("sam", "Send it in")
    await driver.say("luis", "/pln badges assess")
    await driver.press("luis", "Look at one …", choose="1")
    await driver.press("luis", "Decide")
    await driver.submit("luis", c1="yes", n1="")
    assert "Awarded" in await driver.alone("luis")
    await driver.pass_time(timedelta(hours=14))
    assert "Awarded on" in await driver.messages("sam")
    await driver.press("sam", "Take it along")
    await driver.submit("sam", email="sam@", name="no", shows=())
    assert "no e-mail address" in await driver.alone("sam")
    await driver.submit("sam", email="sam@home.example", name="no", shows=())
    await driver.pass_time(timedelta(minutes=1))
    assert "It is signed" in await driver.page("sam", "badges.award/1")
    assert json.loads(await driver.file("sam", "badges.json/1"))["name"] == TALK["name"]
    await driver.press_on_page("priya", "badges.one/1", "Withdraw it")
    await driver.submit("priya", why="The recording was another's.")
    await driver.pass_time(timedelta(hours=14))
    assert "The recording was another's." in await driver.messages("sam")


def shown(answer: Answer) -> str:
    """Return what somebody reads of an answer."""
    if isinstance(answer, Reply):
        return card_as_text(answer.card)
    assert isinstance(answer, FieldErrors)
    return " ".join(str(each) for each in answer.errors.values())


async def assessed(driver: Driver, who: str, number: int, **found: str) -> None:
    """Let an assessor decide."""
    await driver.say(who, "/pln badges assess")
    await driver.press(who, "Look at one …", choose=str(number))
    await driver.press(who, "Decide")
    await driver.submit(who, **{"n0": "", "n1": "", **found})


@pytest.mark.rows(122)
async def test_nobody_learns_whose_it_is(lobby: LobbyDriver) -> None:
    """Neither by name nor by a file's; two look, disagree, and what is in doubt is not met yet."""
    await house(lobby, blind="yes", second="100")
    await lobby.press("priya", "Add an assessor")
    await lobby.submit("priya", member="Maya")
    await lobby.say("sam", "/pln badges")
    await lobby.press("sam", "Look at one …", choose="1")
    await lobby.press("sam", "Apply")
    await lobby.press("sam", "Add a file")
    for name, content, said in (
        ("sam.png", b"\x89PNG\r\n\x1a\n, by Sam", "cannot be read"),
        ("sam.pdf", b"%PDF-1.7 by Sam", "holds its author's name"),
        ("sam.png", baked(drawn("x", "y"), "by Sam"), "something is shown"),
    ):
        await lobby.submit("sam", criterion="0", file=Document(name, content))
        assert said in await lobby.alone("sam"), name
    await lobby.press("sam", "Write")
    await lobby.submit("sam", **WORDS)
    await lobby.press("sam", "Send it in")
    await lobby.say("luis", "/pln badges assess")
    await lobby.press("luis", "Look at one …", choose="1")
    page = await lobby.page("luis", "badges.review/1")
    assert "Sam" not in await lobby.alone("luis") + page.split("Look at it", 1)[-1]
    assert "evidence-1.png" in page
    given = await lobby.client.get("/as/luis/file/badges.file/1")
    assert "evidence-1.png" in given.headers["Content-Disposition"]
    assert b"Sam" not in await given.read()
    assert (await lobby.client.get("/as/priya/file/badges.file/1")).status == 404
    await assessed(lobby, "luis", 1, c0="yes", c1="yes")
    assert "Another assessor looks too" in await lobby.alone("luis")
    await assessed(lobby, "maya", 1, c0="yes", c1="no", n1="Too short.")
    await lobby.pass_time(timedelta(hours=14))
    assert "Waits: not met yet. Too short." in await lobby.messages("sam")
    await lobby.press("sam", "Ask another assessor")
    assert "nobody else" in await lobby.alone("sam")


@pytest.mark.rows(122)
async def test_who_applied_assesses_nothing_of_it(lobby: LobbyDriver) -> None:
    """An assessor who applies is not assigned, and told so; one decision counts once."""
    await house(lobby)
    await lobby.say("luis", "/pln badges")
    await lobby.press("luis", "Look at one …", choose="1")
    await lobby.press("luis", "Apply")
    assert "Nobody can assess this one yet but you" in await lobby.alone("luis")
    await lobby.say("priya", "/pln badges")
    await lobby.press("priya", "Look at one …", choose="1")
    await lobby.press("priya", "Add an assessor")
    await lobby.submit("priya", member="Maya")
    await applied(lobby, "luis")
    said = await lobby.handled("luis", Press("badges.open", "1"))
    assert "You applied for this yourself" in shown(said)
    assert "with other assessors" in shown(await lobby.handled("priya", Press("badges.open", "1")))
    decision = Submit("badges.assess", {"c0": "yes", "c1": "yes"}, "1")
    both = [await lobby.handled("maya", decision) for _ in range(2)]
    assert "Awarded" in shown(both[0])
    assert "decided already" in shown(both[1])
    mine = await lobby.handled("luis", Submit("badges.define", TALK))
    assert "another role" in shown(mine)
    bell = await lobby.handled("priya", Submit("badges.define", {**TALK, "name": "Bell\x07"}))
    assert "cannot be shown or signed" in shown(bell)
    long = await lobby.handled("priya", Submit("badges.define", {**TALK, "about": "x" * 10_000}))
    assert "600" in shown(long)


@pytest.mark.rows(122)
async def test_two_of_these_make_that_and_anybody_sees_what_was_withdrawn(
    lobby: LobbyDriver, caplog: pytest.LogCaptureFixture
) -> None:
    """The second one makes a third; its file verifies, and after the withdrawal page and list say so."""
    await house(lobby)
    await lobby.say("priya", "/pln badges define")
    await lobby.submit(
        "priya", **{**TALK, "name": "Fractions on paper", "parts": (), "needed": "0"}
    )
    await lobby.press("priya", "Add an assessor")
    await lobby.submit("priya", member="Luis")
    await lobby.say("priya", "/pln badges define")
    whole = {**TALK, "name": "Fractions whole", "criteria": "", "parts": ("1", "2"), "needed": "2"}
    await lobby.submit("priya", **whole)
    assert "Whoever has 2 of these has it" in await lobby.alone("priya")
    for number in (1, 2):
        await lobby.say("sam", "/pln badges")
        await lobby.press("sam", "Look at one …", choose=str(number))
        await lobby.press("sam", "Apply")
        await lobby.press("sam", "Write")
        await lobby.submit("sam", **WORDS)
        await lobby.press("sam", "Send it in")
        await assessed(lobby, "luis", number, c0="yes", c1="yes")
    assert "Fractions whole Awarded on" in await lobby.page("sam", "badges")
    for row in ("1", "3"):
        taken = {"email": "sam@home.example", "name": "yes", "shows": ()}
        await lobby.handled("sam", Submit("badges.take", taken, row))
        await lobby.pass_time(timedelta(minutes=1))
    for row in ("1", "3"):
        assert (await verified(lobby, row)) is Standing.GOOD
    code = (await award(lobby, "1"))["id"].rpartition("/")[2]
    page = await (await lobby.client.get(f"/open/award/{code}")).text()
    assert "It is good" in page
    assert "Sam" in page
    await lobby.handled("maya", Press("badges.key"))
    await lobby.handled("sam", Submit("badges.take", taken, "2"))
    await lobby.pass_time(timedelta(minutes=1))
    kept = await award(lobby, "1")
    assert kept["issuer"]["id"] != (await award(lobby, "2"))["issuer"]["id"]
    await lobby.handled("priya", Submit("badges.withdraw", {"why": "Copied."}, "1"))
    await lobby.pass_time(timedelta(minutes=1))
    assert await status(lobby, kept) is Standing.WITHDRAWN
    assert await verified(lobby, "2") is Standing.GOOD
    page = await (await lobby.client.get(f"/open/award/{code}")).text()
    assert "Withdrawn on" in page
    assert "Copied." not in page
    assert (await lobby.client.get(f"/open/award/{code}/badge.json")).status == 404
    assert "what it signed stays good" in await lobby.page("priya", "badges.keys")
    await _keys_lie_sealed(lobby, caplog.text)


@pytest.mark.rows(122)
@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
async def test_two_awards_at_once(lobby: LobbyDriver) -> None:
    """What is decided twice at one moment is awarded once, and two that make a third make one."""
    await house(lobby)
    one = {**TALK, "name": "Fractions on paper", "parts": (), "needed": "0"}
    whole = {**TALK, "name": "Fractions whole", "criteria": "", "parts": ("1", "2"), "needed": "2"}
    await lobby.handled("priya", Submit("badges.define", one))
    await lobby.handled("priya", Submit("badges.define", whole))
    await lobby.say("priya", "/pln badges")
    await lobby.press("priya", "Look at one …", choose="2")
    await lobby.press("priya", "Add an assessor")
    await lobby.submit("priya", member="Luis")
    for number in ("1", "2"):
        await lobby.say("sam", "/pln badges")
        await lobby.press("sam", "Look at one …", choose=number)
        await lobby.press("sam", "Apply")
        await lobby.press("sam", "Write")
        await lobby.submit("sam", **WORDS)
        await lobby.press("sam", "Send it in")
    decided = {"c0": "yes", "c1": "yes"}
    said = await asyncio.gather(
        *(lobby.handled("luis", Submit("badges.assess", decided, row)) for row in "1122")
    )
    assert sorted("Awarded" in shown(each) for each in said) == [False, False, True, True]
    mine = await lobby.store.read(lambda tx: awards.of_member(tx, _sam(lobby, tx)))
    assert sorted(each.badge for each in mine) == [1, 2, 3]


def _sam(lobby: LobbyDriver, tx: Tx) -> int:
    there = lobby.parts.desk.directory.in_workspace(tx, *_workspace(lobby, tx))
    return next(each.id for each in there if each.name.startswith("Sam"))


async def _keys_lie_sealed(lobby: LobbyDriver, log: str) -> None:
    """Look into all tables and the log for what signs: a backup has the tables."""
    found = await lobby.store.read(lambda tx: awards.keys(tx, 1))
    held = "".join((await lobby.store.read(everything)).values())
    assert len(found) == 2
    for each in found:
        assert each.sealed in held
        seed = lobby.parts.runner.tools.seal.opened(PURPOSE, each.sealed)
        for said in (seed.hex(), base58(seed), b64encode(seed).decode(), repr(seed)):
            assert said not in held
            assert said not in log


async def test_a_changed_secret_keeps_the_key(lobby: LobbyDriver) -> None:
    """At the start after it each key is sealed by the new secret, and signs without the old one."""
    await house(lobby)
    await applied(lobby)
    await assessed(lobby, "luis", 1, c0="yes", c1="yes")
    taken = Submit("badges.take", {"email": "sam@home.example", "name": "no", "shows": ()}, "1")
    await lobby.handled("sam", taken)
    await lobby.pass_time(timedelta(minutes=1))
    before = await award(lobby, "1")
    tools = lobby.parts.runner.tools
    both = Seal((b"the new one", *tools.seal.secrets))
    for each in tools.routes.reseals:
        await lobby.store.run(lambda tx, each=each: each(tx, both))  # type: ignore[misc]
    tools.seal = Seal((b"the new one",))
    await lobby.handled("sam", taken)
    await lobby.pass_time(timedelta(minutes=1))
    after = await award(lobby, "1")
    assert after["proof"] != before["proof"]
    assert after["issuer"]["id"] == before["issuer"]["id"]
    assert await verified(lobby, "1") is Standing.GOOD


@pytest.mark.rows(122, 141)
async def test_withdrawn_after_its_owner_was_erased(lobby: LobbyDriver) -> None:
    """The file that they have says so to whoever verifies it, though nothing of them is here."""
    await house(lobby)
    await applied(lobby)
    await assessed(lobby, "luis", 1, c0="yes", c1="yes")
    taken = Submit("badges.take", {"email": "sam@home.example", "name": "no", "shows": ()}, "1")
    await lobby.handled("sam", taken)
    await lobby.pass_time(timedelta(minutes=1))
    kept = await award(lobby, "1")
    assert "forgotten you" in await forget(lobby, "gone", who="sam")
    assert await status(lobby, kept) is Standing.GOOD
    await lobby.handled("priya", Submit("badges.withdraw", {"why": "Copied."}, "1"))
    await lobby.pass_time(timedelta(minutes=1))
    assert await status(lobby, kept) is Standing.WITHDRAWN


async def award(lobby: LobbyDriver, number: str) -> dict[str, Any]:
    """Return the file of Sam's award."""
    found: dict[str, Any] = json.loads(await lobby.file("sam", f"badges.json/{number}"))
    return found


async def verified(lobby: LobbyDriver, number: str) -> Standing:
    """Return how Sam's award stands, by its file and the list that it names."""
    return await status(lobby, await award(lobby, number))


async def status(lobby: LobbyDriver, found: dict[str, Any]) -> Standing:
    """Return how an award stands, by the list that it names."""
    address = found["credentialStatus"]["statusListCredential"]
    listed = await lobby.client.get(urlsplit(address).path)
    assert listed.headers["Access-Control-Allow-Origin"] == "*"
    document = await listed.json(content_type=None)
    return verdict(found, lobby.now(), lambda _did: None, {address: document}.get).standing
