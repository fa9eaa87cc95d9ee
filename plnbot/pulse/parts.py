"""The part of the help that is about the pulse."""

from plnbot.engine.parts import Part
from plnbot.talk.words import msg

PULSE = Part(
    "pulse", msg("What you need next"), tip=msg("Only you see what you answer and what I offer.")
)
