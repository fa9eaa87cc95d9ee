"""Which roles chats use, and what who has one can do."""

from plnbot.chats import store
from plnbot.engine.roles import NETWORK, Role, RoleUse
from plnbot.engine.routes import Routes
from plnbot.talk.words import msg

CHAT = "chat"
ROLES = (
    RoleUse(
        Role.MODERATOR,
        (NETWORK,),
        msg("Plan chats with `/pln chat new`, and lead or hand over any chat here."),
    ),
    RoleUse(Role.MODERATOR, (CHAT,), msg("Lead this chat: `/pln chat panel` in its room.")),
    RoleUse(
        Role.CO_MODERATOR,
        (NETWORK,),
        msg("Plan chats with `/pln chat new`, and help to lead any chat here."),
    ),
    RoleUse(
        Role.CO_MODERATOR, (CHAT,), msg("Help to lead this chat: `/pln chat panel` in its room.")
    ),
)
routes = Routes()
routes.scope(CHAT, store.titles_to_come)
