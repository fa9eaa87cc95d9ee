"""What was said while Discord did not reach us: read from the rooms and threads where words counted."""

import logging
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from adapters.discord import inbound
from adapters.discord.api import Api, ApiError, LostError, TooSoonError
from adapters.discord.hearing import EPOCH, Hearing, Spoken
from adapters.discord.markup import PLATFORM
from adapters.discord.said import named
from plnbot.engine.ports import Clock, Desk
from plnbot.errors import Unavailable
from plnbot.refs import Place
from plnbot.values import dataclass

log = logging.getLogger(__name__)

PAGE = 100
PAGES = 200


@dataclass(slots=True)
class Missed:
    """Takes in what was missed; what was heard is known already.

    `since` is when the present gap began, or None while there is none.
    """

    desk: Desk
    api: Api
    hearing: Hearing
    clock: Clock
    since: datetime | None = None

    async def begin(self) -> None:
        """Note, before Discord reaches us, when it did so last."""
        self.since = self.since or await self.desk.gaps.last_heard(PLATFORM)

    def deaf(self) -> None:
        """Note that Discord reaches us no longer."""
        self.since = self.since or self.clock.now()

    def resumed(self) -> None:
        """Note that Discord has told all there was to tell."""
        self.since = None

    async def catch_up(self) -> None:
        """Have every place read in which words counted in the gap, or count now where there was none."""
        await self.desk.gaps.over(PLATFORM, self.since)
        self.since = None

    async def read(self, place: Place, since: datetime) -> None:
        """Take in what was said in a room or thread since then; raises `Unavailable` for now."""
        try:
            if not self.hearing.bot:  # it listens in another process
                self.hearing.bot = str((await self.api.get("/users/@me"))["id"])
            async for spoken in self._messages(place, since):
                await self.hearing.hear(spoken, missed=True)
        except TooSoonError as error:
            raise Unavailable(str(error), error.after) from error
        except LostError as error:
            raise Unavailable(str(error)) from error
        except ApiError as error:
            if error.status == HTTPStatus.UNAUTHORIZED:
                raise Unavailable(str(error)) from error  # as long as the token is not mended
            log.warning("what was said meanwhile cannot be read: %s", error)

    async def _messages(self, place: Place, since: datetime) -> AsyncIterator[Spoken]:
        """Yield what people wrote since then, oldest first."""
        after = str(max(0, (int(since.timestamp() * 1000) - EPOCH) << 22))
        path = f"/channels/{place.thread or place.channel}/messages"
        for _page in range(PAGES):
            found = await self.api.get(path, after=after, limit=PAGE)
            ordered = sorted(found or (), key=lambda one: int(one["id"]))
            for one in ordered:
                if not one["author"].get("bot") and not one.get("webhook_id"):
                    yield _spoken(one, place)
            if len(ordered) < PAGE:
                return
            after = str(ordered[-1]["id"])
        log.warning("more was said meanwhile than I read")


def _spoken(one: Mapping[str, Any], place: Place) -> Spoken:
    author = one["author"]
    name = author.get("global_name") or author.get("username") or ""
    return Spoken(
        str(one["id"]),
        place,
        str(author["id"]),
        "",
        str(one.get("content", "")),
        str(one.get("edited_timestamp") or ""),
        handle=str(name),
        reply_to=inbound.reply_to(one),
        called=named(one),
    )
