"""The marks that people put before their answers: `A2 …`, `a1:`, `A1&2`, `A2B`, `A 1.`.

A mark stands at the start of a line. With a space before its number (`A 1`) it counts only when
punctuation follows or nothing does, so that "A 5 minute break" and "A 5-minute break" stay
sentences.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

_LEAD = r"^[\s*_~>\"“”'(\[]*(?:(?:[#@]\w{1,40}|[^\w\s#@*]{1,4})\s+){0,3}[*_]{0,3}"
_QUESTION = r"(?:[QP]\s?\d{1,2}[a-z]?\s?[:.)\-/=]*\s*)?"
_MORE = r"(?:\s?(?:[&/+]|,|and|y)\s?[AR]?\d{1,2}[a-z]?)*"
_NUMBER = rf"\d{{1,2}}(?:[a-z](?![a-z]))?{_MORE}"
_ENDS = r"(?=\s*(?:[)\]=]|[.:–—](?!\d)|-(?!\w)|$))"
_MARK = re.compile(
    rf"{_LEAD}{_QUESTION}(?:[AR](?:(?P<tight>{_NUMBER})|\s(?P<loose>{_NUMBER}){_ENDS})"
    r"|(?P<bonus>BA|AB|A\s?-?\s?bonus|bonus\s?A?)(?=\s*[.:)\]=–—-]))"
    r"[*_]{0,3}(?=\W|$)\s*[.:)\]=–—-]*[*_]{0,3}\s*",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(\d{1,2})([a-z]?)", re.IGNORECASE)
_LONGEST_LEAD = 160


@dataclass(frozen=True, slots=True)
class Marked:
    """An answer with its mark taken off: the labels it names (`2`, `2b`, `bonus`) and its words."""

    labels: tuple[str, ...]
    text: str


def read_answers(words: str) -> tuple[Marked, ...]:
    """Return the marked answers in a message; lines without a mark belong to the one before.

    Lines before the first mark, such as a greeting, are not part of any answer.
    """
    found: list[tuple[tuple[str, ...], list[str]]] = []
    for line in words.split("\n"):
        mark = _MARK.match(line[:_LONGEST_LEAD])
        if mark is not None:
            found.append((_labels(mark), [line[mark.end() :]]))
        elif found:
            found[-1][1].append(line)
    return tuple(Marked(labels, "\n".join(lines).strip()) for labels, lines in found)


def label_matches(label: str, known: Collection[str]) -> tuple[str, ...]:
    """Return which of the known labels `label` means: itself, or all parts of a divided question."""
    if label in known:
        return (label,)
    parts = tuple(each for each in known if each[:-1] == label and each[-1:].isalpha())
    if parts:
        return parts
    whole = label.rstrip("abcdefghijklmnopqrstuvwxyz")
    return (whole,) if whole and whole in known else ()


def _labels(mark: re.Match[str]) -> tuple[str, ...]:
    if mark["bonus"]:
        return ("bonus",)
    numbers = mark["tight"] or mark["loose"]
    return tuple(
        dict.fromkeys(str(int(found[1])) + found[2].lower() for found in _LABEL.finditer(numbers))
    )
