"""The parts of the help that are about peers."""

from plnbot.engine.parts import Part, Shelf
from plnbot.talk.words import msg

PEERS = Part(
    "programmes",
    msg("Be introduced to colleagues"),
    tip=msg("Join a programme once; pause, skip a round or leave whenever you like."),
)
ORGANISING = Part("rounds", msg("Introduce colleagues"), Shelf.MODERATORS)
