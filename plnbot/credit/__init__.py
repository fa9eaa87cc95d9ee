"""Credit: from what a member did to hours that count, decided by people and kept for good.

**The ledger.** Every claim, decision and correction is an event that is only ever added. Events of one
network form a chain: each holds the hash of the one before, so a row that was changed, taken out, put in
or moved is found, and named (`model.chain`). An event holds what must be kept: numbers, times, minutes,
who decided. Words that people wrote lie apart (`credit_words`), and the event holds no more of them
than a hash with a salt of their own. An erasure takes words and salt away: the chain stays whole, and
nobody can try out which words they were.

**What stands** of an entry is its latest event: each carries the whole of it. `credit_entry` is an
index over that for lists, and `plnbot verify ledger` compares it.

**Who decides what** is pure (`model.entries.decide`): nobody decides their own, two approvals are two
people's, what was decided is locked but for corrections that are events themselves, and who was decided
for by somebody does not decide for them in the same cycle unless an administrator allowed it, which is shown.

**What was decided stays as it was decided**: an event names the policies by version.

A draft is no event: it is its member's alone, until they send it.
"""
