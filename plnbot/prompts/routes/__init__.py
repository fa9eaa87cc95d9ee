"""Prompts: which words, buttons, forms and moments lead where."""

from plnbot.engine.routes import Routes
from plnbot.prompts.routes import (
    answering,
    answers_audited,
    audited,
    bank,
    bank_log,
    closing,
    dates,
    due,
    looking_back,
    organising,
    putting_on,
    reading,
    settings,
    shelves,
    shown,
    skills,
    suggesting,
    told,
)

__all__ = ["routes"]

routes = Routes()
for part in (
    answering,
    reading,
    looking_back,
    suggesting,
    bank,
    shelves,
    skills,
    putting_on,
    organising,
    dates,
    settings,
    due,
    closing,
    shown,
    audited,
    answers_audited,
    told,
    bank_log,
):
    routes.include(part.routes)
