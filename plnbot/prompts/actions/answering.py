"""Answering a prompt by form, by one tap, without a name, or not at all."""

from datetime import datetime

from plnbot import gathering
from plnbot.engine.outbox import Posting
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.gathering import Answer, anonymous
from plnbot.prompts import store
from plnbot.prompts.actions.keys import answer_key, post_key
from plnbot.prompts.actions.talk import KIND, PromptTalk
from plnbot.prompts.model import PromptRoom
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.words import msg

ANSWERED = "prompts.answered"


def answer(
    talk: PromptTalk, person: Person, place: Place, *, words: str | None, choice: str | None
) -> Answer | None:
    """Take an answer by form or tap; what has words is shown below the prompt in the room it came from.

    None is left as it was. Return what stands now.
    """
    tx, number = talk.tx, talk.occurrence.id
    anonymous.may_give_by_name(tx, KIND, number, person)
    made = gathering.give(talk, number, person, words=words, choice=choice)
    stands = gathering.get(tx, made) if made is not None else None
    room = room_at(tx, talk, place)
    if stands is not None and stands.by_form and stands.words and room is not None:
        Posting(tx, talk.network, room.place, talk.now).post(
            ANSWERED,
            {"answer": stands.id},
            key=answer_key(stands.id),
            under=post_key(number, room.id),
        )
    return stands


def ones_own(tx: Tx, occurrence: int, person: Person) -> Answer | None:
    """Return what stands of a member's answer, in whatever way they gave it."""
    said = gathering.said_under(tx, KIND, occurrence, person.id)
    return next((each for each in said if each.hidden_by is None), None)


def take_back(talk: PromptTalk, person: Person) -> None:
    """Take back what a member gave by form or tap; `Refused` where it is a message of theirs."""
    own = ones_own(talk.tx, talk.occurrence.id, person)
    if own is not None and not own.by_form:
        raise Refused(msg("You wrote your answer in the room: delete it there, and it is gone."))
    gathering.take_back(talk, talk.occurrence.id, person)


def answer_unnamed(talk: PromptTalk, person: Person, words: str, choice: str) -> None:
    """Take an answer without a name."""
    anonymous.give(talk, talk.occurrence.id, person, words, choice)


def pass_on(tx: Tx, occurrence: int, person: Person) -> None:
    """Note that a member passes: they are asked no more, and it counts as nothing."""
    store.note_pass(tx, occurrence, person.id)


def has_answered(tx: Tx, occurrence: int, member: int) -> bool:
    """Return whether there is nothing more to ask of a member: they answered in some way, or passed."""
    return (
        bool(gathering.said_under(tx, KIND, occurrence, member))
        or gathering.gave_unnamed(tx, KIND, occurrence, member)
        or store.passes(tx, occurrence, member)
    )


def room_at(tx: Tx, talk: PromptTalk, place: Place) -> PromptRoom | None:
    """Return the room of a prompt in which somebody is, else the first that was asked."""
    rooms = [store.get_room(tx, each) for each in store.posted_in(tx, talk.occurrence.id)]
    there = [each for each in rooms if each is not None]
    here = (each for each in there if each.place == place.channel_itself())
    return next(here, next(iter(there), None))


def talk_of(tx: Tx, now: datetime, number: int) -> PromptTalk | None:
    """Return an occurrence that was asked, as gathering sees it."""
    found = store.get_occurrence(tx, number)
    return PromptTalk(tx, now, found) if found is not None and found.asked_at else None
