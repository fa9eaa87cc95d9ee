"""The driver port: what a person can do and see on any platform."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol


class Driver(Protocol):
    """People, a room and a clock on one platform. People are named by their handles."""

    async def say(self, who: str, words: str, *, under: str = "") -> None:
        """Write in the room, or in the thread under the bot's message that shows `under`."""

    async def press(self, who: str, label: str, *, choose: str = "") -> None:
        """Press the newest button of this label that the person sees; `choose` in a select."""

    async def submit(self, who: str, **values: str | Sequence[str]) -> None:
        """Fill in the form the person has before them, by input name, and send it."""

    async def see(self, who: str) -> str:
        """Return what the person sees now: the room, what is beside it, what is theirs alone."""

    async def alone(self, who: str) -> str:
        """Return the newest thing that only this person sees, a form's errors too."""

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
