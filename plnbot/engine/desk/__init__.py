"""The desk: takes in what people do, one unit of work each, and hands out what they may see.

    desk        takes in, durably and once; and what platforms report of rooms and accounts
    answering   what an interaction leads to: the one place in which a route is taken
    reading     pages, files and lists, each as its reader may see it

**Taking in** is one transaction: the key is noted, the person found, the handler run, all of it written
or nothing. A key that was noted before does nothing. What is to happen later, or outside, is a row of
work in that same transaction; the desk itself sends nothing.

**Errors.** What a handler refuses is an answer in plain words. A mistake of ours is too, once it is in
the log, and nothing was changed by it. Where the store is not there, `Unavailable` goes to the adapter.
"""

from plnbot.engine.desk.desk import TheDesk

__all__ = ["TheDesk"]
