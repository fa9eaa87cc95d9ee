"""A document read line by line, and gathered into what it holds."""

from dataclasses import replace

from plnbot.chats.paste.around import CLOCK, LAST_HASHTAG, STARTS, common_hashtag, trimmed
from plnbot.chats.paste.lines import Line, lines_of, read_line
from plnbot.chats.paste.said import Note, Pasted, PastedQuestion

MOST_QUESTIONS = 40
LONGEST_QUESTION = 1500
LONGEST_PASTE = 20_000


def read_questions(text: str) -> Pasted:
    """Return what a pasted document holds; never raises, never loses a line that is not blank."""
    lines = lines_of(text[:LONGEST_PASTE])
    over = text[LONGEST_PASTE:].strip()
    marked = [read_line(line) for line in lines]
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


def _unmarked(lines: list[str], marked: list[Line]) -> list[Line]:
    """Read a document without numbers: bullets are its questions, else what asks, else every line."""
    bullets = any(each.kind == "bullet" for each in marked)
    asked = any(_asks(line) for line in lines)
    read: list[Line] = []
    for line, each in zip(lines, marked, strict=True):
        if each.kind == "bullet":
            read.append(Line("question", each.words))
        elif each.kind == "words" and not bullets and (_asks(line) or not asked):
            read.append(Line("question", line))
        else:
            read.append(each)
    return read


def _asks(line: str) -> bool:
    bare = LAST_HASHTAG.sub("", CLOCK.sub("", line)).rstrip(" \"”'*_)")
    return bare.endswith("?")


def _gathered(marked: list[Line]) -> Pasted:
    preamble: list[str] = []
    closing: list[str] = []
    items: list[Line] = []
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


def _goes_on(item: Line, line: Line, *, after_blank: bool) -> bool:
    """Return whether a line without a mark carries on the item before it."""
    if after_blank:
        # `Question 1` may stand above its question, like a heading.
        return item.bare and _asks(line.words)
    if line.kind == "bullet" or not item.words:
        return True
    finished = CLOCK.search(item.words) or item.words.rstrip().endswith(("?", ".", "!"))
    last = " ".join([item.words, *item.more])
    starts_small = line.words[:1].islower() or line.words.startswith(("(", "http"))
    return starts_small or (not finished and not LAST_HASHTAG.search(last))


def _made(items: list[Line], preamble: list[str], closing: list[str]) -> Pasted:
    hashtag = common_hashtag(items, [*preamble, *closing])
    warm_up, warm_up_clock = "", None
    questions: list[PastedQuestion] = []
    for item in items:
        words, clock = trimmed(" ".join([item.words, *item.more]), hashtag)
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
    starts = STARTS.search(" ".join(preamble))
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
