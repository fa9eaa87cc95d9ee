"""Lines of a document that could be something else, and what becomes of a draft when one is moved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.chats.paste import read_questions
from plnbot.chats.sorting import Piece, Place, Sorted, doubtful, found_again, moved
from plnbot.chats.store import Written


def stands(text: str) -> tuple[Sorted, tuple[Piece, ...]]:
    """Return the words of a document by what they are, and its lines that are in doubt."""
    read = read_questions(text)
    asked = tuple(Written(each.label, each.words) for each in read.questions)
    words = Sorted(
        tuple(filter(None, read.preamble.split("\n"))),
        asked,
        tuple(filter(None, read.closing.split("\n"))),
    )
    return words, doubtful(words, read)


def shown(words: Sorted) -> tuple[list[str], list[str], list[str]]:
    """Return the opening words, the questions and the closing words."""
    return list(words.opening), [each.words for each in words.questions], list(words.closing)


def all_words(words: Sorted) -> list[str]:
    """Return every word that is kept, in no order."""
    return sorted(word for lines in shown(words) for line in lines for word in line.split())


DOCUMENT = "Who is in?\nQ1: Why?\nHow so?\nQ2: What?\nThink of it.\n\nBring a book."


def test_what_is_in_doubt() -> None:
    """Lines around the questions, and below the last; between marks nothing is."""
    _, lines = stands(DOCUMENT)
    assert lines == (
        Piece("Who is in?", Place.OPENING),
        Piece("Think of it.", Place.PART, 1),
        Piece("Bring a book.", Place.CLOSING),
    )
    assert stands("Welcome!\nQ1: Why?\nQ2: What?\n\nThank you all!")[1] == ()
    assert [each.place for each in stands("Why read?\nThink of it.\nWhat next?")[1]] == [Place.PART]
    assert {each.place for each in stands("We talk.\nWe read.")[1]} == {Place.QUESTION}


@pytest.mark.parametrize(
    ("line", "to", "after"),
    [
        (0, Place.QUESTION, ([], ["Who is in?", "Why? How so?", "What? Think of it."], None)),
        (0, Place.CLOSING, ([], None, ["Who is in?", "Bring a book."])),
        (1, Place.QUESTION, (None, ["Why? How so?", "What?", "Think of it."], None)),
        (1, Place.OPENING, (["Who is in?", "Think of it."], ["Why? How so?", "What?"], None)),
        (1, Place.CLOSING, (None, ["Why? How so?", "What?"], ["Think of it.", "Bring a book."])),
        (2, Place.QUESTION, (None, ["Why? How so?", "What? Think of it.", "Bring a book."], [])),
        (2, Place.PART, (None, ["Why? How so?", "What? Think of it. Bring a book."], [])),
    ],
)
def test_a_line_becomes_something_else(
    line: int, to: Place, after: tuple[list[str] | None, ...]
) -> None:
    """It goes where it is said to, and everything else stays where it was."""
    words, lines = stands(DOCUMENT)
    before = shown(words)
    expected = tuple(was if now is None else now for was, now in zip(before, after, strict=True))
    assert to in lines[line].others
    assert shown(moved(words, lines[line], to)) == expected


LINES = st.lists(
    st.sampled_from(
        ["Who is in?", "Q1: Why?", "Think of it.", "", "Q2: What?", "So it is", "Thanks!"]
    ),
    min_size=1,
    max_size=9,
)


@given(LINES, st.data())
def test_no_line_is_lost_however_often_it_is_moved(lines: list[str], data: st.DataObject) -> None:
    """Each line that is offered is found by its mark, and moving keeps every word."""
    words, offered = stands("\n".join(lines))
    kept = all_words(words)
    for _ in range(4):
        if not offered:
            return
        piece = data.draw(st.sampled_from(offered))
        assert found_again(words, piece.mark(words)) == piece
        words = moved(words, piece, data.draw(st.sampled_from(piece.others)))
        assert all_words(words) == kept
        offered = doubtful(words)


@pytest.mark.parametrize(
    "mark",
    ["", "x", "9-0-3-000000000000", "0-0-99999-aaaaaaaaaaaa", "\N{ARABIC-INDIC DIGIT ONE}-0-1-a"],
)
def test_a_mark_may_be_anything(mark: str) -> None:
    """What a client sends is looked for and not found."""
    assert found_again(stands(DOCUMENT)[0], mark) is None
