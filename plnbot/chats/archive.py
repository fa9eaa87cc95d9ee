"""The archive of a chat: one reading of it by question, and the files made from that reading."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from plnbot import gathering
from plnbot.addresses import canonical
from plnbot.chats import actions, store
from plnbot.chats.rewriting import same_questions
from plnbot.chats.store import KIND, Chat, Question
from plnbot.gathering import Answer
from plnbot.gathering.names import told_apart
from plnbot.gathering.not_heard import NotHeard
from plnbot.store.database import Tx
from plnbot.talk import spreadsheets
from plnbot.talk.text import addresses
from plnbot.values import dataclass

_HEAD = ("question", "question_text", "answered_at", "author", "answer", "late")


@dataclass(frozen=True, slots=True)
class Section:
    """A question and the answers that everybody may read."""

    question: Question
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """A web address that was shared, who shared it first, and under which question."""

    url: str
    by: str
    question: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A chat as its archive shows it. `left_out` and `hidden` count what is not shown.

    `runs` are those whose answers are in it, by start, the chat among them: an answer's `whole` says whose
    it is. `led_by` are the names of those who moderated it; `not_heard` the stretches of time of which nobody
    could read what was said.
    """

    chat: Chat
    sections: tuple[Section, ...]
    people: tuple[str, ...]
    resources: tuple[Resource, ...]
    left_out: int
    hidden: int
    led_by: tuple[str, ...] = ()
    not_heard: tuple[NotHeard, ...] = ()
    runs: tuple[Chat, ...] = ()

    @property
    def many(self) -> int:
        """How many answers everybody may read."""
        return sum(len(each.answers) for each in self.sections)

    def answers_to(self, question: Question) -> tuple[Answer, ...]:
        """Return what everybody may read under a question."""
        found = (each.answers for each in self.sections if each.question.id == question.id)
        return next(found, ())


def read(tx: Tx, chat: Chat, led_by: Sequence[str] = (), runs: Sequence[Chat] = ()) -> Reading:
    """Return the archive as everybody may read it: without the left out and the hidden.

    With these `runs` of it, the chat among them, their answers stand together under each question.
    """
    runs = runs or (chat,)
    parts = parted(tx, chat, runs)
    everything = [
        each for run in runs for each in gathering.of_whole(tx, KIND, run.id) if not each.prepared
    ]
    readable = [each for each in everything if not each.left_out and each.hidden_by is None]
    in_order = sorted(readable, key=lambda each: each.id)
    called = told_apart((each.member, each.author) for each in in_order)
    shown = tuple(replace(each, author=called[each.member]) for each in readable)
    sections = tuple(
        Section(part[0], tuple(each for each in shown if each.under in {q.id for q in part}))
        for part in parts
    )
    return Reading(
        chat,
        sections,
        tuple(sorted(called.values(), key=str.casefold)),
        resources(sections),
        sum(each.left_out for each in everything),
        sum(each.hidden_by is not None and not each.left_out for each in everything),
        tuple(led_by),
        tuple(each for run in runs for each in actions.not_heard(tx, run)),
        tuple(runs),
    )


def parted(tx: Tx, chat: Chat, runs: Sequence[Chat]) -> tuple[tuple[Question, ...], ...]:
    """Return the questions of a chat in order, each with the same question of its other runs behind it.

    What only another run asked comes after them.
    """
    own = store.questions_of(tx, chat.id)
    parts = [[each] for each in own]
    for run in runs:
        if run.id == chat.id:
            continue
        theirs = store.questions_of(tx, run.id)
        same = same_questions([each.words for each in own], [each.words for each in theirs])
        for place, each in enumerate(theirs):
            if place in same:
                parts[same[place]].append(each)
            else:
                parts.append([each])
    return tuple(map(tuple, parts))


def as_csv(reading: Reading) -> bytes:
    """Return one row an answer, as a spreadsheet takes it; at the end one for each time nobody heard."""
    zone = reading.chat.zone
    number = _run_numbers(reading)
    rows = [
        (
            *number(each),
            section.question.name,
            section.question.words,
            _stamp(each.at, zone),
            each.author,
            each.words,
            "yes" if each.late else "no",
        )
        for section in reading.sections
        for each in section.answers
    ]
    several = len(reading.runs) > 1
    unheard = [
        (
            *([""] * several),
            "",
            "",
            _stamp(each.since, zone),
            "",
            f"(not heard until {_stamp(each.until, zone)})",
            "",
        )
        for each in reading.not_heard
    ]
    return spreadsheets.as_csv([(*(["run"] * several), *_HEAD), *rows, *unheard])


def _run_numbers(reading: Reading) -> Callable[[Answer], tuple[str, ...]]:
    """Return what tells in which run an answer was given, where there are several."""
    places = {run.id: str(number) for number, run in enumerate(reading.runs, start=1)}
    return lambda given: (places[given.whole],) if len(places) > 1 else ()


def as_json(reading: Reading) -> bytes:
    """Return the archive as one JSON object."""
    chat, zone = reading.chat, reading.chat.zone
    number = _run_numbers(reading)
    whole = {
        "title": chat.title,
        "hashtag": chat.hashtag,
        "starts_at": _stamp(chat.starts_at, zone),
        "ended_at": _stamp(chat.ended_at, zone) if chat.ended_at else None,
        "zone": chat.zone,
        "runs": [_stamp(run.starts_at, run.zone) for run in reading.runs],
        "led_by": list(reading.led_by),
        "warm_up": chat.warm_up or None,
        "people": list(reading.people),
        "questions": [
            {
                "label": section.question.name,
                "text": section.question.words,
                "asked_at": _stamp(section.question.asked_at, zone)
                if section.question.asked_at
                else None,
                "skipped": section.question.skipped,
                "answers": [
                    {
                        "author": each.author,
                        "at": _stamp(each.at, zone),
                        "text": each.words,
                        "late": each.late,
                        "edited": each.edited_at is not None,
                        **({"run": int(number(each)[0])} if number(each) else {}),
                    }
                    for each in section.answers
                ],
            }
            for section in reading.sections
        ],
        "resources": [
            {"url": each.url, "shared_by": each.by, "question": each.question}
            for each in reading.resources
        ],
        "not_heard": [
            {"since": _stamp(each.since, zone), "until": _stamp(each.until, zone)}
            for each in reading.not_heard
        ],
        "not_shown": {"left_out_by_author": reading.left_out, "hidden": reading.hidden},
    }
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()


def resources(sections: Sequence[Section]) -> tuple[Resource, ...]:
    """Return the web addresses in answers, each where it was shared first."""
    found: dict[str, Resource] = {}
    for section in sections:
        for each in section.answers:
            for url in addresses(each.words):
                found.setdefault(canonical(url), Resource(url, each.author, section.question.name))
    return tuple(found.values())


def _stamp(at: datetime, zone: str) -> str:
    """Return an instant as the chat's own clock showed it, and how far that was from UTC."""
    return at.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")
