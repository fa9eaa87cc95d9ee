"""Peers: teachers of one subject in different districts are introduced to each other, and kept at it.

**Nobody is enrolled unasked.** A member joins a programme, and may pause, skip, avoid or leave at any
moment. What they are at that moment is read again in the transaction that commits an introduction, so
nobody meets who has paused, left, is on leave or is avoided, however old the round's plan is.

**A round** is solved outside any transaction, in a child process (`solving`), from what was read of its
people, with a seed. People, seed and outcome are kept with it until it is over, so that it can be replayed
and explained pair by pair. A dry run is a round that nobody has committed: what an organiser saw is what
goes out. Committing takes the programme's row first, so of two who commit at once one does. Each group is
one piece of work of its own, done with the rows it writes: 50,000 of them can be broken off anywhere, and
each is introduced once.

**A place in time** (`slot`) belongs to one round alone: one that is committed shortly before the next
takes its place, and the clock opens none beside it.

**Nobody is left out.** Whoever joins late, loses their partner or is left over is matched anew within
the round (`repair`), at last as the third of three; who is left even then is told why, and comes first the
next time. Three introductions in silence pause a member; an answer of any kind is no silence.

**Private.** Whom somebody avoids, does not want again or reports is seen by nobody else; a report goes
to an organiser. Two who both want to go on meet each other again in each round, without being solved.
What is said between them is theirs: only that somebody wrote is noted.
"""
