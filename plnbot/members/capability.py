"""Members, declared: who people are, what they tell, what is kept of them, and who looks after it."""

from plnbot.engine.capability import Capability
from plnbot.engine.parts import DATA, HELP, NETWORK, YOU
from plnbot.engine.posts import NothingToDo, Post
from plnbot.members.actions.joining import ASKS_GUEST, ASKS_HOST, JOINING
from plnbot.members.personal import PERSONAL
from plnbot.members.routes import routes
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


CAPABILITY = Capability(
    name="members",
    title=msg("Members"),
    optional=False,
    routes=routes,
    parts=(YOU, PEERS, DATA, HELP, NETWORK),
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
        msg("me"),
        msg("network"),
        msg("parts"),
        msg("person"),
        msg("profile"),
        msg("role"),
        msg("sign-out"),
        msg("start"),
        msg("web"),
        msg("who"),
        msg("zone"),
    ),
    posts=(_asks(ASKS_HOST), _asks(ASKS_GUEST)),
    happenings=NothingToDo("members take place at no time"),
    notices=(JOINING,),
    gathers=(),
    personal=PERSONAL,
    counted={"members": "account"},
)
