"""Calendars: what takes place in a network, for calendar programs; and school calendars, for us.

`school` holds the second, and opens with its own rules; the rest of this room is the first.

**What stands in it.** Each capability declares its `happenings` for a network: coming chats, boards,
meetings. This room knows none of them; it writes them as iCalendar, under one address.

**The address is the key.** Calendar programs sign in nowhere, so whoever knows the address reads the
plan. It is renewed by hand, and by itself when somebody leaves or is erased who was shown it; those who
were shown the one before learn of it at home.

**Ids are the world's.** A program that subscribes to two networks, or to a rehearsal and the real one,
keeps events apart by their ids, so a seed of chance is in them, made once for a network. The same thing
keeps its id when it is changed, moved or called off, and when the address is renewed.

**Nobody's time is taken** by what goes on for days: such an event is shown and leaves people free.

`store` holds addresses and who was shown them, `actions` renews them, `ics` writes the file.
"""

from plnbot.calendars.school.days import is_silent, out_of_school, school_days
from plnbot.calendars.school.model import SchoolYear

__all__ = ["SchoolYear", "is_silent", "out_of_school", "school_days"]
