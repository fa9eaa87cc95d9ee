"""Installs: the state is ours and this browser's, tokens are sealed and exchanged, leaving is final."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp.test_utils import TestServer
from cryptography.fernet import Fernet
from yarl import URL

from adapters.slack import store as rows
from adapters.slack.calls import Calls, TurnedDownError
from adapters.slack.oauth import Client
from adapters.slack.store import Installation
from adapters.slack.text import Json
from adapters.slack.tokens import InstalledTokens, seal_of
from plnbot.members import store as members
from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.adapters.slack.fake import TEAM, FakeSlack
from tests.adapters.slack.outside import SECRET, Outside, outside

CLIENT = Client("1.2", "s3cret", "http://127.0.0.1:1/authorize", "http://127.0.0.1:1")


class Exchange(FakeSlack):
    """A Slack that gives tokens out; each exchange gives the next one."""

    given = 0
    rotates = True

    def _oauth_v2_access(self, form: Json) -> Json:
        self.given += 1
        if form.get("code") == "bad":
            self.refuses[("oauth.v2.access", "")] = "invalid_code"
        later = {"refresh_token": f"xoxe-1-{self.given}", "expires_in": 43200}
        return {
            "access_token": f"xoxb-{self.given}",
            "bot_user_id": "U0BOT",
            "team": {"id": TEAM, "name": "Ridgeview Schools"},
            **(later if self.rotates else {}),
        }


@pytest.fixture
async def exchange() -> AsyncIterator[Exchange]:
    """Yield it, served."""
    slack = Exchange()
    async with TestServer(slack.app()) as server:
        slack.own = str(server.make_url("")).rstrip("/")
        yield slack


@pytest.fixture
async def bot(store: Store, clock: FrozenClock, exchange: Exchange) -> AsyncIterator[Outside]:
    """Yield a bot that workspaces may install."""
    now = clock.now()
    await store.run(lambda tx: members.new_network(tx, "PLN", "en", "UTC", now))
    async with outside(store, clock, f"{exchange.own}/api/", CLIENT) as made:
        yield made


async def begun(bot: Outside) -> str:
    """Begin an install and return the state that Slack is to bring back."""
    answer = await bot.client.get("/slack/install", allow_redirects=False)
    assert answer.status == 302
    asked = URL(answer.headers["Location"]).query
    assert asked["client_id"] == "1.2"
    assert "chat:write" in asked["scope"].split(",")
    return asked["state"]


async def back(bot: Outside, state: str, code: str = "good") -> tuple[int, str]:
    """Come back from Slack."""
    answer = await bot.client.get("/slack/oauth_redirect", params={"code": code, "state": state})
    return answer.status, await answer.text()


@pytest.mark.rows(147)
async def test_an_install_lets_the_bot_in(bot: Outside, store: Store) -> None:
    """Somebody installs; the workspace has a network, and its token is not in the database in clear."""
    status, said = await back(bot, await begun(bot))
    assert status == 200
    assert "Ridgeview Schools" in said
    assert await bot.connection.calls.tokens.token(TEAM) == "xoxb-1"
    kept = await store.read(lambda tx: rows.installed(tx, TEAM))
    assert kept is not None
    assert "xox" not in kept.token + kept.refresh
    assert await store.read(lambda tx: members.network_of(tx, "slack", TEAM)) is not None


async def test_whoever_installs_first_comes_into_a_network_of_their_own(
    bot: Outside, store: Store
) -> None:
    """Anybody may install, so nobody gets into the operator's network, or to administer it, so."""
    await back(bot, await begun(bot))
    theirs = await store.read(lambda tx: members.network_of(tx, "slack", TEAM))
    first = await store.read(members.first_network)
    assert theirs is not None
    assert first is not None
    assert (first.name, theirs.name) == ("PLN", "Ridgeview Schools")
    await back(bot, await begun(bot))
    assert await store.read(lambda tx: members.network_of(tx, "slack", TEAM)) == theirs


async def test_a_state_that_is_not_ours_installs_nothing(
    bot: Outside, clock: FrozenClock, exchange: Exchange
) -> None:
    """Forged, of another browser, or too old: nothing is asked of Slack."""
    state = await begun(bot)
    forged = state[:-1] + ("1" if state.endswith("0") else "0")
    for odd in ("", "1.2", f"9{state}", f"99{state}", forged, "x" * 500):
        assert (await back(bot, odd))[0] == 400
    clock.advance(timedelta(minutes=11))
    assert (await back(bot, state))[0] == 400
    state = await begun(bot)
    bot.client.session.cookie_jar.clear()
    assert (await back(bot, state))[0] == 400
    assert exchange.given == 0


async def test_a_refusal_and_a_change_of_mind_are_said(bot: Outside) -> None:
    """Slack's no, and somebody's, end on a page that says so."""
    state = await begun(bot)
    answer = await bot.client.get(
        "/slack/oauth_redirect", params={"error": "access_denied", "state": state}
    )
    assert "Nothing was installed" in await answer.text()
    bot.connection.calls.base_url += "nowhere/"
    status, said = await back(bot, state)
    assert status == 502
    assert "did not confirm" in said


@pytest.fixture
async def tokens(
    store: Store, clock: FrozenClock, exchange: Exchange
) -> AsyncIterator[InstalledTokens]:
    """Yield the tokens of one installation that rotates."""
    made = InstalledTokens(store, clock, seal_of([SECRET]), "1.2", "s3cret")
    made.calls = Calls(made, f"{exchange.own}/api/")
    seal = made.seal
    now = clock.now()
    first = Installation(
        TEAM,
        "Ridgeview",
        "U0BOT",
        seal.sealed("xoxb-0"),
        seal.sealed("xoxe-0"),
        now + timedelta(hours=12),
        now,
    )
    await store.run(lambda tx: rows.install(tx, first))
    yield made
    await made.calls.close()


async def test_a_token_is_exchanged_before_it_ends(
    tokens: InstalledTokens, clock: FrozenClock, exchange: Exchange
) -> None:
    """Half an hour ahead it is exchanged, once, however many ask."""
    assert await tokens.token(TEAM) == "xoxb-0"
    clock.advance(timedelta(hours=11, minutes=31))
    assert [await tokens.token(TEAM) for _time in range(3)] == ["xoxb-1"] * 3
    clock.advance(timedelta(hours=12))
    assert await tokens.token(TEAM) == "xoxb-2"
    assert exchange.calls[-1][1]["refresh_token"] == "xoxe-1-1"


@pytest.mark.parametrize("count", [1, 2])
async def test_leaving_is_final_and_a_reinstall_clean(
    tokens: InstalledTokens, store: Store, clock: FrozenClock, count: int
) -> None:
    """Told once or twice, the token is gone; a new install stays, whatever old news comes late."""
    left = clock.now()
    for _time in range(count):
        await tokens.gone(TEAM, left)
    with pytest.raises(TurnedDownError, match="not_installed"):
        await tokens.token(TEAM)
    clock.advance(timedelta(minutes=1))
    anew = Installation(TEAM, "R", "U0BOT", tokens.seal.sealed("xoxb-n"), "", None, clock.now())
    await store.run(lambda tx: rows.install(tx, anew))
    await tokens.gone(TEAM, left)
    assert await tokens.token(TEAM) == "xoxb-n"


async def test_an_exchange_does_not_bring_back_who_left(
    tokens: InstalledTokens, store: Store, clock: FrozenClock
) -> None:
    """A workspace that leaves while its token is being exchanged stays gone."""
    kept = await store.read(lambda tx: rows.installed(tx, TEAM))
    assert kept is not None
    await tokens.gone(TEAM, clock.now())
    await tokens._exchange(kept)
    with pytest.raises(TurnedDownError, match="not_installed"):
        await tokens.token(TEAM)


async def test_a_secret_can_be_changed(tokens: InstalledTokens, store: Store) -> None:
    """Sealed by the secret before, a token opens, is sealed anew, and then needs the old no more."""
    new = b"1" * 32
    both = replace(tokens, seal=seal_of([new, SECRET]))
    assert await both.token(TEAM) == "xoxb-0"
    assert await both.renew_seals() == 1
    assert await both.renew_seals() == 0
    alone = replace(tokens, seal=seal_of([new]))
    assert await alone.token(TEAM) == "xoxb-0"
    with pytest.raises(TurnedDownError, match="another_secret"):
        await tokens.token(TEAM)
    kept = await store.read(lambda tx: rows.installed(tx, TEAM))
    assert kept is not None
    with pytest.raises(Exception):  # noqa: B017, PT011 - the plain secret is no key
        Fernet(new).decrypt(kept.token)
