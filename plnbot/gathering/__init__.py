"""Gathering: what people say under what was posted, whoever posted it.

**What is gathered.** A capability asks something in public: a chat its questions, a prompt itself. Each
such thing is an *under*, a row of that capability, and belongs to a *whole* (a question to its chat).
What a member says of one under is one `Answer`. Gathering knows neither questions nor chats: who posts
declares a `Gathers`, by the names of the cards below which words count, and hands out a `Subject` for
one whole as it stands in this unit of work.

**Where words belong.** A thread belongs to the card it hangs below, always, whatever else goes on in
the room. Below somebody's answer it belongs to what that answered, and counts with a mark alone. Below
anything else nothing counts. A message that answered once stays with what it answered, however late it
is edited. Only words in the room itself are offered to whoever listens there.

**Keys.** An answer comes from a *source*: a message on its platform, or the member's own slot, which
form and tap share. `(source, kind, under)` is unique, so saying it again is the same answer with other
words, in its old place. Where a subject gathers once a person, the slot replaces whatever else they
said of it, and a message counts while nothing else of theirs stands: further talk is talk. A tap is
no other answer there: it belongs to what stands, and the first words after it belong to the tap.

**What a message means** is what it says now, whole: every under that it no longer answers loses its
answer. So an edit to nothing, an edit to other marks and a deletion are one case, and what a
person is told is what stands then. `model` decides it, purely.

**Order.** Platforms tell of one message in any order and more than once. Each edit has a version; a
message is taken in only where nothing newer of it was, and never again once it is deleted. That is one
row a message, claimed by whoever takes it in, so it holds between processes too; it is kept two days.

**Taking away.** Unsaid, taken back or deleted is gone. Hidden by a moderator it stays hidden: whoever
unsays it and says it again finds it hidden still. What its author leaves out is kept and shown to
nobody else. *Prepared* is what was said before its time: its author's alone until its subject opens it.
What is late is said to be.

**Replies.** A capability that declares `Gathers.replied` has it noted that an answer got a reply: from whom
and when, not what was said. What hangs below somebody's message, or replies to it or to the card that shows
what they gave by form, is one; below a question every message is an answer itself. A reply goes with its
message and with its answer, and nobody replies to themselves.

**Without a name.** What is said anonymously is kept elsewhere, and `anonymous` says how.
"""

from plnbot.gathering.actions import (
    Message,
    give,
    hide,
    leave_out,
    message_of,
    say,
    show_again,
    source_of,
    take_back,
)
from plnbot.gathering.declared import Gathers, Hiding, Read, Subject, Took
from plnbot.gathering.replies import reply, take_reply_back
from plnbot.gathering.store import (
    Answer,
    answered_before,
    authors_of,
    drop_under,
    everything_by,
    gave_unnamed,
    get,
    get_unnamed,
    held,
    hidden,
    hidden_unnamed,
    how_many,
    is_left_out,
    latest,
    many_before,
    many_by_member,
    many_left_out,
    many_replies,
    many_unnamed,
    of_whole,
    ones_own,
    open_up,
    readable_unnamed,
    replied_to,
    reply_from,
    said_under,
    shown_counts,
    tally,
    who_replied,
    wholes_holding,
    with_address,
    without_reply,
)

__all__ = [
    "Answer",
    "Gathers",
    "Hiding",
    "Message",
    "Read",
    "Subject",
    "Took",
    "answered_before",
    "authors_of",
    "drop_under",
    "everything_by",
    "gave_unnamed",
    "get",
    "get_unnamed",
    "give",
    "held",
    "hidden",
    "hidden_unnamed",
    "hide",
    "how_many",
    "is_left_out",
    "latest",
    "leave_out",
    "many_before",
    "many_by_member",
    "many_left_out",
    "many_replies",
    "many_unnamed",
    "message_of",
    "of_whole",
    "ones_own",
    "open_up",
    "readable_unnamed",
    "replied_to",
    "reply",
    "reply_from",
    "said_under",
    "say",
    "show_again",
    "shown_counts",
    "source_of",
    "take_back",
    "take_reply_back",
    "tally",
    "who_replied",
    "wholes_holding",
    "with_address",
    "without_reply",
]
