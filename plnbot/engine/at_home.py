"""What capabilities say on a member's home beside cards of their own: what waits, and figures.

Each is declared by its capability and asked whenever a home is shown; None is nothing to say, and
then nothing stands there.
"""

from collections.abc import Callable

from plnbot.engine.context import Context
from plnbot.talk.cards import Button, Field, PageButton
from plnbot.talk.text import Text
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for this member: what, how many, in one line which, where it is done."""

    title: Text
    count: int
    line: Text
    leads: Button | PageButton


Waits = Callable[[Context], Waiting | None]
"""Returns what waits for a member."""
Figure = Callable[[Context], Field | None]
"""Returns a number that a member wants to see at a glance, such as the minutes of this month."""
