"""The lines of a document that could be something else, and what becomes of a draft when one is moved.

Between marks nothing is in doubt. In doubt is what stands around the questions and asks or takes no
leave, what stands below the last question, and all that was found without marks.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from hashlib import blake2s
from typing import TYPE_CHECKING

from plnbot.chats.store import Chat, Question, Sketch, Written
from plnbot.values import dataclass

_PART = re.compile(r"(\d{1,2})-(\d{1,5})-(\d{1,5})-[0-9a-f]{12}", re.ASCII)

if TYPE_CHECKING:
    from plnbot.chats.paste import Pasted


class Place(StrEnum):
    """What a line of a document can be."""

    QUESTION = "question"
    PART = "part"
    OPENING = "opening"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, what it was taken for, and of which question (by place, from 0) it is one or a part."""

    words: str
    place: Place
    question: int = 0

    def mark(self, stands: "Sorted") -> str:
        """Return what tells it from the other lines of its chat: where a part begins and ends, and a few letters."""
        if self.place is not Place.PART:
            return self._letters
        start = stands.questions[self.question].words.index(self.words)
        return f"{self.question}-{start}-{start + len(self.words)}-{self._letters}"

    @property
    def _letters(self) -> str:
        said = f"{self.place}\0{self.question}\0{self.words}"
        return blake2s(said.encode(), digest_size=6).hexdigest()

    @property
    def others(self) -> tuple[Place, ...]:
        """What else it may be made: part of a question only where one stands above."""
        first = self.place is Place.QUESTION and self.question == 0
        nothing_above = first or self.place is Place.OPENING
        return tuple(
            each
            for each in Place
            if each is not self.place and not (each is Place.PART and nothing_above)
        )


@dataclass(frozen=True, slots=True)
class Sorted:
    """The words of a chat, by what they are."""

    opening: tuple[str, ...]
    questions: tuple[Written, ...]
    closing: tuple[str, ...]


def sorted_words(chat: Chat | Sketch, questions: Sequence[Question]) -> Sorted:
    """Return the words of a chat, line by line."""
    asked = tuple(Written(each.label, each.words, each.id) for each in questions)
    return Sorted(_lines(chat.intro), asked, _lines(chat.outro))


def doubtful(stands: Sorted, pasted: "Pasted | None" = None) -> tuple[Piece, ...]:
    """Return the lines that could be something else; of a document just read, those within questions too."""
    from plnbot.chats.paste import asks, takes_leave

    guessed = pasted is not None and pasted.guessed
    found = [Piece(each, Place.OPENING) for each in stands.opening if asks(each) or guessed]
    for place, each in enumerate(stands.questions):
        parts = pasted.parts.get(place, ()) if pasted else ()
        found += [Piece(part, Place.PART, place) for part in parts if part in each.words]
    if pasted is not None and pasted.guessed and not any(asks(q.words) for q in stands.questions):
        found += [Piece(q.words, Place.QUESTION, at) for at, q in enumerate(stands.questions)]
    found += [
        Piece(each, Place.CLOSING)
        for each in stands.closing
        if guessed or asks(each) or not takes_leave(each)
    ]
    return tuple(found)


def found_again(stands: Sorted, mark: str) -> Piece | None:
    """Return the line that a mark names, if it is still there; a mark may be anything at all."""
    pieces = [Piece(each, Place.OPENING) for each in stands.opening]
    pieces += [Piece(each, Place.CLOSING) for each in stands.closing]
    pieces += [Piece(q.words, Place.QUESTION, at) for at, q in enumerate(stands.questions)]
    if part := _PART.fullmatch(mark):
        at, start, end = (int(part[each]) for each in (1, 2, 3))
        if at < len(stands.questions):
            pieces.append(Piece(stands.questions[at].words[start:end], Place.PART, at))
    return next((each for each in pieces if each.words and each.mark(stands) == mark), None)


def moved(stands: Sorted, piece: Piece, to: Place) -> Sorted:
    """Return the words of a chat once a line of it is something else; none of them is lost."""
    without = _taken_out(stands, piece, to)
    asked = list(without.questions)
    match to:
        case Place.OPENING:
            return replace(without, opening=(*without.opening, piece.words))
        case Place.CLOSING:
            return replace(without, closing=(piece.words, *without.closing))
        case Place.PART:
            if not asked:
                return replace(without, questions=(Written("", piece.words),))
            above = piece.question - 1 if piece.place is Place.QUESTION else len(asked) - 1
            asked[above] = replace(asked[above], words=f"{asked[above].words} {piece.words}")
        case Place.QUESTION:
            words = piece.words
            if piece.place is Place.PART:  # what follows it belongs to it
                whole = stands.questions[piece.question].words
                words = whole[whole.index(piece.words) :].strip()
            at = {Place.OPENING: 0, Place.PART: piece.question + 1}.get(piece.place, len(asked))
            asked.insert(at, Written("", words))
    return replace(without, questions=tuple(asked))


def _taken_out(stands: Sorted, piece: Piece, to: Place) -> Sorted:
    match piece.place:
        case Place.OPENING:
            return replace(stands, opening=_without(stands.opening, piece.words))
        case Place.CLOSING:
            return replace(stands, closing=_without(stands.closing, piece.words))
        case Place.QUESTION:
            others = [q for at, q in enumerate(stands.questions) if at != piece.question]
            return replace(stands, questions=tuple(others))
        case Place.PART:
            asked = list(stands.questions)
            before, _, behind = asked[piece.question].words.partition(piece.words)
            left = before if to is Place.QUESTION else f"{before} {behind}"
            asked[piece.question] = replace(asked[piece.question], words=" ".join(left.split()))
            return replace(stands, questions=tuple(asked))


def _without(lines: Sequence[str], line: str) -> tuple[str, ...]:
    at = lines.index(line)
    return (*lines[:at], *lines[at + 1 :])


def _lines(words: str) -> tuple[str, ...]:
    return tuple(each for line in words.split("\n") if (each := line.strip()))
