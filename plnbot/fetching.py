"""The port of the web: how anything that reads from elsewhere gets it, and how it hears why not."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from plnbot.errors import Unavailable
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a web address answered: its status, headers by lower-case name, and the body.

    `address` is where it answered in the end. `moved` is the address that took its place for good, as
    far as every redirect up to it said so; empty where none did. The body is not `whole` where only
    the first bytes were asked for and there were more.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    address: str = ""
    moved: str = ""
    whole: bool = True


class Why(StrEnum):
    """Why an address could not be reached for now."""

    NAME = "name"
    """No computer has this name, or nobody can say for now which has."""
    CONNECTION = "connection"
    """Nobody takes calls there."""
    CERTIFICATE = "certificate"
    """It cannot show that it is who it says."""
    TIME = "time"
    """It is too slow."""
    ANSWER = "answer"
    """It broke off, or said what nobody can read."""
    REDIRECTS = "redirects"
    """It sends its readers on and on."""
    BUSY = "busy"
    """It asks for fewer questions, or for a pause."""
    TROUBLE = "trouble"
    """It has trouble of its own (a status of 500 and above)."""


class Unreachable(Unavailable):
    """An address cannot be reached for now. `message` is for people, `status` what it said, or 0."""

    def __init__(
        self, why: Why, message: Sentence, retry_after: timedelta | None = None, status: int = 0
    ) -> None:
        super().__init__(message.source, retry_after)
        self.why = why
        self.message = message
        self.status = status


class Fetcher(Protocol):
    """Fetches from the web, within the limits that guard us there."""

    async def fetch(
        self, address: str, headers: Mapping[str, str] | None = None, *, first: int | None = None
    ) -> Fetched:
        """Return what `address` answers, after redirects, with its body unpacked.

        Of a longer body, the `first` so many bytes are enough where they are given; without, one that
        is too long is refused. Raises `Unreachable`, which is `Unavailable`, where it cannot be
        reached for now (also by a status of 429, 500 and above), with what it said of when, and
        `Refused` where it may never be. Every other status is an answer.
        """
        ...

    async def close(self) -> None:
        """Let go of every connection."""
        ...


class NoWeb:
    """A fetcher where there is no web: nothing can be reached."""

    async def fetch(
        self, address: str, headers: Mapping[str, str] | None = None, *, first: int | None = None
    ) -> Fetched:
        """Raise `Unreachable`, whatever is asked."""
        del address, headers, first
        raise Unreachable(Why.CONNECTION, msg("Nothing can be read from the web here."))

    async def close(self) -> None:
        """Let go of nothing."""
