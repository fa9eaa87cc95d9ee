"""Wins, declared."""

from plnbot.engine.capability import Capability
from plnbot.engine.people import PeopleHooks
from plnbot.engine.personal import Personal
from plnbot.engine.posts import Gathered, Listens, NothingToDo, Post
from plnbot.engine.roles import NETWORK, Role, RoleUse
from plnbot.talk.words import msg

from . import actions
from .routes import GATHERS, WINS, routes

NOTHING = NothingToDo("a round asks nobody by name")
CAPABILITY = Capability(
    name="wins",
    title=msg("Wins"),
    optional=True,
    routes=routes,
    parts=(WINS,),
    words=(msg("wins"), msg("here")),
    posts=(
        Post(
            card=actions.ROUND,
            rooms=actions.rooms,
            refused=actions.not_posted,
            wanted=actions.still_wanted,
            words=Gathered.BELOW,
            gap=Listens(actions.ongoing, NothingToDo("the next round is a week away")),
            renamed=NothingToDo("it counts and names nobody"),
        ),
    ),
    happenings=NothingToDo("a round is no meeting that one could come to"),
    on_offer=NothingToDo("a round is there for who is in its room"),
    takes_over=NothingToDo("a round always asks the same"),
    waits=NothingToDo("a round waits for whoever likes, and for nobody by name"),
    figures=NothingToDo("wins are not counted"),
    notices=(),
    roles=(RoleUse(Role.MODERATOR, (NETWORK,), msg("Ask for wins.")),),
    people=PeopleHooks(left=NOTHING, back=NOTHING, merged=NOTHING, erased=NOTHING),
    gathers=(GATHERS,),
    personal=Personal(nothing={"win_round": "when a room was asked; the answers are gathering's"}),
    counted={"rounds": "win_round"},
    command_words=(),
)
