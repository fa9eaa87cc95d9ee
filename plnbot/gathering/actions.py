"""What people do with answers, one use case a function. Each runs inside its caller's transaction."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from plnbot.engine import audit, notices
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.gathering import model, store
from plnbot.gathering.declared import Hiding, Read, Subject, Took
from plnbot.gathering.model import Given, Outcome, Written, own_source
from plnbot.gathering.store import Answer
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.words import msg
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """Words in one message: its `source` is what `source_of` returns, `before` what it answered yet.

    `said_in` is the place, or the thread, where it stands, as `said_in` returns it.
    """

    source: str
    before: Sequence[Answer] = ()
    said_in: str | None = None


def said_in(place: Place) -> str:
    """Return how answers name the place, or the thread, where their message stands."""
    return f"{place.platform}/{place.workspace}/{place.channel}/{place.thread}"


def source_of(place: Place, message: str) -> str:
    """Return the source of what a message answers."""
    return f"{place.platform}/{place.workspace}/{place.channel}/{message}"


def message_of(source: str) -> tuple[Place, str] | None:
    """Return the channel and the message of a source; None where it is no message."""
    platform, _, rest = source.partition("/")
    workspace, _, rest = rest.partition("/")
    channel, _, message = rest.rpartition("/")
    return (Place(platform, workspace, channel), message) if channel and message else None


def say(subject: Subject, person: Person, message: Message, read: Read) -> Took:
    """Take in what a message answers now, instead of all that it answered before."""
    of_it = (subject.kind, subject.whole)
    mine = {each.id: each for each in message.before if (each.kind, each.whole) == of_it}
    stands = {each.under: each.id for each in mine.values()}
    if subject.once:
        for under in read.answers:
            mine |= _all_said(subject, under, person)
    meant = {under: words for under, words in read.answers.items() if words}
    standing = [each.standing for each in mine.values()]
    outcome = model.said(standing, message.source, meant, once=subject.once)
    stands |= _carry_out(subject, person, message, outcome, mine)
    return Took(
        {under: each for under, each in stands.items() if under in meant},
        read.unknown,
        tuple(under for under in read.answers if under not in meant),
        tuple(under for under in meant if under not in stands),
    )


def give(
    subject: Subject,
    under: int,
    person: Person,
    *,
    words: str | None = None,
    choice: str | None = None,
) -> int | None:
    """Take what a form or a tap gave, one a person; return the answer's id, None where none stands.

    What is not given (None) stays as it was: a sentence can follow a tap, and a tap a sentence. Where
    each counts once, a tap belongs to what they said already, in whatever way.
    """
    said = _all_said(subject, under, person)
    source = own_source(person.id)
    if subject.once and words is None:
        source = next((e.source for e in said.values() if e.hidden_by is None), source)
    mine = {i: each for i, each in said.items() if subject.once or each.source == source}
    given = Given(under, words, choice)
    standing = [each.standing for each in mine.values()]
    outcome = model.given(standing, source, given, once=subject.once)
    _carry_out(subject, person, Message(source), outcome, mine)
    now = _all_said(subject, under, person)
    return next((i for i, e in now.items() if e.source == source and (e.words or e.choice)), None)


def take_back(subject: Subject, under: int, person: Person) -> None:
    """Take back what a member gave by form or tap."""
    mine = _own(subject, under, person)
    outcome = model.taken_back([each.standing for each in mine.values()])
    _carry_out(subject, person, Message(own_source(person.id)), outcome, mine)


def delete(subject: Subject, these: Sequence[Answer]) -> None:
    """Take away what deleted messages said of one whole."""
    outcome = model.deleted([each.standing for each in these])
    store.drop(subject.tx, outcome.drop)
    subject.changed({each.under for each in these}, outcome.drop)


def newest(tx: Tx, source: str, version: str, now: datetime) -> bool:
    """Note that this version of a message is taken in; return False where it must not be.

    That is where something newer of it was, or it is gone. Asked before anything else is looked up: who
    is told of the same message at the same moment then waits, and sees what came of this.
    """
    if version:
        store.forget(tx, now)
    return store.claim(tx, source, version, now)


def gone(tx: Tx, sources: Collection[str], now: datetime) -> None:
    """Note that messages are gone for good, whatever is told of them after; asked like `newest`."""
    store.forget(tx, now)
    store.gone(tx, sources, now)


def leave_out(subject: Subject, person: Person, *, out: bool) -> None:
    """Keep a member's answers to a whole out of what everybody reads, or let them in again."""
    store.leave_out(subject.tx, subject.kind, subject.whole, person.id, out=out)
    said = store.of_whole(subject.tx, subject.kind, subject.whole)
    subject.changed({each.under for each in said if each.member == person.id}, ())


def hide(subject: Subject, hiding: Hiding, this: Answer, reason: str, *, by: Person) -> None:
    """Hide an answer everywhere."""
    store.hide(subject.tx, this.id, by.id, reason)
    _note(subject, f"{hiding.action}.answer_hidden", this, by, why=reason)
    subject.changed([this.under], [this.id])


def show_again(subject: Subject, hiding: Hiding, this: Answer, *, by: Person) -> None:
    """Undo `hide`; `Refused` where its author counts once and has answered anew since."""
    if subject.once and _speaks_besides(subject, this):
        raise Refused(msg("{name} has answered anew since, and that counts.", name=this.author))
    store.hide(subject.tx, this.id, None, "")
    _note(subject, f"{hiding.action}.answer_shown", this, by)
    subject.changed([this.under], [this.id])


def tell_author(
    subject: Subject, hiding: Hiding, this: Answer, author: Person, reason: str
) -> None:
    """Tell an author, directly, why their answer was hidden."""
    notices.tell_now(
        subject.tx,
        hiding.notice,
        author,
        hiding.card,
        {"answer": this.id, "why": reason},
        key=f"{hiding.action}/answer/{this.id}/hidden/{subject.now.timestamp()}",
        now=subject.now,
    )


def _speaks_besides(subject: Subject, this: Answer) -> bool:
    said = store.said_under(subject.tx, subject.kind, this.under, this.member)
    return any(each.id != this.id and each.hidden_by is None for each in said)


def _note(subject: Subject, action: str, this: Answer, by: Person, **why: str) -> None:
    about = f"answer:{this.id}"
    audit.record(subject.tx, subject.network, by.id, action, about, now=subject.now, **why)


def _all_said(subject: Subject, under: int, person: Person) -> dict[int, Answer]:
    said = store.said_under(subject.tx, subject.kind, under, person.id)
    return {each.id: each for each in said}


def _own(subject: Subject, under: int, person: Person) -> dict[int, Answer]:
    own = store.ones_own(subject.tx, subject.kind, subject.whole, person.id).get(under)
    return {own.id: own} if own else {}


def _carry_out(
    subject: Subject, person: Person, of: Message, outcome: Outcome, mine: Mapping[int, Answer]
) -> dict[int, int]:
    """Write, empty and drop; return the ids of what was written, by what it is under."""
    written = {each.under: _written(subject, person, of, each) for each in outcome.write}
    new = [written[each.under] for each in outcome.write if each.new]
    moved = [each for each in outcome.drop if each in mine and mine[each].source == of.source]
    if moved and new:
        # The same message answers something else by now: who replied to it replied to that.
        store.carry_replies(subject.tx, moved[0], new[0])
    store.drop(subject.tx, outcome.drop)
    store.empty(subject.tx, outcome.empty)
    altered = [*outcome.drop, *outcome.empty, *(i for i in written.values() if i not in new)]
    if written:
        subject.answered(person, new)
    if new or altered:
        touched = {mine[each].under for each in altered if each in mine}
        subject.changed(touched | written.keys(), altered)
    return written


def _written(subject: Subject, person: Person, of: Message, what: Written) -> int:
    return store.put(
        subject.tx,
        network_id=subject.network,
        kind=subject.kind,
        whole_id=subject.whole,
        under_id=what.under,
        member_id=person.id,
        author=person.name,
        words=what.words,
        choice=what.choice,
        at=subject.now,
        late=subject.late(what.under),
        prepared=subject.prepared(what.under),
        source=of.source,
        said_in=of.said_in,
    )
