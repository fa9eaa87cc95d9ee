"""Questions pasted from a document: the real ones, the other forms, and anything at all."""

import json
import re
from datetime import time
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plnbot.chats.paste import LONGEST_PASTE, MOST_QUESTIONS, Note, Pasted, read_questions

CLOCKS = [time(20, minute) for minute in (10, 18, 26, 34, 42, 50)]


def questions_of(text: str) -> list[str]:
    """Return the questions as `label words`."""
    return [f"{each.label} {each.words}" for each in read_questions(text).questions]


def everything(pasted: Pasted) -> str:
    """Return every word that was kept."""
    parts = [pasted.preamble, pasted.warm_up, *(each.words for each in pasted.questions)]
    return "\n".join([*parts, pasted.closing, pasted.hashtag])


@pytest.mark.parametrize("name", ["nctechat-2020-04.txt", "nctechat-2020-09.txt"])
def test_real_documents_with_clock_times(corpora: Path, name: str) -> None:
    """Six questions, the warm-up and all their times; the hashtag is not part of the words."""
    pasted = read_questions((corpora / "chats" / name).read_text(encoding="utf-8"))
    assert [each.label for each in pasted.questions] == list("123456")
    assert [each.clock for each in pasted.questions] == CLOCKS
    assert pasted.warm_up_clock == time(20, 4)
    assert pasted.warm_up.startswith(("Share a GIF", "Please introduce"))
    assert pasted.hashtag == "NCTEchat"
    assert pasted.starts.endswith("8:00 p.m. ET")
    assert not pasted.notes
    for each in pasted.questions:
        assert each.words.endswith(("?", ".", ")"))
        assert "[8:" not in each.words


def test_the_lines_around_real_questions_are_kept(corpora: Path) -> None:
    """What stands before is the preamble, what stands behind is the closing."""
    text = (corpora / "chats" / "nctechat-2020-04.txt").read_text(encoding="utf-8")
    pasted = read_questions(text)
    assert pasted.preamble.startswith("Join us next Sunday, April 19")
    assert pasted.preamble.endswith("after introductions:")
    assert pasted.closing == "We hope to see you there! Be sure to join us by using #NCTEchat."
    assert pasted.questions[0].words == "When did you discover your love for reading?"


def test_a_real_document_without_times(corpora: Path) -> None:
    """Four questions, one of them with two sentences, and nothing else."""
    pasted = read_questions((corpora / "chats" / "sschat-2021-04.txt").read_text(encoding="utf-8"))
    assert [each.label for each in pasted.questions] == list("1234")
    assert {each.clock for each in pasted.questions} == {None}
    assert pasted.questions[1].words.endswith(
        "Or which one do they seem to struggle with the most?"
    )
    assert (pasted.warm_up, pasted.hashtag) == ("", "sschat")


@pytest.mark.parametrize(
    "text",
    [
        "Why read?\nWhat next?",
        "Q1: Why read?\nQ2: What next?",
        "Q1 Why read?\n\n\nQ2 What next?",
        "q1. Why read?\r\nq2. What next?",
        "**Q1:** Why read?\n**Q2:** What next?",
        "Question 1: Why read?\nQuestion 2: What next?",
        "QUESTION 1\nWhy read?\nQUESTION 2\nWhat next?",
        "Question 1\n\nWhy read?\n\nQuestion 2\n\nWhat next?",
        "P1: Why read?\nPregunta 2: What next?",
        "1. Why read?\n2. What next?",
        "1) Why read?\n2) What next?",
        "1️⃣ Why read?\n2️⃣ What next?",
        "Q1️⃣: Why read?\nQ2️⃣: What next?",
        "１. Why read?\n2. What next?",
        "- Why read?\n- What next?",
        "• Why read?\n\n• What next?",
        "Q1: Why\nread?\nQ2: What   next?",
        "Q1: Why read? #edchat\nQ2: What next? #EdChat",
        "  Q1:\u00a0Why read?\u2028\ufeffQ2: What next?",
        "•\tQ1 - Why read?\n•\tQ2 – What next?",
        "\uf0b7\tQ1. Why read?\n\uf0b7\tQ2. What next?",
        "* 1. Why read?\n* 2. What next?",
        "Q1: Why\no\tread?\nQ2: What next?",
        "8:05 Q1 Why read?\n8:15 Q2 What next?",
        "[8:05 PM ET] - Q1: Why read?\n[8:15 PM ET] - Q2: What next?",
        "| 8:08 | Q1: Why read? |\n| 8:18 | Q2: What next? |",
    ],
)
def test_numbered_or_not_the_questions_are_the_same(text: str) -> None:
    """All of these are the same two questions."""
    assert questions_of(text) == ["1 Why read?", "2 What next?"]


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("Q1: x?\nQ2a: y?\nQ2b: z?\nQ3: w?", ["1 x?", "2a y?", "2b z?", "3 w?"]),
        ("Q1: x?\nQ2 a: y?\nQ2 b) z?", ["1 x?", "2a y?", "2b z?"]),
        ("Q1: x?\nQ2a/b: y? z?\nQ3: w?", ["1 x?", "2 y? z?", "3 w?"]),
        ("Q1: x?\nBQ: y?", ["1 x?", "bonus y?"]),
        ("Q1: x?\nBonus question: y?\nBonus: z?", ["1 x?", "bonus y?", "bonus2 z?"]),
        ("P1: x?\nPregunta extra: y?", ["1 x?", "bonus y?"]),
        ("9. x?\n🔟 y?", ["1 x?", "2 y?"]),
        ("- Q1: x?\n- Bonus Q: y?", ["1 x?", "bonus y?"]),
        ("Q1 A good teacher does what?", ["1 A good teacher does what?"]),
        ("Q1: 😀 or 😢? See https://example.org/q?a=1#b", None),
        ("Q1: How do you use #BannedBooksWeek in class?", None),
        ("Extra-curricular clubs: which do you lead?", None),
        ("1.5 million pupils: what do they read?", None),
        ("Pick 1️⃣ or 2️⃣, and say why you ❤️ it?", None),
    ],
)
def test_labels_and_words(text: str, questions: list[str] | None) -> None:
    """Parts, bonus questions, links, hashtags and emoji are read as they are meant."""
    whole = text.removeprefix("Q1: ")
    assert questions_of(text) == (questions or [f"1 {whole}"])


def test_a_link_on_a_line_of_its_own_belongs_to_its_question() -> None:
    """The question goes on after a line break."""
    text = "Q1: Have you read this?\nhttps://example.org/a\nQ2: And this?"
    assert questions_of(text)[0] == "1 Have you read this? https://example.org/a"


def test_a_question_under_its_mark_is_not_taken_for_a_leftover() -> None:
    """Only a mark with nothing at all behind it is dropped before closing words."""
    pasted = read_questions("Q1:\nWhy read?\n\nQ2:\n\nThank you all!")
    assert [each.words for each in pasted.questions] == ["Why read?"]
    assert pasted.closing == "Thank you all!"


def test_a_line_that_starts_with_the_time_is_no_question_number() -> None:
    """`8:00 p.m. …` is a schedule, not question 8."""
    pasted = read_questions("8:00 p.m. Welcome\n8:10 p.m. First question\nQ1: Why read?")
    assert [each.words for each in pasted.questions] == ["Why read?"]
    assert pasted.preamble.startswith("8:00 p.m. Welcome")


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("[8:10 p.m.]", time(20, 10)),
        ("[8:10 PM ET]", time(20, 10)),
        ("(8:10)", time(8, 10)),
        ("[20:10]", time(20, 10)),
        ("[8 pm]", time(20)),
        ("[12:05 a.m.]", time(0, 5)),
    ],
)
def test_bracketed_clock_times(written: str, clock: time) -> None:
    """A time in brackets at the end is when the question is asked."""
    [question] = read_questions(f"Q1: Why read? {written}").questions
    assert (question.words, question.clock) == ("Why read?", clock)


def test_a_table_pasted_as_text() -> None:
    """The time before a question's mark is its own; the head of the table is not a question."""
    pasted = read_questions("Time\tWhat\n8:00 PM\tWelcome\n8:08 PM\tQ1: x?\n8:75\tQ2: y?")
    assert [(each.words, each.clock) for each in pasted.questions] == [("x?", time(20, 8))]
    assert pasted.preamble == "Time What\n8:00 PM Welcome"
    assert pasted.closing == "8:75 Q2: y?"


@pytest.mark.parametrize(
    ("line", "starts"),
    [
        ("Chat on Thursday 12/3 8pm ET", "Thursday 12/3 8pm ET"),
        (
            "Join us Sunday, April 19, 2020, at 8:00 p.m. ET for",
            "Sunday, April 19, 2020, at 8:00 p.m. ET",
        ),
        ("Tonight at 7:30 pm with friends", "at 7:30 pm"),
        ("El jueves a las 8 pm hora del Este", "jueves a las 8 pm hora del Este"),
        ("Dec 3 8 pm Pacific Time", "Dec 3 8 pm Pacific"),
        ("There are 8 pm prompts", ""),
    ],
)
def test_the_start_that_a_document_names(line: str, starts: str) -> None:
    """A day or an `at` goes before it, and words behind it are no zone."""
    assert read_questions(f"{line}\nQ1: Why read?").starts == starts


@pytest.mark.parametrize("written", ["[8]", "(25:10)", "[8:75 pm]", "(1984)", "[sic]"])
def test_other_brackets_are_words(written: str) -> None:
    """What is no time stays in the question."""
    [question] = read_questions(f"Q1: Why read? {written}").questions
    assert (question.words, question.clock) == (f"Why read? {written}", None)


def test_notes_say_what_was_changed() -> None:
    """Gaps are numbered anew, too many go to the closing, nothing at all is said."""
    assert read_questions("Q1: x?\nQ1: y?\nQ7: z?").notes == (Note.RENUMBERED,)
    assert read_questions(" \n\n").notes == (Note.NONE,)
    many = read_questions("\n".join(f"Q{i}: word{i}?" for i in range(1, MOST_QUESTIONS + 3)))
    assert (len(many.questions), many.notes) == (MOST_QUESTIONS, (Note.TOO_MANY,))
    assert many.closing == f"word{MOST_QUESTIONS + 1}?\nword{MOST_QUESTIONS + 2}?"
    long = read_questions("Q1: why? " + "so " * LONGEST_PASTE)
    assert Note.TOO_LONG in long.notes
    assert everything(long).count("so") == LONGEST_PASTE


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
    "piece", [" ", "[8 ", "(8:10 ", " #a", "at 1 ", "*_", "Q1", "1️⃣", "\n", "?"]
)
def test_long_runs_are_read_in_reasonable_time(piece: str) -> None:
    """No document makes a pattern go back over itself: this would not end if one did."""
    pasted = read_questions("Q1: why [8" + piece * 6000 + "x")
    assert pasted.questions
