"""How something is posted in a space: in its one place, or at the end of everybody in it."""

from collections.abc import Mapping
from datetime import datetime

from plnbot.engine import outbox
from plnbot.engine.notices import answer
from plnbot.engine.outbox import Args, Posting
from plnbot.refs import MemberRef
from plnbot.spaces.model import Kind, Member, Space
from plnbot.store.database import Tx

ABOUT = "spaces.about"
"""The card with which a space begins: whose it is, who may read it, how it ends."""
SESSION = "spaces.session"
WORD = "spaces.word"
LOST = "spaces.lost"
"""Tells somebody that their words did not reach another."""
CLOSED = "spaces.closed"
ASKED, THERE, WAITS = "spaces.ask", "spaces.there", "spaces.waits"
"""What one member is told: that words might be carried, that there is a room, that words have come."""
SPACE, MEMBER, PART, WORDS = "space", "member", "part", "word"


def about_key(space: int, member: int = 0, platform: str = "") -> str:
    """Return the key of the card with which a space, or one end of it on a platform, begins."""
    return f"space/{space}/about/{member}/{platform}"


def word_key(space: int, word: int, part: int, member: int) -> str:
    """Return the key of a part of a message, as it goes to one member."""
    return f"space/{space}/word/{word}/{part}/{member}"


def post(tx: Tx, space: Space, card: str, args: Args, *, key: str, now: datetime) -> None:
    """Have a card posted in a space that is open, once for this key."""
    if space.kind is Kind.RELAY:
        for each in space.inside:
            to_end(tx, space, each, card, args, key=f"{key}/{each.id}", now=now)
    elif space.place is not None:
        Posting(tx, space.network, space.place, now).post(card, args, key=key)


def to_end(
    tx: Tx, space: Space, to: Member, card: str, args: Args, *, key: str, now: datetime
) -> None:
    """Have a card posted at a member's end of a relay, once for this key."""
    if to.end is None:
        return
    if to.direct:
        # They agreed to have words carried to them directly, and end it when they like.
        who = MemberRef(to.end.platform, to.end.workspace, to.who.user)
        answer(tx, space.network, who, card, args, key=key, now=now)
        return
    about = about_key(space.id, to.id, to.end.platform)
    under = about if to.below and key != about else ""
    room = to.end.channel_itself() if to.below else to.end
    Posting(tx, space.network, room, now).post(card, args, key=key, under=under)


def refresh(tx: Tx, space: Space, now: datetime) -> None:
    """Have the cards with which a space begins shown as it stands now."""
    outbox.refresh(tx, about_key(space.id), now)
    for each in space.members:
        if each.end is not None:
            outbox.refresh(tx, about_key(space.id, each.id, each.end.platform), now)


def number(args: Mapping[str, str | int], name: str) -> int:
    """Return a number among a card's arguments."""
    return int(args.get(name, 0))
