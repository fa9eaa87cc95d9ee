"""Several marks in one line or paragraph: each begins a line of its own."""

import itertools
import re
from collections.abc import Iterator, Sequence

from plnbot.chats.paste.lines import BONUS, NAMED, WARM_UP, label_of, plain_number, read_line

_ENDS = '.?!…:;|)]”"’»*'
_SIGNS = _ENDS + ",–—-"
_MARK = re.compile(
    rf"(?<=\s)[*_]{{0,3}}(?:(?P<other>(?:{BONUS}|{WARM_UP})(?=\s*:))"
    rf"|(?:{NAMED})(?P<end>[*_]{{0,3}}\s?(?:[.:)]|[-–—](?=\s)))?)",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:^|(?<=\s))(?:\(?(?P<number>\d{1,2})[.)](?=\s)|(?P<cap>\d)\ufe0f?\u20e3)")
_BULLETS = "•‣▪◦●"


def one_mark_a_line(lines: Sequence[str]) -> list[str]:
    """Return the lines, cut before every mark that begins a question within one.

    A mark within a line is one where the numbers go on with it, or a sentence ended before it. What
    begins a line elsewhere is only spoken of here.
    """
    standing = {found.label for each in lines if (found := read_line(each)).kind == "question"}
    cut = list(_named(lines, standing))
    if any(read_line(each).style in ("name", "weak") for each in cut):
        return cut
    listed = [piece for line in cut for piece in _cut(line, _listed(line, standing))]
    if any(read_line(each).style == "list" for each in listed):
        return listed
    return [piece for line in listed for piece in _cut(line, _bullets(line))]


def _named(lines: Sequence[str], standing: set[str]) -> Iterator[str]:
    last = ""
    for line in lines:
        chain = _chain(line)
        if chain and "1" not in standing:
            standing.update(label for _, label in chain)
            last = chain[-1][1]
            cut = _cut(line, [place for place, _ in chain])
            yield from (each.rstrip(",") for each in cut)
            continue
        last = read_line(line).label or last
        places: list[int] = []
        for mark in _MARK.finditer(line):
            before = line[: mark.start()].rstrip()
            ended = before[-1:] in _ENDS
            if mark["other"]:
                if ended:
                    places.append(mark.start())
                continue
            label = label_of(mark)
            if label in standing:
                continue
            goes_on = follows(last, label)
            begins = mark["end"] and (ended or goes_on)
            if begins or (ended and goes_on and last):
                places.append(mark.start())
                standing.add(label)
                last = label
        yield from _cut(line, places)


def _chain(line: str) -> list[tuple[int, str]]:
    """Return where marks stand that count from one within a sentence: `Tonight: Q1 why, Q2 how`.

    Each begins behind a sign and has words of its own; nothing else of the kind is on the line.
    """
    marks = [each for each in _MARK.finditer(line) if not each["other"]]
    found = [(each.start(), label_of(each)) for each in marks]
    edges = [*(place for place, _ in found), len(line)]
    counts = [label for _, label in found] == [str(each) for each in range(1, len(found) + 1)]
    begun = all(line[: each.start()].rstrip()[-1:] in _SIGNS for each in marks)
    worded = all(
        any(map(str.isalpha, line[each.end() : end]))
        for each, end in zip(marks, edges[1:], strict=True)
    )
    return found if len(found) > 1 and counts and begun and worded else []


def follows(last: str, label: str) -> bool:
    """Return whether a label is the next one after another, or the first of all."""
    number, part = _parted(label)
    before, part_before = _parted(last)
    if number == before + 1:
        return part in ("", "a")
    return number == before and bool(part) and part == chr(ord(part_before or "`") + 1)


def _parted(label: str) -> tuple[int, str]:
    digits = re.match(r"\d*", label)
    number = digits[0] if digits else ""
    return int(number or 0), label[len(number) : len(number) + 1]


def _listed(line: str, standing: set[str]) -> list[int]:
    """Return where the numbers of a list stand within a line, if they go on from its first."""
    places: list[int] = []
    wanted = 0
    for each in _LISTED.finditer(line):
        number = int(each["number"] or each["cap"])
        ended = not each.start() or line[: each.start()].rstrip()[-1:] in _ENDS
        first = not places and (number == 1 or not each.start())
        apart = not each.start() or str(number) not in standing
        if ended and apart and (first or number == wanted):
            places.append(each.start())
            wanted = number + 1
    return places if len(places) > 1 else []


def _bullets(line: str) -> list[int]:
    mark = line[:1]
    if mark not in _BULLETS:
        return []
    return [each.start() for each in re.finditer(rf"(?:^|(?<=\s)){re.escape(mark)}\s", line)]


def _cut(line: str, places: Sequence[int]) -> Iterator[str]:
    edges = sorted({0, *places, len(line)})
    pieces = [line[start:end].strip() for start, end in itertools.pairwise(edges)]
    if len(pieces) > 1:
        yield from (plain_number(each.rstrip("|/; ")) or each for each in pieces if each)
    else:
        yield line
