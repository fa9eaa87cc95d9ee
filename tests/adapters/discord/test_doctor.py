"""The doctor names what is missing, per channel, and how to mend it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from adapters.discord.api import Api
from adapters.discord.codes import Permission
from adapters.discord.doctor import Doctor
from adapters.discord.rights import ALL, in_channel, invitation
from plnbot.findings import Finding
from plnbot.refs import Place
from tests.adapters.discord.fake import BOT, GUILD, ROOM, TOKEN, FakeDiscord, Fault
from tests.scenarios.server import StrictDiscord, fake_discord


@pytest.fixture
async def server(discord_proxy: StrictDiscord) -> AsyncIterator[FakeDiscord]:
    """Yield a server behind the proxy, to which no call may be wrong."""
    async with fake_discord(discord_proxy) as discord:
        yield discord
    assert discord_proxy.violations() == []


async def examined(proxy: StrictDiscord, **more: Any) -> list[Finding]:
    """Return what the doctor finds."""
    doctor = Doctor(Api(proxy.api, TOKEN), **more)
    return [each async for each in doctor.examined()]


async def test_a_sound_set_up(server: FakeDiscord, discord_proxy: StrictDiscord) -> None:
    """With all rights and its commands registered there is nothing to mend."""
    server.commands = [{"name": "pln"}]
    found = await examined(discord_proxy, rooms=[Place("discord", GUILD, ROOM)])
    assert [each.mend for each in found if not each.well] == []
    assert any("chats can take place here" in each.what for each in found)


@pytest.mark.rows(143)
async def test_what_is_missing_is_named(server: FakeDiscord, discord_proxy: StrictDiscord) -> None:
    """A right taken away in a planned room, an intent, and commands: each with its own mending."""
    server.overwrites[ROOM] = [
        {"id": GUILD, "type": 0, "allow": "0", "deny": str(int(Permission.SEND_MESSAGES))}
    ]
    found = await examined(discord_proxy, rooms=[Place("discord", GUILD, ROOM)], content=True)
    ill = {each.what: each.mend for each in found if not each.well}
    assert (
        "“Send Messages” (questions cannot be posted)"
        in ill["Ridgeview Schools: #room-2: a chat is planned here"]
    )
    assert any("Message Content Intent" in mend for mend in ill.values())
    assert any("registers its commands" in mend for mend in ill.values())
    assert len(ill) == 3


async def test_a_wrong_token_and_silence(server: FakeDiscord, discord_proxy: StrictDiscord) -> None:
    """What keeps the doctor from looking is said too."""
    server.faults = [Fault("GET", "^/users/@me$", 401, {"code": 0})]
    (found,) = await examined(discord_proxy)
    assert "Reset Token" in found.mend
    server.faults = [Fault("GET", "^/users/@me$", 500, {})]
    (found,) = await examined(discord_proxy)
    assert "does not answer" in found.what
    forbidden = Fault("GET", "/guilds/.*/commands", 403, {"code": 50001})
    server.faults = [forbidden]
    found_all = await examined(discord_proxy)
    assert any("applications.commands" in each.mend for each in found_all)


def test_rights_of_a_channel() -> None:
    """Everyone's, then the roles', then one's own; an administrator has them all."""
    guild = {
        "id": "1",
        "roles": [{"id": "1", "permissions": "3072"}, {"id": "2", "permissions": "0"}],
    }
    member = {"roles": ["2"]}
    deny = {"id": "1", "type": 0, "allow": "0", "deny": "2048"}
    allow = {"id": "2", "type": 0, "allow": "2048", "deny": "0"}
    own = {"id": BOT, "type": 1, "allow": "0", "deny": "1024"}
    assert in_channel({}, guild, member, BOT) == 3072
    assert in_channel({"permission_overwrites": [deny]}, guild, member, BOT) == 1024
    assert in_channel({"permission_overwrites": [deny, allow]}, guild, member, BOT) == 3072
    assert in_channel({"permission_overwrites": [deny, allow, own]}, guild, member, BOT) == 2048
    admin = {"id": "1", "roles": [{"id": "1", "permissions": "8"}]}
    assert in_channel({"permission_overwrites": [deny]}, admin, {}, BOT) & ALL == ALL
    assert f"permissions={int(ALL)}" in invitation("9")
