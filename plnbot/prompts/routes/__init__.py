"""Prompts: which words, buttons, forms and moments lead where."""

from plnbot.engine.routes import Routes
from plnbot.prompts.routes import (
    answering,
    answers_audited,
    audited,
    closing,
    dates,
    due,
    looking_back,
    organising,
    reading,
    settings,
    shown,
)

__all__ = ["routes"]

routes = Routes()
for part in (
    answering,
    reading,
    looking_back,
    organising,
    dates,
    settings,
    due,
    closing,
    shown,
    audited,
    answers_audited,
):
    routes.include(part.routes)
