"""Activities: what members did with the bot on purpose, and for how long. How capabilities meet.

**What is written.** One row says that one member took part in one thing: a chat, a board, a meeting.
A capability writes it when the thing is over, from what the member did there on purpose: said "I am
here", answered, led. Nothing is read out of conversation, and being somewhere is nothing yet. Credit,
growth and statistics only read; so a chat does not know that credit exists.

**Append-only.** A row is never changed. It is written once for a source and a member, however often
the end of the thing is replayed (a unique key holds that, not a look before). A correction is a new
row with the next revision, and supersedes the one before: readers get the last alone. Two corrections
of the same row cannot both stand.

**Minutes.** A session knows when it began and ended and when each of its parts (a chat's questions)
began. A member's time runs from their first act within it to the last, in whole minutes; acts before
it begins and after it ends are none. Acts within a single part count to the end of that part: who
answers once and goes on reading was there. It is never negative, never more than the session, and
never more than was planned, so that a session nobody ended does not grow. Where no clock ran, as in a
slow chat, there are no minutes (None), and nobody makes them up.

**Rehearsals.** What is done in a rehearsal or a demo is written, so that it can be tried out, and
marked, by this room itself, not by who writes: nobody has credit from a clock that runs faster. A database that
is a rehearsal never holds anything else, so a district's reports there are of what was rehearsed, and say so.

**People.** Rows are their member's: taken out with the rest, and gone with an erasure. What must stay
longer, such as credit that was approved, is kept by whoever must keep it.

`model` has the values and the arithmetic, `store` the table and the port, `routes` what members see
of their own.
"""
