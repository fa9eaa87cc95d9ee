"""Routes: which command, button, form, view or due work leads to which function, and who may.

    registry    `Routes`: every capability fills one, and all are merged into the engine's
    kinds       what is said of a command, a button, a form, a page or a file besides its function
    handlers    the functions themselves, by what each gets and returns

What a file of routes needs is all here. A name leads to one thing: two under one are a mistake that is
found at the start.
"""

from plnbot.engine.context import Context, Due, Showing
from plnbot.engine.routes.handlers import CardBuilder, Happenings, Values
from plnbot.engine.routes.kinds import (
    AuditRoute,
    CommandRoute,
    FileRoute,
    FormRoute,
    PageRoute,
    PressRoute,
)
from plnbot.engine.routes.registry import Routes

__all__ = [
    "AuditRoute",
    "CardBuilder",
    "CommandRoute",
    "Context",
    "Due",
    "FileRoute",
    "FormRoute",
    "Happenings",
    "PageRoute",
    "PressRoute",
    "Routes",
    "Showing",
    "Values",
]
