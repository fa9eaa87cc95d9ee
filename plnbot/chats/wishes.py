"""What a form asked for, read: the questions of a document, its plan, its start; or what is in the way."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, assert_never

from plnbot.chats.model import Moment
from plnbot.chats.plans import DoesNotFitError, Plan, lay_out, plans, stands_as_written
from plnbot.chats.store import Chat, Sketch
from plnbot.engine.ports import Person
from plnbot.packs.frameworks import skills_in
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import FieldErrors
from plnbot.talk.plain import plain
from plnbot.talk.text import Style, When, clean
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.values import dataclass
from plnbot.walltime import local

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plnbot.chats.paste import Note, Pasted
    from plnbot.talk.times import Understood

UNNAMED = msg("You gave it no title, so its day names it. Change lets you write one.")
_MOVED = msg("The times in your document moved along with the start.")
_NO_QUESTION = msg("I found no question. Put each on a line of its own, like “Q1: …”.")
_LONGEST_FOUND = 120
_HALF_HOUR = 30


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form asked for, unread."""

    title: str
    questions: str
    plan: str
    starts: str


@dataclass(frozen=True, slots=True)
class Read:
    """A wish that was read; `notes` say what had to be decided on the way.

    `elsewhere` is the start in the document's own words, where the form says another; `skills` are those
    that a line of it names.
    """

    title: str
    pasted: "Pasted"
    plan: Plan
    starts: "Understood"
    moments: tuple[Moment, ...]
    notes: tuple[Sentence, ...]
    elsewhere: str = ""
    hashtag: str = ""
    skills: tuple[str, ...] = ()

    @property
    def sketch(self) -> Sketch:
        """The chat as it is written down."""
        return Sketch(
            title=self.title,
            hashtag=(self.pasted.hashtag or self.hashtag)[:80],
            starts_at=self.starts.at,
            zone=self.starts.zone,
            plan=self.plan.id,
            minutes=self.plan.minutes,
            warm_up=self.pasted.warm_up,
            intro=self.pasted.preamble,
            outro=self.pasted.closing,
        )


def read_wish(
    wish: Wish, now: datetime, by: Person, chat: Chat | None = None
) -> Read | FieldErrors:
    """Read a wish for a new chat, or to write `chat` anew; all that is in the way is said at once."""
    # Only who plans a chat needs what reads documents and times.
    from plnbot.chats.paste import named_skills, read_questions
    from plnbot.talk.times import start_of

    named = named_skills(clean(wish.questions), skills_in(by.network.name))
    pasted = read_questions(named.words)
    plan = plans()[wish.plan]
    errors: dict[str, Sentence] = {} if pasted.questions else {"questions": _NO_QUESTION}
    starts = start_of(wish.starts or pasted.starts, now, by.zone, by.locale)
    written = start_of(pasted.starts, now, by.zone, by.locale) if pasted.starts else starts
    moments: tuple[Moment, ...] = ()
    moved = timedelta()
    try:
        if isinstance(starts, Sentence):
            errors |= wrong_besides_the_start(wish, now)
        else:
            moved = _moved(plan, starts, pasted, chat, written)
            moments = _lay_out(plan, starts.at, starts.zone, pasted, moved)
    except DoesNotFitError as error:
        errors["plan"] = _too_many(pasted, error)
    if isinstance(starts, Sentence):
        errors["starts"] = starts if wish.starts else _documents(pasted.starts, starts, by)
        return FieldErrors(errors)
    if errors:
        return FieldErrors(errors)
    other = isinstance(written, Sentence) or written.at != starts.at
    elsewhere = pasted.starts if wish.starts and other else ""
    notes = [*_told(pasted, starts, plan, elsewhere), *([_MOVED] if moved else [])]
    if named.unknown:
        unknown = short_words(", ".join(named.unknown), _LONGEST_FOUND)
        notes.append(
            msg("No list of skills here has these, so I left them out: {names}", names=unknown)
        )
    title = (clean(wish.title).replace("\n", " ") or pasted.theme)[:120]
    if not title:
        title = named_by_day(starts.at, starts.zone, by.network.locale, pasted.hashtag)
        notes.append(UNNAMED)
    hashtag = _given_beside(chat)
    return Read(
        title, pasted, plan, starts, moments, tuple(notes), elsewhere, hashtag, named.skills
    )


def _given_beside(chat: Chat | None) -> str:
    """Return the hashtag that a chat was given when it was planned, and not by its words: it stays."""
    if chat is None:
        return ""
    said = f"{chat.intro} {chat.warm_up} {chat.outro}".casefold()
    return "" if f"#{chat.hashtag.casefold()}" in said else chat.hashtag


def wrong_besides_the_start(wish: Wish, now: datetime) -> dict[str, Sentence]:
    """Return what is in the way of a wish, whenever it is to start: so that all is told at once."""
    from plnbot.chats.paste import read_questions

    pasted = read_questions(clean(wish.questions))
    if not pasted.questions:
        return {"questions": _NO_QUESTION}
    try:
        _lay_out(plans()[wish.plan], now, "UTC", pasted)
    except DoesNotFitError as error:
        return {"plan": _too_many(pasted, error)}
    return {}


def wrong_start(wish: Wish, now: datetime, by: Person) -> dict[str, Sentence]:
    """Return what is wrong with the start that a form says, if it says one."""
    from plnbot.talk.times import when_of

    found = when_of(wish.starts, now, by.zone, by.locale) if wish.starts else None
    return {"starts": found} if isinstance(found, Sentence) else {}


def _too_many(pasted: "Pasted", error: DoesNotFitError) -> Sentence:
    return msg(
        "You have {have} questions; {most} fit into this plan. Choose a longer one.",
        have=len(pasted.questions),
        most=error.most,
    )


def named_by_day(starts_at: datetime, zone: str, locale: str, hashtag: str = "") -> str:
    """Return the title of a chat that nobody gave one, in its network's language."""
    t, day = Translate(locale), When(starts_at, Style.DAY)
    said = (
        t("{hashtag} on {day}", hashtag=hashtag, day=day)
        if hashtag
        else t("Chat on {day}", day=day)
    )
    return plain(said, zone, locale)


def own_title(chat: Chat, locale: str) -> str:
    """Return a chat's title where somebody gave it one; another day gives another title."""
    by_day = [
        named_by_day(chat.starts_at, chat.zone, locale, hashtag) for hashtag in ("", chat.hashtag)
    ]
    return "" if chat.title in by_day else chat.title


def _documents(words: str, why: Sentence, by: Person) -> Sentence:
    if not words:
        return why
    return msg(
        "Your document says “{words}”. {why}", words=words, why=Translate(by.locale).say(why)
    )


def _lay_out(
    plan: Plan, start: datetime, zone: str, pasted: "Pasted", moved: timedelta = timedelta()
) -> tuple[Moment, ...]:
    clocks = [_later(each.clock, moved) for each in pasted.questions]
    warm_up = _later(pasted.warm_up_clock, moved)
    return lay_out(plan, start, zone, clocks, warm_up=bool(pasted.warm_up), warm_up_clock=warm_up)


def _later(clock: time | None, moved: timedelta) -> time | None:
    if clock is None:
        return None
    minutes = clock.hour * 60 + clock.minute + moved // timedelta(minutes=1)
    return time(minutes // 60 % 24, minutes % 60)


def _moved(
    plan: Plan,
    starts: "Understood",
    pasted: "Pasted",
    chat: Chat | None,
    written: "Understood | Sentence",
) -> timedelta:
    """Return how much later the document's own times must be, so that they stand as they did to its start."""
    clocks = [each.clock for each in pasted.questions]
    if plan.slow or not clocks or None in clocks:
        return timedelta()
    wall = local(starts.at, starts.zone)
    as_shown = chat is not None and _as_shown(chat, clocks)
    if not as_shown and stands_as_written(plan, starts.at, starts.zone, clocks):
        return timedelta()
    if chat is not None and as_shown:
        before = local(chat.starts_at, chat.zone).time()
    elif not isinstance(written, Sentence):
        before = local(written.at, written.zone).time()
    else:
        before = _half_hour_before(pasted.warm_up_clock or clocks[0] or time())
    minutes = (wall.hour - before.hour) * 60 + wall.minute - before.minute
    return timedelta(minutes=minutes)


def _as_shown(chat: Chat, clocks: "Sequence[time | None]") -> bool:
    """Return whether times are those that a chat's form showed."""
    shown = [local(each.at, chat.zone).time() for each in chat.run.moments if each.number]
    return [each.replace(second=0) for each in shown] == list(clocks)


def _half_hour_before(clock: time) -> time:
    return clock.replace(minute=clock.minute // _HALF_HOUR * _HALF_HOUR)


def _told(pasted: "Pasted", starts: "Understood", plan: Plan, elsewhere: str) -> "list[Sentence]":
    """Return what was decided on the way, the weightiest first."""
    from plnbot.talk.times import assumption

    told = [
        *(
            [
                msg(
                    "Your document says “{words}”; I took what you wrote as the start.",
                    words=elsewhere,
                )
            ]
            if elsewhere
            else []
        ),
        *map(assumption, starts.assumed),
        *(_noted(each, pasted) for each in pasted.notes),
    ]
    if starts.lasts and not plan.slow and starts.lasts != plan.minutes:
        told.append(
            msg(
                "You wrote of {said} minutes, and this plan has {minutes}. Change lets you choose"
                " another.",
                said=starts.lasts,
                minutes=plan.minutes,
            )
        )
    return [each for each in told if each is not None]


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
