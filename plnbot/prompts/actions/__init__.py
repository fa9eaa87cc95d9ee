"""What is done with prompts, one use case a function. Each runs inside its caller's transaction.

`making` sets a schedule up, `changing` changes, pauses and ends it, `dates` is about one date of it.
`ahead` plans what comes, `asking` asks what is due, `refused` is what rooms did not take, `school` says
which days count, `organisers` who may. `after` plans what follows a prompt, `answering` takes answers,
`talk` is how gathering sees them, `nudging` reminds once, `closing` gathers them the next morning, and
`looking_back` asks months later what became of them.
"""

from plnbot.prompts.actions.after import CLOSE, NUDGE
from plnbot.prompts.actions.ahead import DUE, plan_ahead, plan_anew, time_in, wake
from plnbot.prompts.actions.answering import (
    ANSWERED,
    answer,
    answer_unnamed,
    has_answered,
    ones_own,
    pass_on,
    take_back,
    talk_of,
)
from plnbot.prompts.actions.asking import AHEAD_LATER, ASKED, hand_over, look_ahead, tick
from plnbot.prompts.actions.changing import (
    OvertakenError,
    as_seen,
    bring_back,
    change,
    end,
    go_on,
    join,
    leave,
    pause,
)
from plnbot.prompts.actions.closing import LOOK_BACK, ROUND_UP, close, in_round_up
from plnbot.prompts.actions.curating import (
    LAPSE,
    DecidedError,
    lapse,
    reword,
    settle,
    settle_all,
)
from plnbot.prompts.actions.curators import CURATES, CURATOR_KINDS, DECIDED, LOW, SUGGESTED
from plnbot.prompts.actions.dates import (
    another,
    move,
    move_back,
    post_now,
    put_on,
    skip,
    swap,
    unskip,
)
from plnbot.prompts.actions.drawing import bank_for
from plnbot.prompts.actions.hearing import (
    NOT_HEARD,
    TELL_NOT_HEARD,
    not_heard,
    not_read,
    ongoing,
    published,
    tell_not_heard,
    waits_to_close,
)
from plnbot.prompts.actions.keys import answer_key, post_key, round_up_key
from plnbot.prompts.actions.looking_back import LOOKED_BACK, look_back, reflect, said_then
from plnbot.prompts.actions.making import again, fill_bank, make, stock_up
from plnbot.prompts.actions.nudging import NUDGED, nudge
from plnbot.prompts.actions.organisers import ORGANISES
from plnbot.prompts.actions.pasting import paste, remarks, undo_paste
from plnbot.prompts.actions.refused import (
    KINDS,
    NOT_POSTED,
    TELL,
    not_posted,
    still_wanted,
    tell_organisers,
)
from plnbot.prompts.actions.school import school_of
from plnbot.prompts.actions.stocking import REVIEW, note_stock, review, stock_of
from plnbot.prompts.actions.suggesting import (
    GONE,
    agree,
    author_left_or_back,
    author_name,
    bank_topic,
    change_own,
    keep_own_words,
    near_to,
    show_anew,
    suggest,
    take_back_idea,
    worded,
)
from plnbot.prompts.actions.talk import KIND, PromptTalk, answers_of, topic

__all__ = [
    "AHEAD_LATER",
    "ANSWERED",
    "ASKED",
    "CLOSE",
    "CURATES",
    "CURATOR_KINDS",
    "DECIDED",
    "DUE",
    "GONE",
    "KIND",
    "KINDS",
    "LAPSE",
    "LOOKED_BACK",
    "LOOK_BACK",
    "LOW",
    "NOT_HEARD",
    "NOT_POSTED",
    "NUDGE",
    "NUDGED",
    "ORGANISES",
    "REVIEW",
    "ROUND_UP",
    "SUGGESTED",
    "TELL",
    "TELL_NOT_HEARD",
    "DecidedError",
    "OvertakenError",
    "PromptTalk",
    "again",
    "agree",
    "another",
    "answer",
    "answer_key",
    "answer_unnamed",
    "answers_of",
    "as_seen",
    "author_left_or_back",
    "author_name",
    "bank_for",
    "bank_topic",
    "bring_back",
    "change",
    "change_own",
    "close",
    "end",
    "fill_bank",
    "go_on",
    "hand_over",
    "has_answered",
    "in_round_up",
    "join",
    "keep_own_words",
    "lapse",
    "leave",
    "look_ahead",
    "look_back",
    "make",
    "move",
    "move_back",
    "near_to",
    "not_heard",
    "not_posted",
    "not_read",
    "note_stock",
    "nudge",
    "ones_own",
    "ongoing",
    "pass_on",
    "paste",
    "pause",
    "plan_ahead",
    "plan_anew",
    "post_key",
    "post_now",
    "published",
    "put_on",
    "reflect",
    "remarks",
    "review",
    "reword",
    "round_up_key",
    "said_then",
    "school_of",
    "settle",
    "settle_all",
    "show_anew",
    "skip",
    "still_wanted",
    "stock_of",
    "stock_up",
    "suggest",
    "swap",
    "take_back",
    "take_back_idea",
    "talk_of",
    "tell_not_heard",
    "tell_organisers",
    "tick",
    "time_in",
    "topic",
    "undo_paste",
    "unskip",
    "waits_to_close",
    "wake",
    "worded",
]
