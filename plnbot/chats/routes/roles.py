"""Which roles chats use, and what who has one can do."""

from collections.abc import Collection

from plnbot.chats import pages, store
from plnbot.engine.roles import NETWORK, Role, RoleUse
from plnbot.engine.routes import Context, Routes
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


def _unseen(ctx: Context, numbers: Collection[int]) -> Collection[int]:
    chats = (store.get_chat(ctx.tx, each) for each in numbers)
    return [each.id for each in chats if each is not None and not pages.is_seen(ctx, each)]


routes.scope(CHAT, store.titles_to_come, _unseen)
