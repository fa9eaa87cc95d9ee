"""Badges from elsewhere: brought as a file, looked at, shown, looked at again, taken out, erased."""

import base64
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from plnbot.badges.store import brought as store
from plnbot.engine.heavy import HeavyError
from plnbot.fetching import Fetched
from plnbot.openbadges import keys
from plnbot.openbadges.picture import baked
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import Press, Submit
from plnbot.talk.uploads import received
from plnbot.talk.words import Translate
from plnbot.testing import HeavyHere, StubFetcher
from tests.credit.badges.elsewhere import OWNER, SVG, in_png, in_svg, issued
from tests.credit.badges.issuing import (
    HOST,
    KEY,
    LIST,
    NEXT,
    WEB,
    as_text,
    badge,
    by,
    listed,
    picture,
)
from tests.scenarios.discord import DiscordDriver
from tests.scenarios.driver import Document, Driver
from tests.scenarios.lobby import LobbyDriver
from tests.scenarios.slack import SlackDriver
from tests.scenarios.test_badges import shown
from tests.scenarios.test_own_data import everything, forget

DID = f"{HOST}/did.json"
SAM = "sam@district.example"
"""Whose the badges of `issuing` are."""
WEBBED = as_text(by(KEY, badge(WEB), WEB))
ENDED = datetime(2026, 3, 2, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def web_of(lobby: LobbyDriver | SlackDriver | DiscordDriver, **documents: Any) -> StubFetcher:
    """Let there be a web of an issuer's document and its list, and read what is hostile here."""
    tools = lobby.parts.runner.tools
    said = {DID: documents.get("keys"), LIST: documents.get("list")}
    web = StubFetcher({a: Fetched(200, {}, as_text(d).encode()) for a, d in said.items() if d})
    tools.heavy, tools.fetcher = HeavyHere(), web
    return web


def of_issuer(*signs: keys.Secret, withdrawn: Sequence[int] = ()) -> Mapping[str, Any]:
    """Return an issuer's documents."""
    document = keys.web_document(WEB, [each.public for each in signs])
    return {"keys": document, "list": listed(signs[0], withdrawn, WEB)}


async def brought(lobby: LobbyDriver, content: bytes, stated: str = SAM, who: str = "sam") -> str:
    """Let somebody bring a badge, and return what they are told at once."""
    given = Submit("badges.bring", {"stated": stated}, "", {"file": [received("b", content)]})
    answer = await lobby.handled(who, given)
    if isinstance(answer, FieldErrors):
        return " ".join(Translate().say(each).bare() for each in answer.errors.values())
    return shown(answer)


@pytest.mark.rows(122)
async def test_a_badge_from_elsewhere(driver: Driver) -> None:
    """Sent as a picture, said what could be checked and what not, listed, shown, taken out again."""
    assert isinstance(driver, LobbyDriver | SlackDriver | DiscordDriver)
    web_of(driver)
    await driver.say("sam", "/pln home")
    await driver.lets_write("sam")
    await driver.say("sam", "/pln badges")
    await driver.press("sam", "Bring one from elsewhere")
    await driver.submit(
        "sam", stated="kim@home.example", file=Document("b.json", issued().encode())
    )
    await driver.pass_time(MINUTE)
    told = await driver.alone("sam") + await driver.messages("sam")
    assert "for somebody else than “kim@home.example”" in told
    await driver.say("sam", "/pln badges")
    await driver.press("sam", "Bring one from elsewhere")
    png = in_png(picture(), issued())
    await driver.submit("sam", stated=OWNER, file=Document("my badge.txt", png))
    await driver.pass_time(MINUTE)
    told = await driver.messages("sam")
    assert "From elsewhere (Lakeside Teachers), verified on" in told
    assert "Not checked: who signed it, for its key names itself." in told
    assert "Not checked: whether it was withdrawn, for it names no list" in told
    assert "Checked: it was issued to the address that you stated" in told
    page = await driver.page("sam", "badges.brought/1")
    assert "Asks what has many answers." in page
    await driver.say("sam", "/pln badges")
    assert "From elsewhere (Lakeside Teachers), verified on" in await driver.alone("sam")
    await driver.press_on_page("sam", "badges.brought/1", "Take it out")
    assert "verified on" not in await driver.page("sam", "badges")


@pytest.mark.rows(122)
async def test_taken_along_to_another_district(lobby: LobbyDriver) -> None:
    """Signed by a did:web, on a list: all is checked; the file stays as it was; shown where they wish."""
    web = web_of(lobby, **of_issuer(KEY))
    content = in_svg(WEBBED)
    assert "being checked" in await brought(lobby, content)
    await lobby.pass_time(MINUTE)
    assert [each for each, _ in web.asked] == [DID, LIST]
    page = await lobby.page("sam", "badges.brought/1")
    assert "Checked: a key of pln.example.org signed it" in page
    assert "Checked: its issuer's list says that it was not withdrawn." in page
    kept = await lobby.client.get("/as/sam/file/badges.kept/1")
    assert await kept.read() == content
    assert "attachment" in kept.headers["Content-Disposition"]
    assert (await lobby.client.get("/as/luis/file/badges.kept/1")).status == 404
    assert "You have this badge here already." in await brought(lobby, content)
    assert SAM not in "".join((await lobby.store.read(everything)).values())
    code = (await lobby.store.read(lambda tx: store.found(tx, 1))).code
    at = f"/open/elsewhere/{code}"
    assert "shows it no more" in await lobby.markup(at)
    await lobby.handled("sam", Submit("badges.share", {"name": "yes"}, "1"))
    public = await lobby.markup(at)
    assert "Brought here by Sam" in public
    assert "It was issued elsewhere." in public
    assert await (await lobby.client.get(f"{at}/badge")).read() == content
    await lobby.handled("sam", Press("badges.unshare", "1"))
    assert "Brought here" not in await lobby.markup(at)
    assert (await lobby.client.get(f"{at}/badge")).status == 404


@pytest.mark.rows(122)
async def test_looked_at_again(lobby: LobbyDriver) -> None:
    """Withdrawn since, it says so, to others too; while keys or list are away it stays as it was last."""
    web = web_of(lobby)
    await brought(lobby, WEBBED.encode())
    await lobby.pass_time(MINUTE)
    assert "the keys of pln.example.org were not to be had" in await lobby.page(
        "sam", "badges.brought/1"
    )
    assert "once it was looked at" in shown(
        await lobby.handled("sam", Submit("badges.share", {"name": "no"}, "1"))
    )
    for documents, said in (
        (
            {**of_issuer(KEY), "list": None},
            "whether it was withdrawn, for its list could not be read",
        ),
        (of_issuer(KEY), "was not withdrawn"),
        (of_issuer(KEY, withdrawn=[7]), "Who issued it withdrew it."),
    ):
        for address, document in ((DID, documents["keys"]), (LIST, documents["list"])):
            web.pages.pop(address, None)
            if document:
                web.pages[address] = Fetched(200, {}, as_text(document).encode())
        await lobby.handled("sam", Press("badges.recheck", "1"))
        await lobby.pass_time(MINUTE)
        assert said in await lobby.page("sam", "badges.brought/1"), said
        await lobby.handled("sam", Submit("badges.share", {"name": "no"}, "1"))
    assert "it holds no more" in await lobby.page("sam", "badges")
    code = (await lobby.store.read(lambda tx: store.found(tx, 1))).code
    assert "It holds no more" in await lobby.markup(f"/open/elsewhere/{code}")
    for address in (LIST, DID):
        del web.pages[address]
        await lobby.handled("sam", Press("badges.recheck", "1"))
        assert "It holds no more" in await lobby.markup(f"/open/elsewhere/{code}")
        await lobby.pass_time(MINUTE)
        assert "Who issued it withdrew it." in await lobby.page("sam", "badges.brought/1"), address
        assert "It holds no more" in await lobby.markup(f"/open/elsewhere/{code}")
    issuers = of_issuer(KEY)
    for address, document in ((DID, issuers["keys"]), (LIST, issuers["list"])):
        web.pages[address] = Fetched(200, {}, as_text(document).encode())
    await lobby.handled("sam", Press("badges.recheck", "1"))
    await lobby.pass_time(MINUTE)
    assert "It held when it was checked" in await lobby.markup(f"/open/elsewhere/{code}")


CHANGED = WEBBED.replace("Three prompts", "Four prompts")
SIGNED_BEFORE = keys.web_document(WEB, [NEXT.public], [(KEY.public, "2026-11-02T08:00:00Z")])
CASES: Sequence[tuple[bytes, Mapping[str, Any], str]] = (
    (b"Thanks!", {}, "This is no badge."),
    (b"\x00\x01", {}, "This is no plain text."),
    (picture(), {}, "This picture carries no badge."),
    (SVG, {}, "This picture carries no badge."),
    (picture()[:-9], {}, "This picture is damaged."),
    (b'{"type": "OpenBadgeCredential"}' + b" " * 70_000 + b"x", {}, "64 kB is the most"),
    (b"\x89PNG\r\n\x1a\n" + b"\0" * 4_000_000, {}, "This file is too large."),
    (baked(picture(), "eyJhbGciOiJFZERTQSJ9.e30.c2ln"), {}, "signed as a JWT"),
    (json.dumps({"@context": "https://w3id.org/openbadges/v2"}).encode(), {}, "older than Open"),
    (
        WEBBED.replace("eddsa-rdfc-2022", "eddsa-jcs-2022").encode(),
        {},
        "a way that cannot be checked",
    ),
    (WEBBED.replace("context-3.0.3", "context-9").encode(), {}, "no standard known here explains"),
    (as_text(by(KEY, badge(WEB, until=ENDED), WEB)).encode(), {}, "This badge ended on"),
    (CHANGED.encode(), of_issuer(KEY), "It was changed since it was signed"),
    (WEBBED.encode(), of_issuer(NEXT), "none of its issuer's, or is no more"),
    (WEBBED.encode(), {"keys": SIGNED_BEFORE}, "withdrew the key that signed it, on 2026-11-02"),
    (WEBBED.encode(), of_issuer(KEY, withdrawn=[7]), "Who issued it withdrew it."),
)


@pytest.mark.rows(122)
async def test_each_bad_one_gets_its_sentence(lobby: LobbyDriver) -> None:
    """At once where its file says it, a moment later where others have to be asked; nothing is kept."""
    for content, documents, said in CASES:
        web_of(lobby, **documents)
        told = await brought(lobby, content)
        await lobby.pass_time(MINUTE)
        assert said in told + (await lobby.messages("sam"))[-600:], said
        assert "Yours" not in await lobby.page("sam", "badges"), said
    tools = lobby.parts.runner.tools
    tools.heavy = HeavyHere(fails={"plnbot.openbadges.foreign:look": HeavyError("too long")})
    await brought(lobby, issued().encode(), OWNER)
    await lobby.pass_time(MINUTE)
    assert "It takes too much to check" in await lobby.messages("sam")
    held = await lobby.store.read(everything)
    assert "Asks what has many" not in held["badge_brought"]


@pytest.mark.rows(122, 141)
async def test_in_the_personal_file_and_gone_with_its_owner(lobby: LobbyDriver) -> None:
    """The file is in what one takes out, as it was; an erasure takes it and its page."""
    web_of(lobby)
    await brought(lobby, issued().encode(), OWNER, who="priya")
    await lobby.pass_time(MINUTE)
    await lobby.handled("priya", Submit("badges.share", {"name": "yes"}, "1"))
    code = (await lobby.store.read(lambda tx: store.found(tx, 1))).code
    response = await lobby.client.get("/as/priya/file/members.export/mine")
    packed = zipfile.ZipFile(io.BytesIO(await response.read()))
    (told,) = json.loads(packed.read("export.json"))["kept"]["badge_brought"]
    assert base64.b64decode(told["file_base64"]).decode() == issued()
    assert "forgotten you" in await forget(lobby, "gone")
    assert (await lobby.store.read(everything))["badge_brought"] == "[]"
    assert "shows it no more" in await lobby.markup(f"/open/elsewhere/{code}")
