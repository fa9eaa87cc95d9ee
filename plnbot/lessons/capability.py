"""Lessons, declared."""

from plnbot.engine.capability import Capability
from plnbot.engine.menu import MenuPage, MenuPart
from plnbot.engine.people import PeopleHooks
from plnbot.engine.posts import NothingToDo, to_one_person
from plnbot.engine.roles import NETWORK, Role, RoleUse
from plnbot.lessons import actions
from plnbot.lessons.cards.lesson import PAGE
from plnbot.lessons.parts import LESSONS
from plnbot.lessons.personal import PERSONAL
from plnbot.lessons.routes import routes
from plnbot.lessons.routes.curating import reports_wait
from plnbot.talk.words import msg

CAPABILITY = Capability(
    name="lessons",
    title=msg("Lessons"),
    optional=True,
    routes=routes,
    parts=(LESSONS,),
    words=(msg("lessons"), msg("find"), msg("words")),
    posts=tuple(
        to_one_person(card, "the page of the lesson shows the same")
        for card in (actions.USED, actions.ASKED, actions.DOWN, actions.REPORTED)
    ),
    happenings=NothingToDo("a lesson is there any time"),
    on_offer=actions.on_offer,
    takes_over=NothingToDo("an idea becomes a lesson by whoever teaches it"),
    waits=(reports_wait,),
    figures=NothingToDo("what a member did this month stands among their activities"),
    notices=actions.KINDS,
    roles=(
        RoleUse(
            Role.CURATOR,
            (NETWORK,),
            msg(
                "Look at lessons that were reported, and take one down with a reason: `/pln lessons`."
            ),
        ),
    ),
    people=PeopleHooks(
        left=NothingToDo("their lessons stay shared until they withdraw them"),
        back=NothingToDo("nothing was changed when they left"),
        merged=NothingToDo("nobody can be merged yet"),
        erased=NothingToDo("holdings say it: nothing is planned with them"),
    ),
    gathers=(),
    personal=PERSONAL,
    counted={"lessons": "lesson"},
    command_words=(),
    menu=(MenuPage(PAGE, msg("Lessons"), MenuPart.TOGETHER),),
)
