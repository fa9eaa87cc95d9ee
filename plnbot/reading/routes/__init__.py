"""Reading: which words, buttons, forms and moments lead where."""

from plnbot.engine.routes import Routes
from plnbot.reading.routes import (
    adding,
    approving,
    audited,
    blogs,
    catalogue,
    describing,
    digest,
    events,
    feeds,
    filters,
    finding,
    importing,
    keeping,
    packs,
    room_digests,
    rules,
    shown,
)

__all__ = ["routes"]

routes = Routes()
for part in (
    adding,
    describing,
    feeds,
    filters,
    approving,
    room_digests,
    importing,
    events,
    shown,
    audited,
    finding,
    keeping,
    digest,
    catalogue,
    blogs,
    packs,
    rules,
):
    routes.include(part.routes)
