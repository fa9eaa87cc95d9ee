"""What reading declares of its library: the catalogue, members' shelves, their digests."""

from plnbot.engine.people import PeopleHooks
from plnbot.engine.posts import NothingToDo, Post
from plnbot.reading.actions import digesting
from plnbot.reading.actions.blogs import DECIDED, DECISIONS, OFFERED, OFFERS
from plnbot.reading.actions.digesting import DIGEST
from plnbot.reading.actions.digesting import KIND as DIGESTS
from plnbot.reading.actions.keeping import ASKED, DEAD, LINKS, USED
from plnbot.talk.words import msg

_DIRECT = NothingToDo("it is written to one person, and commands show the same")
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
    Post(
        card=card,
        rooms=_DIRECT,
        refused=_DIRECT,
        wanted=_DIRECT,
        words=_DIRECT,
        gap=_DIRECT,
        renamed=NothingToDo("it names nobody"),
    )
    for card in (DIGEST, ASKED, DEAD, OFFERED, DECIDED)
)
NOTICES = (DIGESTS, USED, LINKS, OFFERS, DECISIONS)
PEOPLE = PeopleHooks(
    left=NothingToDo("a digest finds nobody to be written to, and waits until they are back"),
    back=digesting.back,
    merged=NothingToDo("nobody can be merged yet"),
    erased=digesting.erased,
)
