"""Questions pasted from a document: the real ones, the other forms, and anything at all."""

from datetime import time
from pathlib import Path

import pytest

from plnbot.chats.paste import MOST_QUESTIONS, Note, read_questions
from plnbot.talk.text import clean

CLOCKS = [time(20, minute) for minute in (10, 18, 26, 34, 42, 50)]


def questions_of(text: str) -> list[str]:
    """Return the questions as `label words`."""
    return [f"{each.label} {each.words}" for each in read_questions(text).questions]


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
    read = [(each.words, each.clock) for each in pasted.questions]
    assert read == [("x?", time(20, 8)), ("8:75 y?", None)]
    assert pasted.preamble == "Time What\n8:00 PM Welcome"
    assert pasted.closing == ""


@pytest.mark.parametrize(
    ("line", "starts"),
    [
        ("Chat on Thursday 12/3 8pm ET", "Thursday 12/3 8pm ET"),
        (
            "Join us Sunday, April 19, 2020, at 8:00 p.m. ET for",
            "Sunday, April 19, 2020, at 8:00 p.m. ET",
        ),
        ("Tonight at 7:30 pm with friends", "Tonight at 7:30 pm"),
        ("El jueves a las 8 pm hora del Este", "jueves a las 8 pm hora del Este"),
        ("Dec 3 8 pm Pacific Time", "Dec 3 8 pm Pacific Time"),
        ("There are 8 pm prompts", ""),
    ],
)
def test_the_start_that_a_document_names(line: str, starts: str) -> None:
    """In its own words, as the box reads them; a time alone within a sentence is none."""
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


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (
            "Q1: A parent calls, upset.\nWhat do you say first?\nQ2: Share a tip.",
            ["1 A parent calls, upset. What do you say first?", "2 Share a tip."],
        ),
        (
            "Q1: Why read?\n\nThink of your class.\n\nQ2: What next!\n- in print\n- or not\nQ3: Who?",
            ["1 Why read? Think of your class.", "2 What next! in print or not", "3 Who?"],
        ),
        (
            "Q1: A parent calls.\n\nWhat do you say?\n\nQ2: A colleague is late.\n\nWhat now?",
            ["1 A parent calls. What do you say?", "2 A colleague is late. What now?"],
        ),
        (
            "Question 1\n\nWhy read?\n\nQuestion 2\n\nShare a tip.\n\nSee you soon",
            ["1 Why read?", "2 Share a tip."],
        ),
        (
            "Q1: Which?\n1. print\n2. digital\nQ2: Why?",
            ["1 Which? 1. print 2. digital", "2 Why?"],
        ),
        ("Q1: Why?\n2. What?\n3. Who?", ["1 Why?", "2 What?", "3 Who?"]),
        ("WARM-UP: Say hello.\nWhere are you?\nQ1: Why?", ["1 Why?"]),
    ],
)
def test_what_stands_between_two_marks_belongs_to_the_first(
    text: str, questions: list[str]
) -> None:
    """However a line of it ends, blank lines and lists included; and nobody need be told."""
    pasted = read_questions(text)
    assert questions_of(text) == questions
    assert (pasted.preamble, pasted.notes) == ("", ())


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("Q1: why? Q2: what? Q3: who?", 3),
        ("Tonight we read. Q1: why? Q2: what? Say how. Q3: who? Q4: share a tip.", 4),
        ("Q1 Why? Q2 What? Q3 Who?", 3),
        ("**Q1:** why? **Q2:** what?", 2),
        ("Q3: who? Q2: what? Q1: why?", 3),
        ("Q1: why? | Q2a: what? | Q2b: and? | Bonus: who?", 4),
        ("1. Why? 2. What? 3. Who?", 3),
        ("Tonight: (1) why? (2) what?", 2),
        ("1️⃣ Why? 2️⃣ What?", 2),
        ("• Why? • Share a tip. • Who?", 3),
        ("Question One: why? Question Two: what?", 2),
        ("Q1:Why?Q2:How?Q3:Who?", 3),
        ("Tonight we discuss: Q1 what is it, Q2 why, Q3 how. Join us!", 3),
        ("Esta noche: P1 ¿qué es?, P2 ¿por qué?, P3 cuenta un ejemplo.", 3),
        ("Tonight Q1, Q2 and Q3 are on the slide.\nQ1: why?\nQ2: what?\nQ3: who?", 3),
        ("Q1, Q2 and Q3 come from you.\nQ1: why?\nQ2: what?", 2),
        ("Q1: In last week's Q4: what did you like?\nQ2: How is it unlike Q1: what is new?", 2),
        ("Q1: Read chapters 1. to 2. first, and say: why?", 1),
        ("Q1: Did Q2 results surprise you?", 1),
    ],
)
def test_marks_within_a_line_are_counted_as_a_person_does(text: str, many: int) -> None:
    """Where numbers go on, or a sentence ended; what is only spoken of is no mark."""
    pasted = read_questions(text)
    assert len(pasted.questions) == many
    assert not any("**" in each.words for each in pasted.questions)


@pytest.mark.parametrize(
    "text",
    [
        "Question One – Why read?\nQuestion Two – Share a tip.",
        "QUESTION ONE\nWhy read?\nQUESTION TWO\nShare a tip.",
        "First question: Why read?\nSecond question: Share a tip.",
        "Pregunta uno: Why read?\nPregunta dos: Share a tip.",
        "Primera pregunta: Why read?\nSegunda pregunta: Share a tip.",
        "Question #1: Why read?\nQuestion #2: Share a tip.",
        "Question no. 1: Why read?\nPregunta n.º 2: Share a tip.",
        "Q.1 Why read?\nQ.2 Share a tip.",
        "Q#1 Why read?\nQ #2 Share a tip.",
        "[Q1] Why read?\n(Q2) Share a tip.",
        "Q1; Why read?\nQ2, Share a tip.",
        "I. Why read?\nII. Share a tip.",
        "✅ Why read?\n✅ Share a tip.",
        "🗣️ Why read?\n🗣️ Share a tip.",
        "i) Why read?\nii) Share a tip.",
        "(1) Why read?\n(2) Share a tip.",
        "🔷 Q1: Why read?\n🔷 Q2: Share a tip.",
        "❓Q1: Why read?\n❗️ Q2: Share a tip.",
        "➡️ 1. Why read?\n➡️ 2. Share a tip.",
        "✨ 1️⃣ Why read?\n✨ 2️⃣ Share a tip.",
        "1. Q1: Why read?\n2. Q2: Share a tip.",
        *(f"Q1: Why read?{end}Q2: Share a tip." for end in "\v\f\x85\u2028\u2029"),
        "**Q1:** Why read?\n***Q2:*** Share **a** tip.",
        "**Q1: Why read?**\n\n**Q2: Share a tip.**",
        "__Q1:__ Why read?\n*Q2:* Share a tip.",
    ],
)
def test_marks_as_people_write_them(text: str) -> None:
    """Spelt numbers, signs before the number, pictures, bold marks, whatever ends a line."""
    assert questions_of(text) == ["1 Why read?", "2 Share a tip."]
    assert read_questions(text).notes == ()
    assert questions_of(clean(text)) == questions_of(text)


@pytest.mark.parametrize(
    ("text", "closing"),
    [
        ("Q1: Why?\nQ2: What?\n\nWe meet again on Monday.", "We meet again on Monday."),
        (
            "Q1: Why?\nQ2: What?\nThanks to all!\nOn Monday again.",
            "Thanks to all!\nOn Monday again.",
        ),
        ("Q1: Why?\nQ2: What?\n---\nHosts: Ana, Ben.", "Hosts: Ana, Ben."),
        ("Q1: Why?\nQ2: What?\nCLOSING: Rest well.\nAll of you.", "Rest well.\nAll of you."),
        ("Q1: Why? #chat\nQ2: What? #chat\nTell your friends.", "Tell your friends."),
        ("Q1: Why?\nQ2: Say.\n\nWhat comes first?", ""),
        ("Q1: Why?\nQ2: What?\nThink of your class.", ""),
    ],
)
def test_closing_words_are_those_set_apart(text: str, closing: str) -> None:
    """By a blank line, strokes, a mark, leave-taking or a hashtag; else they are the last question's."""
    assert read_questions(text).closing == closing


def test_numbers_in_another_order_are_asked_in_their_order() -> None:
    """Of 1 to n nothing is doubtful; of numbers with gaps or twice nobody knows what was meant."""
    backwards = read_questions("Q3: c?\nBonus: z?\nQ2b: bb?\nQ2a: b?\nQ1: a?")
    assert [each.label for each in backwards.questions] == ["1", "2a", "2b", "3", "bonus"]
    assert [each.words for each in backwards.questions] == ["a?", "b?", "bb?", "c?", "z?"]
    assert backwards.notes == (Note.REORDERED,)
    assert backwards.found == ("3", "bonus", "2b", "2a", "1")
    gaps = read_questions("Q5: a?\nQ1: b?\nQ3: c?")
    assert [each.words for each in gaps.questions] == ["a?", "b?", "c?"]
    assert gaps.notes == (Note.RENUMBERED,)


def test_doubts_are_told() -> None:
    """A guess at what is a question, and a line that asks and is none, each have a note."""
    assert read_questions("We meet and talk about books.").notes == (Note.UNASKED,)
    assert read_questions("Why read?\nThink of it.\nWhat next?").notes == (Note.UNMARKED,)
    assert read_questions("Why read?\nWhat next?").notes == ()
    aside = read_questions("Who is in?\nQ1: Why read?")
    assert (aside.notes, aside.aside) == ((Note.ASIDE,), "Who is in?")


def test_a_schedule_gives_questions_their_times() -> None:
    """Marks alone, with the same marks below, are no questions of their own."""
    pasted = read_questions("8:08 pm Question 1\n8:18 pm Question 2\n\nQ1: Why?\nQ2: What?")
    assert [(each.words, each.clock) for each in pasted.questions] == [
        ("Why?", time(20, 8)),
        ("What?", time(20, 18)),
    ]
