"""Prompts: which words, buttons, forms and moments lead where."""

from plnbot.engine.routes import Routes
from plnbot.prompts.routes import audited, dates, due, organising, settings, shown

__all__ = ["routes"]

routes = Routes()
for part in (organising, dates, settings, due, shown, audited):
    routes.include(part.routes)
