"""Credit, declared."""

from plnbot.credit.actions import approvers
from plnbot.credit.actions.people import erased
from plnbot.credit.columns import PROFILES
from plnbot.credit.command_words import WORDS
from plnbot.credit.parts import APPROVING, CREDIT
from plnbot.credit.personal import PERSONAL
from plnbot.credit.protocols import PROTOCOLS
from plnbot.credit.routes import routes
from plnbot.credit.routes.approving import queue_waits
from plnbot.credit.routes.own import drafts_wait, returned_wait
from plnbot.engine.capability import Capability
from plnbot.engine.menu import MenuPage, MenuPart
from plnbot.engine.people import PeopleHooks
from plnbot.engine.posts import CALLED_THEN, NothingToDo, to_one_person
from plnbot.engine.roles import DISTRICT, NETWORK, SCHOOL, Role, RoleUse
from plnbot.talk.words import msg

CAPABILITY = Capability(
    name="credit",
    title=msg("Hours that count"),
    optional=True,
    routes=routes,
    parts=(CREDIT, APPROVING),
    words=(
        msg("credit"),
        msg("drafts"),
        msg("log"),
        msg("plan"),
        msg("status"),
        msg("queue"),
        msg("licences"),
        msg("year"),
        msg("rules"),
    ),
    posts=tuple(
        to_one_person(card, "commands and pages show the same", CALLED_THEN)
        for card in (
            approvers.DECIDED,
            approvers.WAITS,
            approvers.LONG,
            approvers.HAPPENED,
            approvers.DRAFTS,
            approvers.KEPT,
        )
    ),
    happenings=NothingToDo("hours are no meeting that one could come to"),
    on_offer=NothingToDo("credit reads what others offer and members did"),
    takes_over=NothingToDo("an idea is no hour"),
    waits=(drafts_wait, returned_wait, queue_waits),
    figures=NothingToDo("what a member did this month stands among their activities"),
    notices=approvers.KINDS,
    roles=(
        RoleUse(
            Role.APPROVER,
            (NETWORK, DISTRICT, SCHOOL),
            msg("Decide about the hours that teachers send in: `/pln credit queue`."),
        ),
        RoleUse(
            Role.DISTRICT_STAFF,
            (NETWORK, DISTRICT, SCHOOL),
            msg("See the year's hours by kind, and take the hand-off file: `/pln credit year`."),
        ),
    ),
    people=PeopleHooks(
        left=NothingToDo("hours stay their member's, and approvers decide about them as before"),
        back=NothingToDo("nothing was changed when they left"),
        merged=NothingToDo("nobody can be merged yet"),
        erased=erased,
    ),
    gathers=(),
    personal=PERSONAL,
    counted={"credit events": "credit_event"},
    command_words=WORDS,
    packs=(PROTOCOLS, PROFILES),
    menu=(
        MenuPage("credit", msg("Hours that count"), MenuPart.OWN),
        MenuPage("credit.queue", msg("Hours to decide"), MenuPart.LOOKED_AFTER),
    ),
)
