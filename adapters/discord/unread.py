"""Events that the library cannot read: each is passed over, and the next one counts again."""

import functools
import logging
import time
from collections.abc import Callable, MutableMapping
from dataclasses import field
from typing import Any

from plnbot.values import dataclass

log = logging.getLogger(__name__)

# Without these there is no session; where one is odd, the connection has to begin anew.
_NEEDED = frozenset({"READY", "RESUMED"})
_SAID = frozenset({"MESSAGE_CREATE", "MESSAGE_UPDATE"})
QUIET_SECONDS = 60.0

Reads = Callable[[Any], None]


@dataclass(slots=True)
class Unread:
    """What could not be read. `said` is called where it was a message, which can be asked for.

    A kind of event has one line in the log a minute, which holds nothing of the event itself.
    """

    said: Callable[[], None]
    _told: dict[str, float] = field(default_factory=dict)
    _since: dict[str, int] = field(default_factory=dict)

    def guard(self, readers: MutableMapping[str, Reads]) -> None:
        """Let no reader of an event end the connection."""
        for event, read in readers.items():
            if event not in _NEEDED:
                readers[event] = functools.partial(self._read, event, read)

    def skipped(self, event: str, error: BaseException) -> None:
        """Log that an event was passed over."""
        now = time.monotonic()
        self._since[event] = self._since.get(event, 0) + 1
        if now - self._told.get(event, -QUIET_SECONDS) >= QUIET_SECONDS:
            self._told[event] = now
            log.warning(
                "Discord: %d of %s could not be read, and nothing else is lost: %s",
                self._since.pop(event),
                event,
                type(error).__name__,
            )

    def _read(self, event: str, read: Reads, data: Any) -> None:
        try:
            read(data)
        except Exception as error:  # noqa: BLE001 - whatever it is, the next event is another
            self.skipped(event, error)
            if event in _SAID:
                self.said()
