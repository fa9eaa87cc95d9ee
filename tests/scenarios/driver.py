"""The driver port: what a person can do and see on any platform."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from plnbot.app import Parts
from plnbot.staging import pass_time
from plnbot.store.database import Store
from plnbot.testing import FrozenClock


@dataclass(frozen=True, slots=True)
class Document:
    """A file on somebody's own machine."""

    name: str
    content: bytes


Given = str | Sequence[str] | Document
"""What is filled into one input of a form."""


class Driver(Protocol):
    """People, a room and a clock on one platform. People are named by their handles."""

    async def say(self, who: str, words: str, *, under: str = "") -> None:
        """Write in the room, or in the thread under the message that shows `under`."""

    async def edit(self, who: str, words: str, into: str) -> None:
        """Change one's own message that says `words`."""

    async def delete(self, who: str, words: str) -> None:
        """Delete one's own message that says `words`."""

    async def press(self, who: str, label: str, *, choose: str = "") -> None:
        """Press the newest button of this label that the person sees; `choose` in a select."""

    async def submit(self, who: str, **values: Given) -> None:
        """Fill in the form the person has before them, by input name, and send it."""

    async def see(self, who: str) -> str:
        """Return what the person sees now: the room, what is beside it, what is theirs alone."""

    async def alone(self, who: str) -> str:
        """Return the newest thing that only this person sees, a form's errors too."""

    async def lets_write(self, who: str) -> None:
        """Say that the bot may write to this person directly, on platforms that ask for it."""

    async def messages(self, who: str) -> str:
        """Return what the bot wrote to this person directly."""

    async def page(self, who: str, name: str) -> str:
        """Return the words of a page, such as `home` or `chat/1`."""

    async def file(self, who: str, name: str) -> str:
        """Return a file's text, such as `chat.md/1`, or an empty string where there is none."""

    async def press_on_page(self, who: str, name: str, label: str) -> None:
        """Press the first button of this label on a page."""

    async def pass_time(self, until: datetime | timedelta) -> None:
        """Let time pass to an instant, or by a length; everything due happens at its time."""

    def be_away(self, until: datetime) -> None:
        """Let time pass to an instant while the bot does not run, so that nothing happens."""

    def now(self) -> datetime:
        """Return the present instant."""


class Direct:
    """A platform on which the bot writes to people directly as long as they do not mind."""

    async def lets_write(self, who: str) -> None:
        """Say nothing: nobody is asked here."""


class InTime:
    """Time as every driver lets it pass: what is due happens at its own moment."""

    parts: Parts
    store: Store
    clock: FrozenClock

    async def pass_time(self, until: datetime | timedelta) -> None:
        """Let everything due happen at its own time."""
        goal = until if isinstance(until, datetime) else self.clock.now() + until
        await pass_time(self.parts.runner, self.store, self.clock, goal)

    def be_away(self, until: datetime) -> None:
        """Move the clock alone."""
        self.clock.at = until

    def now(self) -> datetime:
        """Return the present instant."""
        return self.clock.now()
