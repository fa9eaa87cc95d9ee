"""EdCamps: which words, buttons, forms and moments lead where."""

from plnbot.edcamps.routes import audited, cards, due, organising, roles, shown
from plnbot.engine.routes import Routes

__all__ = ["routes"]

routes = Routes()
for part in (shown, cards, organising, due, audited, roles):
    routes.include(part.routes)
