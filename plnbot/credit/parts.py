"""The parts of the help that are about credit."""

from plnbot.engine.parts import Part, Shelf
from plnbot.talk.words import msg

CREDIT = Part(
    "credit",
    msg("Hours that count"),
    tip=msg(
        "After a chat a private draft waits for you: one tap, one sentence, and it is sent in."
    ),
)
APPROVING = Part("approving", msg("Approve hours"), Shelf.MODERATORS)
