"""Micro-credentials, declared."""

from plnbot.badges.actions import assigning
from plnbot.badges.actions.assigning import BADGE
from plnbot.badges.coming import on_offer
from plnbot.badges.parts import BADGES
from plnbot.badges.personal import PERSONAL
from plnbot.badges.routes import routes
from plnbot.badges.routes.applying import returned_wait
from plnbot.badges.routes.assessing import queue_waits
from plnbot.engine.capability import Capability
from plnbot.engine.menu import MenuPage, MenuPart
from plnbot.engine.people import PeopleHooks
from plnbot.engine.posts import NothingToDo, to_one_person
from plnbot.engine.roles import NETWORK, Role, RoleUse
from plnbot.talk.words import msg

CAPABILITY = Capability(
    name="badges",
    title=msg("Micro-credentials"),
    optional=True,
    routes=routes,
    parts=(BADGES,),
    words=(msg("badges"), msg("define"), msg("assess")),
    posts=tuple(
        to_one_person(card, "commands and pages show the same")
        for card in (
            assigning.ASSIGNED,
            assigning.LATE,
            assigning.LONG,
            assigning.HEARD,
            assigning.MADE,
            assigning.BROUGHT,
        )
    ),
    happenings=NothingToDo("an application is no meeting that one could come to"),
    on_offer=on_offer,
    takes_over=NothingToDo("an idea is no criterion"),
    waits=(returned_wait, queue_waits),
    figures=NothingToDo("what somebody has stands on the page of micro-credentials"),
    notices=assigning.KINDS,
    roles=(
        RoleUse(
            Role.CURATOR,
            (NETWORK,),
            msg("Define micro-credentials and say who assesses them: `/pln badges define`."),
        ),
        RoleUse(
            Role.ASSESSOR,
            (BADGE,),
            msg("Assess applications that are given to you: `/pln badges assess`."),
        ),
    ),
    people=PeopleHooks(
        left=NothingToDo("what is with them goes to another when it is looked after"),
        back=NothingToDo("nothing was changed when they left"),
        merged=NothingToDo("nobody can be merged yet"),
        erased=NothingToDo(
            "holdings say it: nothing is planned with them but what finds them gone"
        ),
    ),
    gathers=(),
    personal=PERSONAL,
    counted={"micro-credentials awarded": "badge_award"},
    command_words=(),
    menu=(MenuPage("badges", msg("Micro-credentials"), MenuPart.OWN),),
)
