"""Insight, declared."""

from plnbot.engine.capability import Capability
from plnbot.engine.people import PeopleHooks
from plnbot.engine.posts import NothingToDo
from plnbot.engine.roles import DISTRICT, NETWORK, Role, RoleUse
from plnbot.insight.packs import PACKS
from plnbot.insight.parts import INSIGHT
from plnbot.insight.personal import PERSONAL
from plnbot.insight.routes import routes
from plnbot.talk.words import msg

CAPABILITY = Capability(
    name="insight",
    title=msg("What your district learns"),
    optional=False,
    routes=routes,
    parts=(INSIGHT,),
    words=(msg("insight"), msg("need"), msg("me")),
    posts=(),
    happenings=NothingToDo("a report is made by itself, and nobody meets for it"),
    on_offer=NothingToDo("reports say what is missing on offer, and are none themselves"),
    takes_over=NothingToDo("an idea is not counted"),
    waits=NothingToDo("a report waits for nobody"),
    figures=NothingToDo("what one did oneself stands among one's activities"),
    notices=(),
    roles=(
        RoleUse(
            Role.DISTRICT_STAFF,
            (NETWORK, DISTRICT),
            msg("See what your district learns and needs, with nobody named: `/pln insight`."),
        ),
    ),
    people=PeopleHooks(
        left=NothingToDo("what they did counts in the months in which they did it"),
        back=NothingToDo("nothing was changed when they left"),
        merged=NothingToDo("nobody can be merged yet"),
        erased=NothingToDo("their tallies go with them, and reports hold nobody"),
    ),
    gathers=(),
    personal=PERSONAL,
    counted={"reports of districts": "insight_report"},
    command_words=(),
    packs=PACKS,
)
