"""Looks at Slack's side of the set-up and says how to mend what is not well."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from adapters.slack.calls import Calls, TurnedDownError
from adapters.slack.connection import SlackOptions
from adapters.slack.manifest import EVENTS, SCOPES
from adapters.slack.payload import Payload, dict_of, dicts_of, text_of
from adapters.slack.text import Json
from adapters.slack.tokens import OneToken
from plnbot.errors import Unavailable
from plnbot.findings import Finding
from plnbot.refs import Place

_PAGES = "https://api.slack.com/apps"
_BOT, _APP = "PLNBOT_SLACK_BOT_TOKEN", "PLNBOT_SLACK_APP_TOKEN"
_INVITE = "Type `/invite @plnbot` in the channel where chats are to take place."


@dataclass(slots=True)
class Doctor:
    """Examines one set-up. `rooms` are the channels that chats are planned in."""

    options: SlackOptions
    config_token: str = ""
    rooms: Sequence[Place] = ()
    calls: Calls = field(init=False)

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
        app = ""
        if self.options.client is None:
            told = await self._told_of("auth.test", self.options.bot_token)
            if isinstance(told, Finding):
                yield told
                return
            yield Finding(f"the bot token lets plnbot into {text_of(told, 'team')}")
            for each in _scopes(text_of(told, "_scopes")):
                yield each
            app = await self._app_of(told)
            async for each in self._channels():
                yield each
        else:
            yield Finding(
                f"workspaces install plnbot at {self.options.client.public_url}/slack/install"
            )
        async for each in self._way_in(app):
            yield each
        yield await self._subscriptions(app)

    async def _way_in(self, app: str) -> AsyncIterator[Finding]:
        if not self.options.app_token:
            yield Finding("Slack reaches plnbot over HTTP, and signs what it sends")
            return
        told = await self._told_of("apps.connections.open", self.options.app_token)
        if isinstance(told, Finding):
            yield told
            return
        yield Finding("the app token opens sockets")
        parts = self.options.app_token.split("-")
        of_token = parts[2] if len(parts) > 3 else ""  # noqa: PLR2004 - xapp-1-A…-…
        if app and of_token and app != of_token:
            yield Finding(
                f"the two tokens belong to different apps ({app} and {of_token})",
                f"Take {_BOT} and {_APP} from the same app at {_PAGES}.",
            )

    async def _channels(self) -> AsyncIterator[Finding]:
        told = await self._told_of(
            "users.conversations",
            self.options.bot_token,
            types="public_channel,private_channel",
            limit="200",
        )
        if isinstance(told, Finding):
            yield told
            return
        inside = {
            text_of(each, "id"): text_of(each, "name") for each in dicts_of(told.get("channels"))
        }
        if inside:
            yield Finding(f"plnbot is in {', '.join(f'#{name}' for name in inside.values())}")
        else:
            yield Finding("plnbot is in no channel", _INVITE)
        for room in self.rooms:
            if room.channel not in inside:
                yield await self._outside(room.channel)

    async def _outside(self, channel: str) -> Finding:
        token = self.options.bot_token
        try:
            told = await self.calls.call_with(token, "conversations.info", channel=channel)
        except TurnedDownError:
            said = f"a chat is planned in the channel {channel}, which plnbot cannot see"
            return Finding(said, f"Invite it there: `/invite @plnbot` in <#{channel}>.")
        info = dict_of(told.get("channel"))
        name = text_of(info, "name")
        if info.get("is_archived"):
            return Finding(
                f"a chat is planned in #{name}, which is archived",
                "Unarchive the channel, or call the chat off and plan it elsewhere.",
            )
        return Finding(f"a chat is planned in #{name}, and plnbot is not there", _INVITE)

    async def _app_of(self, identity: Payload) -> str:
        bot = text_of(identity, "bot_id")
        told = await self._told_of("bots.info", self.options.bot_token, bot=bot)
        return "" if isinstance(told, Finding) else text_of(dict_of(told.get("bot")), "app_id")

    async def _subscriptions(self, app: str) -> Finding:
        if not self.config_token or not app:
            return Finding(
                "event subscriptions are not looked at: Slack shows them to an app configuration"
                " token alone (PLNBOT_SLACK_CONFIG_TOKEN for this one command; docs/slack.md)"
            )
        told = await self._told_of("apps.manifest.export", self.config_token, app_id=app)
        if isinstance(told, Finding):
            return told
        return _compared(dict_of(told.get("manifest")))

    async def _told_of(self, method: str, token: str, **arguments: object) -> Json | Finding:
        try:
            return await self.calls.call_with(token, method, **arguments)
        except TurnedDownError as no:
            return _refused(method, no)


def _scopes(header: str) -> list[Finding]:
    """Return one finding for each permission that is missing, or one that all are there."""
    granted = {each.strip() for each in header.split(",") if each.strip()}
    missing = [scope for scope in SCOPES if granted and scope not in granted]
    mend = f"Add it at {_PAGES} under OAuth & Permissions, then reinstall the app there."
    if not missing:
        return [Finding("every permission is there")]
    return [Finding(f"the permission {each} is missing: {SCOPES[each]}", mend) for each in missing]


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
            f"Paste config/slack_manifest.yaml at {_PAGES} under App Manifest, and save.",
        )
    return Finding("events, command, buttons and home tab are as they should be")


def _refused(method: str, no: TurnedDownError) -> Finding:
    what = f"Slack refuses {method}: {no.error}" + (f" ({no.detail})" if no.detail else "")
    if no.error == "missing_scope":
        return Finding(what, f"Add the permission at {_PAGES}, then reinstall the app there.")
    if method == "apps.connections.open":
        return Finding(
            what,
            f"Set {_APP} to an app-level token with connections:write, from Basic Information at"
            f" {_PAGES}, and turn Socket Mode on.",
        )
    if method == "apps.manifest.export":
        return Finding(what, f"Make a new app configuration token at {_PAGES}; one lasts 12 hours.")
    return Finding(what, f"Set {_BOT} to the token under OAuth & Permissions at {_PAGES}.")
