"""The kinds of learning that people choose from, by the words that policies know them by."""

KINDS = (
    "plc",
    "workshop",
    "conference",
    "course",
    "webinar",
    "self_study",
    "book_study",
    "mentoring",
    "observation",
    "presenting",
    "curriculum",
    "publication",
    "committee",
    "research",
    "other",
)
"""Whoever writes a policy accepts kinds by these words; a kind that it does not name counts nothing there."""
