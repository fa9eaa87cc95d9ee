"""Chats: which words, buttons, forms and moments lead where."""

from plnbot.chats.personal import PERSONAL
from plnbot.chats.routes import hiding, planning, shown, steering, taking_part
from plnbot.engine.routes import Routes

__all__ = ["routes"]

routes = Routes()
for part in (shown.shown, planning.routes, taking_part.routes, steering.routes, hiding.routes):
    routes.include(part)
routes.personal.append(PERSONAL)
