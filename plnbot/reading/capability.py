"""Reading, declared."""

from plnbot.engine.capability import Capability
from plnbot.engine.menu import MenuPage, MenuPart
from plnbot.engine.posts import NothingToDo
from plnbot.engine.roles import NETWORK, Role, RoleUse
from plnbot.reading import feeds_declared, library_declared
from plnbot.reading.actions.telling import KINDS
from plnbot.reading.coming import on_offer
from plnbot.reading.parts import FEEDS, READING
from plnbot.reading.personal import PERSONAL
from plnbot.reading.routes import routes
from plnbot.reading.routes.approving import posts_wait
from plnbot.reading.routes.keeping import links_wait
from plnbot.talk.words import msg

CAPABILITY = Capability(
    name="reading",
    title=msg("Reading and watching"),
    optional=True,
    routes=routes,
    parts=(READING, FEEDS),
    words=(*feeds_declared.WORDS, *library_declared.WORDS),
    posts=(*feeds_declared.POSTS, *library_declared.POSTS),
    happenings=NothingToDo("a post is no meeting that one could come to"),
    on_offer=on_offer,
    takes_over=NothingToDo("what is read comes from the web"),
    waits=(posts_wait, links_wait),
    figures=NothingToDo("what a member read stands among their activities"),
    notices=(*KINDS, *library_declared.NOTICES),
    roles=(
        RoleUse(Role.CURATOR, (NETWORK,), msg("Look after what is read, with `/pln feed add`.")),
        RoleUse(
            Role.ORGANISER, (NETWORK,), msg("Choose what rooms get to read, with `/pln feed add`.")
        ),
    ),
    people=library_declared.PEOPLE,
    gathers=(),
    personal=PERSONAL,
    counted={"feeds": "reading_feed", "posts of feeds": "reading_item"},
    command_words=(),
    menu=(
        MenuPage("reading.shelf", msg("Saved and done"), MenuPart.OWN),
        MenuPage("reading.catalogue", msg("The catalogue"), MenuPart.TOGETHER),
        MenuPage("reading.feeds", msg("Feeds"), MenuPart.LOOKED_AFTER),
    ),
)
