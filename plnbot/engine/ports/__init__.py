"""What the engine asks of the outside, and what adapters may ask of the engine.

    adapters ask        `desk`      take this in, show that page, who is here
                        `commands`  what may be typed, for platforms with menus
                        `watching`  how the bot is
    the engine asks     `people`    who is this, which network is that (members answer)
                        `sending`   carry this card there (adapters answer)
                        `spaces`    make a place for these few (adapters answer)
                        `time`      what time is it

Whatever crosses is a frozen value. What may go wrong is said by `PlnError` (`Refused` where the
person can mend it, `Unavailable` where one has to wait) or is a value of its own, as a `Delivery` is.
Instants are aware, in UTC, and `now` is given to whatever runs in a unit of work.
"""

from plnbot.engine.ports.commands import Argument, ArgumentKind, Offer, On, OwnMessage, Shortcut
from plnbot.engine.ports.desk import Beside, BesideMade, Desk, Menu, Ongoing, PagesMade
from plnbot.engine.ports.people import (
    Belongs,
    Covers,
    Directory,
    Listed,
    Network,
    Person,
    Seems,
    SignIns,
    Told,
)
from plnbot.engine.ports.sending import (
    Connection,
    Delivery,
    Destination,
    Outgoing,
    Rejected,
    Retry,
    Sender,
    Sent,
    Unknown,
)
from plnbot.engine.ports.time import Clock
from plnbot.engine.ports.watching import Watch

__all__ = [
    "Argument",
    "ArgumentKind",
    "Belongs",
    "Beside",
    "BesideMade",
    "Clock",
    "Connection",
    "Covers",
    "Delivery",
    "Desk",
    "Destination",
    "Directory",
    "Listed",
    "Menu",
    "Network",
    "Offer",
    "On",
    "Ongoing",
    "Outgoing",
    "OwnMessage",
    "PagesMade",
    "Person",
    "Rejected",
    "Retry",
    "Seems",
    "Sender",
    "Sent",
    "Shortcut",
    "SignIns",
    "Told",
    "Unknown",
    "Watch",
]
