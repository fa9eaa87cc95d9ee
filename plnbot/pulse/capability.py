"""The pulse, declared."""

from plnbot.engine.capability import Capability
from plnbot.engine.menu import MenuPage, MenuPart
from plnbot.engine.people import PeopleHooks
from plnbot.engine.posts import NothingToDo, to_one_person
from plnbot.engine.roles import NETWORK, Role, RoleUse
from plnbot.pulse import actions, cards
from plnbot.pulse.packs import PACKS
from plnbot.pulse.parts import PULSE
from plnbot.pulse.personal import PERSONAL
from plnbot.pulse.routes import routes, waits
from plnbot.talk.words import msg

CAPABILITY = Capability(
    name="pulse",
    title=msg("What you need next"),
    optional=True,
    routes=routes,
    parts=(PULSE,),
    words=(msg("pulse"), msg("ask")),
    posts=(to_one_person(actions.ASKED, "their home says the same"),),
    happenings=NothingToDo("when one answers is one's own, and stands in no calendar of all"),
    on_offer=NothingToDo("it chooses from what others offer"),
    takes_over=NothingToDo("what somebody needs is no idea of another's"),
    waits=(waits,),
    figures=NothingToDo("nobody is measured by it"),
    notices=(actions.PULSE,),
    roles=(
        RoleUse(
            Role.ORGANISER,
            (NETWORK,),
            msg("Have everybody asked what they need next with `/pln pulse ask`."),
        ),
    ),
    people=PeopleHooks(
        left=NothingToDo("who is not here is not asked"),
        back=NothingToDo("they are asked with everybody else the next time"),
        merged=NothingToDo("nobody can be merged yet"),
        erased=NothingToDo("their holdings say it, and whoever is gone is not asked"),
    ),
    gathers=(),
    personal=PERSONAL,
    counted={"answers to the pulse": "pulse_answer"},
    command_words=(),
    packs=PACKS,
    menu=(MenuPage(cards.PAGE, msg("What you need next"), MenuPart.OWN),),
)
