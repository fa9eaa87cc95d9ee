"""What reading declares of feeds: the words of its commands, and what stands in rooms."""

from plnbot.engine.posts import NothingToDo, Post
from plnbot.reading.actions.keys import STORY
from plnbot.reading.actions.refused import not_posted, still_wanted
from plnbot.reading.store.feeds import places
from plnbot.talk.words import msg

WORDS = (msg("feed"), msg("add"), msg("list"), msg("link"))
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
)
