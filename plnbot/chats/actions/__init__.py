"""What people do with a chat, one use case a function. Each runs inside its caller's transaction.

`planning` comes before a chat and `forgetting` after a draft, `series` brings one again, `steering` moves it on, `moderators` and `moderating` say who may and
how that changes; `answering`, `attending` and `reminding` are what members do and what is done for
them, `talk` what gathering asks of a chat. `posts` is what its room shows, `refused` what it did not
take, `unheard` who is silent and what got no reply, `replying` what is done about it, `notices` what members are told unasked, `found` what somebody means.
"""

from plnbot.chats.actions.answering import answer_by_form, form_answers, renamed
from plnbot.chats.actions.attending import check_in, take_check_in_back
from plnbot.chats.actions.forgetting import FORGET, KEPT, delete_now, forget
from plnbot.chats.actions.found import chat_here
from plnbot.chats.actions.hearing import not_heard, not_read, ongoing, published
from plnbot.chats.actions.moderating import TELL, decline, hand_over, tell
from plnbot.chats.actions.moderators import MODERATES, STARTS_CHATS, moderates
from plnbot.chats.actions.notices import PANEL
from plnbot.chats.actions.opening import open_up
from plnbot.chats.actions.planning import (
    become,
    change,
    discard,
    is_past,
    may_change,
    move,
    move_line,
    propose,
    publish,
    restore,
    take_back,
    who_hears,
)
from plnbot.chats.actions.posts import (
    announcements,
    begun_at,
    changed,
    greeting_key,
    hello_key,
    is_announced_anew,
    question_is_late,
    replies_changed,
    thread_of,
    told_last,
    welcome_is_late,
)
from plnbot.chats.actions.refused import not_posted, still_wanted, try_again
from plnbot.chats.actions.reminding import do_not_remind, remind_me
from plnbot.chats.actions.steering import (
    MINUTE,
    MOMENT,
    ask_after_all,
    ask_bonus,
    minute_passed,
    put_back,
    steer,
    tick,
)
from plnbot.chats.actions.talk import ChatTalk

__all__ = [
    "FORGET",
    "KEPT",
    "MINUTE",
    "MODERATES",
    "MOMENT",
    "PANEL",
    "STARTS_CHATS",
    "TELL",
    "ChatTalk",
    "announcements",
    "answer_by_form",
    "ask_after_all",
    "ask_bonus",
    "become",
    "begun_at",
    "change",
    "changed",
    "chat_here",
    "check_in",
    "decline",
    "delete_now",
    "discard",
    "do_not_remind",
    "forget",
    "form_answers",
    "greeting_key",
    "hand_over",
    "hello_key",
    "is_announced_anew",
    "is_past",
    "may_change",
    "minute_passed",
    "moderates",
    "move",
    "move_line",
    "not_heard",
    "not_posted",
    "not_read",
    "ongoing",
    "open_up",
    "propose",
    "publish",
    "published",
    "put_back",
    "question_is_late",
    "remind_me",
    "renamed",
    "replies_changed",
    "restore",
    "steer",
    "still_wanted",
    "take_back",
    "take_check_in_back",
    "tell",
    "thread_of",
    "tick",
    "told_last",
    "try_again",
    "welcome_is_late",
    "who_hears",
]
