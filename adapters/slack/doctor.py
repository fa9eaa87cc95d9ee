"""Looks at Slack's side of the set-up and says how to mend what is not well."""

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import field, replace

from adapters.slack.calls import Calls, TurnedDownError
from adapters.slack.connection import SlackOptions
from adapters.slack.manifest import EVENTS
from adapters.slack.payload import Payload, dict_of, dicts_of, text_of
from adapters.slack.store import Installation
from adapters.slack.tokens import OneToken, seal_of
from adapters.slack.workspaces import PAGES, Workspace, refused
from plnbot.errors import Unavailable
from plnbot.findings import Finding
from plnbot.refs import Place
from plnbot.values import dataclass

_OF_APP = re.compile(r"[^-]*-[^-]*-([^-]*)-")
"""What an app token says of its app: `xapp-1-A…-…`."""
_BOT, _APP = "PLNBOT_SLACK_BOT_TOKEN", "PLNBOT_SLACK_APP_TOKEN"
_MEND_TOKEN = f"Set {_BOT} to the token under OAuth & Permissions at {PAGES}."
_MEND_SCOPE = (
    f"Add the permission at {PAGES} under OAuth & Permissions, then reinstall the app there."
)
_MEND_SOCKETS = (
    f"Set {_APP} to an app-level token with connections:write, from Basic Information at {PAGES},"
    " and turn Socket Mode on."
)
_MEND_CONFIG = f"Make a new app configuration token at {PAGES}; one lasts 12 hours."


@dataclass(slots=True)
class Doctor:
    """Examines one set-up, in each workspace of it.

    `rooms` are the channels that chats are planned in, `installed` where workspaces install the app
    themselves.
    """

    options: SlackOptions
    config_token: str = ""
    rooms: Sequence[Place] = ()
    installed: Sequence[Installation] = ()
    calls: Calls = field(init=False)
    _app: str = ""

    def __post_init__(self) -> None:
        self.calls = Calls(OneToken(self.options.bot_token), self.options.api_url)

    async def examined(self) -> AsyncIterator[Finding]:
        """Yield what there is to say."""
        try:
            async for each in self._examined():
                yield each
        except Unavailable as error:
            yield Finding(
                f"Slack does not answer: {error}",
                "Check that this machine reaches slack.com, then try again.",
            )
        finally:
            await self.calls.close()

    async def _examined(self) -> AsyncIterator[Finding]:
        if self.options.client is None:
            only = Workspace(
                self.calls, self.options.bot_token, self.rooms, _MEND_TOKEN, _MEND_SCOPE
            )
            async for each in only.examined():
                yield each
            if not only.let_in:
                return
            app = only.app
        else:
            async for each in self._installations():
                yield each
            app = self._app
        async for each in self._way_in(app):
            yield each
        yield await self._subscriptions(app)

    async def _installations(self) -> AsyncIterator[Finding]:
        """Look at each workspace that installed the app."""
        client = self.options.client
        install = f"{client.public_url}/slack/install" if client else ""
        many = len(self.installed)
        yield Finding(f"workspaces install plnbot at {install}; so far: {many}")
        seal = seal_of(self.options.secrets)
        for one in self.installed:
            try:
                token = seal.opened(one.token)
            except TurnedDownError:
                yield Finding(
                    f"{one.name}: its token was sealed with another PLNBOT_SECRET_KEY",
                    "Set that one as PLNBOT_SECRET_KEY_BEFORE and start plnbot once, or let"
                    f" somebody there install it again at {install}",
                )
                continue
            rooms = [each for each in self.rooms if each.workspace == one.workspace]
            again = f"Let somebody there install it again at {install}"
            mend = f"If plnbot does not run, start it: it renews the token. Else: {again}"
            there = Workspace(self.calls, token, rooms, mend if one.refresh else again, again)
            async for each in there.examined():
                yield replace(each, what=f"{one.name}: {each.what}")
            self._app = self._app or there.app

    async def _way_in(self, app: str) -> AsyncIterator[Finding]:
        if not self.options.app_token:
            yield Finding("Slack reaches plnbot over HTTP, and signs what it sends")
            return
        try:
            await self.calls.call_with(self.options.app_token, "apps.connections.open")
        except TurnedDownError as no:
            mend = _MEND_SCOPE if no.error == "missing_scope" else _MEND_SOCKETS
            yield refused("apps.connections.open", no, mend)
            return
        yield Finding("the app token opens sockets")
        named = _OF_APP.match(self.options.app_token)
        of_token = named[1] if named else ""
        if app and of_token and app != of_token:
            yield Finding(
                f"the two tokens belong to different apps ({app} and {of_token})",
                f"Take {_BOT} and {_APP} from the same app at {PAGES}.",
            )

    async def _subscriptions(self, app: str) -> Finding:
        if not self.config_token or not app:
            return Finding(
                "event subscriptions are not looked at: Slack shows them to an app configuration"
                " token alone (PLNBOT_SLACK_CONFIG_TOKEN for this one command; docs/slack.md)"
            )
        try:
            told = await self.calls.call_with(self.config_token, "apps.manifest.export", app_id=app)
        except TurnedDownError as no:
            return refused("apps.manifest.export", no, _MEND_CONFIG)
        return _compared(dict_of(told.get("manifest")))


def _compared(manifest: Payload) -> Finding:
    """Return what the app at Slack lacks of what plnbot needs."""
    settings, features = dict_of(manifest.get("settings")), dict_of(manifest.get("features"))
    subscribed = dict_of(settings.get("event_subscriptions")).get("bot_events")
    events = subscribed if isinstance(subscribed, list) else []
    lacking = [f"the event {each}" for each in EVENTS if each not in events]
    commands = {text_of(each, "command") for each in dicts_of(features.get("slash_commands"))}
    lacking += [] if "/pln" in commands else ["the command /pln"]
    if not dict_of(settings.get("interactivity")).get("is_enabled"):
        lacking.append("interactivity")
    if not dict_of(features.get("app_home")).get("home_tab_enabled"):
        lacking.append("the home tab")
    if lacking:
        return Finding(
            f"the app at Slack lacks {', '.join(lacking)}",
            f"Paste config/slack_manifest.yaml at {PAGES} under App Manifest, and save.",
        )
    return Finding("events, command, buttons and home tab are as they should be")
