"""Reading, declared."""

from plnbot.engine.capability import Capability
from plnbot.engine.people import PeopleHooks
from plnbot.engine.posts import NothingToDo
from plnbot.engine.roles import NETWORK, Role, RoleUse
from plnbot.reading import feeds_declared
from plnbot.reading.parts import FEEDS
from plnbot.reading.personal import PERSONAL
from plnbot.reading.routes import routes
from plnbot.talk.words import msg

_NOBODY = NothingToDo("feeds are the network's; who added them is told while they are there")
CAPABILITY = Capability(
    name="reading",
    title=msg("Reading and watching"),
    optional=True,
    routes=routes,
    parts=(FEEDS,),
    words=feeds_declared.WORDS,
    posts=feeds_declared.POSTS,
    happenings=NothingToDo("a post is no meeting that one could come to"),
    on_offer=NothingToDo("what is on offer is not gathered yet"),
    takes_over=NothingToDo("what is read comes from the web"),
    waits=NothingToDo("nothing waits for one member"),
    figures=NothingToDo("what a member read stands among their activities"),
    notices=(),
    roles=(
        RoleUse(Role.CURATOR, (NETWORK,), msg("Look after what is read, with `/pln feed add`.")),
        RoleUse(
            Role.ORGANISER, (NETWORK,), msg("Choose what rooms get to read, with `/pln feed add`.")
        ),
    ),
    people=PeopleHooks(left=_NOBODY, back=_NOBODY, merged=_NOBODY, erased=_NOBODY),
    gathers=(),
    personal=PERSONAL,
    counted={"feeds": "reading_feed", "posts of feeds": "reading_item"},
    command_words=(),
)
