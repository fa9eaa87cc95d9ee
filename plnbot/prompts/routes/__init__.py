"""Prompts: which words, buttons, forms and moments lead where."""

from plnbot.engine.routes import Routes
from plnbot.prompts.routes import due, shown

__all__ = ["routes"]

routes = Routes()
for part in (due, shown):
    routes.include(part.routes)
