"""Members, declared: who people are, what they tell, what is kept of them, and who looks after it."""

from plnbot.engine.capability import Capability
from plnbot.engine.parts import DATA, HELP, NETWORK, YOU
from plnbot.engine.posts import NothingToDo, Post
from plnbot.members.joining import ASKS
from plnbot.members.personal import PERSONAL
from plnbot.members.routes import routes
from plnbot.members.routes.telling import PEERS
from plnbot.talk.words import msg

_DIRECT = NothingToDo("it is written to one person, who finds everything on the pages too")

CAPABILITY = Capability(
    name="members",
    title=msg("Members"),
    routes=routes,
    parts=(YOU, PEERS, DATA, HELP, NETWORK),
    posts=(
        Post(
            card=ASKS,
            rooms=_DIRECT,
            refused=NothingToDo("the operator can let a workspace join: ./run workspaces"),
            wanted=_DIRECT,
            gap=NothingToDo("it asks for one press, not for words"),
            deleted=NothingToDo("no words are kept below it"),
            renamed=NothingToDo("it names a workspace and no member"),
        ),
    ),
    personal=PERSONAL,
    counted={"members": "account"},
)
