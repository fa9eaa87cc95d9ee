"""The parts of the help that hold what chats can do."""

from plnbot.engine.parts import Part, Shelf
from plnbot.talk.words import msg

CHAT = Part(
    "chat",
    msg("Take part in a chat"),
    tip=msg("Answer question 2: write `A2` and your words, or press **Answer**."),
)
PLANNING = Part("planning", msg("Plan a chat"), Shelf.MODERATORS)
STEERING = Part("steering", msg("Run a chat"), Shelf.MODERATORS)
