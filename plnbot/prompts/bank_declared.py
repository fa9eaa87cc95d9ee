"""What prompts declare of their bank: what curators and authors are told, and who looks after it."""

from plnbot.engine.posts import CALLED_THEN, to_one_person
from plnbot.engine.roles import NETWORK, Role, RoleUse
from plnbot.prompts import actions
from plnbot.talk.words import msg

POSTS = tuple(
    to_one_person(card, "commands show the same", CALLED_THEN)
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
