"""Which skills a chat touches, as who leads it says."""

from plnbot.chats.actions import MODERATES
from plnbot.chats.cards import SKILLS
from plnbot.chats.routes.objects import A_CHAT
from plnbot.chats.store import Chat
from plnbot.engine.routes import Routes
from plnbot.skills.routes import Carries, carries

routes = Routes()
CARRIES: Carries[Chat] = Carries(
    SKILLS,
    A_CHAT,
    MODERATES,
    carrier=lambda chat: chat.carrier,
    called=lambda chat, _locale: chat.title,
    topic=lambda chat: chat.scope,
)
carries(routes, CARRIES)
