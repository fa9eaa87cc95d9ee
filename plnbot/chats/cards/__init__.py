"""What people see of a chat.

`planned` comes before it, `series` brings it again, `said` in its room, `members` to one person, `moderators` to those who
steer; `words` is what several of them say alike.
"""

from plnbot.chats.cards.changing import Proposed, will_change
from plnbot.chats.cards.members import catch_up, going_on, here, hidden, newcomer, not_here
from plnbot.chats.cards.moderators import (
    not_heard,
    not_posted,
    not_yours_now,
    panel,
    plan_moved,
    your_turn,
)
from plnbot.chats.cards.opening import KEEP_IN, OPEN_UP, who_sees
from plnbot.chats.cards.planned import (
    SKILLS,
    after_that,
    announced_anew,
    announcement,
    begins_otherwise,
    called_off,
    happening,
    line_blocks,
    next_chat,
    no_next_chat,
    opening,
    preview,
    reminder,
    said_before,
    taken_out,
    upcoming,
)
from plnbot.chats.cards.said import (
    answered,
    archived,
    closing,
    hello,
    question,
    taken_back,
    warm_up,
    welcome,
)
from plnbot.chats.cards.series import (
    ended,
    moved,
    no_chat,
    overview,
    repeats,
    series_name,
    unplanned,
)
from plnbot.chats.cards.words import Standing, call_off

__all__ = [
    "KEEP_IN",
    "OPEN_UP",
    "SKILLS",
    "Proposed",
    "Standing",
    "after_that",
    "announced_anew",
    "announcement",
    "answered",
    "archived",
    "begins_otherwise",
    "call_off",
    "called_off",
    "catch_up",
    "closing",
    "ended",
    "going_on",
    "happening",
    "hello",
    "here",
    "hidden",
    "line_blocks",
    "moved",
    "newcomer",
    "next_chat",
    "no_chat",
    "no_next_chat",
    "not_heard",
    "not_here",
    "not_posted",
    "not_yours_now",
    "opening",
    "overview",
    "panel",
    "plan_moved",
    "preview",
    "question",
    "reminder",
    "repeats",
    "said_before",
    "series_name",
    "taken_back",
    "taken_out",
    "unplanned",
    "upcoming",
    "warm_up",
    "welcome",
    "who_sees",
    "will_change",
    "your_turn",
]
