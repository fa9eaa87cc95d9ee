"""Whatever is pasted, nothing of it is lost, and what was read reads back the same."""

import json
import re
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plnbot.chats.drafts import as_pasted
from plnbot.chats.paste import LONGEST_PASTE, Note, Pasted, read_questions
from plnbot.chats.store import Question
from tests.chats.test_archive import CHAT


def everything(pasted: Pasted) -> str:
    """Return every word that was kept."""
    parts = [pasted.preamble, pasted.warm_up, *(each.words for each in pasted.questions)]
    return "\n".join([*parts, pasted.closing, pasted.hashtag])


def test_what_is_too_long_is_told_and_kept() -> None:
    """Nothing of it goes without a word."""
    long = read_questions("Q1: why? " + "so " * LONGEST_PASTE)
    assert Note.TOO_LONG in long.notes
    assert everything(long).count("so") == LONGEST_PASTE


@given(
    st.lists(
        st.sampled_from(["Welcome, all.", "Who is in?", "- one", "1. two", "Books"]), max_size=3
    ),
    st.sampled_from(["", "Say hello."]),
    st.lists(st.sampled_from(["Why?", "Share a tip.", "Compare with Q1: how?"]), min_size=1),
    st.lists(st.sampled_from(["Thanks.", "Who comes next?", "1. rest", "2. read"]), max_size=3),
)
def test_what_was_read_reads_the_same_once_it_is_written_out(
    before: list[str], warm_up: str, asked: list[str], behind: list[str]
) -> None:
    """The form that changes a chat shows it as a document; saving that anew changes nothing."""
    chat = replace(CHAT, intro="\n".join(before), warm_up=warm_up, outro="\n".join(behind))
    questions = tuple(
        Question(place, 1, place, str(place), words, None, skipped=False)
        for place, words in enumerate(asked[:9], 1)
    )
    read = read_questions(as_pasted(chat, questions))
    assert [each.words for each in read.questions] == [each.words for each in questions]
    assert (read.warm_up, bool(read.closing)) == (warm_up, bool(behind))


PIECE = st.lists(
    st.sampled_from(["why", "we", "read", "aloud", "books", "é"]), min_size=1, max_size=4
)
SENTENCE = st.tuples(PIECE.map(" ".join), st.sampled_from("?.!")).map("".join).map(str.capitalize)
BODY = st.lists(SENTENCE, min_size=1, max_size=4)
STYLES = [
    "Q{n}: ",
    "Q{n} ",
    "q{n}. ",
    "Q.{n} ",
    "**Q{n}:** ",
    "Question {n}: ",
    "Question #{n} – ",
    "Pregunta {n}: ",
    "Question {word}: ",
    "{n}. ",
    "{n}) ",
    "🔷 Q{n}: ",
    "• Q{n} - ",
    "[Q{n}] ",
]
WORDS_FOR = ["one", "two", "three", "four", "five", "six", "seven", "eight"]
ENDS = ["\n", "\n\n", "\r\n", "\v", "\u2028", "\n \n\n"]


@given(
    st.lists(BODY, min_size=2, max_size=8),
    st.sampled_from(STYLES),
    st.sampled_from(ENDS),
    st.sampled_from(["\n", " ", "\v", "\n\n"]),
    st.sampled_from([1, -1]),
)
def test_a_document_reads_back_as_its_questions(
    bodies: list[list[str]], style: str, end: str, within: str, order: int
) -> None:
    """In their order, whatever marks them, ends them, or parts their sentences."""
    if within == "\n\n":
        # Behind the last question such a paragraph could as well be closing words.
        last = 0 if order < 0 else len(bodies) - 1
        bodies = [each[:1] if at == last else each for at, each in enumerate(bodies)]
    said = [
        style.format(n=number, word=WORDS_FOR[number - 1]) + within.join(body)
        for number, body in enumerate(bodies, 1)
    ]
    pasted = read_questions(end.join(said[::order]))
    assert [each.words for each in pasted.questions] == [" ".join(body) for body in bodies]
    assert (pasted.preamble, pasted.closing) == ("", "")


MARKS = [
    "",
    "",
    "Q1: ",
    "Q2a. ",
    "Q2b) ",
    "3. ",
    "- ",
    "• ",
    "BQ: ",
    "Question 4: ",
    "WARM-UP: ",
    "1️⃣ ",
]
TAILS = [
    "",
    "",
    "?",
    ".",
    " #edchat",
    " #sschat [8:10 p.m.]",
    " [8:18]",
    " https://example.org/é 😀",
]
WORDS = st.lists(st.integers(0, 99).map(lambda n: f"wörd{n}x"), max_size=3).map(" ".join)
LINES = st.tuples(st.sampled_from(MARKS), WORDS, st.sampled_from(TAILS)).map("".join)


@given(st.lists(LINES, max_size=60).map("\n".join))
@example("Q1:\nwörd1x\n\nwörd2x")
@example("Q1 a wörd1x")
def test_no_word_is_lost_from_a_document(text: str) -> None:
    """Every word that was pasted stands somewhere, as often as it was pasted."""
    kept = everything(read_questions(text))
    pattern = r"wörd\d+x|example\.org/é|😀"
    assert sorted(re.findall(pattern, kept)) == sorted(re.findall(pattern, text))
    assert {tag for tag in ("edchat", "sschat") if tag in text} <= set(re.findall(r"\w+", kept))


@given(st.text(st.sampled_from("xyzé \n\t#?!.,:;()[]-–*_>’“😀"), max_size=120))
@example("::_")
def test_no_letter_is_lost_from_anything(text: str) -> None:
    """Without marks to take away, every run of letters is kept."""
    letters = re.compile(r"[^\W_]+")
    assert set(letters.findall(text)) <= set(letters.findall(everything(read_questions(text))))


@given(st.text(max_size=300))
def test_reading_never_raises_and_labels_are_unique(text: str) -> None:
    """Whatever is pasted, each question has a label of its own and some words."""
    questions = read_questions(text).questions
    assert len({each.label for each in questions}) == len(questions)
    assert all(each.label and each.words for each in questions)


def test_naughty_strings_are_kept(corpora: Path) -> None:
    """As a question of its own each comes back to the letter, but for spaces."""
    for naughty in json.loads((corpora / "blns.json").read_text(encoding="utf-8")):
        read_questions(naughty)
        [question] = read_questions(f"Q1: why {' '.join(naughty.split())} so?").questions
        spare = str.maketrans("", "", "\u200b\ufeff \u00a0\u2028\r\n")
        # Digits of another width may come back in the usual one.
        kept, words = (normalize("NFKC", each) for each in (question.words, f"why {naughty} so?"))
        assert kept.translate(spare) == "".join(words.split()).translate(spare)


@pytest.mark.parametrize(
    "piece",
    [
        " ",
        "[8 ",
        "(8:10 ",
        " #a",
        "at 1 ",
        "*_",
        "Q1",
        "1️⃣",
        "\n",
        "?",
        "** a",
        "? Q2: ",
        ". 2. ",
        "🔷",
        " • ",
        "\n1. ",
        "question one ",
        "\nQ1:",
    ],
)
def test_long_runs_are_read_in_reasonable_time(piece: str) -> None:
    """No document makes a pattern go back over itself: this would not end if one did."""
    pasted = read_questions("Q1: why [8" + piece * 6000 + "x")
    assert pasted.questions
