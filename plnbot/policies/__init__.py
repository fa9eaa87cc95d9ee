"""Policies: what a licence asks, as data, and what a history comes to under it. Pure, no database, no platform.

**A policy is a file.** `config/packs/policies` holds them, TOML, each rule with the source it is from. What no
file says does not count: kinds that none accepts are refused, and a rule without a source is not read.
`docs/policies.md` tells how one is written.

**What is promised.** `evaluate` gives for every entry what is counted, held, capped and refused, each part with its
rule, source and reason; the parts add up to the whole. Never more counts than was earned, but for what a rule
awards, multiplies or rounds up. The order in which entries are given changes nothing. One more entry never
lowers the total, but where a maximum that is shown cuts another one off. The same history gives the same statement,
for as long as there is the version that it cites.

**What is not known is held.** A figure in doubt, or a kind that only the district or the licence office can
judge, is neither counted nor refused. Nobody's renewal is promised.
"""

from plnbot.policies.approving import approvals_of
from plnbot.policies.deeds import Deeds
from plnbot.policies.entries import Attested, Employment, Entry, Licence
from plnbot.policies.evaluating import evaluate
from plnbot.policies.holders import Asks, asks_of
from plnbot.policies.reading import digest_of, read_policy
from plnbot.policies.rules import Policy, Rule, Source, Unit, Words
from plnbot.policies.standing import kept_until
from plnbot.policies.statements import (
    Decision,
    Outcome,
    Part,
    Standing,
    Statement,
    ToSign,
    Way,
    Why,
)
from plnbot.policies.tables import PolicyError, Problem

__all__ = [
    "Asks",
    "Attested",
    "Decision",
    "Deeds",
    "Employment",
    "Entry",
    "Licence",
    "Outcome",
    "Part",
    "Policy",
    "PolicyError",
    "Problem",
    "Rule",
    "Source",
    "Standing",
    "Statement",
    "ToSign",
    "Unit",
    "Way",
    "Why",
    "Words",
    "approvals_of",
    "asks_of",
    "digest_of",
    "evaluate",
    "kept_until",
    "read_policy",
]
