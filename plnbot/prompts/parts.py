"""The part of the help that holds what organisers do with prompts."""

from plnbot.engine.parts import Part, Shelf
from plnbot.talk.words import msg

ASKING = Part("asking", msg("Ask prompts"), Shelf.MODERATORS)
