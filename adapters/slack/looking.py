"""Who may look into a channel, asked of Slack: whether it is private, and who is in it."""

import time
from collections.abc import Callable
from dataclasses import field

from adapters.slack.calls import Calls, TurnedDownError
from adapters.slack.payload import dict_of, text_of
from plnbot.engine.ports.looking import Look
from plnbot.refs import MemberRef, Place
from plnbot.values import dataclass

HOLDS_SECONDS = 60.0
_PAGE, _PAGES = "1000", 20
_REMEMBERED = 2_000
_GONE = frozenset({"user_not_found", "user_not_visible"})
_UNSEEN = frozenset(
    {"channel_not_found", "not_in_channel", "missing_scope", "team_access_not_granted"}
)


@dataclass(slots=True)
class Looking:
    """Answers `AsksRoom` and `AsksThere`. Who is in a private channel is asked for all at once."""

    calls: Calls
    seconds: Callable[[], float] = time.monotonic
    _inside: dict[Place, tuple[float, frozenset[str] | None]] = field(default_factory=dict)

    async def room(self, place: Place, user: str) -> Look:
        """Return what Slack says of a channel and of an account."""
        until, inside = self._inside.get(place, (float("-inf"), frozenset()))
        if self.seconds() >= until:
            inside = await self._who_is_in(place)
            if len(self._inside) >= _REMEMBERED:
                self._inside.clear()
            self._inside[place] = (self.seconds() + HOLDS_SECONDS, inside)
        if inside is None:
            return Look.EVERYBODY
        return Look.INSIDE if user in inside else Look.OUTSIDE

    async def there(self, who: MemberRef) -> bool:
        """Return whether an account is in its workspace, and not deactivated."""
        try:
            told = await self.calls.call(who.workspace, "users.info", user=who.user)
        except TurnedDownError as no:
            return no.error not in _GONE
        return not dict_of(told.get("user")).get("deleted")

    async def _who_is_in(self, place: Place) -> frozenset[str] | None:
        """Return who is in a channel, nobody where we may not see it; None where it is everybody's."""
        try:
            told = await self.calls.call(
                place.workspace, "conversations.info", channel=place.channel
            )
            channel = dict_of(told.get("channel"))
            private = (channel.get(each) for each in ("is_private", "is_im", "is_mpim"))
            if not any(private):
                return None
            return await self._members(place)
        except TurnedDownError as no:
            if no.error in _UNSEEN:
                return frozenset()
            raise

    async def _members(self, place: Place) -> frozenset[str]:
        found: set[str] = set()
        cursor = ""
        for _page in range(_PAGES):
            told = await self.calls.call(
                place.workspace,
                "conversations.members",
                channel=place.channel,
                limit=_PAGE,
                cursor=cursor,
            )
            members = told.get("members")
            found |= {str(each) for each in members} if isinstance(members, list) else set()
            cursor = text_of(dict_of(told.get("response_metadata")), "next_cursor")
            if not cursor:
                break
        return frozenset(found)
