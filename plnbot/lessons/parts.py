"""The part of the help that is about lessons."""

from plnbot.engine.parts import Part
from plnbot.talk.words import msg

LESSONS = Part(
    "lessons",
    msg("Share lessons"),
    tip=msg("Used somebody's lesson? One tap tells them how it went."),
)
