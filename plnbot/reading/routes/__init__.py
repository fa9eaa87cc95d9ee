"""Reading: which words, buttons, forms and moments lead where."""

from plnbot.engine.routes import Routes
from plnbot.reading.routes import (
    adding,
    audited,
    blogs,
    catalogue,
    digest,
    feeds,
    finding,
    keeping,
    shown,
)

__all__ = ["routes"]

routes = Routes()
for part in (adding, feeds, shown, audited, finding, keeping, digest, catalogue, blogs):
    routes.include(part.routes)
