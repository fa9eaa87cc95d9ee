"""What is done with prompts, one use case a function. Each runs inside its caller's transaction.

`ahead` plans what comes, `asking` asks what is due, `refused` is what rooms did not take, `school` says
which days count.
"""

from plnbot.prompts.actions.ahead import DUE, plan_ahead, plan_anew, time_in, wake
from plnbot.prompts.actions.asking import ASKED, hand_over, post_key, tick
from plnbot.prompts.actions.making import again, make
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
    "again",
    "hand_over",
    "make",
    "not_posted",
    "plan_ahead",
    "plan_anew",
    "post_key",
    "school_of",
    "still_wanted",
    "tell_organisers",
    "tick",
    "time_in",
    "wake",
]
