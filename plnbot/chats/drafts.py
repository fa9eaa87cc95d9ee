"""From a pasted document to a draft: what a coach wrote, read and laid out, or what is in the way."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from plnbot import gathering
from plnbot.chats import store
from plnbot.chats.model import ChatState, Moment, MomentKind, Run
from plnbot.chats.plans import DoesNotFitError, lay_out, plans
from plnbot.chats.rewriting import same_questions
from plnbot.chats.sorting import Piece, Place, doubtful, moved, sorted_words
from plnbot.chats.store import KIND, Chat, Question, Version, Written
from plnbot.chats.wishes import Read, Wish, named_by_day, own_title, read_wish
from plnbot.engine import audit, roles
from plnbot.engine.ports import Person
from plnbot.engine.roles import Grant, Role
from plnbot.errors import Refused
from plnbot.refs import Place as Room
from plnbot.skills.model import Carrier
from plnbot.skills.store import carry
from plnbot.store.database import Tx
from plnbot.talk.forms import FieldErrors
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass
from plnbot.walltime import local, wall_days_later

if TYPE_CHECKING:
    from plnbot.chats.paste import Pasted

SKILLS_STAY = msg(
    "The skills that your document names are not taken over, for this chat is announced: its page has a"
    " button for them."
)
AS_BEFORE = msg("It is as it was before the change.")


@dataclass(frozen=True, slots=True)
class ChatDraft:
    """What came of a wish: the chat's id, what was assumed on the way, and what is no longer asked.

    `prepared` is how many answers were prepared for what was taken out; `before` is the version that
    the chat was until now; `elsewhere` is the start that the document says, where the form said another.
    `lines` are those of the document that could be something else.
    """

    chat: int
    notes: tuple[Sentence, ...]
    taken_out: tuple[Question, ...] = ()
    prepared: int = 0
    before: int = 0
    elsewhere: str = ""
    lines: tuple[Piece, ...] = ()


def make(tx: Tx, wish: Wish, place: Room, now: datetime, *, by: Person) -> ChatDraft | FieldErrors:
    """Write a draft down; nothing is announced before it is published."""
    read = read_wish(wish, now, by)
    if isinstance(read, FieldErrors):
        return read
    run = Run(ChatState.DRAFT, read.moments, pace=read.plan.pace)
    chat_id = store.new_chat(tx, by.network.id, place, read.sketch, run, created_by=by.id, now=now)
    store.write_questions(tx, chat_id, [Written(q.label, q.words) for q in read.pasted.questions])
    if read.skills:
        carry(tx, by.network.id, Carrier(KIND, chat_id), read.skills)
    given = Grant(Role.MODERATOR, f"chat:{chat_id}")
    roles.grant(tx, by.network.id, by.id, given, by=by.id, now=now)
    audit.record(tx, by.network.id, by.id, "chat.drafted", f"chat:{chat_id}", now=now)
    return _with_lines(tx, ChatDraft(chat_id, read.notes, elsewhere=read.elsewhere), read)


def remake(tx: Tx, chat: Chat, wish: Wish, now: datetime, *, by: Person) -> ChatDraft | FieldErrors:
    """Write a draft, or a chat that has not begun, anew."""
    read = read_wish(wish, now, by, chat)
    if isinstance(read, FieldErrors):
        return read
    run = Run(chat.run.state, read.moments, pace=read.plan.pace)
    wanted = _recognised(tx, chat, read.pasted)
    if read.skills:
        carry(tx, chat.network, chat.carrier, read.skills)
    audit.record(tx, chat.network, by.id, "chat.changed", chat.scope, now=now)
    made = _write(tx, chat, Version(read.sketch, run, wanted), now, read.notes)
    return _with_lines(tx, replace(made, elsewhere=read.elsewhere), read)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a published chat is to become: its id, the chat as it is, and what was read and noted."""

    id: int
    chat: Chat
    version: Version
    notes: tuple[Sentence, ...]


def propose(tx: Tx, chat: Chat, wish: Wish, now: datetime, *, by: Person) -> Proposal | FieldErrors:
    """Read what a published chat is to become, and keep it; nothing of the chat changes yet."""
    read = read_anew(tx, chat, wish, now, by=by)
    return read if isinstance(read, FieldErrors) else proposed(tx, chat, *read)


def read_anew(
    tx: Tx, chat: Chat, wish: Wish, now: datetime, *, by: Person
) -> tuple[Version, tuple[Sentence, ...]] | FieldErrors:
    """Return what a chat would be with a wish, and what was noted on the way."""
    read = read_wish(wish, now, by, chat)
    if isinstance(read, FieldErrors):
        return read
    run = Run(chat.run.state, read.moments, pace=read.plan.pace)
    notes = (*read.notes, SKILLS_STAY) if read.skills else read.notes
    return Version(read.sketch, run, _recognised(tx, chat, read.pasted)), notes


def proposed(tx: Tx, chat: Chat, version: Version, notes: tuple[Sentence, ...] = ()) -> Proposal:
    """Keep what a published chat is to become; nothing of it changes yet."""
    return Proposal(store.propose(tx, chat.id, version), chat, version, notes)


def become(tx: Tx, chat: Chat, version: Version, now: datetime, *, by: Person) -> ChatDraft:
    """Write a chat as it was proposed."""
    run = replace(version.run, state=chat.run.state)
    audit.record(tx, chat.network, by.id, "chat.changed", chat.scope, now=now)
    return _write(tx, chat, replace(version, run=run), now, ())


def _with_lines(tx: Tx, made: ChatDraft, read: Read) -> ChatDraft:
    """Return a draft with the lines of its document that could be something else."""
    stands = sorted_words(read.sketch, store.questions_of(tx, made.chat))
    return replace(made, lines=doubtful(stands, read.pasted))


def move_line(
    tx: Tx, chat: Chat, piece: Piece, to: Place, now: datetime, *, by: Person
) -> ChatDraft:
    """Make a line of a chat's words something else. Raises `Refused` where no question would be left."""
    from plnbot.chats.paste import PastedQuestion, numbered

    after = moved(sorted_words(chat, store.questions_of(tx, chat.id)), piece, to)
    if not after.questions:
        raise Refused(msg("A chat needs a question."))
    named = numbered([PastedQuestion(each.label, each.words) for each in after.questions])
    asked = tuple(
        replace(each, label=name.label) for each, name in zip(after.questions, named, strict=True)
    )
    before = store.present_version(tx, chat)
    moments = chat.run.moments
    if [each.id for each in asked] != [each.id for each in before.questions]:
        moments = _moments_for(chat, len(asked))
    sketch = replace(before.sketch, intro="\n".join(after.opening), outro="\n".join(after.closing))
    run = Run(chat.run.state, moments, pace=chat.run.pace)
    audit.record(tx, chat.network, by.id, "chat.changed", chat.scope, now=now)
    made = _write(tx, chat, Version(sketch, run, asked), now, ())
    return replace(made, lines=doubtful(after))


def _moments_for(chat: Chat, count: int) -> tuple[Moment, ...]:
    try:
        return lay_out(
            plans()[chat.plan],
            chat.starts_at,
            chat.zone,
            [None] * count,
            warm_up=bool(chat.warm_up),
        )
    except DoesNotFitError as error:
        raise Refused(
            msg("{most} questions fit into this plan. Choose a longer one first.", most=error.most)
        ) from error


def take_back(tx: Tx, chat: Chat, before: Version, now: datetime, *, by: Person) -> ChatDraft:
    """Write a chat as it was before a change, which can be had again in the same way."""
    run = replace(before.run, state=chat.run.state)
    audit.record(tx, chat.network, by.id, "chat.change_taken_back", chat.scope, now=now)
    return _write(tx, chat, replace(before, run=run), now, (AS_BEFORE,))


def days_later(tx: Tx, chat: Chat, days: int, *, by: Person) -> Version:
    """Return a chat so many days later, at the same time on the wall, and all in it with it."""

    def later(at: datetime) -> datetime:
        return wall_days_later(at, chat.zone, days)

    before = store.present_version(tx, chat)
    moments = tuple(replace(each, at=later(each.at)) for each in chat.run.moments)
    starts_at = later(chat.starts_at)
    title = own_title(chat, by.network.locale) or named_by_day(
        starts_at, chat.zone, by.network.locale, chat.hashtag
    )
    sketch = replace(before.sketch, starts_at=starts_at, title=title)
    return replace(before, sketch=sketch, run=replace(before.run, moments=moments))


def _write(
    tx: Tx, chat: Chat, version: Version, now: datetime, notes: tuple[Sentence, ...]
) -> ChatDraft:
    before = store.keep_version(tx, chat.id, store.present_version(tx, chat))
    store.sketch_anew(tx, chat.id, version.sketch)
    store.save_run(tx, chat.id, version.run, now)
    out = store.write_questions(tx, chat.id, version.questions)
    prepared = gathering.how_many(tx, KIND, [each.id for each in out])
    return ChatDraft(chat.id, notes, out, prepared, before)


def _recognised(tx: Tx, chat: Chat, pasted: "Pasted") -> tuple[Written, ...]:
    """Return what was pasted, each with the question that it is, or was before it was taken out."""
    known = store.questions_of(tx, chat.id)
    out = {each.words: each.id for each in store.taken_out(tx, chat.id)}
    same = same_questions([q.words for q in known], [q.words for q in pasted.questions])
    return tuple(
        Written(
            each.label,
            each.words,
            known[same[place]].id if place in same else out.pop(each.words, None),
        )
        for place, each in enumerate(pasted.questions)
    )


def as_pasted(chat: Chat, questions: tuple[store.Question, ...]) -> str:
    """Return a chat's words as one document again, for the form that changes it."""
    clocks = _clocks(chat, len(questions))
    warm_up = f"WARM-UP: {chat.warm_up}{clocks.get(0, '')}" if chat.warm_up else ""
    asked = [
        f"{'Bonus' if each.is_bonus else each.name}: {each.words}{clocks.get(each.number, '')}"
        for each in questions
    ]
    closing = f"CLOSING: {chat.outro}" if chat.outro else ""
    return "\n".join([chat.intro, warm_up, *asked, "", closing]).strip()


def _clocks(chat: Chat, count: int) -> Mapping[int, str]:
    """Return the times that a document gave, by question, the warm-up's under 0: not the plan's own."""
    plan = plans().get(chat.plan)
    timed = [
        each for each in chat.run.moments if each.kind in (MomentKind.WARM_UP, MomentKind.QUESTION)
    ]
    if plan is None or plan.slow:
        return {}
    try:
        warm_up = bool(chat.warm_up)
        own = lay_out(plan, chat.starts_at, chat.zone, [None] * count, warm_up=warm_up)
    except DoesNotFitError:
        own = ()
    if all(each in own for each in timed):
        return {}
    return {each.number: f" [{local(each.at, chat.zone):%H:%M}]" for each in timed}
