"""School calendars: when who has school, so that everything else knows when to be silent.

**A calendar is somebody's.** It is for the whole network, for one district or for one school, and it
was typed, pasted from a file, or is read from an address. What it says of a member is what those of
their school, of their district and of the network say, the nearest first: where the district has a
day at school that was a holiday for all, the district is right.

**A day is what its entries say.** Breaks and days that are closed are no school days and no days of
work; days for teachers' training are no school days; half days and testing weeks are school days that
one may want to know of. Terms, and the first and last days of school, say what lies between them: from
a last day to the next first day there is a break, however long, and before the first or after the last
that anybody told, for one summer at most. Where nobody told anything, every weekday is a school day:
silence has to be said by somebody.

**Districts that became one** have the calendars of both. What a calendar belongs to is asked whenever
it is read, so that a merge, and its way back, need nothing done here.

    model    days, kinds, and what they make of a date: pure
    taken    as which kind a title is taken, in both languages
    typed    what people type, line by line
    reading  iCalendar, read in a child process within limits
    store    calendars and their days
    days     what other rooms ask: is there school, who has none, is it silent
"""
