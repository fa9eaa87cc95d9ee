"""A quiet reaction beside messages that count, where Slack gives us the right to react and the time."""

from typing import Final

from adapters.slack.calls import Calls, Limited, TurnedDownError
from adapters.slack.text import PLATFORM
from plnbot.errors import Unavailable
from plnbot.marking import Marking
from plnbot.refs import Place

RIGHT = "reactions:write"
_NAME = "memo"
_HOUR = 3600.0
_MINUTE = 60.0
# It stands as it should, or there is nothing left to mark.
_SETTLED: Final = frozenset(
    {
        "already_reacted",
        "is_archived",
        "message_not_found",
        "no_reaction",
        "thread_locked",
        "too_many_emoji",
        "too_many_reactions",
    }
)


def marking_in(calls: Calls) -> Marking:
    """Return what marks messages in Slack, which counts reactions by workspace: 50 a minute."""

    async def put(place: Place, message: str, on: bool) -> float:  # noqa: FBT001 - the port's
        workspace, method = place.workspace, "reactions.add" if on else "reactions.remove"
        if await calls.lacks(workspace, RIGHT):
            return _HOUR
        try:
            await calls.call(
                workspace, method, channel=place.channel, timestamp=message, name=_NAME
            )
        except TurnedDownError as no:
            return 0.0 if no.error in _SETTLED else _HOUR
        except Limited as limited:
            return limited.retry_after.total_seconds() if limited.retry_after else _MINUTE
        except Unavailable:
            return _MINUTE
        return 0.0

    return Marking(put, lambda place: Place(PLATFORM, place.workspace, ""))
