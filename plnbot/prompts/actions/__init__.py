"""What is done with prompts, one use case a function. Each runs inside its caller's transaction.

`making` sets a schedule up, `changing` changes, pauses and ends it, `dates` is about one date of it.
`ahead` plans what comes, `asking` asks what is due, `refused` is what rooms did not take, `school` says
which days count, `organisers` who may.
"""

from plnbot.prompts.actions.ahead import DUE, plan_ahead, plan_anew, time_in, wake
from plnbot.prompts.actions.asking import ASKED, hand_over, post_key, tick
from plnbot.prompts.actions.changing import (
    OvertakenError,
    as_seen,
    bring_back,
    change,
    end,
    go_on,
    join,
    pause,
)
from plnbot.prompts.actions.dates import (
    another,
    move,
    move_back,
    post_now,
    skip,
    swap,
    unskip,
)
from plnbot.prompts.actions.making import again, fill_bank, make
from plnbot.prompts.actions.organisers import ORGANISES
from plnbot.prompts.actions.refused import (
    KINDS,
    NOT_POSTED,
    TELL,
    not_posted,
    still_wanted,
    tell_organisers,
)
from plnbot.prompts.actions.school import school_of

__all__ = [
    "ASKED",
    "DUE",
    "KINDS",
    "NOT_POSTED",
    "ORGANISES",
    "TELL",
    "OvertakenError",
    "again",
    "another",
    "as_seen",
    "bring_back",
    "change",
    "end",
    "fill_bank",
    "go_on",
    "hand_over",
    "join",
    "make",
    "move",
    "move_back",
    "not_posted",
    "pause",
    "plan_ahead",
    "plan_anew",
    "post_key",
    "post_now",
    "school_of",
    "skip",
    "still_wanted",
    "swap",
    "tell_organisers",
    "tick",
    "time_in",
    "unskip",
    "wake",
]
