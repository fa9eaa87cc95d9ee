"""Somebody else's Slack: an install through OAuth, and posts with the token it gave, by npm's emulate."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp
import pytest

from adapters.slack import store as rows
from adapters.slack.manifest import SCOPES
from adapters.slack.oauth import Client
from plnbot.engine.ports import Outgoing, Sent
from plnbot.members import store as members
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store
from plnbot.talk.cards import Actions, Button, Card, Paragraph
from plnbot.talk.pages import File
from plnbot.talk.text import verbatim
from plnbot.testing import FrozenClock
from tests.adapters.slack.outside import outside
from tests.adapters.slack.strict import free_port
from tests.conftest import without

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PACKAGE = "emulate@0.12.2"
REDIRECT = "http://127.0.0.1:1/slack/oauth_redirect"


@dataclass(frozen=True, slots=True)
class Emulated:
    """A running one."""

    address: str


@pytest.fixture(scope="session")
def emulated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulated]:
    """Run it, with the package from npm in a folder of its own."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        without("there is no Node here")
    folder = tmp_path_factory.mktemp("emulate")
    shutil.copy(Path(__file__).parent / "emulate.mjs", folder)
    install = [npm, "install", "--silent", "--no-audit", "--no-fund", PACKAGE]
    if subprocess.run(
        install, cwd=folder, check=False, capture_output=True, timeout=120
    ).returncode:
        without(f"npm could not install {PACKAGE}")
    app = {
        "client_id": "1.2",
        "client_secret": "s3cret",
        "name": "plnbot",
        "redirect_uris": [REDIRECT],
        "scopes": list(SCOPES),
    }
    seed = {
        "slack": {
            "team": {"name": "Ridgeview Schools", "domain": "ridgeview"},
            "users": [{"name": "maya", "real_name": "Maya Torres", "email": "m@example.org"}],
            "channels": [{"name": "chat-night"}],
            "oauth_apps": [app],
            "strict_scopes": True,
        }
    }
    port = free_port()
    running = subprocess.Popen(
        [node, "emulate.mjs", str(port), json.dumps(seed)], cwd=folder, stdout=subprocess.PIPE
    )
    assert running.stdout is not None
    try:
        if running.stdout.readline().strip() != b"ready":
            without(f"{PACKAGE} does not run on this Node")
        yield Emulated(f"http://127.0.0.1:{port}")
    finally:
        running.terminate()
        running.wait()
        running.stdout.close()


async def agreed(install_url: str, emulated: Emulated) -> str:
    """Let Maya agree to the install on Slack's page, and return where Slack sends her back to."""
    async with aiohttp.ClientSession() as session:
        page = await (await session.get(install_url)).text()
        form = {
            part.split('"')[1]: part.split('value="')[1].split('"')[0]
            for part in page.split("<form")[1].split("</form>")[0].split("name=")[1:]
        }
        back = await session.post(
            f"{emulated.address}/oauth/v2/authorize/callback", data=form, allow_redirects=False
        )
        return back.headers["Location"]


async def test_install_then_post(emulated: Emulated, store: Store, clock: FrozenClock) -> None:
    """From the install button to a question, an edit, a direct message and a file in the channel."""
    now = clock.now()
    await store.run(lambda tx: members.new_network(tx, "PLN", "en", "UTC", now))
    client = Client("1.2", "s3cret", f"{emulated.address}/oauth/v2/authorize", "http://127.0.0.1:1")
    async with outside(store, clock, f"{emulated.address}/api/", client) as bot:
        begun = await bot.client.get("/slack/install", allow_redirects=False)
        location = await agreed(begun.headers["Location"], emulated)
        path = location.removeprefix("http://127.0.0.1:1")
        done = await bot.client.get(path)
        assert "Ridgeview Schools" in await done.text()
        calls = bot.connection.calls
        (installed,) = await store.read(rows.installations)
        workspace = installed.workspace
        token = await calls.tokens.token(workspace)
        told = await calls.call_with(token, "conversations.list")
        room = next(each["id"] for each in told["channels"] if each["name"] == "chat-night")
        people = await calls.call_with(token, "users.list")
        maya = next(each["id"] for each in people["members"] if each["name"] == "maya")
        sender = bot.connection.sender
        row = Actions((Button(verbatim("Answer"), "chat.answer", "1"),))
        card = Card(verbatim("Q1"), (Paragraph(verbatim("What *worked*?")), row))
        first = Outgoing("k1", Place("slack", workspace, room), card, "en", "UTC")
        assert await sender.find(first) is None
        sent = await sender.send(first)
        assert isinstance(sent, Sent)
        assert await sender.find(first) == sent
        assert await sender.send(replace(first, key="e1", edits=sent.ref)) == sent
        direct = replace(first, key="k2", to=MemberRef("slack", workspace, maya))
        assert isinstance(await sender.send(direct), Sent)
        below = replace(first, key="k3", to=Place("slack", workspace, room, sent.ref))
        under = await sender.send(below)
        assert isinstance(under, Sent)
        assert await sender.find(below) == under
        file = File("chat.md", "text/markdown", b"# The chat")
        archive = replace(first, key="k4", file=file)
        stands = await sender.send(archive)
        assert isinstance(stands, Sent)
        assert await sender.find(archive) == stands
        await bot.connection.app.show_home(MemberRef("slack", workspace, maya))
