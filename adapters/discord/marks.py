"""A quiet reaction beside messages that count, where a server gives us the right to react and the time."""

from urllib.parse import quote

from adapters.discord.api import Api, ApiError, LostError, TooSoonError
from adapters.discord.codes import Code
from plnbot.marking import MARK, Marking
from plnbot.refs import Place

_HOUR = 3600.0
_MINUTE = 60.0
_REFUSED = (Code.MISSING_ACCESS, Code.MISSING_PERMISSION)


def marking_in(api: Api) -> Marking:
    """Return what marks messages in Discord, which counts reactions by channel."""

    async def put(place: Place, message: str, on: bool) -> float:  # noqa: FBT001 - the port's
        channel = place.thread or place.channel
        path = f"/channels/{channel}/messages/{message}/reactions/{quote(MARK)}/@me"
        try:
            await (api.put(path, None) if on else api.delete(path))
        except ApiError as error:
            return _HOUR if error.code in _REFUSED else 0.0
        except TooSoonError as error:
            return error.after.total_seconds()
        except LostError:
            return _MINUTE
        return 0.0

    return Marking(put, Place.channel_itself, gap=0.5, busy=40)
