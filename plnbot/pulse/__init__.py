"""The pulse: what a member needs next, asked in two minutes, and what the network has for it.

**Asked.** A handful of questions from a pack (`pulse.toml`, and `needs.toml` for what one may need): when
a member likes, or in a rhythm that an organiser sets, on school days alone. Whoever answers again says it
anew: the later answers count, and the earlier are kept with their day.

**Offered.** Everything that capabilities declare as on offer (`plnbot.engine.offers`) and that this member
may see is looked at by the rules of a pack (`suggestions.toml`). A rule says when it holds and how many
points it gives. Those with the most points come first, each kind once before any comes twice: three, on
the page up to five, never more. There is no other score: each option says which rules gave it, and a page
has all rules with their points.

**No is an answer.** One tap says no and why, and what was learned from it is said in words: this one, this
kind, nothing that takes as long, not for four weeks. It only takes away, never adds, and each is undone by
itself. What one did already is not offered either.

Nobody but the member sees any of it. What they need alone is counted among what others need, by month
(`plnbot.engine.needs_told`): the district reads that in bands of five.

    model     rules, and what they may know of a teacher
    choosing  what rules make of both for what is on offer, and what a no takes away: pure
    packs     both as an operator writes them
    store     answers, options and the rhythm
    offered   what is on offer to one member now
"""
