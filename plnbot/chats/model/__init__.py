"""A Q1/A1 chat as pure decisions: `decide(run, event, now)` and the table of what may happen when.

A chat goes draft → scheduled → open → asking → closing → archived, may be held while it is live and
cancelled until it has begun. Time comes in as `Tick`; everything a chat does by itself is a moment
of its plan, with its instant. `run` is what it decides from, `events` what happens and what follows,
`pacing` how its plan gives way, `deciding` the rest.
"""

from plnbot.chats.model.deciding import GRACE, decide
from plnbot.chats.model.events import (
    Announce,
    Archive,
    Ask,
    Begin,
    CallOff,
    Cancel,
    Close,
    Effect,
    EndNow,
    Event,
    Extend,
    GoOn,
    Hold,
    Impossible,
    Insert,
    Outcome,
    PlanMoved,
    Publish,
    Restore,
    Resume,
    Reword,
    Skip,
    Skipped,
    Tick,
    WarmUp,
)
from plnbot.chats.model.run import LIVE, UNTOLD, Kind, Moment, Pace, Run, State

__all__ = [
    "GRACE",
    "LIVE",
    "UNTOLD",
    "Announce",
    "Archive",
    "Ask",
    "Begin",
    "CallOff",
    "Cancel",
    "Close",
    "Effect",
    "EndNow",
    "Event",
    "Extend",
    "GoOn",
    "Hold",
    "Impossible",
    "Insert",
    "Kind",
    "Moment",
    "Outcome",
    "Pace",
    "PlanMoved",
    "Publish",
    "Restore",
    "Resume",
    "Reword",
    "Run",
    "Skip",
    "Skipped",
    "State",
    "Tick",
    "WarmUp",
    "decide",
]
