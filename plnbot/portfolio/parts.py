"""The part of the help that is about the portfolio."""

from plnbot.engine.parts import Part
from plnbot.talk.words import msg

PORTFOLIO = Part(
    "portfolio",
    msg("Show your practice"),
    tip=msg("Only you see your portfolio, until you share some of it."),
)
