"""From a pasted document to a draft: what a coach wrote, read and laid out, or what is in the way."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, assert_never

from plnbot import gathering
from plnbot.chats import store
from plnbot.chats.model import ChatState, Moment, MomentKind, Run
from plnbot.chats.plans import DoesNotFitError, Plan, lay_out, plans
from plnbot.chats.rewriting import same_questions
from plnbot.chats.store import KIND, Chat, Question, Sketch, Version, Written
from plnbot.engine import audit, roles
from plnbot.engine.ports import Person
from plnbot.engine.roles import Grant, Role
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import FieldErrors
from plnbot.talk.plain import plain
from plnbot.talk.text import Style, When, clean
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.walltime import local

if TYPE_CHECKING:
    from plnbot.chats.paste import Note, Pasted
    from plnbot.talk.times import Understood

AS_BEFORE = msg("It is as it was before the change.")
UNNAMED = msg("You gave it no title, so its day names it. Change lets you write one.")
_LONGEST_HEADLINE = 60
_LONGEST_FOUND = 120


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form asked for, unread."""

    title: str
    questions: str
    plan: str
    starts: str


@dataclass(frozen=True, slots=True)
class ChatDraft:
    """What came of a wish: the chat's id, what was assumed on the way, and what is no longer asked.

    `prepared` is how many answers were prepared for what was taken out; `before` is the version that
    the chat was until now.
    """

    chat: int
    notes: tuple[Sentence, ...]
    taken_out: tuple[Question, ...] = ()
    prepared: int = 0
    before: int = 0


def make(tx: Tx, wish: Wish, place: Place, now: datetime, *, by: Person) -> ChatDraft | FieldErrors:
    """Write a draft down; nothing is announced before it is published."""
    read = _read(wish, now, by)
    if isinstance(read, FieldErrors):
        return read
    run = Run(ChatState.DRAFT, read.moments, pace=read.plan.pace)
    chat_id = store.new_chat(
        tx, by.network.id, place, _sketch(read), run, created_by=by.id, now=now
    )
    store.write_questions(tx, chat_id, [Written(q.label, q.words) for q in read.pasted.questions])
    given = Grant(Role.MODERATOR, f"chat:{chat_id}")
    roles.grant(tx, by.network.id, by.id, given, by=by.id, now=now)
    audit.record(tx, by.network.id, by.id, "chat.drafted", f"chat:{chat_id}", now=now)
    return ChatDraft(chat_id, read.notes)


def remake(tx: Tx, chat: Chat, wish: Wish, now: datetime, *, by: Person) -> ChatDraft | FieldErrors:
    """Write a draft, or a chat that has not begun, anew."""
    read = _read(wish, now, by)
    if isinstance(read, FieldErrors):
        return read
    run = Run(chat.run.state, read.moments, pace=read.plan.pace)
    wanted = _recognised(tx, chat, read.pasted)
    audit.record(tx, chat.network, by.id, "chat.changed", chat.scope, now=now)
    return _write(tx, chat, Version(_sketch(read), run, wanted), now, read.notes)


def take_back(tx: Tx, chat: Chat, before: Version, now: datetime, *, by: Person) -> ChatDraft:
    """Write a chat as it was before a change, which can be had again in the same way."""
    run = replace(before.run, state=chat.run.state)
    audit.record(tx, chat.network, by.id, "chat.change_taken_back", chat.scope, now=now)
    return _write(tx, chat, replace(before, run=run), now, (AS_BEFORE,))


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


@dataclass(frozen=True, slots=True)
class _Read:
    title: str
    pasted: "Pasted"
    plan: Plan
    starts: "Understood"
    moments: tuple[Moment, ...]
    notes: tuple[Sentence, ...]


def _read(wish: Wish, now: datetime, by: Person) -> _Read | FieldErrors:
    # Only who plans a chat needs what reads documents and times.
    from plnbot.chats.paste import read_questions
    from plnbot.talk.times import assumption, start_of

    pasted = read_questions(clean(wish.questions))
    plan = plans()[wish.plan]
    errors: dict[str, Sentence] = {}
    if not pasted.questions:
        errors["questions"] = msg(
            "I found no question. Put each on a line of its own, like “Q1: …”."
        )
    starts = start_of(wish.starts or pasted.starts, now, by.zone)
    if isinstance(starts, Sentence) and pasted.starts and not wish.starts:
        starts = msg(
            "Your document says “{words}”, and I cannot take that. When shall it begin?",
            words=pasted.starts,
        )
    if isinstance(starts, Sentence):
        errors["starts"] = starts
        return FieldErrors(errors)
    try:
        moments = lay_out(
            plan,
            starts.at,
            starts.zone,
            [each.clock for each in pasted.questions],
            warm_up=bool(pasted.warm_up),
            warm_up_clock=pasted.warm_up_clock,
        )
    except DoesNotFitError as error:
        errors["plan"] = msg(
            "You have {have} questions; {most} fit into this plan. Choose a longer one.",
            have=len(pasted.questions),
            most=error.most,
        )
        moments = ()
    if errors:
        return FieldErrors(errors)
    told = [*map(assumption, starts.assumed), *(_noted(each, pasted) for each in pasted.notes)]
    notes = [each for each in told if each is not None]
    title = _title(wish, pasted)
    if not title:
        title = named_by_day(starts.at, starts.zone, by.network.locale)
        notes.append(UNNAMED)
    return _Read(title, pasted, plan, starts, moments, tuple(notes))


def _noted(what: "Note", pasted: "Pasted") -> Sentence | None:
    """Return what a coach is told of how their paste was read; nothing where nothing was published."""
    from plnbot.chats.paste import Note

    found = short_words(", ".join(pasted.found), _LONGEST_FOUND)
    match what:
        case Note.RENUMBERED:
            said = msg(
                "The questions were numbered {found}. I kept their order and numbered them anew.",
                found=found,
            )
        case Note.REORDERED:
            said = msg(
                "The questions stood in the order {found}. I ask them in the order of their numbers.",
                found=found,
            )
        case Note.UNMARKED:
            said = msg(
                "I found no numbers, so each line that asks is a question, and what follows it is part"
                " of it. To have it otherwise, begin each question with Q1:, Q2: …"
            )
        case Note.UNASKED:
            said = msg(
                "I found neither numbers nor question marks, so each line is a question. To have it"
                " otherwise, begin each question with Q1:, Q2: …"
            )
        case Note.ASIDE:
            said = msg(
                "This line asks, and I took it for opening or closing words: “{line}”",
                line=short_words(pasted.aside, _LONGEST_FOUND),
            )
        case Note.TOO_MANY:
            said = msg("There were more than 40 questions; the rest stands in the closing words.")
        case Note.TOO_LONG:
            said = msg("One question is very long; please see how it reads.")
        case Note.NONE:
            return None
        case _:
            assert_never(what)
    return said


def _sketch(read: _Read) -> Sketch:
    return Sketch(
        title=read.title,
        hashtag=read.pasted.hashtag[:80],
        starts_at=read.starts.at,
        zone=read.starts.zone,
        plan=read.plan.id,
        minutes=read.plan.minutes,
        warm_up=read.pasted.warm_up,
        intro=read.pasted.preamble,
        outro=read.pasted.closing,
    )


def named_by_day(starts_at: datetime, zone: str, locale: str) -> str:
    """Return the title of a chat that nobody gave one, in its network's language."""
    t, day = Translate(locale), When(starts_at, Style.DAY)
    return plain(t("Chat on {day}", day=day), zone, locale)


def _title(wish: Wish, pasted: "Pasted") -> str:
    words = clean(wish.title).replace("\n", " ")
    return (words or pasted.hashtag or _headline(pasted))[:120]


def _headline(pasted: "Pasted") -> str:
    """Return the first line of a document where it reads like a title, else nothing."""
    line = pasted.preamble.partition("\n")[0].strip()
    ends_like_one = not line.endswith((".", "!", "?", ":", ","))
    return line if len(line) <= _LONGEST_HEADLINE and ends_like_one else ""


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
