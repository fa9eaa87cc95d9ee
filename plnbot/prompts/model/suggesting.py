"""What becomes of a prompt in the bank: who may do what with it, and where it stands then; pure.

    suggested   approve → accepted      decline → declined      reword → suggested, its author asked
    accepted    decline → declined      return → suggested, where it was suggested and not asked yet
    used        set aside → set_aside
    set_aside   approve → accepted      decline → declined
    declined    return → suggested (or set_aside, where nobody suggested it)

Two who decide at once both look at where it stands: the second finds no way from there, and is told by
whom it was decided. What an author agrees to is accepted; what they do not answer in time lapses.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from plnbot.prompts.model.kept import Prompt, Status
from plnbot.values import dataclass

ANSWER_WITHIN = timedelta(days=14)
"""How long an author has to agree to other words."""
KEPT, LAPSED = "kept", "lapsed"
MOST_WAITING = 20
"""How many suggestions of one member may wait."""


class Decision(StrEnum):
    """What a curator does with a prompt."""

    APPROVE = "approve"
    DECLINE = "decline"
    REWORD = "reword"
    RETURN = "return"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class Rewording:
    """Other words that a curator proposes for a prompt, until its author agrees, declines or is late.

    `outcome` says what came of it: `KEPT` or `LAPSED`, and nothing while it is open.
    """

    prompt: int
    network: int
    words: Mapping[str, str]
    by: int
    at: datetime
    lapses_at: datetime
    outcome: str = ""


_BECOMES: Mapping[tuple[Status, Decision], Status] = {
    (Status.SUGGESTED, Decision.APPROVE): Status.ACCEPTED,
    (Status.SUGGESTED, Decision.DECLINE): Status.DECLINED,
    (Status.SUGGESTED, Decision.REWORD): Status.SUGGESTED,
    (Status.ACCEPTED, Decision.DECLINE): Status.DECLINED,
    (Status.ACCEPTED, Decision.REWORD): Status.ACCEPTED,
    (Status.ACCEPTED, Decision.RETURN): Status.SUGGESTED,
    (Status.USED, Decision.SET_ASIDE): Status.SET_ASIDE,
    (Status.USED, Decision.REWORD): Status.USED,
    (Status.SET_ASIDE, Decision.APPROVE): Status.ACCEPTED,
    (Status.SET_ASIDE, Decision.DECLINE): Status.DECLINED,
    (Status.SET_ASIDE, Decision.REWORD): Status.ACCEPTED,
    (Status.DECLINED, Decision.RETURN): Status.SUGGESTED,
}


def decide(prompt: Prompt, decision: Decision) -> Status | None:
    """Return where a prompt stands after a decision, None where that cannot be decided now."""
    becomes = _BECOMES.get((prompt.status, decision))
    if decision is Decision.RETURN and becomes is not None:
        if prompt.uses:
            return Status.SET_ASIDE if prompt.status is Status.DECLINED else None
        if not prompt.suggested:
            return Status.ACCEPTED if prompt.status is Status.DECLINED else None
    return becomes


def decisions(prompt: Prompt) -> tuple[Decision, ...]:
    """Return what can be decided about a prompt now, in the order it is offered."""
    return tuple(each for each in Decision if decide(prompt, each) is not None)


def asks_author(prompt: Prompt) -> bool:
    """Return whether other words need its author's agreement: it is theirs, and was never asked so."""
    return prompt.author is not None and prompt.status in (Status.SUGGESTED, Status.SET_ASIDE)


def may_take_back(prompt: Prompt) -> bool:
    """Return whether its author can take a suggestion back: it was not asked yet."""
    return not prompt.uses and prompt.status is not Status.USED
