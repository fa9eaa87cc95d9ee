"""Growth, declared."""

from plnbot.engine.capability import Capability
from plnbot.engine.menu import MenuPage, MenuPart
from plnbot.engine.people import PeopleHooks
from plnbot.engine.posts import NothingToDo, to_one_person
from plnbot.growth import actions
from plnbot.growth.cards import PAGE
from plnbot.growth.packs import PACKS
from plnbot.growth.parts import GROWTH
from plnbot.growth.personal import PERSONAL
from plnbot.growth.routes import routes
from plnbot.growth.routes.looking_back import waits
from plnbot.talk.words import msg

CAPABILITY = Capability(
    name="growth",
    title=msg("Goals"),
    optional=False,
    routes=routes,
    parts=(GROWTH,),
    words=(msg("goals"), msg("skills")),
    posts=(to_one_person(actions.REMIND, "their home says the same"),),
    happenings=NothingToDo("when one looks back is one's own, and stands in no calendar of all"),
    on_offer=NothingToDo("a goal is one's own, and nobody else's to take part in"),
    takes_over=NothingToDo("nobody else's idea becomes a goal"),
    waits=(waits,),
    figures=NothingToDo("what fed a goal stands with the goal"),
    notices=(actions.LOOK_BACK,),
    roles=(),
    people=PeopleHooks(
        left=NothingToDo("a reminder finds nobody to be written to, and waits until they are back"),
        back=actions.back,
        merged=NothingToDo("nobody can be merged yet"),
        erased=actions.erased,
    ),
    gathers=(),
    personal=PERSONAL,
    counted={"goals": "goal"},
    command_words=(),
    packs=PACKS,
    menu=(MenuPage(PAGE, msg("Goals"), MenuPart.OWN),),
)
