"""The parts of the help that are about pathways."""

from plnbot.engine.parts import Part, Shelf
from plnbot.talk.words import msg

PATHWAYS = Part(
    "pathways", msg("Pathways"), tip=msg("Only you see which you walk, and how far you are.")
)
LAYING = Part("laying", msg("Lay pathways"), Shelf.MODERATORS)
