"""A signing key that was lost or stolen: withdrawn, told, and what stands signed anew."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from plnbot.openbadges.keys import document_address
from plnbot.openbadges.proof import Flaw
from plnbot.openbadges.verdict import Standing, Verdict, verdict
from plnbot.sealing import Seal
from plnbot.talk.interactions import Press, Submit
from tests.scenarios.lobby import LobbyDriver
from tests.scenarios.test_badges import TALK, applied, assessed, house, shown, status

TAKEN = {"email": "sam@home.example", "name": "yes", "shows": ()}
MINUTE = timedelta(minutes=1)


async def taken(lobby: LobbyDriver, who: str, number: str) -> dict[str, Any]:
    """Let somebody take an award along, and return its file."""
    await lobby.handled(who, Submit("badges.take", TAKEN, number))
    await lobby.pass_time(MINUTE)
    return await its_file(lobby, who, number)


async def its_file(lobby: LobbyDriver, who: str, number: str) -> dict[str, Any]:
    """Return the file of an award."""
    found: dict[str, Any] = json.loads(await lobby.file(who, f"badges.json/{number}"))
    return found


async def awarded(lobby: LobbyDriver, *who: str) -> None:
    """Let some be awarded the same, one after the other."""
    await house(lobby)
    for number, each in enumerate(who, 1):
        await applied(lobby, each)
        await assessed(lobby, "luis", number, c0="yes", c1="yes")


async def by_web(lobby: LobbyDriver, document: Mapping[str, Any]) -> Verdict:
    """Return how a badge of a did:web stands, by what anybody may fetch."""
    fetched = {
        address: json.loads(await (await lobby.client.get(urlsplit(address).path)).text())
        for address in (
            document_address(document["issuer"]["id"]),
            document["credentialStatus"]["statusListCredential"],
        )
    }
    issuer = fetched[document_address(document["issuer"]["id"])]
    return verdict(document, lobby.now(), lambda _did: issuer, fetched.get)


@pytest.mark.rows(122)
async def test_a_stolen_key_is_withdrawn(
    lobby: LobbyDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files are told apart by verifiers, pages and owners; those that stand verify again, others stay."""
    sign_ins = type(lobby.parts.desk.sign_ins)
    monkeypatch.setattr(sign_ins, "address", lambda *_: "https://pln.example.org")
    await awarded(lobby, "sam", "priya")
    before = await taken(lobby, "sam", "1")
    await lobby.handled("maya", Press("badges.key"))
    others = await taken(lobby, "priya", "2")
    assert (await by_web(lobby, before)).standing is Standing.GOOD, "a replaced key stands"
    assert "another role" in shown(await lobby.handled("sam", Press("badges.key_lost", "1")))
    page = await lobby.markup("/as/maya/page/badges.keys")
    assert page.count("There is no way back.") == 2, "asked before each"
    assert "Withdraw this key" not in await lobby.page("sam", "badges.keys")
    said = shown(await lobby.handled("maya", Press("badges.key_lost", "1")))
    assert "signed anew now, and their owners are told" in said
    assert (await by_web(lobby, before)) == Verdict(
        Standing.CHANGED, f"{lobby.now():%Y-%m-%d}", Flaw.KEY_WITHDRAWN
    )
    assert await lobby.file("sam", "badges.json/1") == "", "not by the old key any more"
    await lobby.pass_time(timedelta(hours=14))
    after = await its_file(lobby, "sam", "1")
    assert after["id"] == before["id"]
    assert (await by_web(lobby, after)).standing is Standing.GOOD
    assert await its_file(lobby, "priya", "2") == others
    assert (await by_web(lobby, others)).standing is Standing.GOOD
    note = "A key that signed your file was withdrawn on"
    assert note in await lobby.messages("sam")
    assert note not in await lobby.messages("priya")
    assert "files of before verify no more" in await lobby.markup(urlsplit(after["id"]).path)
    assert "Withdrawn on" in await lobby.page("luis", "badges.keys")
    assert "Maya Torres withdrew the key" in await lobby.page("maya", "audit")
    again = await lobby.handled("maya", Press("badges.key_lost", "1"))
    assert "withdrawn already" in shown(again)


@pytest.mark.rows(122)
async def test_an_issuer_that_is_its_own_key(lobby: LobbyDriver) -> None:
    """It has no document: its list says that nothing it signed counts, and what stands has a new issuer."""
    await awarded(lobby, "sam", "priya")
    before = await taken(lobby, "sam", "1")
    over = await taken(lobby, "priya", "2")
    await lobby.handled("priya", Submit("badges.withdraw", {"why": "Copied."}, "2"))
    await lobby.handled("maya", Press("badges.key_lost", "1"))
    await lobby.pass_time(MINUTE)
    for each in (before, over):
        assert await status(lobby, each) is Standing.WITHDRAWN
    after = await its_file(lobby, "sam", "1")
    assert after["issuer"]["id"] != before["issuer"]["id"]
    assert await status(lobby, after) is Standing.GOOD
    assert await lobby.file("priya", "badges.json/2") == "", (
        "what counts no more is not signed anew"
    )


async def test_a_secret_that_got_lost(lobby: LobbyDriver) -> None:
    """No secret opens the key any more: it is withdrawn, and a new one signs what stands."""
    await awarded(lobby, "sam")
    before = await taken(lobby, "sam", "1")
    lobby.parts.runner.tools.seal = Seal((b"another one",))
    await lobby.handled("maya", Press("badges.key_lost", "1"))
    await lobby.pass_time(MINUTE)
    after = await its_file(lobby, "sam", "1")
    assert after["proof"] != before["proof"]
    assert await status(lobby, after) is Standing.GOOD
    assert after["name"] == TALK["name"]
