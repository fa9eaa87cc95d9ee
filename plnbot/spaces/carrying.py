"""Words from one end of a relay to the others: taken in once, carried, changed, taken back, forgotten.

A message's words are at rest from when it is heard until it has arrived at every other end, and not a
moment longer: the unit that writes down that the last card stands takes them away. So a card is made
of words only while they are on their way, and one that is to be shown anew later has nothing to show.
What is kept is which message it was, so that a change or a deletion finds the cards it became.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from plnbot.engine import outbox, work
from plnbot.engine.outbox import EDITS
from plnbot.refs import Place
from plnbot.spaces import posting, store
from plnbot.spaces.declared import Turn
from plnbot.spaces.model import Heard, Space, Word, heard
from plnbot.store.database import Tx
from plnbot.talk import limits
from plnbot.talk.fallback import split
from plnbot.talk.text import Link, Text, clean, is_seen, verbatim, with_links

KNOWN = timedelta(days=30)
"""For so long a message that was carried may still be changed or taken back at the other ends."""
LONGEST_WAIT = timedelta(days=3)
"""What has not arrived by then is forgotten."""
_LONGEST_LINK = 500
_PART = limits.TEXT_BLOCK


def source_of(place: Place, message: str) -> str:
    """Return what tells a message from every other."""
    return f"{place.platform}/{place.workspace}/{place.channel}/{message}"


def parts(words: str) -> Sequence[Text]:
    """Return a message as cards take it; joined, the parts are its words."""
    text = with_links(words)
    if any(isinstance(each, Link) and len(each.url) > _LONGEST_LINK for each in text):
        text = verbatim(words)
    return tuple(split(text, _PART))


def take_in(turn: Turn, space: Space, member: int, source: str, said: tuple[str, str]) -> Heard:
    """Take in a message, or what it says by now, as `said` (words, version); return what became of it."""
    tx, now = turn.tx, turn.now
    words, version = clean(said[0]), said[1]
    words = words if is_seen(words) else ""
    before = store.word_from(tx, space.id, source)
    if before is not None and before.member not in {member, 0}:
        return Heard.NOTHING
    what = heard(words, version, before)
    match what:
        case Heard.CARRY:
            made = len(parts(words))
            new = Word(0, space.id, member, source, words, version, made, gone=False, at=now)
            number = store.add_word(tx, new)
            _post(turn, space, replace(new, id=number), range(made))
            store.change_member(tx, space.id, member, spoke_at=now)
            turn.tenants.spoke(tx, space, member, now)
        case Heard.CHANGE if before is not None:
            _change(turn, space, before, words, version)
        case Heard.TAKE_BACK if before is not None:
            take_back(tx, space, before, now, version)
    return what


def take_back(tx: Tx, space: Space, word: Word, now: datetime, version: str = "") -> None:
    """Let a message be gone at the other ends too."""
    store.change_word(tx, word.id, words="", gone=True, version=version or word.version)
    for key in _keys(space, word):
        # What nobody has begun to send need not be sent at all.
        if not outbox.withdraw(tx, key):
            outbox.refresh(tx, key, now)


def arrived(tx: Tx, space: Space, word: Word) -> None:
    """Forget a message's words once all that shows them stands, or never will."""
    keys = list(_keys(space, word))
    if word.words and not work.waiting(tx, [*keys, *(f"{EDITS}{key}" for key in keys)]):
        store.change_word(tx, word.id, words="")


def lost(tx: Tx, space: Space, word: Word, to: int, now: datetime) -> None:
    """Tell the author of a message that it did not reach somebody."""
    author = space.member(word.member)
    if author is not None:
        args = {posting.SPACE: space.id, posting.MEMBER: author.id, "to": to}
        key = f"space/{space.id}/lost/{word.id}/{to}"
        posting.to_end(tx, space, author, posting.LOST, args, key=key, now=now)


def _change(turn: Turn, space: Space, word: Word, words: str, version: str) -> None:
    made = len(parts(words))
    most = max(made, word.parts)
    store.change_word(turn.tx, word.id, words=words, version=version, parts=most)
    for key in _keys(space, word):
        outbox.refresh(turn.tx, key, turn.now)
    _post(turn, space, word, range(word.parts, made))
    # Where nothing is sent any more, since a card was refused, nobody else forgets them.
    arrived(turn.tx, space, replace(word, words=words, parts=most))


def _post(turn: Turn, space: Space, word: Word, of: range) -> None:
    """Have parts of a message posted at everybody else's end."""
    for part in of:
        for each in space.others(word.member):
            args = {
                posting.SPACE: space.id,
                posting.WORDS: word.id,
                posting.PART: part,
                posting.MEMBER: each.id,
            }
            key = posting.word_key(space.id, word.id, part, each.id)
            posting.to_end(turn.tx, space, each, posting.WORD, args, key=key, now=turn.now)


def _keys(space: Space, word: Word) -> Iterator[str]:
    for each in space.members:
        if each.id != word.member:
            for part in range(word.parts):
                yield posting.word_key(space.id, word.id, part, each.id)
