"""The part of the help that is about insight."""

from plnbot.engine.parts import Part
from plnbot.talk.words import msg

INSIGHT = Part(
    "insight",
    msg("What a district learns and needs"),
    tip=msg("Needs, never names: nothing below five people is shown."),
)
