"""The marks before answers, as people really write them."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plnbot.chats.marks import Marked, label_matches, read_answers


def labels_of(words: str) -> list[str]:
    """Return the labels of a message with one answer."""
    [only] = read_answers(words)
    return list(only.labels)


@pytest.mark.parametrize(
    "words",
    [
        "A2 Jazz in the hallway",
        "a2: Jazz in the hallway",
        "A2:Jazz in the hallway",
        "A2. Jazz in the hallway",
        "A2) Jazz in the hallway",
        "A2 - Jazz in the hallway",
        "A2 – Jazz in the hallway",
        "A02: Jazz in the hallway",
        "A 2. Jazz in the hallway",
        "A 2: Jazz in the hallway",
        "A 2) Jazz in the hallway",
        "**A2** Jazz in the hallway",
        "*A2:* Jazz in the hallway",
        "# A2 Jazz in the hallway",
        "## A2: Jazz in the hallway",
        "-# A2 Jazz in the hallway",
        "#A2 Jazz in the hallway",
        "• A2: Jazz in the hallway",
        "1. A2 Jazz in the hallway",
        "A.2 Jazz in the hallway",
        "A 2 Jazz in the hallway",
        "Answer 2: Jazz in the hallway",
        "Ans 2: Jazz in the hallway",
        "Answer #2 - Jazz in the hallway",
        "Respuesta 2: Jazz in the hallway",
        "A2\ufe0f\u20e3 Jazz in the hallway",
        "\U0001f170\ufe0f2: Jazz in the hallway",
        "**A2: Jazz in the hallway**",
        "A2, Jazz in the hallway",
        "“A2: Jazz in the hallway",
        "  A2\tJazz in the hallway",
        "#NCTEchat A2: Jazz in the hallway",
        "@sam #NCTEchat A2 Jazz in the hallway",
        "🎷 A2 Jazz in the hallway",
        "Q2/A2: Jazz in the hallway",
        "Q2/=A2 Jazz in the hallway",
        "R2: Jazz in the hallway",
        "A2\nJazz in the hallway",
    ],
)
def test_every_way_to_mark_an_answer_leaves_its_words(words: str) -> None:
    """However the mark is written, the label is 2 and the words are whole."""
    assert read_answers(words) == (Marked(("2",), "Jazz in the hallway"),)


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("A1&2 the same book", ["1", "2"]),
        ("A1 & A2 the same book", ["1", "2"]),
        ("A1/2: the same book", ["1", "2"]),
        ("A1+2 the same book", ["1", "2"]),
        ("A1, A2: the same book", ["1", "2"]),
        ("A1 and 2: the same book", ["1", "2"]),
        ("R1 y 2: el mismo libro", ["1", "2"]),
        ("A1&1 the same book", ["1"]),
        ("A1-2: the same book", ["1", "2"]),
        ("A1-2\nthe same book", ["1", "2"]),
        ("A1-A3 the same book", ["1", "2", "3"]),
        ("A1 thru A3: the same book", ["1", "2", "3"]),
        ("A1, A2 the same book", ["1", "2"]),
        ("A2B the same book", ["2b"]),
        ("a2b: the same book", ["2b"]),
        ("A2a/2b the same book", ["2a", "2b"]),
        ("A12: the same book", ["12"]),
        ("BA: the same book", ["bonus"]),
        ("A bonus: the same book", ["bonus"]),
        ("A-bonus: the same book", ["bonus"]),
        ("Bonus: the same book", ["bonus"]),
        ("bonus A. the same book", ["bonus"]),
    ],
)
def test_a_mark_names_its_questions(words: str, labels: list[str]) -> None:
    """Several questions, parts of one and the bonus are told apart."""
    assert labels_of(words) == labels
    assert read_answers(words)[0].text in ("the same book", "el mismo libro")


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("A1-2 both", ["1", "2"]),
        ("A1–2 both worked for us", ["1", "2"]),
        ("A1/2 both", ["1", "2"]),
        ("A1-3 all of them", ["1", "2", "3"]),
        ("R1-2 ambas", ["1", "2"]),
        ("R1-3 todas", ["1", "2", "3"]),
        ("A2-3 times a week", ["2"]),
        ("A1-2 students said so", ["1"]),
        ("A1 - 2 both of them", ["1"]),
        ("A1/2 of my class", ["1"]),
    ],
)
def test_a_range_counts_for_all_where_the_words_say_so(words: str, labels: list[str]) -> None:
    """`A1-2 both` answers both, by its own word; another number behind the mark is the author's."""
    assert labels_of(words) == labels


@pytest.mark.parametrize(
    "words",
    [
        "A 5 minute break would help",
        "A 5-minute break would help",
        "A 1 hour meeting would help",
        "A 2 de mis alumnos les gusta",
        "> A1 quoted",
        ">>> A1 quoted\nA2 and this",
        "A 10–15 minute break would help",
        "A 2:1 ratio would help",
        "A 5.5% raise would help",
        "A 2/3 majority would help",
        "A1st grader told me",
        "A11y matters to us",
        "A-10 minute walk",
        "A100 is a motorway",
        "Absolutely",
        "I liked A2 best",
        "bonus points for that",
        "A: no number",
        "Another one",
        "I agree! 100",
        "",
        "  \n ",
    ],
)
def test_a_sentence_is_no_mark(words: str) -> None:
    """What only looks a little like a mark stays what it is."""
    assert read_answers(words) == ()


@pytest.mark.parametrize(
    ("words", "label", "text"),
    [
        ("A1, 2 years ago we began a book club", "1", "2 years ago we began a book club"),
        ("A2, 3 things matter", "2", "3 things matter"),
        ("A2/3 of my class failed", "2", "2/3 of my class failed"),
        ("A3 and 10 students joined in", "3", "and 10 students joined in"),
        ("A1 and 2 of my colleagues agree", "1", "and 2 of my colleagues agree"),
        ("A2, 10 minutes a day", "2", "10 minutes a day"),
        ("A2 +1 to Priya", "2", "+1 to Priya"),
        ("A2 & 3 others agree", "2", "& 3 others agree"),
        ("A2 :)", "2", ":)"),
        ("A2:) so true", "2", ":) so true"),
        ("A3 _", "3", "_"),
        ("A3 +0", "3", "+0"),
        ("A1 -5 degrees", "1", "-5 degrees"),
        ("A1: -5 degrees", "1", "-5 degrees"),
        ("A1 .NET", "1", ".NET"),
        ("A1 ...well", "1", "...well"),
        ("A1... well", "1", "... well"),
        ("A1 __init__", "1", "__init__"),
        ("A1 **bold** words", "1", "**bold** words"),
        ("A1 *", "1", "*"),
        ("A1 :party_parrot:", "1", ":party_parrot:"),
        ("A1 (see below)", "1", "(see below)"),
        ("A1 #sschat", "1", "#sschat"),
        ("A1 - 5 of them", "1", "5 of them"),
        ("A2.my students love it", "2", "my students love it"),
        ("A2my students love it", "2", "my students love it"),
        ("A1 1. first 2. second", "1", "1. first 2. second"),
        ("A1 50% of them", "1", "50% of them"),
        ("A2 2nd graders love it", "2", "2nd graders love it"),
        ("A1 #1 is books", "1", "#1 is books"),
        ("A2 => maps", "2", "maps"),
        ("A2 -> maps", "2", "maps"),
        ("A2 >50% do", "2", ">50% do"),
        ("`A2` maps", "2", "maps"),
        ("A-2 maps", "2", "maps"),
        ("R2, 3 cosas importan", "2", "3 cosas importan"),
        ("R1 y 2 de mis alumnos", "1", "y 2 de mis alumnos"),
    ],
)
def test_the_words_are_the_authors_whole(words: str, label: str, text: str) -> None:
    """No number, sign or smiley behind a mark is taken for a part of it."""
    assert read_answers(words) == (Marked((label,), text),)


@pytest.mark.parametrize(
    ("words", "answers"),
    [
        ("A1 x, A2 y", [("1", "x"), ("2", "y")]),
        ("A1: x; A2: y", [("1", "x"), ("2", "y")]),
        ("A1 maps. A2 novels! A3: both", [("1", "maps."), ("2", "novels!"), ("3", "both")]),
        ("A2 as I said in A1, maps", [("2", "as I said in A1, maps")]),
        ("A1 I liked A2 best", [("1", "I liked A2 best")]),
        ("A1 yes, A2 is harder", [("1", "yes, A2 is harder")]),
        ("A1 I agree\n> A2 quoted\nso much", [("1", "I agree\nso much")]),
        ("> A1 my kids read\nI agree\nA2 maps", [("2", "maps")]),
    ],
)
def test_several_answers_in_one_line(words: str, answers: list[tuple[str, str]]) -> None:
    """Where a sentence or a comma ended and the numbers go on; what is quoted is somebody else's."""
    assert [(each.labels[0], each.text) for each in read_answers(words)] == answers


def test_several_answers_in_one_message() -> None:
    """A line without a mark belongs to the answer before; a greeting belongs to none."""
    words = (
        "Hi from Ohio!\nA1: novels\nand poems\n\nA2 maps\r\nA3B: #sschat\nhttps://example.org/a1"
    )
    assert read_answers(words) == (
        Marked(("1",), "novels\nand poems"),
        Marked(("2",), "maps"),
        Marked(("3b",), "#sschat\nhttps://example.org/a1"),
    )


def test_a_mark_with_nothing_behind_it_is_an_empty_answer() -> None:
    """Who sends the mark alone may edit it later."""
    assert read_answers("A 1") == read_answers("a1:") == (Marked(("1",), ""),)


@pytest.mark.parametrize(
    ("label", "known", "meant"),
    [
        ("2", ["1", "2", "3"], ("2",)),
        ("2b", ["1", "2a", "2b"], ("2b",)),
        ("2", ["1", "2a", "2b"], ("2a", "2b")),
        ("2b", ["1", "2"], ("2",)),
        ("7", ["1", "2"], ()),
        ("1", ["10", "11"], ()),
        ("bonus", ["1", "bonus"], ("bonus",)),
        ("bonus", ["1", "bonus", "bonus2"], ("bonus",)),
        ("bonus", ["1"], ()),
    ],
)
def test_labels_find_their_questions(label: str, known: list[str], meant: tuple[str, ...]) -> None:
    """A whole number means all its parts; a part that is not there means the whole."""
    assert label_matches(label, known) == meant


PIECES = st.sampled_from(
    [
        *"AaRQPB12090bz&/+,.:)]=–-*_>#@(\"'",
        " ",
        "\n",
        "and",
        "bonus",
        "😀",
        "é",
        "\u2028",
        "\u017f",
        "²",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)))
@example("A²")
@example("A1\u017f")
@example("A\u0661: x")
def test_answers_are_read_without_an_error_and_with_every_word(words: str) -> None:
    """Whatever is said, reading it raises nothing, and the last words of an answer are its own."""
    for marked in read_answers(words):
        assert marked.labels
        assert len(set(marked.labels)) == len(marked.labels)
        for label in marked.labels:
            label_matches(label, ["1", "2a", "2b", "bonus"])
    said = read_answers(f"{words}\nA3: whole last line")
    assert said[-1] == Marked(("3",), "whole last line")


def test_naughty_strings_are_read_without_an_error(corpora: Path) -> None:
    """With a mark before them they are kept to the letter."""
    for naughty in json.loads((corpora / "blns.json").read_text(encoding="utf-8")):
        read_answers(naughty)
        words = " ".join(naughty.split())
        assert read_answers(f"x\nA1: ok {words}")[0].text == f"ok {words}".strip()


@pytest.mark.parametrize(
    "piece",
    [
        "A",
        "A1",
        "A1&",
        "A 1 ",
        "A1 and ",
        "# ",
        "#a ",
        "@a #b ",
        " ",
        "* ",
        "('\"",
        "1",
        "😀 ",
        "Q1",
    ],
)
def test_long_runs_are_read_in_reasonable_time(piece: str) -> None:
    """No message makes the pattern go back over itself: this would not end if one did."""
    assert len(read_answers(piece * 8000)) <= 1
    assert len(read_answers("\n".join([piece * 60] * 200))) <= 200
