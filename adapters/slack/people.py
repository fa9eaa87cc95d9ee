"""Who people are in Slack: name, language, zone, and whether they administer the workspace."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace

from adapters.slack.arrivals import member
from adapters.slack.calls import Calls, TurnedDownError
from adapters.slack.payload import Payload, dict_of, text_of
from plnbot.errors import PlnError
from plnbot.refs import MemberRef
from plnbot.values import dataclass

_KEPT_SECONDS = 86_400.0  # Slack tells us when a profile changes
_WAITS_SECONDS = 1.5  # of the three that Slack gives us to acknowledge
_MOST = 20_000
_MOST_NAMED = 20
_NOT_OURS = frozenset({"user_not_found", "user_not_visible"})


@dataclass(frozen=True, slots=True)
class Known:
    """What Slack tells of somebody. A guest never leads; a stranger is of another organisation.

    `fresh` says that the name was told just now: what was kept may be from before a change.
    """

    name: str
    locale: str
    zone: str
    leads: bool = False
    stranger: bool = False
    fresh: bool = False


@dataclass(slots=True)
class People:
    """Looks people up, each about once a day."""

    calls: Calls
    seconds: Callable[[], float] = time.monotonic
    _known: dict[MemberRef, tuple[float, Known]] = field(default_factory=dict)

    async def known(self, who: MemberRef) -> Known | None:
        """Return what Slack tells of somebody; None where it does not, or not in time."""
        at, found = self._known.get(who, (0.0, None))
        if found is not None and self.seconds() < at + _KEPT_SECONDS:
            return found
        try:
            async with asyncio.timeout(_WAITS_SECONDS):
                told = await self.calls.call(
                    who.workspace, "users.info", user=who.user, include_locale="true"
                )
        except TurnedDownError as no:
            # It will not tell later either; and whom it hides from us is nobody of this workspace.
            return found or Known(who.user, "", "", stranger=no.error in _NOT_OURS)
        except (PlnError, TimeoutError):
            return found
        if len(self._known) >= _MOST:
            self._known.clear()
        fresh = _known(dict_of(told.get("user")), who)
        self._known[who] = self.seconds(), fresh
        return replace(fresh, fresh=fresh.name != who.user)

    async def names(self, workspace: str, users: Iterable[str]) -> Mapping[str, str]:
        """Return what people are called, for those Slack tells of: of a crowd, the first few.

        A message waits for them before it counts, and Slack tells of a hundred people a minute.
        """
        few = sorted(users)[:_MOST_NAMED]
        found = {user: await self.known(member(workspace, user)) for user in few}
        return {user: known.name for user, known in found.items() if known is not None}

    def forget(self, who: MemberRef) -> None:
        """Look somebody up anew the next time."""
        self._known.pop(who, None)


def shown_name(user: Payload) -> str:
    """Return how Slack shows somebody, of what it tells of them."""
    profile = dict_of(user.get("profile"))
    names = (text_of(profile, "display_name"), text_of(user, "real_name"), text_of(user, "name"))
    return next((name for name in names if name.strip()), "")


def _known(user: Payload, who: MemberRef) -> Known:
    guest = bool(user.get("is_restricted") or user.get("is_ultra_restricted"))
    home = text_of(user, "team_id")
    teams = dict_of(user.get("enterprise_user")).get("teams")
    here = not home or home == who.workspace or (isinstance(teams, list) and who.workspace in teams)
    stranger = bool(user.get("is_stranger")) or not here
    return Known(
        shown_name(user) or who.user,
        text_of(user, "locale"),
        text_of(user, "tz"),
        leads=bool(user.get("is_admin") or user.get("is_owner")) and not guest and not stranger,
        stranger=stranger,
    )
