"""Work inside one transaction: its row is done and its handler has run, or neither."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.engine import restoration, work
from plnbot.engine.batch import Batcher, fails_alone
from plnbot.engine.runner.early import Early
from plnbot.engine.runner.tools import BATCH, Tools
from plnbot.engine.work import Item, WorkState
from plnbot.store.database import Tx


class Handling:
    """Runs handlers of due work, several in one unit."""

    def __init__(self, tools: Tools, early: Early) -> None:
        self._tools, self._early = tools, early
        self._handled = Batcher(tools.run, self._handle, most=BATCH, at_once=4)

    async def do(self, item: Item) -> None:
        """Run its handler at its instant, if its lease holds then; raises what the handler does."""
        left = self._tools.seconds_until(item.run_at)
        if left > 0:
            with self._early.waiting(item):
                at = await self._handled.at(item.run_at, left, item)
        else:
            at = await self._handled(item)
        if item.attempts == 1:
            self._tools.observer.begun(item.kind, at - item.due_at)
        self._tools.observer.ended(item.kind, WorkState.DONE)

    def _handle(self, tx: Tx, items: Sequence[Item]) -> list[datetime]:
        """Do work whose lease holds; return when each began."""
        now = max(self._tools.clock.now(), *(item.run_at for item in items))
        held = work.finish_all(tx, items, WorkState.DONE, now)
        for item in items:
            if item.id in held:
                with fails_alone(items):
                    self._handle_one(tx, item, now)
        return [now] * len(items)

    def _handle_one(self, tx: Tx, item: Item, now: datetime) -> None:
        tools = self._tools
        handler = tools.routes.work[item.kind]
        due = tools.due(tx, item, now)
        with restoration.followed(tx, item, now, tools.restored_at):
            handler(due)
