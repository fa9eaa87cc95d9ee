"""The part of the help that is about micro-credentials."""

from plnbot.engine.parts import Part
from plnbot.talk.words import msg

BADGES = Part(
    "badges",
    msg("Micro-credentials"),
    tip=msg("What you are awarded is a file of your own: it verifies wherever you go."),
)
