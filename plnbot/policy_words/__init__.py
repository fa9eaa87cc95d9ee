"""What policies say and decided, in people's words: for cards, pages and the command line."""

from plnbot.policy_words.explaining import explained
from plnbot.policy_words.names import named
from plnbot.policy_words.sentences import OFFICE, OUTCOMES, amount, stands, stated, sure, why

__all__ = ["OFFICE", "OUTCOMES", "amount", "explained", "named", "stands", "stated", "sure", "why"]
