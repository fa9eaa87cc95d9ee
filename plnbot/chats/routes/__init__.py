"""Chats: which words, buttons, forms and moments lead where."""

from plnbot.chats.routes import (
    audited,
    due,
    guests,
    home,
    opening,
    planning,
    read,
    roles,
    runs,
    season,
    series,
    shown,
    skills,
    steering,
    summary,
    taking_part,
    topics,
    unheard,
    voting,
)
from plnbot.engine.routes import Routes

__all__ = ["routes"]

routes = Routes()
for part in (
    home,
    due,
    shown,
    read,
    taking_part,
    planning,
    opening,
    series,
    runs,
    season,
    steering,
    guests,
    skills,
    unheard,
    summary,
    topics,
    voting,
    audited,
    roles,
):
    routes.include(part.routes)
