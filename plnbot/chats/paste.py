"""Questions as they stand in a document, read without losing a line.

Every line that is not blank ends up as a question, the warm-up, the opening or the closing words.
"""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import time
from enum import StrEnum

MOST_QUESTIONS = 40
LONGEST_QUESTION = 1500
LONGEST_PASTE = 20_000


class Note(StrEnum):
    """What a coach should know about how their paste was read."""

    RENUMBERED = "renumbered"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PastedQuestion:
    """A question: `label` is `1`, `2a` or `bonus`; `clock` the wall time written behind it."""

    label: str
    words: str
    clock: time | None = None


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a document holds. `starts` is its start in its own words, if it names one."""

    questions: tuple[PastedQuestion, ...]
    warm_up: str = ""
    warm_up_clock: time | None = None
    preamble: str = ""
    closing: str = ""
    hashtag: str = ""
    starts: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(slots=True)
class _Line:
    kind: str
    words: str
    label: str = ""
    clock: time | None = None
    more: list[str] = field(default_factory=list)

    @property
    def bare(self) -> bool:
        """Whether nothing but a mark was read so far."""
        return not self.words and not self.more


_KEYCAP = re.compile(r"^([\s*_>#]{0,8}[QP]?)(\d)\ufe0f?\u20e3[\s.:)\-–—*_]*", re.IGNORECASE)
_TEN = re.compile(r"^([\s*_>#]{0,8}[QP]?)\U0001f51f[\s.:)\-–—*_]*", re.IGNORECASE)
_MARK = re.compile(
    r"^[\s*_>#]{0,8}(?:"
    r"(?P<warm>warm[\s-]?up|calentamiento)\b(?:\s+question)?"
    r"|(?P<bonus>(?:bonus|extra(?!-\w))(?:\s+(?:question|q))?|pregunta\s+extra|BQ)(?P<bonus_number>\d?)(?=\s*[.:)\-–—*])"
    r"|(?:question|pregunta)\s*(?P<word>\d{1,2}(?:[a-d]|\s[a-d](?=\s?[.:)]))?)(?=\W|$)"
    r"|[QP]\s?(?P<short>\d{1,2}(?:[a-d]|\s[a-d](?=\s?[.:)]))?(?:\s?/\s?[b-d])?)(?=\W|$)"
    r"|(?P<list>\d{1,2})(?=[.):](?!\d))"
    r"|(?P<bullet>[-•‣▪◦·*])(?=\s)"
    r")[*_]{0,3}\s*[.:)\-–—]*[*_]{0,3}\s*",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\s*[\[(]\s*(\d{1,2})(?::(\d{2}))?\s*([ap])?\.?\s?(?:m\.?)?\s*(?:[A-Z]{1,4}T?)?\s*[\])]\s*$",
    re.IGNORECASE,
)
_HASHTAG = re.compile(r"(?<!\w)#(\w{2,60})")
_LAST_HASHTAG = re.compile(r"\s*#(\w{2,60})\s*$")
_BEFORE_MARK = re.compile(
    r"^(?:[-•‣▪◦·*●○■]\s+)?"
    r"(?P<time>[\[(]?(?P<hour>\d{1,2}):(?P<minute>\d{2})\s*(?:(?P<half>[ap])\.?m\.?)?"
    r"(?:\s*[ecmp][sd]?t\b)?[\])]?\s*[-–—:|]*\s*)?",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-–—_=|:+ ]{3,}")
_WORD_BULLET = re.compile(r"^\s*(?:o\t|[\uf0b7\uf0a7\u27a2])\s*")
_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|wed|thurs?|thu|fri|sat|sun)\b\.?"
    r"|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)"
)
_DATE = (
    r"(?:(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?"
    r"|\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{1,2}\s+de\s+[a-z]{4,10}(?:\s+de\s+\d{4})?)"
)
_STARTS = re.compile(
    rf"(?:(?:{_WEEKDAY},?\s+)?{_DATE},?\s+(?:(?:at|a\s+las?)\s+)?"
    rf"|{_WEEKDAY},?\s+(?:(?:at|a\s+las?)\s+)?|(?:at|a\s+las?)\s+)"
    r"\d{1,2}(?::\d{2})?\s*[ap]\.?\s?m\b\.?"
    r"(?:\s+(?:(?:[ECMP][SD]?T|UTC|GMT|eastern|central|mountain|pacific)\b"
    r"|hora\s+de(?:l|\s+la)?\s+\w+))?",
    re.IGNORECASE,
)


def read_questions(text: str) -> Pasted:
    """Return what a pasted document holds; never raises, never loses a line that is not blank."""
    lines = _lines(text[:LONGEST_PASTE])
    over = text[LONGEST_PASTE:].strip()
    marked = [_marked(line) for line in lines]
    if not any(each.kind == "question" for each in marked):
        marked = _unmarked(lines, marked)
    pasted = _gathered(marked)
    if over:
        pasted = replace(
            pasted,
            closing=f"{pasted.closing}\n{over}".strip(),
            notes=(*pasted.notes, Note.TOO_LONG),
        )
    return pasted


def _lines(text: str) -> list[str]:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    plain = plain.replace("\u00a0", " ").replace("\u200b", "").replace("\ufeff", "")
    # Wide gaps mean nothing here, and would cost the patterns below dearly.
    lines = (" ".join(_keycaps(_WORD_BULLET.sub("• ", line)).split()) for line in plain.split("\n"))
    # The lines of a table stand between strokes; a line of nothing but strokes says nothing.
    bare = (line.strip("| ") if line.startswith("|") else line for line in lines)
    return ["" if _RULE.fullmatch(line) else line for line in bare]


def _keycaps(line: str) -> str:
    """Return the line with `１` as `1` and a leading `1️⃣` as `1.` there."""
    line = _KEYCAP.sub(r"\1\2. ", _TEN.sub(r"\g<1>10. ", line))
    head = "".join(
        unicodedata.normalize("NFKC", char) if unicodedata.category(char) == "Nd" else char
        for char in line[:12]
    )
    return head + line[12:]


def _marked(line: str) -> _Line:
    """Read one line. In a list or a schedule its mark stands behind a bullet or a time."""
    found = _by_mark(line)
    before = _BEFORE_MARK.match(line[:80])
    if found.kind not in ("words", "bullet") or before is None:
        return found
    inner = _by_mark(line[before.end() :])
    clock = _on_the_wall(before["hour"], before["minute"], before["half"])
    if inner.kind not in ("question", "warm_up") or (before["time"] and clock is None):
        return found
    inner.clock = clock
    return inner


def _by_mark(line: str) -> _Line:
    if not line:
        return _Line("blank", "")
    mark = _MARK.match(line[:80])
    if mark is None:
        return _Line("words", line)
    words = line[mark.end() :]
    if mark["warm"]:
        return _Line("warm_up", words)
    if mark["bonus"]:
        return _Line("question", words, "bonus")
    if mark["bullet"]:
        return _Line("bullet", words)
    label = (mark["word"] or mark["short"] or mark["list"]).replace(" ", "").lower()
    return _Line("question", words, label)


def _unmarked(lines: list[str], marked: list[_Line]) -> list[_Line]:
    """Read a document without numbers: bullets are its questions, else what asks, else every line."""
    bullets = any(each.kind == "bullet" for each in marked)
    asked = any(_asks(line) for line in lines)
    read: list[_Line] = []
    for line, each in zip(lines, marked, strict=True):
        if each.kind == "bullet":
            read.append(_Line("question", each.words))
        elif each.kind == "words" and not bullets and (_asks(line) or not asked):
            read.append(_Line("question", line))
        else:
            read.append(each)
    return read


def _asks(line: str) -> bool:
    bare = _LAST_HASHTAG.sub("", _CLOCK.sub("", line)).rstrip(" \"”'*_)")
    return bare.endswith("?")


def _gathered(marked: list[_Line]) -> Pasted:
    preamble: list[str] = []
    closing: list[str] = []
    items: list[_Line] = []
    after_blank = False
    for each in marked:
        if each.kind == "blank":
            after_blank = True
            continue
        if each.kind in ("question", "warm_up"):
            items.append(each)
        elif not items:
            preamble.append(each.words)
        elif _goes_on(items[-1], each, after_blank=after_blank):
            items[-1].more.append(each.words)
        else:
            closing.append(each.words)
        after_blank = False
    while items and closing and items[-1].kind == "question" and items[-1].bare:
        items.pop()
    return _made(items, preamble, closing)


def _goes_on(item: _Line, line: _Line, *, after_blank: bool) -> bool:
    """Return whether a line without a mark carries on the item before it."""
    if after_blank:
        # `Question 1` may stand above its question, like a heading.
        return item.bare and _asks(line.words)
    if line.kind == "bullet" or not item.words:
        return True
    finished = _CLOCK.search(item.words) or item.words.rstrip().endswith(("?", ".", "!"))
    last = " ".join([item.words, *item.more])
    starts_small = line.words[:1].islower() or line.words.startswith(("(", "http"))
    return starts_small or (not finished and not _LAST_HASHTAG.search(last))


def _made(items: list[_Line], preamble: list[str], closing: list[str]) -> Pasted:
    hashtag = _common_hashtag(items, [*preamble, *closing])
    warm_up, warm_up_clock = "", None
    questions: list[PastedQuestion] = []
    for item in items:
        words, clock = _trimmed(" ".join([item.words, *item.more]), hashtag)
        clock = clock or item.clock
        if item.kind == "warm_up" and not warm_up:
            warm_up, warm_up_clock = words, clock
        elif words or item.label:
            # `Q2a/b` on one line is one question.
            label = item.label.split("/")[0].rstrip("abcd") if "/" in item.label else item.label
            questions.append(PastedQuestion(label, words or label, clock))
    notes: list[Note] = []
    if len(questions) > MOST_QUESTIONS:
        closing = [*(each.words for each in questions[MOST_QUESTIONS:]), *closing]
        questions = questions[:MOST_QUESTIONS]
        notes.append(Note.TOO_MANY)
    if any(len(each.words) > LONGEST_QUESTION for each in questions):
        notes.append(Note.TOO_LONG)
    numbered = _numbered(questions)
    named = [each.label for each in questions if each.label]
    if named and [each.label for each in numbered] != [each.label for each in questions]:
        notes.append(Note.RENUMBERED)
    if not numbered:
        notes.append(Note.NONE)
    starts = _STARTS.search(" ".join(preamble))
    return Pasted(
        numbered,
        warm_up,
        warm_up_clock,
        "\n".join(preamble),
        "\n".join(closing),
        hashtag,
        starts.group().strip() if starts else "",
        tuple(notes),
    )


def _trimmed(words: str, hashtag: str) -> tuple[str, time | None]:
    found = _CLOCK.search(words)
    clock = _clock(found) if found else None
    if found and clock:
        words = words[: found.start()]
    last = _LAST_HASHTAG.search(words)
    if last and hashtag and last[1].casefold() == hashtag.casefold():
        words = words[: last.start()]
    return words.strip(), clock


def _clock(found: re.Match[str]) -> time | None:
    if not found[2] and not found[3]:
        return None
    return _on_the_wall(found[1], found[2], found[3])


def _on_the_wall(hours: str | None, minutes: str | None, half: str | None) -> time | None:
    hour, minute = int(hours or 24), int(minutes or 0)
    if half and 1 <= hour <= 12:  # noqa: PLR2004
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None


def _common_hashtag(items: list[_Line], around: list[str]) -> str:
    last = [
        found[1]
        for item in items
        if (found := _LAST_HASHTAG.search(_CLOCK.sub("", " ".join([item.words, *item.more]))))
    ]
    for tag in last:
        same = sum(each.casefold() == tag.casefold() for each in last)
        if same > 1 and same * 3 >= len(items):
            return tag
    tagged = [tag for line in around for tag in _HASHTAG.findall(line)]
    chats = [tag for tag in tagged if tag.casefold().endswith("chat")]
    return chats[0] if chats else ""


def _numbered(questions: list[PastedQuestion]) -> tuple[PastedQuestion, ...]:
    """Return the questions with labels that are unique and in order, kept where they are."""
    numbered: list[PastedQuestion] = []
    number, bonus = 0, 0
    for each in questions:
        if each.label.startswith("bonus"):
            bonus += 1
            label = f"bonus{bonus}" if bonus > 1 else "bonus"
        elif (
            each.label[-1:].isalpha()
            and each.label[:-1] == str(number)
            and _part_follows(numbered, each.label)
        ):
            label = each.label
        else:
            number += 1
            label = f"{number}{each.label[-1]}" if each.label[-1:] == "a" else str(number)
        numbered.append(replace(each, label=label))
    return tuple(numbered)


def _part_follows(numbered: list[PastedQuestion], label: str) -> bool:
    last = numbered[-1].label if numbered else ""
    return last[:-1] == label[:-1] and last[-1:].isalpha() and ord(label[-1]) == ord(last[-1]) + 1
