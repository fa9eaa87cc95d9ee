"""What people see of a chat.

`planned` comes before it, `said` in its room, `members` to one person, `moderators` to those who
steer; `words` is what several of them say alike.
"""

from plnbot.chats.cards.calendar import DROP as DROP_CALENDAR
from plnbot.chats.cards.calendar import RENEW as RENEW_CALENDAR
from plnbot.chats.cards.calendar import SHOW as SHOW_CALENDAR
from plnbot.chats.cards.calendar import calendar, moved, renewing
from plnbot.chats.cards.members import catch_up, here, hidden, newcomer, not_here
from plnbot.chats.cards.moderators import not_posted, not_yours_now, panel, plan_moved, your_turn
from plnbot.chats.cards.planned import (
    announcement,
    called_off,
    happening,
    opening,
    preview,
    reminder,
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
from plnbot.chats.cards.words import Standing, call_off

__all__ = [
    "DROP_CALENDAR",
    "RENEW_CALENDAR",
    "SHOW_CALENDAR",
    "Standing",
    "announcement",
    "answered",
    "archived",
    "calendar",
    "call_off",
    "called_off",
    "catch_up",
    "closing",
    "happening",
    "hello",
    "here",
    "hidden",
    "moved",
    "newcomer",
    "not_here",
    "not_posted",
    "not_yours_now",
    "opening",
    "panel",
    "plan_moved",
    "preview",
    "question",
    "reminder",
    "renewing",
    "taken_back",
    "taken_out",
    "upcoming",
    "warm_up",
    "welcome",
    "your_turn",
]
