"""Answers as tests need them: written down at once, as if somebody had given them."""

from datetime import datetime

from plnbot.chats.store import KIND, Question
from plnbot.gathering import store
from plnbot.store.database import Tx


def answered(
    tx: Tx,
    asked: Question,
    words: str,
    *,
    source: str,
    at: datetime,
    author: str,
    late: bool = False,
    member: int = 3,
) -> int:
    """Write down what a member, the third unless named, answered to a chat's question; return its id."""
    return store.put(
        tx,
        network_id=1,
        kind=KIND,
        whole_id=asked.chat,
        under_id=asked.id,
        member_id=member,
        author=author,
        words=words,
        choice="",
        at=at,
        late=late,
        prepared=False,
        source=source,
    )
