"""What reading declares of feeds: the words of its commands, and what stands in rooms."""

from plnbot.engine.posts import NothingToDo, Post, to_one_person
from plnbot.reading.actions.importing import CARD as IMPORT
from plnbot.reading.actions.keys import STORY
from plnbot.reading.actions.refused import not_posted, still_wanted
from plnbot.reading.actions.room_digests import CARD as DIGEST
from plnbot.reading.actions.telling import FEED_EVENT, REFUSES, WAITING
from plnbot.reading.store.feeds import places
from plnbot.talk.words import msg

WORDS = (
    msg("feed"),
    msg("add"),
    msg("list"),
    msg("link"),
    msg("waiting"),
    msg("digest"),
    msg("when"),
    msg("import"),
    msg("export"),
    msg("rules"),
)
POSTS = (
    Post(
        card=STORY,
        rooms=places,
        refused=not_posted,
        wanted=still_wanted,
        words=NothingToDo("what people say of an article is talk among them"),
        gap=NothingToDo("no words count below it"),
        renamed=NothingToDo("it names nobody here"),
    ),
    Post(
        card=DIGEST,
        rooms=NothingToDo("it comes where posts come"),
        refused=not_posted,
        wanted=NothingToDo("the next digest is near"),
        words=NothingToDo("what people say of articles is talk among them"),
        gap=NothingToDo("no words count below it"),
        renamed=NothingToDo("it names nobody here"),
    ),
    *(
        to_one_person(card, "commands show the same")
        for card in (FEED_EVENT, WAITING, IMPORT, REFUSES)
    ),
)
