"""Looks at one workspace that plnbot is in: its token, its permissions, its channels."""

from collections.abc import AsyncIterator, Sequence

from adapters.slack.calls import Calls, TurnedDownError
from adapters.slack.manifest import SCOPES
from adapters.slack.payload import Payload, dict_of, dicts_of, text_of
from adapters.slack.text import Json
from plnbot.findings import Finding
from plnbot.refs import Place
from plnbot.values import dataclass

PAGES = "https://api.slack.com/apps"
_INVITE = "Type `/invite @plnbot` in the channel where chats are to take place."


@dataclass(slots=True)
class Workspace:
    """One workspace, by its token. `rooms` are the channels there that chats are planned in.

    `mend_token` says what to do where the token is refused, `mend_scope` where it may do too
    little. Once it was looked at, `let_in` says whether the token works, and `app` is the app's id
    at Slack.
    """

    calls: Calls
    token: str
    rooms: Sequence[Place]
    mend_token: str
    mend_scope: str
    let_in: bool = False
    app: str = ""

    async def examined(self) -> AsyncIterator[Finding]:
        """Yield what there is to say; raises `Unavailable` where Slack does not answer."""
        told = await self._told_of("auth.test")
        if isinstance(told, Finding):
            yield told
            return
        self.let_in = True
        yield Finding(f"the bot token lets plnbot into {text_of(told, 'team')}")
        for each in self._scopes(text_of(told, "_scopes")):
            yield each
        self.app = await self._app_of(told)
        async for each in self._channels():
            yield each

    def _scopes(self, header: str) -> list[Finding]:
        """Return one finding for each permission that is missing, or one that all are there."""
        granted = {each.strip() for each in header.split(",") if each.strip()}
        missing = [scope for scope in SCOPES if granted and scope not in granted]
        if not missing:
            return [Finding("every permission is there")]
        return [
            Finding(f"the permission {each} is missing: {SCOPES[each]}", self.mend_scope)
            for each in missing
        ]

    async def _channels(self) -> AsyncIterator[Finding]:
        told = await self._told_of(
            "users.conversations", types="public_channel,private_channel", limit="200"
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
        try:
            told = await self.calls.call_with(self.token, "conversations.info", channel=channel)
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
        told = await self._told_of("bots.info", bot=text_of(identity, "bot_id"))
        return "" if isinstance(told, Finding) else text_of(dict_of(told.get("bot")), "app_id")

    async def _told_of(self, method: str, **arguments: object) -> Json | Finding:
        try:
            return await self.calls.call_with(self.token, method, **arguments)
        except TurnedDownError as no:
            mend = self.mend_scope if no.error == "missing_scope" else self.mend_token
            return refused(method, no, mend)


def refused(method: str, no: TurnedDownError, mend: str) -> Finding:
    """Return a refusal in Slack's own name for it, with what it misses, and how to mend it."""
    what = f"Slack refuses {method}: {no.error}" + (f" ({no.detail})" if no.detail else "")
    return Finding(what, mend)
