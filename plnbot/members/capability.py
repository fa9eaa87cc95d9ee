"""Members, declared: who people are, what they tell, what is kept of them, and who looks after it."""

from plnbot.engine import notices
from plnbot.engine.capability import Capability
from plnbot.engine.parts import DATA, HELP, YOU
from plnbot.engine.parts import NETWORK as NETWORK_PART
from plnbot.engine.people import PeopleHooks
from plnbot.engine.posts import NothingToDo, Post
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

_DIRECT = NothingToDo("it is written to one person, who finds everything on the pages too")


def _asks(card: str) -> Post:
    return Post(
        card=card,
        rooms=_DIRECT,
        refused=NothingToDo(
            "`/pln network join` shows the same, and an operator has ./run workspaces"
        ),
        wanted=_DIRECT,
        words=NothingToDo("it asks for one press, not for words"),
        gap=_DIRECT,
        renamed=NothingToDo("it names a workspace and no member"),
    )


_DAY = Post(
    card=notices.DAY,
    rooms=_DIRECT,
    refused=NothingToDo("the page of what is to come shows the last messages of the day too"),
    wanted=_DIRECT,
    words=_DIRECT,
    gap=_DIRECT,
    renamed=_DIRECT,
)


def _of_a_role(card: str) -> Post:
    return Post(
        card=card,
        rooms=_DIRECT,
        refused=NothingToDo("`/pln help` shows what they can do by then"),
        wanted=_DIRECT,
        words=NothingToDo("it tells and asks nothing"),
        gap=_DIRECT,
        renamed=NothingToDo("it names who gave a role as they were called then"),
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
    posts=(_asks(ASKS_HOST), _asks(ASKS_GUEST), _DAY, *map(_of_a_role, (GIVEN, OVER))),
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
)
