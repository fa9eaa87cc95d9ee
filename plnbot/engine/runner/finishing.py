"""How an attempt ended that did not end well: it is tried again, or is over for good."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from plnbot.engine import outbox, posts, work
from plnbot.engine.runner.tools import Tools
from plnbot.engine.work import Item, WorkState
from plnbot.errors import Refused, Unavailable
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence
from plnbot.values import dataclass

log = logging.getLogger(__name__)

RECORD_PAUSE = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Finishing:
    """Writes down how attempts ended, by the retry policy of each kind."""

    tools: Tools

    async def again(
        self,
        item: Item,
        reason: str,
        after: timedelta | None,
        *,
        unsure: bool = True,
        sent: bool = False,
    ) -> None:
        """Try again when told, or after a while: the other side is in trouble, for hours perhaps.

        `sent`: it was sent just now, and may come to stand yet.
        """
        tools = self.tools
        now, policy = tools.clock.now(), tools.routes.retry(item.kind)
        wait = policy.out_of_reach(item.attempts, now - item.due_at, after, tools.chance)
        if wait is None:
            await self.end(item, policy.given_up, reason)
            return
        at = now + tools.clock.passing(wait)
        sent_at = now if sent else None
        await self._record(
            lambda tx: work.again(tx, item, at, reason, unsure=unsure, sent_at=sent_at)
        )
        tools.observer.ended(item.kind, "again")

    async def failed(self, item: Item, reason: str) -> None:
        """Try again a few times what ended in an error of our own, and then give it up."""
        tools = self.tools
        policy = tools.routes.retry(item.kind)
        wait = policy.after_failure(item.failures + 1, tools.chance)
        if wait is None:
            await self.end(item, policy.given_up, reason)
            return
        at = tools.clock.now() + tools.clock.passing(wait)
        await self._record(lambda tx: work.again(tx, item, at, reason, failed=True))
        tools.observer.ended(item.kind, "again")

    async def refused(self, item: Item, refused: Refused) -> None:
        """End what will never be, with the sentence that says why."""
        await self.end(item, WorkState.REFUSED, _reason(refused))

    async def end(self, item: Item, state: WorkState, reason: str) -> None:
        """End it for good, and tell whoever has to know."""
        now = self.tools.clock.now()
        log.warning("work %s ended as %s: %s", item.kind, state, reason)

        def end(tx: Tx) -> None:
            ended = work.finish(tx, item, state, now, reason)
            if ended and item.kind == outbox.POST and state is WorkState.REFUSED:
                posts.refused(self.tools.routes.posts, tx, item.payload, reason, now)
            if ended and item.kind in {outbox.POST, outbox.EDIT}:
                self._tell(tx, item, now)
            declared = self.tools.routes.outside_work.get(item.kind)
            if ended and declared and not isinstance(declared.given_up, posts.NothingToDo):
                declared.given_up(self.tools.due(tx, item, now), reason)

        await self._record(end)
        self.tools.observer.ended(item.kind, state)

    def _tell(self, tx: Tx, item: Item, now: datetime) -> None:
        """Tell whoever wants to know that a post, or the change of one, will not be."""
        post = outbox.planned(tx, item)
        told = self.tools.routes.posts_ended.get(post.card) if post else None
        if post is not None and told is not None:
            told(tx, replace(post, ref=""), now)

    async def _record(self, unit: Callable[[Tx], object]) -> None:
        await self.written(lambda: self.tools.store.run(unit))

    async def written(self, write: Callable[[], Awaitable[object]]) -> None:
        """Write down how an attempt ended, as soon as the database lets us, within the lease."""
        for tries_left in reversed(range(int(self.tools.lease / RECORD_PAUSE))):
            try:
                await write()
            except Unavailable:
                if not tries_left:
                    raise
                await asyncio.sleep(RECORD_PAUSE.total_seconds())
            else:
                return


def _reason(refused: Refused) -> str:
    """Return the sentence without what was filled into it: reasons are kept and logged."""
    said = refused.message
    return said.source if isinstance(said, Sentence) else type(refused).__name__
