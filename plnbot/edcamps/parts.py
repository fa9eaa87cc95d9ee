"""The parts of the help that hold what EdCamps can do."""

from plnbot.engine.parts import Part, Shelf
from plnbot.talk.words import msg

BOARD = Part(
    "edcamp",
    msg("Take part in an EdCamp"),
    tip=msg("Ask for what you want to learn: somebody else may lead it."),
)
ORGANISING = Part("edcamps", msg("Lay an EdCamp’s board"), Shelf.MODERATORS)
