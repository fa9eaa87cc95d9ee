"""What chats keep, and their named queries.

`tables` declares; `chats`, `questions`, `people`, and `versions` each ask and write theirs.
Answers are gathering's.
"""

from plnbot.chats.store.attendance import (
    Attendance,
    attendances,
    forget_attendances,
    here_since,
    note_act,
    note_here,
    note_not_here,
)
from plnbot.chats.store.chats import (
    KIND,
    Chat,
    Sketch,
    chats_in,
    chats_of,
    ended_on,
    get_chat,
    live_on,
    locked_chat,
    new_chat,
    planned_rooms,
    save_run,
    sketch_anew,
)
from plnbot.chats.store.people import (
    ever_present,
    is_present,
    note_presence,
    present,
)
from plnbot.chats.store.questions import (
    BONUS,
    Question,
    Written,
    add_question,
    asked_in,
    change_question,
    forget_taken_out,
    get_question,
    questions_of,
    taken_out,
    write_questions,
)
from plnbot.chats.store.versions import (
    Version,
    forget_version,
    keep_version,
    kept_version,
    present_version,
)

__all__ = [
    "BONUS",
    "KIND",
    "Attendance",
    "Chat",
    "Question",
    "Sketch",
    "Version",
    "Written",
    "add_question",
    "asked_in",
    "attendances",
    "change_question",
    "chats_in",
    "chats_of",
    "ended_on",
    "ever_present",
    "forget_attendances",
    "forget_taken_out",
    "forget_version",
    "get_chat",
    "get_question",
    "here_since",
    "is_present",
    "keep_version",
    "kept_version",
    "live_on",
    "locked_chat",
    "new_chat",
    "note_act",
    "note_here",
    "note_not_here",
    "note_presence",
    "planned_rooms",
    "present",
    "present_version",
    "questions_of",
    "save_run",
    "sketch_anew",
    "taken_out",
    "write_questions",
]
