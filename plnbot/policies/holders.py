"""What a policy asks about who holds a licence, beside what stands on the paper. Pure."""

from plnbot.policies.rules import Attest, Policy
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Asks:
    """What has to be known: the month of birth, their part of full time, how they are employed, by one of these words.

    `signed` is what is signed one day, by its rule.
    """

    birth_month: bool
    employment: tuple[str, ...]
    fte: bool
    signed: tuple[Attest, ...]

    def __bool__(self) -> bool:
        """Return whether anything is asked."""
        return bool(self.birth_month or self.employment or self.fte or self.signed)


def asks_of(policy: Policy) -> Asks:
    """Return what a policy asks about who holds a licence."""
    found: set[str] = set()
    fte = bool(policy.prorates)
    for rule in policy.rules().values():
        found |= rule.which.employment
        for when in filter(None, (rule.when, rule.unless)):
            found |= when.employment
            fte = fte or when.fte_below is not None
    employment = tuple(sorted(found | {"employed", "not_employed"})) if found else ()
    return Asks(policy.cycle.anchor == "birth", employment, fte, policy.attests)
