"""Why a connection ended or never began, and when it is tried again."""

import random
import time
from dataclasses import field

import discord

from plnbot.errors import PlnError
from plnbot.values import dataclass

LONGEST_PAUSE = 15.0
CALM_SECONDS = 300.0
_FILE = "PLNBOT_DISCORD_"


class ConnectError(PlnError):
    """Discord cannot be used; the words say what to mend, `briefly` what is wrong.

    What is `lasting` goes on until somebody mends it.
    """

    def __init__(self, words: str, briefly: str, *, lasting: bool = False) -> None:
        super().__init__(words)
        self.briefly = briefly
        self.lasting = lasting


@dataclass(slots=True)
class Pauses:
    """How long to wait before each of several tries: longer each time, 15 seconds at most.

    By chance they differ, so that not everybody comes at once when Discord is back.
    """

    chance: random.Random = field(default_factory=random.Random)  # noqa: S311 - spreads tries
    _tries: int = 0
    _last: float = 0.0

    def delay(self) -> float:
        """Return the next pause in seconds; after some minutes without one they begin anew."""
        now = time.monotonic()
        self._tries = 1 if now - self._last > CALM_SECONDS else self._tries + 1
        self._last = now
        longest = min(LONGEST_PAUSE, 2.0 ** min(self._tries - 1, 10))
        return self.chance.uniform(longest / 2, longest)


def no_such_token() -> ConnectError:
    """Return what to say where Discord does not take the token."""
    return ConnectError(
        "Discord does not know this token. Copy it again from the developer portal (Bot, Reset"
        f" Token) into {_FILE}TOKEN.",
        "its token is refused",
        lasting=True,
    )


def why_ended(error: BaseException | None) -> ConnectError:
    """Return why the library gave a connection up."""
    match error:
        case discord.PrivilegedIntentsRequired() | discord.ConnectionClosed(code=4013 | 4014):
            return ConnectError(
                "Discord refuses an intent. Switch it on in the developer portal (Bot, Privileged"
                f" Gateway Intents), or set {_FILE}MESSAGE_CONTENT=off and {_FILE}MEMBERS=off.",
                "an intent is refused",
                lasting=True,
            )
        case discord.ConnectionClosed(code=4004):
            return no_such_token()
        case discord.ConnectionClosed(code=4010 | 4011):
            return ConnectError(
                "Discord asks for another number of connections, so many servers use this bot. It"
                " is asked again how many; if this line comes back, restart the bot.",
                "another number of connections is asked for",
                lasting=True,
            )
        case discord.ConnectionClosed(code=4012):
            return ConnectError(
                "Discord no longer talks to this version of its library. Update plnbot.",
                "this version is too old for Discord",
                lasting=True,
            )
        case _:
            return ConnectError(
                f"Discord ended the connection: {type(error).__name__}.",
                "the connection was ended",
            )
