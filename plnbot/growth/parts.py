"""The part of the help that is about growth."""

from plnbot.engine.parts import Part
from plnbot.talk.words import msg

GROWTH = Part("growth", msg("Grow towards your goals"), tip=msg("Only you see your goals."))
