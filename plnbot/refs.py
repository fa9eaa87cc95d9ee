"""How the core names people and places on any platform, without joining strings."""

from dataclasses import replace

from plnbot.values import dataclass

_LONGEST_NUMBER = 18  # digits; every such number fits a database's eight bytes


def row_number(words: str) -> int:
    """Return the number of a row as it came in from outside; 0, which no row has, for all else."""
    fits = words.isascii() and words.isdigit() and len(words) <= _LONGEST_NUMBER
    return int(words) if fits else 0


@dataclass(frozen=True, slots=True, order=True)
class MemberRef:
    """One account on one platform; the platform's own ids, never names."""

    platform: str
    workspace: str
    user: str


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Somewhere words can be posted: a channel, or one thread of it.

    `thread` is the platform's own id of the thread, empty for the channel itself.
    """

    platform: str
    workspace: str
    channel: str
    thread: str = ""

    @property
    def topic(self) -> str:
        """What changes of this channel, and of what stands beside it, are announced as."""
        return f"place:{self.platform}/{self.workspace}/{self.channel}"

    def in_thread(self, thread: str) -> "Place":
        """Return the thread `thread` of this channel."""
        return replace(self, thread=thread)

    def channel_itself(self) -> "Place":
        """Return the channel without a thread."""
        return replace(self, thread="") if self.thread else self
