"""Pathways, declared."""

from plnbot.engine.capability import Capability
from plnbot.engine.menu import MenuPage, MenuPart
from plnbot.engine.people import PeopleHooks
from plnbot.engine.posts import NothingToDo
from plnbot.engine.roles import NETWORK, Role, RoleUse
from plnbot.pathways import cards
from plnbot.pathways.coming import on_offer
from plnbot.pathways.parts import LAYING, PATHWAYS
from plnbot.pathways.personal import PERSONAL
from plnbot.pathways.routes import routes
from plnbot.talk.words import msg

CAPABILITY = Capability(
    name="pathways",
    title=msg("Pathways"),
    optional=True,
    routes=routes,
    parts=(PATHWAYS, LAYING),
    words=(msg("pathways"), msg("new")),
    posts=(),
    happenings=NothingToDo("what takes place on a pathway stands in the calendar by itself"),
    on_offer=on_offer,
    takes_over=NothingToDo("an idea is a step only where a curator says so"),
    waits=NothingToDo("nobody is waited for on a pathway"),
    figures=NothingToDo("how far one is stands with the pathway"),
    notices=(),
    roles=(
        RoleUse(
            Role.CURATOR,
            (NETWORK,),
            msg("Lay pathways with `/pln pathways new`."),
        ),
    ),
    people=PeopleHooks(
        left=NothingToDo("nothing is planned with who walks one"),
        back=NothingToDo("they walk on where they were"),
        merged=NothingToDo("nobody can be merged yet"),
        erased=NothingToDo("their holdings say it"),
    ),
    gathers=(),
    personal=PERSONAL,
    counted={"pathways": "pathway"},
    command_words=(),
    menu=(MenuPage(cards.PAGE, msg("Pathways"), MenuPart.TOGETHER),),
)
