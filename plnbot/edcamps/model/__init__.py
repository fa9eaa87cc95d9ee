"""What a board is made of, and what is decided about it without looking anywhere else."""

from plnbot.edcamps.model.board import (
    ENDED,
    NOT_ENDED,
    PHASES,
    REQUIRED,
    TAKES_CARDS,
    Board,
    Phase,
    Room,
    RoomKind,
    Slot,
    next_change,
    phase_at,
    usual_times,
)
from plnbot.edcamps.model.cards import BoardCard, CardKind, CardState, Session
from plnbot.edcamps.model.voting import Tally, Vote, quick_order, tallies

__all__ = [
    "ENDED",
    "NOT_ENDED",
    "PHASES",
    "REQUIRED",
    "TAKES_CARDS",
    "Board",
    "BoardCard",
    "CardKind",
    "CardState",
    "Phase",
    "Room",
    "RoomKind",
    "Session",
    "Slot",
    "Tally",
    "Vote",
    "next_change",
    "phase_at",
    "quick_order",
    "tallies",
    "usual_times",
]
