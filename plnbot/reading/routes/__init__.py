"""Reading: which words, buttons, forms and moments lead where."""

from plnbot.engine.routes import Routes
from plnbot.reading.routes import adding, audited, feeds, shown

__all__ = ["routes"]

routes = Routes()
for part in (adding, feeds, shown, audited):
    routes.include(part.routes)
