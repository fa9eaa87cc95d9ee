"""What runs work: leases what is due, does it in one of three ways, and writes down how it ended.

    runner      the loop: what is leased is begun at once, each piece in a task of its own
    leasing     takes due rows, a batch at a time, also a moment early
    early       lets what was taken early wait for its instant
    handling    in one transaction: the row is done and its handler has run, or neither
    delivering  a card: made in a transaction, sent outside it, recorded in another
    outside     begin, do, end: read in one unit, done outside any, written in another
    finishing   how an attempt ended that did not end well: again, refused, parked

**What is written when.** A lease is committed before anything is begun. Handling commits the end of
the row together with what the handler wrote. Delivering commits "it may have arrived" before it
sends, and where it stands with the end of the row afterwards. Outside work commits nothing until
`end`, which commits the outcome together with the end of the row.

**What a crash leaves.** Before the lease was committed: a due row. Afterwards: a leased one, which
is due again when the lease ends, or as soon as somebody knows that its holder is gone. A handler
has then left nothing. A post that may have arrived is looked for before it is sent again. Outside
work is begun anew, so what it does out there must be harmless twice.

**Who lost the lease** changes nothing any more: every end is written under the fence of its lease,
in the same transaction as all that comes with it. A lease is renewed while outside work is done; a
row that is cancelled or planned anew takes the lease away, and what was being done is broken off.

Losing memory loses nothing: there is a wake-up timer in it, a coarse tick for safety, and what waits
for its instant, all of which the table says again.
"""

from plnbot.engine.runner.runner import Runner
from plnbot.engine.runner.tools import Tools

__all__ = ["Runner", "Tools"]
