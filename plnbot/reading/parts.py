"""The parts of the help that are about reading and watching."""

from plnbot.engine.parts import Part, Shelf
from plnbot.talk.words import msg

READING = Part("reading", msg("Reading and watching"))
FEEDS = Part("feeds", msg("Look after feeds"), Shelf.MODERATORS)
