"""Who meets whom in a round: pure, exact where it can be, and the same again for the same seed.

**What is promised, in this order.** Hard rules hold: nobody meets whom they avoid, or themselves. As many as
can be are matched. Among all ways to do that, the one is taken whose pairs fit best. What a rule asks that can
be waived (another district, a gap between two meetings) is waived only for who would otherwise meet nobody,
and the pair says so.

**The ladder.** A pair stands on a `Step`: same subject and near grade, same subject, same field, any; a waived
rule is a step of its own below them. Its number is part of how well it fits, so that an upper step is taken
wherever one is free.

**How.** `people` become columns (`columns`), and pairs of one subject are scored together (`scoring`), each
weight a whole number with the seed's word in its last digits: no two are alike, so there is one answer,
on every machine. Subjects are solved apart (`solving`: Edmonds' blossoms, all pairs where few teach a subject, the
best partners of each where many do), then those left over along the ladder (`rounds`), taking pairs apart again where
that gets somebody in. Who is still left over joins the pair they fit best: a trio.

**Fair over rounds.** Who was left out, or was the odd one, weighs more the next time, and so comes first.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from plnbot.matching.people import Likes, Person, Rules, Step, Weights

if TYPE_CHECKING:
    from plnbot.matching.forecast import Supply, supplies
    from plnbot.matching.mentoring import Offer, Tie, ties
    from plnbot.matching.rounds import Group, Left, Round, Why, joined, match

__all__ = [
    "Group",
    "Left",
    "Likes",
    "Offer",
    "Person",
    "Round",
    "Rules",
    "Step",
    "Supply",
    "Tie",
    "Weights",
    "Why",
    "joined",
    "match",
    "supplies",
    "ties",
]
# What matches needs numpy and rustworkx: who only names a step does not load them.
_LATER = {
    "forecast": ("Supply", "supplies"),
    "mentoring": ("Offer", "Tie", "ties"),
    "rounds": ("Group", "Left", "Round", "Why", "joined", "match"),
}


def __getattr__(name: str) -> object:
    for module, names in _LATER.items():
        if name in names:
            found: object = getattr(import_module(f"{__name__}.{module}"), name)
            return found
    raise AttributeError(name)
