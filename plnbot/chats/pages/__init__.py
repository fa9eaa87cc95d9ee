"""The pages of chats.

`chat` shows one by question, `answers` all that one question got, `whole` the archive in one piece,
`lists` what comes and what was, `seen` which of them a member sees, `series` what comes again, `steering` the moderator's panel; `words` is what they say alike.
"""

from plnbot.chats.pages.answers import answers_page, own_answers_page
from plnbot.chats.pages.chat import chat_page
from plnbot.chats.pages.lists import chats_page, latest_held, list_card, plan_button
from plnbot.chats.pages.runs import about_runs, archive_seen, may_tell, reading_of
from plnbot.chats.pages.seen import (
    chats_seen,
    held_in,
    is_seen,
    runs_seen,
    series_held_in,
    who_sees,
)
from plnbot.chats.pages.series import series_card, series_said, unplanned
from plnbot.chats.pages.steering import panel, panel_page, standing
from plnbot.chats.pages.whole import file_page
from plnbot.chats.pages.words import led_by

__all__ = [
    "about_runs",
    "answers_page",
    "archive_seen",
    "chat_page",
    "chats_page",
    "chats_seen",
    "file_page",
    "held_in",
    "is_seen",
    "latest_held",
    "led_by",
    "list_card",
    "may_tell",
    "own_answers_page",
    "panel",
    "panel_page",
    "plan_button",
    "reading_of",
    "runs_seen",
    "series_card",
    "series_held_in",
    "series_said",
    "standing",
    "unplanned",
    "who_sees",
]
