"""Members, declared: who people are, what they tell, what is kept of them, and who looks after it."""

from plnbot.engine import notices
from plnbot.engine.capability import Capability
from plnbot.engine.menu import MenuPage, MenuPart
from plnbot.engine.parts import DATA, HELP, YOU
from plnbot.engine.parts import NETWORK as NETWORK_PART
from plnbot.engine.people import PeopleHooks
from plnbot.engine.posts import CALLED_THEN, NothingToDo, to_one_person
from plnbot.engine.roles import NETWORK, Role, RoleUse
from plnbot.members.actions.giving_roles import GIVEN, OVER, ROLES
from plnbot.members.actions.joining import ASKS_GUEST, ASKS_HOST, JOINING
from plnbot.members.command_words import WORDS
from plnbot.members.personal import PERSONAL
from plnbot.members.routes import routes
from plnbot.members.routes.districts import districts_waiting
from plnbot.members.routes.joining import joining_waiting
from plnbot.members.routes.telling import PEERS
from plnbot.talk.words import msg

POSTS = (
    *(
        to_one_person(
            card,
            "`/pln network join` shows the same, and an operator has ./run workspaces",
            "it names a workspace and no member",
        )
        for card in (ASKS_HOST, ASKS_GUEST)
    ),
    to_one_person(
        notices.DAY,
        "the page of what is to come shows the last messages of the day too",
        CALLED_THEN,
    ),
    *(
        to_one_person(card, "`/pln help` shows what they can do by then", CALLED_THEN)
        for card in (GIVEN, OVER)
    ),
)
PEOPLE = PeopleHooks(
    left=NothingToDo("their account is noted as left, and their sessions are closed"),
    back=NothingToDo("their account leads to them again"),
    merged=NothingToDo("nobody can be merged yet"),
    erased=NothingToDo("their holdings take away everything"),
)
CAPABILITY = Capability(
    name="members",
    title=msg("Members"),
    optional=False,
    routes=routes,
    parts=(YOU, PEERS, DATA, HELP, NETWORK_PART),
    words=(
        msg("audit"),
        msg("backup"),
        msg("city"),
        msg("command"),
        msg("data"),
        msg("did"),
        msg("districts"),
        msg("export"),
        msg("forget"),
        msg("help"),
        msg("home"),
        msg("join"),
        msg("language"),
        msg("leave"),
        msg("me"),
        msg("network"),
        msg("notices"),
        msg("parts"),
        msg("person"),
        msg("profile"),
        msg("role"),
        msg("roles"),
        msg("sign-out"),
        msg("start"),
        msg("until"),
        msg("web"),
        msg("who"),
        msg("zone"),
    ),
    posts=POSTS,
    happenings=NothingToDo("members take place at no time"),
    on_offer=NothingToDo("people are introduced, not offered"),
    takes_over=NothingToDo("no idea becomes a member"),
    waits=(districts_waiting, joining_waiting),
    figures=NothingToDo("what a member told is no number"),
    notices=(JOINING, ROLES),
    roles=(
        RoleUse(
            Role.ADMINISTRATOR,
            (NETWORK,),
            msg("Give roles, settle districts, read the log: `/pln help` shows each."),
        ),
    ),
    people=PEOPLE,
    gathers=(),
    personal=PERSONAL,
    counted={"members": "account"},
    command_words=WORDS,
    menu=(
        MenuPage("districts", msg("Districts and schools"), MenuPart.LOOKED_AFTER),
        MenuPage("roles", msg("Roles"), MenuPart.LOOKED_AFTER),
        MenuPage("audit", msg("Audit log"), MenuPart.LOOKED_AFTER),
    ),
)
