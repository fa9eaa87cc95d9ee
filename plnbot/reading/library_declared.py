"""What reading declares of its library: the catalogue, members' shelves, their digests."""

from plnbot.engine.people import PeopleHooks
from plnbot.engine.posts import NothingToDo, to_one_person
from plnbot.reading.actions import digesting
from plnbot.reading.actions.blogs import DECIDED, DECISIONS, OFFERED, OFFERS
from plnbot.reading.actions.digesting import DIGEST
from plnbot.reading.actions.digesting import KIND as DIGESTS
from plnbot.reading.actions.keeping import ASKED, DEAD, LINKS, USED
from plnbot.talk.words import msg

WORDS = (
    msg("blog"),
    msg("blogs"),
    msg("catalogue"),
    msg("entry"),
    msg("find"),
    msg("mine"),
    msg("minutes"),
    msg("packs"),
    msg("saved"),
    msg("words"),
)
POSTS = tuple(
    to_one_person(card, "commands show the same")
    for card in (DIGEST, ASKED, DEAD, OFFERED, DECIDED)
)
NOTICES = (DIGESTS, USED, LINKS, OFFERS, DECISIONS)
PEOPLE = PeopleHooks(
    left=NothingToDo("a digest finds nobody to be written to, and waits until they are back"),
    back=digesting.back,
    merged=NothingToDo("nobody can be merged yet"),
    erased=digesting.erased,
)
