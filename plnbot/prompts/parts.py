"""The parts of the help that are about prompts."""

from plnbot.engine.parts import Part, Shelf
from plnbot.talk.words import msg

PROMPTS = Part(
    "prompts",
    msg("Answer prompts"),
    tip=msg("Answer below a prompt in its thread, with its buttons, or pass: that is fine too."),
)
ASKING = Part("asking", msg("Ask prompts"), Shelf.MODERATORS)
CURATING = Part("curating", msg("Look after prompts"), Shelf.MODERATORS)
