"""A document read line by line, and gathered into what it holds.

What stands between two marks belongs to the first. Only behind the last question may other words
follow, and they are the closing words where something shows that: a mark of their own, a line of
strokes, a blank line, leave-taking, or the clock and hashtag with which the questions end.
"""

import re
from collections.abc import Sequence
from dataclasses import field, replace
from datetime import time

from plnbot.chats.paste.around import (
    asks,
    common_hashtag,
    ends_in_a_tag,
    takes_leave,
    trimmed,
)
from plnbot.chats.paste.inline import follows, one_mark_a_line
from plnbot.chats.paste.lines import Line, lines_of, read_line
from plnbot.chats.paste.numbers import in_order, numbered
from plnbot.chats.paste.said import Note, Pasted, PastedQuestion
from plnbot.chats.paste.theme import theme_of
from plnbot.talk.times import find_start, find_whole_start
from plnbot.values import dataclass

MOST_QUESTIONS = 40
LONGEST_QUESTION = 1500
LONGEST_PASTE = 20_000
_NEAR = 20
_NEXT_TIME = re.compile(r"[\[(]?\d{1,2}:\d{2}\b")


def read_questions(text: str) -> Pasted:
    """Return what a pasted document holds; never raises, never loses a line that is not blank."""
    over = text[LONGEST_PASTE:].strip()
    lines = [read_line(line) for line in one_mark_a_line(lines_of(text[:LONGEST_PASTE]))]
    marked, notes = _marked(lines)
    pasted = _made(_gathered(marked), notes)
    if over:
        pasted = replace(
            pasted,
            closing=f"{pasted.closing}\n{over}".strip(),
            notes=(*pasted.notes, Note.TOO_LONG),
        )
    return pasted


def _marked(lines: list[Line]) -> tuple[list[Line], list[Note]]:
    """Return the lines with one kind of mark as a question's: names, else numbers, else bullets."""
    names = [
        each for each in lines if each.style in ("name", "weak") and each.label not in ("bonus", "")
    ]
    ended = {each.label for each in names if each.style == "name"}
    spoken_of = [each for each in names if each.style == "weak" and each.label in ended]
    lines = [_as_words(each) if any(each is one for one in spoken_of) else each for each in lines]
    names = [each for each in names if not any(each is one for one in spoken_of)]
    lines = _weakest(lines, any_others=bool(names))
    listed = [each for each in lines if each.style == "list"]
    if len(listed) > 1 and [each.style for each in names] == ["weak"]:
        return [_as_words(each) if each.style == "weak" else each for each in lines], []
    names = names or [each for each in lines if each.style == "name" and not each.label]
    if names:
        return _by_name(lines, {each.label for each in names}), []
    if listed:
        return lines, []
    if any(each.kind == "bullet" for each in lines):
        return [replace(each, kind="question") if each.kind == "bullet" else each for each in lines], []  # fmt: skip
    return _unmarked(lines)


def _weakest(lines: list[Line], *, any_others: bool) -> list[Line]:
    """Return the lines, of which days and numbers before a dash mark questions only where they must.

    More than one of a kind does, the numbers in their order, where no other mark is there.
    """
    others = any_others or any(each.style == "list" for each in lines)
    for style, turned in (("dash", "list"), ("letter", "list"), ("day", "name")):
        those = [each for each in lines if each.style == style]
        numbers = [each.label for each in those if each.label]
        runs = numbers == [str(each) for each in range(1, len(numbers) + 1)]
        if len(those) > 1 and runs and not others:
            others = True
            lines = [replace(each, style=turned) if each.style == style else each for each in lines]
        else:
            lines = [_as_words(each) if each.style == style else each for each in lines]
    return lines


def _by_name(lines: Sequence[Line], named: set[str]) -> list[Line]:
    """Return the lines, of whose numbered lists only what goes on with the questions' numbers is one."""
    marked: list[Line] = []
    last, inner = "", ""
    for each in lines:
        if each.style == "list":
            within = follows(inner, each.label) if inner else False
            if within or each.label in named or not last or not follows(last, each.label):
                inner = each.label
                marked.append(_as_words(each))
                continue
        if each.kind == "closing":
            last = ""
        elif each.kind == "question" and each.label not in ("bonus", ""):
            last, inner = each.label, ""
        marked.append(each)
    return marked


def _as_words(line: Line) -> Line:
    return Line("words", line.whole, whole=line.whole)


def _unmarked(lines: Sequence[Line]) -> tuple[list[Line], list[Note]]:
    """Read a document without marks: what asks is a question, else every line is one."""
    said = [each for each in lines if each.kind == "words"]
    asking = [each for each in said if asks(each.words)]
    taken = {id(each) for each in asking or said}
    marked = [replace(each, kind="question") if id(each) in taken else each for each in lines]
    notes: list[Note] = []
    if said and not asking:
        notes.append(Note.UNASKED)
    elif len(asking) < len(said):
        notes.append(Note.UNMARKED)
    return marked, notes


@dataclass(slots=True)
class _Parts:
    before: list[Line] = field(default_factory=list)
    items: list[Line] = field(default_factory=list)
    behind: list[Line] = field(default_factory=list)


def _gathered(lines: Sequence[Line]) -> _Parts:
    """Let every line belong to the mark above it, but for what stands behind the last question."""
    parts = _Parts()
    into = parts.before
    for each in lines:
        if each.kind in ("question", "warm_up"):
            parts.items.append(each)
            into = each.more
        elif each.kind == "closing":
            into = parts.behind
            into.append(each)
        else:
            into.append(each)
    _schedule_apart(parts)
    if parts.items:
        last = parts.items[-1]
        end = _end(last, parts.items[:-1])
        parts.behind = [*last.more[end:], *parts.behind]
        del last.more[end:]
    for item in parts.items:
        item.more = _without_blanks_at_the_end(item.more)
    said_behind = any(each.words for each in parts.behind)
    while (
        said_behind and parts.items and parts.items[-1].kind == "question" and parts.items[-1].bare
    ):
        parts.items.pop()
    return parts


def _schedule_apart(parts: _Parts) -> None:
    """Take marks with nothing behind them for words, where the same mark comes with its question."""
    full = {each.label: each for each in parts.items if not each.bare and each.label}
    items: list[Line] = []
    for each in parts.items:
        if each.bare and each.label in full:
            full[each.label].clock = full[each.label].clock or each.clock
            parts.before.append(_as_words(each))
        else:
            items.append(each)
    parts.items = items


def _end(last: Line, others: Sequence[Line]) -> int:
    """Return how many of the lines below the last mark belong to it."""
    tagged = ends_in_a_tag(last.words) and (
        not others or 2 * sum(map(_ends_in_a_tag, others)) >= len(others)
    )
    usual = max((_paragraphs(each) for each in others if each.kind == "question"), default=1)
    said, paragraphs, blank = last.words, 1, False
    for at, each in enumerate(last.more):
        if each.kind == "rule":
            return at
        if not each.words:
            blank = True
            continue
        if last.clock is not None and _NEXT_TIME.match(each.words):
            return at
        small = each.words[:1].islower() or each.words.startswith(("(", "http"))
        if takes_leave(each.words) or (tagged and not small):
            return at
        if blank and said:
            paragraphs += 1
            # Half a question may go on with what it asks; else its paragraphs are as many as elsewhere.
            if paragraphs > usual and (asks(said) or not asks(each.words)):
                return at
        said, blank = each.words, False
    return len(last.more)


def _ends_in_a_tag(item: Line) -> bool:
    return ends_in_a_tag(item.said)


def _paragraphs(item: Line) -> int:
    """Return in how many paragraphs a question stands; a mark above it is none."""
    many, blank = int(bool(item.words)), not item.words
    for each in item.more:
        if not each.words:
            blank = True
            continue
        many += blank
        blank = False
    return max(many, 1)


def _without_blanks_at_the_end(lines: list[Line]) -> list[Line]:
    end = len(lines)
    while end and not lines[end - 1].words:
        end -= 1
    return lines[:end]


def _made(parts: _Parts, notes: list[Note]) -> Pasted:
    preamble = [each.words for each in parts.before if each.words]
    closing = [each.words for each in parts.behind if each.words]
    hashtag = common_hashtag(parts.items, [*preamble, *closing])
    warm_up, warm_up_clock, written = _trimmed(parts.items, hashtag)
    found = tuple(each.label for each in written if each.label)
    aside = next(filter(asks, [*preamble, *closing]), "")
    questions = in_order(written)
    asked = numbered(questions[:MOST_QUESTIONS])
    if aside:
        notes.append(Note.ASIDE)
    if len(questions) > MOST_QUESTIONS:
        closing = [*(each.words for each in questions[MOST_QUESTIONS:]), *closing]
        notes.append(Note.TOO_MANY)
    if any(len(each.words) > LONGEST_QUESTION for each in asked):
        notes.append(Note.TOO_LONG)
    if questions != written:
        notes.append(Note.REORDERED)
    elif found and any(
        as_written.label and each.label != as_written.label
        for each, as_written in zip(asked, written, strict=False)
    ):
        notes.append(Note.RENUMBERED)
    if not asked:
        notes.append(Note.NONE)
    around = [*preamble, *closing]
    starts = find_start(_nearest(around)) or find_whole_start(_nearest([q.words for q in asked]))
    return Pasted(
        asked,
        warm_up,
        warm_up_clock,
        "\n".join(preamble),
        "\n".join(closing),
        hashtag,
        starts,
        tuple(notes),
        found,
        aside,
        theme_of(preamble),
        _parts(parts.items, asked, guessed=Note.UNMARKED in notes),
    )


def _parts(
    items: Sequence[Line], asked: Sequence[PastedQuestion], *, guessed: bool
) -> dict[int, tuple[str, ...]]:
    """Return the lines that were taken for parts of questions: all where that was a guess, else the last's."""
    doubtful = [each for each in items if each.kind == "question"]
    doubtful = doubtful if guessed else doubtful[-1:]
    found: dict[int, tuple[str, ...]] = {}
    for at, each in enumerate(asked):
        lines = [
            line.words
            for item in doubtful
            if item.words
            for line in item.more
            if line.words and each.words.startswith(item.words) and line.words in each.words
        ]
        if lines:
            found[at] = tuple(lines)
    return found


def _nearest(lines: Sequence[str]) -> list[str]:
    """Return the lines at either end of a document, among which its start is looked for."""
    return [*lines[:_NEAR], *lines[_NEAR:][-_NEAR:]]


def _trimmed(
    items: Sequence[Line], hashtag: str
) -> tuple[str, time | None, Sequence[PastedQuestion]]:
    """Return the warm-up with its clock, and the questions as they were written."""
    warm_up, warm_up_clock = "", None
    questions: list[PastedQuestion] = []
    for item in items:
        words, clock = trimmed(item.said, hashtag)
        clock = clock or item.clock
        if item.kind == "warm_up" and not warm_up:
            warm_up, warm_up_clock = words, clock
        elif words or item.label:
            # `Q2a/b` on one line is one question.
            label = item.label.split("/")[0].rstrip("abcd") if "/" in item.label else item.label
            questions.append(PastedQuestion(label, words or label, clock))
    return warm_up, warm_up_clock, questions
