"""Spaces: a place for a few people, or for a session, wherever they are.

**What there is.** Four kinds (`Kind`). *Together*: one place of one platform that all can enter (a group
message or private channel of Slack, a private thread of Discord, a room of the lobby with members). A
*room* of the lobby that its members enter from whatever platform they are of. A *relay*, for people who
share no place: each has an end where they are, and words are carried between. A *public* one: the thread
below a card in a room, or the post that a forum makes of it, where a session of a board is held.

**How one comes to be.** A tenant (a capability that declares `Tenant`) calls `open_space` with what it
wants, once for a row of its own: the same row again is the same space. Everything that asks a platform
is work outside transactions. `model.ways` says, purely, in which ways these people may meet, best first;
what a platform refuses (a right is missing, an account is gone) is written down, and the next way is
tried. Then the tenant is told `opened`, or `refused` with the reason.

**Who agreed.** Nothing is carried before all have said that it may: `Wanted.agreed` are those who told
the tenant, the others are asked here, through the gate of notices. On Discord nobody is written to
directly who did not ask for it: their end is a thread, or a room of the lobby.

**What is carried.** What a member says at their end goes to the others' ends, marked whose it is; what
they change or delete changes there. A message is taken in once, by its platform's own id, so what is
delivered again does nothing, and what the bot itself posts is nobody's message, so nothing goes in
circles. `carrying` says when its words are forgotten: in the unit that notes that it has arrived.
Anybody ends it by a press or the word `stop`, for everybody and at once.

**What is known.** That a member spoke, and when. Never what.

**What stays open.** `close_space` says in words that it has ended, and asks the platform to close the
place as far as it can: a group message of Slack stays with those who were in it.
"""

from plnbot.spaces.actions import close_space, open_space, post_in_space
from plnbot.spaces.cards import enter, what_private_means
from plnbot.spaces.declared import Tenant
from plnbot.spaces.model import Kind, Member, Space, State, Wanted
from plnbot.spaces.store import latest_of_tenant

__all__ = [
    "Kind",
    "Member",
    "Space",
    "State",
    "Tenant",
    "Wanted",
    "close_space",
    "enter",
    "latest_of_tenant",
    "open_space",
    "post_in_space",
    "what_private_means",
]
