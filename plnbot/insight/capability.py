"""Insight, declared."""

from plnbot.engine.capability import Capability
from plnbot.engine.menu import MenuPage, MenuPart
from plnbot.engine.people import PeopleHooks
from plnbot.engine.posts import NothingToDo, to_one_person
from plnbot.engine.roles import DISTRICT, NETWORK, SCHOOL, Role, RoleUse
from plnbot.insight.actions.assessing import INVITED, LEADS, TEAM, erased
from plnbot.insight.packs import PACKS
from plnbot.insight.parts import INSIGHT
from plnbot.insight.personal import PERSONAL
from plnbot.insight.routes import routes
from plnbot.insight.routes.assessing import waits
from plnbot.insight.routes.reports import ASSESSMENT, PAGE, READS
from plnbot.talk.words import msg

CAPABILITY = Capability(
    name="insight",
    title=msg("What your district learns"),
    optional=False,
    routes=routes,
    parts=(INSIGHT,),
    words=(msg("insight"), msg("need"), msg("me"), msg("assess")),
    posts=(to_one_person(INVITED, "their home and `/pln insight assess` say the same"),),
    happenings=NothingToDo("a report is made by itself, and nobody meets for it"),
    on_offer=NothingToDo("reports say what is missing on offer, and are none themselves"),
    takes_over=NothingToDo("an idea is not counted"),
    waits=(waits,),
    figures=NothingToDo("what one did oneself stands among one's activities"),
    notices=(TEAM,),
    roles=(
        RoleUse(
            Role.DISTRICT_STAFF,
            (NETWORK, DISTRICT),
            msg("See what your district learns and needs, with nobody named: `/pln insight`."),
        ),
        RoleUse(
            Role.DISTRICT_STAFF,
            (NETWORK, DISTRICT, SCHOOL),
            msg("Begin a self-assessment with a team: `/pln insight assess`."),
        ),
    ),
    people=PeopleHooks(
        left=NothingToDo("what they did counts in the months in which they did it"),
        back=NothingToDo("nothing was changed when they left"),
        merged=NothingToDo("nobody can be merged yet"),
        erased=erased,
    ),
    gathers=(),
    personal=PERSONAL,
    counted={
        "reports of districts": "insight_report",
        "self-assessments": "insight_assessment",
    },
    command_words=(),
    packs=PACKS,
    menu=(
        MenuPage(PAGE, msg("What your district learns"), MenuPart.LOOKED_AFTER, needs=READS),
        MenuPage(ASSESSMENT, msg("How ready are we?"), MenuPart.LOOKED_AFTER, needs=LEADS),
    ),
)
