"""`./run doctor slack` names what is missing and the fix; the manifest holds what the code needs."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from adapters.slack.connection import SlackOptions
from adapters.slack.doctor import Doctor
from adapters.slack.manifest import EVENTS, SCOPES
from adapters.slack.oauth import Client
from adapters.slack.store import Installation
from adapters.slack.text import Json
from adapters.slack.tokens import seal_of
from plnbot import capabilities
from plnbot.engine.ports import On
from plnbot.findings import Finding
from plnbot.refs import Place
from tests.adapters.slack.fake import TEAM, FakeSlack, SlackRefusesError
from tests.adapters.slack.outside import SECRET
from tests.adapters.slack.strict import free_port

WHOLE: Json = {
    "settings": {
        "event_subscriptions": {"bot_events": list(EVENTS)},
        "interactivity": {"is_enabled": True},
    },
    "features": {"slash_commands": [{"command": "/pln"}], "app_home": {"home_tab_enabled": True}},
}


class Clinic(FakeSlack):
    """A Slack that also tells of apps, manifests and channels."""

    manifest = WHOLE
    inside = True

    def __init__(self) -> None:
        super().__init__()
        self.teams: dict[str, str] = {}

    def _auth_test(self, form: Json) -> Json:
        refused = self.teams.get(self.token, "ok")
        if refused != "ok":
            raise SlackRefusesError(refused)
        return super()._auth_test(form)

    def _bots_info(self, _form: Json) -> Json:
        return {"bot": {"id": "B0PLN", "app_id": "A0PLN"}}

    def _apps_manifest_export(self, _form: Json) -> Json:
        return {"manifest": self.manifest}

    def _users_conversations(self, _form: Json) -> Json:
        return {"channels": [{"id": "C0CHAT", "name": "chat-night"}] if self.inside else []}

    def _conversations_info(self, form: Json) -> Json:
        if form["channel"] == "C0HIDDEN":
            raise SlackRefusesError("channel_not_found")
        archived = form["channel"] == "C0OLD"
        return {"channel": {"id": form["channel"], "name": "old-room", "is_archived": archived}}


@dataclass(slots=True)
class Practice:
    """A doctor and the Slack it looks at."""

    slack: Clinic

    async def findings(
        self, *rooms: str, app: str = "xapp-1-A0PLN-1-x", config: str = "xoxe-1"
    ) -> list[Finding]:
        """Return what is found."""
        options = SlackOptions(f"{self.slack.own}/api/", (b"0" * 32,), "xoxb-test", app)
        doctor = Doctor(options, config, [Place("slack", TEAM, each) for each in rooms])
        return [each async for each in doctor.examined()]

    async def installed(self, *those: Installation) -> list[Finding]:
        """Return what is found where workspaces install the app themselves."""
        client = Client("1.2", "s3cret", "http://127.0.0.1:1/authorize", "https://pln.example.org")
        options = SlackOptions(
            f"{self.slack.own}/api/", (SECRET,), signing_secret="s", client=client
        )
        doctor = Doctor(options, "", [Place("slack", TEAM, "C0OLD")], those)
        return [each async for each in doctor.examined()]


def installation(name: str, token: str, secret: bytes = SECRET, refresh: str = "") -> Installation:
    """Return an installation as it is kept."""
    seal, at = seal_of([secret]), datetime(2026, 11, 1, tzinfo=UTC)
    there = TEAM if name == "Ridgeview" else f"T0{name.upper()}"
    return Installation(there, name, "U0BOT", seal.sealed(token), seal.sealed(refresh), None, at)


@pytest.fixture
async def practice() -> AsyncIterator[Practice]:
    """Yield one."""
    slack = Clinic()
    slack.scopes = ",".join(SCOPES)
    async with TestServer(slack.app()) as server:
        slack.own = slack.address = str(server.make_url("")).rstrip("/")
        yield Practice(slack)


def ill(findings: list[Finding]) -> Finding:
    """Return the one finding that is to mend."""
    (found,) = [each for each in findings if not each.well]
    return found


async def test_all_is_well(practice: Practice) -> None:
    """Where nothing is missing nothing is to mend, and it says what it looked at."""
    findings = await practice.findings("C0CHAT")
    assert all(each.well for each in findings)
    said = " ".join(each.what for each in findings)
    for words in (
        "Ridgeview Schools",
        "every permission",
        "#chat-night",
        "opens sockets",
        "events",
    ):
        assert words in said


@pytest.mark.rows(143)
@pytest.mark.parametrize("scope", sorted(SCOPES))
async def test_a_missing_permission_is_named(practice: Practice, scope: str) -> None:
    """Each permission that is missing is named with what it is for, and how to add it."""
    practice.slack.scopes = ",".join(each for each in SCOPES if each != scope)
    found = ill(await practice.findings())
    assert found.what == f"the permission {scope} is missing: {SCOPES[scope]}"
    assert "reinstall" in found.mend


@pytest.mark.parametrize(
    ("method", "error", "mend"),
    [
        ("auth.test", "invalid_auth", "PLNBOT_SLACK_BOT_TOKEN"),
        ("auth.test", "account_inactive", "PLNBOT_SLACK_BOT_TOKEN"),
        ("apps.connections.open", "invalid_auth", "PLNBOT_SLACK_APP_TOKEN"),
        ("apps.connections.open", "missing_scope", "Add the permission"),
        ("users.conversations", "missing_scope", "Add the permission"),
        ("apps.manifest.export", "token_expired", "configuration token"),
    ],
)
async def test_a_refusal_names_its_token(
    practice: Practice, method: str, error: str, mend: str
) -> None:
    """A token that Slack refuses is named by its setting, with where to get it."""
    practice.slack.refuses[(method, "")] = error
    found = ill(await practice.findings())
    assert error in found.what
    assert mend in found.mend


@pytest.mark.parametrize(
    ("room", "words"),
    [
        ("C0HIDDEN", "cannot see"),
        ("C0OLD", "archived"),
        ("C0OTHER", "not there"),
    ],
)
async def test_a_room_that_a_chat_is_planned_in(practice: Practice, room: str, words: str) -> None:
    """A channel in which a chat is planned and plnbot is not is named, with the way in."""
    assert words in ill(await practice.findings(room)).what


async def test_no_channel_at_all(practice: Practice) -> None:
    """A bot that was never invited says how."""
    practice.slack.inside = False
    assert "/invite @plnbot" in ill(await practice.findings()).mend


async def test_two_apps_are_told_apart(practice: Practice) -> None:
    """Tokens of two different apps work each for itself and never together."""
    assert "different apps" in ill(await practice.findings(app="xapp-1-A0ELSE-1-x")).what


@pytest.mark.parametrize("event", EVENTS)
async def test_a_missing_event_is_named(practice: Practice, event: str) -> None:
    """With a configuration token, each event that is not subscribed to is named."""
    settings = {**WHOLE["settings"]}
    settings["event_subscriptions"] = {"bot_events": [each for each in EVENTS if each != event]}
    practice.slack.manifest = {**WHOLE, "settings": settings}
    assert f"the event {event}" in ill(await practice.findings()).what


async def test_without_a_configuration_token_it_says_so(practice: Practice) -> None:
    """What cannot be looked at is said to be so, and is no fault."""
    findings = await practice.findings(config="")
    assert all(each.well for each in findings)
    assert any("not looked at" in each.what for each in findings)


async def test_each_installation_is_looked_at(practice: Practice) -> None:
    """Of each workspace: whether its token works, what it may do, its channels, and what to mend."""
    practice.slack.teams = {"xoxb-1": "ok", "xoxb-2": "token_revoked", "xoxb-3": "token_expired"}
    findings = await practice.installed(
        installation("Ridgeview", "xoxb-1"),
        installation("Lakeside", "xoxb-2"),
        installation("Hillcrest", "xoxb-3", refresh="xoxe-3"),
        installation("Old Mill", "xoxb-4", b"9" * 32),
    )
    said = [each.what for each in findings]
    assert "workspaces install plnbot at https://pln.example.org/slack/install; so far: 4" in said
    assert "Ridgeview: every permission is there" in said
    mends = {each.what.partition(":")[0]: each.mend for each in findings if not each.well}
    assert set(mends) == {"Ridgeview", "Lakeside", "Hillcrest", "Old Mill"}
    assert "Unarchive" in mends["Ridgeview"], "a chat is planned in an archived channel there"
    assert mends["Lakeside"].endswith("install it again at https://pln.example.org/slack/install")
    assert "it renews the token" in mends["Hillcrest"]
    assert "PLNBOT_SECRET_KEY_BEFORE" in mends["Old Mill"]
    assert not any("xox" in each.what + each.mend for each in findings)


async def test_a_permission_that_one_installation_lacks(practice: Practice) -> None:
    """Who installed before a permission was added is told to install again."""
    practice.slack.scopes = ",".join(each for each in SCOPES if each != "files:write")
    found = next(
        each
        for each in await practice.installed(installation("Ridgeview", "xoxb-1"))
        if "files:write" in each.what
    )
    assert found.what.startswith("Ridgeview: the permission files:write is missing")
    assert "install it again" in found.mend


async def test_slack_that_does_not_answer() -> None:
    """Without a way to Slack there is one finding, about the way."""
    options = SlackOptions(f"http://127.0.0.1:{free_port()}/api/", (b"0" * 32,), "xoxb-test")
    findings = [each async for each in Doctor(options).examined()]
    assert "does not answer" in ill(findings).what


def test_the_manifest_has_the_shortcuts_that_capabilities_declare(repository: Path) -> None:
    """Each by its name and place, in the words that people read elsewhere, and none besides."""
    text = (repository / "config" / "slack_manifest.yaml").read_text("utf-8")
    shown = re.findall(r"- name: (.+)\n +type: (\w+)\n +callback_id: (\w+)", text)
    types = {On.ANYWHERE: "global", On.MESSAGE: "message"}
    routes = capabilities.catalogue(capabilities.every())
    declared = [each for command in routes.commands.values() for each in command.shortcuts]
    assert sorted(shown) == sorted(
        (each.label.source, types[each.on], each.name) for each in declared if each.on in types
    )
    assert all(len(title) <= 24 for title, _type, _name in shown)


def test_the_manifest_holds_what_the_code_needs(repository: Path) -> None:
    """Scopes with the same reasons, and the same events; each line says why."""
    text = (repository / "config" / "slack_manifest.yaml").read_text("utf-8")
    lines = re.findall(r"^      - ([a-z._:]+) # (.+)$", text, re.MULTILINE)
    told = dict(lines)
    assert {name: told[name] for name in SCOPES} == dict(SCOPES)
    assert tuple(name for name, _why in lines if name not in SCOPES) == EVENTS
    assert "command: /pln" in text
