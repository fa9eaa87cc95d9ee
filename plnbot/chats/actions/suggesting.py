"""What members suggest, topics and questions to a guest: kept, made one with what is alike, taken back."""

from datetime import datetime

from plnbot.chats.store import suggestions
from plnbot.chats.store.suggestions import Kind, State, Suggestion
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.likeness import near, plain
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.text import clean, one_line
from plnbot.talk.words import msg
from plnbot.values import dataclass

GONE = msg("That suggestion is no longer there: it was taken back.")
LONGEST = {Kind.TOPIC: 120, Kind.QUESTION: 300}
_MOST_WAITING = 20
_MOST_ALIKE = 3


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion as it is kept, and those that are alike, which a person may say are the same.

    `joined` says that somebody had suggested just this, so that it is one with two names.
    """

    suggestion: Suggestion
    alike: tuple[Suggestion, ...] = ()
    joined: bool = False


def suggest(
    tx: Tx,
    kind: Kind,
    place: Place,
    words: str,
    now: datetime,
    *,
    by: Person,
    chat: int | None = None,
) -> Suggested:
    """Keep what a member suggests in a room, or for the guest of a chat."""
    said = one_line(clean(words)).strip()
    if not said:
        raise Refused(msg("Write what you suggest."))
    if len(said) > LONGEST[kind]:
        raise Refused(
            msg(
                "This is {length} characters long; {most} fit here.",
                length=len(said),
                most=LONGEST[kind],
            )
        )
    there = waiting(tx, kind, place, chat)
    for each in there:
        if plain(each.words) == plain(said):
            suggestions.join(tx, each.id, by.id, said, now)
            return Suggested(again(tx, each.id), joined=True)
    if sum(by.id in each.authors for each in there) >= _MOST_WAITING:
        raise Refused(msg("{n} suggestions of yours wait already.", n=_MOST_WAITING))
    new = Suggestion(
        0, by.network.id, kind, place, chat, None, State.WAITS, said, None, now, (by.id,)
    )
    made = again(tx, suggestions.add(tx, new, by.id))
    return Suggested(made, alike(tx, made))


def waiting(tx: Tx, kind: Kind, place: Place, chat: int | None) -> tuple[Suggestion, ...]:
    """Return what waits beside a suggestion: topics of its room, or all questions to its guest."""
    if chat is None:
        return suggestions.waiting_in(tx, kind, place)
    every = suggestions.of_chat(tx, chat, kind)
    return tuple(each for each in every if each.state is not State.DECLINED)


def alike(tx: Tx, one: Suggestion) -> tuple[Suggestion, ...]:
    """Return what is suggested besides that is alike, the most alike first."""
    chat = one.chat if one.kind is Kind.QUESTION else None
    others = {each.id: each for each in waiting(tx, one.kind, one.place, chat)}
    others.pop(one.id, None)
    found = near(one.words, [(each.id, each.words) for each in others.values()])
    return tuple(others[each] for each in found[:_MOST_ALIKE])


def too(tx: Tx, one: Suggestion, now: datetime, *, by: Person) -> Suggestion:
    """Let a member be one of those who suggest something."""
    suggestions.join(tx, one.id, by.id, "", now)
    return again(tx, one.id)


def merge(tx: Tx, one: Suggestion, into: Suggestion, *, by: Person, moderates: bool) -> Suggestion:
    """Make one suggestion of two, with the names of both; its author may, and who moderates."""
    if one.authors != (by.id,) and not moderates:
        raise Refused(
            msg("Others suggest that too, so a moderator decides whether it is the same.")
        )
    alive = one.merged_into is None and into.merged_into is None and one.id != into.id
    if not alive or one.state is not State.WAITS:
        raise Refused(msg("They have been made one already."))
    suggestions.merge(tx, one.id, into.id)
    return again(tx, into.id)


def take_apart(tx: Tx, one: Suggestion) -> Suggestion:
    """Let what was merged into another stand by itself again."""
    suggestions.change(tx, one.id, merged_into=None)
    return again(tx, one.id)


def take_back(tx: Tx, one: Suggestion, *, by: Person) -> int:
    """Take a member's name from a suggestion; return how many still make it: with none it is gone."""
    head = again(tx, one.merged_into or one.id)
    if by.id not in head.authors:
        raise Refused(msg("You did not suggest that."))
    suggestions.leave(tx, head.id, by.id)
    left = suggestions.get(tx, head.id)
    return len(left.authors) if left else 0


def again(tx: Tx, number: int) -> Suggestion:
    """Return a suggestion as it stands now."""
    found = suggestions.get(tx, number)
    if found is None:
        raise Refused(GONE)
    return found
