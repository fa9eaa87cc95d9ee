"""What people do with a chat, one use case a function. Each runs inside its caller's transaction.

`planning` comes before a chat, `steering` moves it on, `moderators` and `moderating` say who may and
how that changes; `answering`, `attending`, `hiding` and `reminding` are what members do and what is done for
them. `posts` is what its room shows, `refused` what it did not take, `found` what somebody means.
"""

from plnbot.chats.actions.answering import (
    Landed,
    answer,
    answer_by_form,
    by_form,
    deleted,
    form_answer,
    form_answers,
    leave_out,
    message_of,
    renamed,
    retract,
    retract_form_answer,
    take_marked,
)
from plnbot.chats.actions.attending import check_in, take_check_in_back
from plnbot.chats.actions.found import chat_here, question_at
from plnbot.chats.actions.hiding import hide, show_again, tell_author
from plnbot.chats.actions.moderating import PANEL, TELL, decline, hand_over, tell
from plnbot.chats.actions.moderators import MODERATES, moderates
from plnbot.chats.actions.planning import (
    calendar_token,
    change,
    discard,
    is_past,
    may_change,
    publish,
    restore,
    take_back,
)
from plnbot.chats.actions.posts import (
    announcements,
    answers_changed,
    changed,
    hello_key,
    question_is_late,
    thread_of,
    told_last,
    welcome_is_late,
)
from plnbot.chats.actions.refused import not_posted, still_wanted, try_again
from plnbot.chats.actions.reminding import REMIND, do_not_remind, remind, remind_me
from plnbot.chats.actions.steering import MOMENT, ask_after_all, ask_bonus, steer, tick

__all__ = [
    "MODERATES",
    "MOMENT",
    "PANEL",
    "REMIND",
    "TELL",
    "Landed",
    "announcements",
    "answer",
    "answer_by_form",
    "answers_changed",
    "ask_after_all",
    "ask_bonus",
    "by_form",
    "calendar_token",
    "change",
    "changed",
    "chat_here",
    "check_in",
    "decline",
    "deleted",
    "discard",
    "do_not_remind",
    "form_answer",
    "form_answers",
    "hand_over",
    "hello_key",
    "hide",
    "is_past",
    "leave_out",
    "may_change",
    "message_of",
    "moderates",
    "not_posted",
    "publish",
    "question_at",
    "question_is_late",
    "remind",
    "remind_me",
    "renamed",
    "restore",
    "retract",
    "retract_form_answer",
    "show_again",
    "steer",
    "still_wanted",
    "take_back",
    "take_check_in_back",
    "take_marked",
    "tell",
    "tell_author",
    "thread_of",
    "tick",
    "told_last",
    "try_again",
    "welcome_is_late",
]
