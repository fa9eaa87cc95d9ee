"""EdCamps: which words, buttons, forms and moments lead where."""

from plnbot.edcamps.routes import (
    audited,
    bad_times,
    cards,
    changing,
    day,
    due,
    grid,
    home,
    merging,
    organising,
    roles,
    rooms,
    sessions,
    shown,
    voting,
)
from plnbot.engine.routes import Routes

__all__ = ["routes"]

routes = Routes()
for part in (
    home,
    shown,
    cards,
    merging,
    voting,
    bad_times,
    organising,
    changing,
    grid,
    due,
    audited,
    roles,
    rooms,
    sessions,
    day,
):
    routes.include(part.routes)
