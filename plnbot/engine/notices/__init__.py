"""Notices: the one gate for whatever the bot says to one member unasked.

**What passes.** A capability tells a member something (`tell`) and says of which kind; each kind is
declared in its `Capability`. What answers something that the member did just now (`answer`) is no
notice: it is written at once, as always. Nothing else writes to a member: `outbox.post` takes rooms
alone, and lint finds another caller of `outbox.write_to`.

**How it is decided.** `model.decide` is pure: the kind, what the member set (kinds switched off, kinds
in the day's message, leave, quiet hours, zone, whether they may be written to directly), when it is
wanted, now. It returns `Send`, `InDay`, `AtHome` or `Never`, with the instant or the reason. Nobody who
rests is written to, save about something they joined that is on now. What is ahead of something (a
reminder) comes rather before its time than after it; all else waits for the next free moment. What came
while they were on leave comes in one message after it.

**What is kept.** A notice is a row that waits until it has ended, once: sent, in a day's message, seen
at home, or dropped with the reason. When it comes is not kept but decided again: whenever something
changes, and at its time. One piece of work for each member (`settling`) does that, so no two look after
the same notices; it sends what is due and comes again when the next one is. The list of the week asks
the same function, so it cannot say otherwise.

**The day's message** names what went into it by its key alone, and its lines are made when it is sent:
what is of no interest by then makes no line. More than a few that come due together are one message
too, so that no night and no outage ends in a flood.
"""

from plnbot.engine.notices.gate import (
    DAY,
    Foreseen,
    Telling,
    answer,
    changed,
    foreseen,
    look_again,
    seen_at_home,
    set_direct,
    set_how,
    set_leave,
    take_back,
    tell,
    tell_each,
    tell_now,
    waiting_under,
    was_told,
    week,
    wishes_of,
)
from plnbot.engine.notices.model import (
    Args,
    AtHome,
    Decision,
    Expected,
    How,
    InDay,
    Never,
    NoticeKind,
    Send,
    Wanted,
    Why,
    Wishes,
)
from plnbot.engine.notices.store import (
    Waiting,
    in_message,
    lately,
    on_leave,
    waiting,
    who_set,
    wish_of,
)

__all__ = [
    "DAY",
    "Args",
    "AtHome",
    "Decision",
    "Expected",
    "Foreseen",
    "How",
    "InDay",
    "Never",
    "NoticeKind",
    "Send",
    "Telling",
    "Waiting",
    "Wanted",
    "Why",
    "Wishes",
    "answer",
    "changed",
    "foreseen",
    "in_message",
    "lately",
    "look_again",
    "on_leave",
    "seen_at_home",
    "set_direct",
    "set_how",
    "set_leave",
    "take_back",
    "tell",
    "tell_each",
    "tell_now",
    "waiting",
    "waiting_under",
    "was_told",
    "week",
    "who_set",
    "wish_of",
    "wishes_of",
]
