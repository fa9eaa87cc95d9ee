"""What prompts declare of their bank: what curators and authors are told, and who looks after it."""

from plnbot.engine.posts import NothingToDo, Post
from plnbot.engine.roles import NETWORK, Role, RoleUse
from plnbot.prompts import actions
from plnbot.talk.words import msg

_DIRECT = NothingToDo("it is written to one person, and commands show the same")
POSTS = tuple(
    Post(
        card=card,
        rooms=_DIRECT,
        refused=_DIRECT,
        wanted=_DIRECT,
        words=_DIRECT,
        gap=_DIRECT,
        renamed=_DIRECT,
    )
    for card in (actions.SUGGESTED, actions.DECIDED, actions.LOW)
)
NOTICES = actions.CURATOR_KINDS
ROLES = (
    RoleUse(
        Role.CURATOR,
        (NETWORK,),
        msg("Look after the prompts that members suggest with `/pln prompt bank`."),
    ),
)
WORDS = (msg("bank"), msg("mine"), msg("question"), msg("suggest"))
