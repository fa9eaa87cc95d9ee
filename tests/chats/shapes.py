"""Question documents in the shapes in which chats publish them, with words of our own.

Each with what a person reads in it: the questions in their order, and where it says them the theme,
the hashtag, the start (on Monday, November 23, 2026, in New York) and the closing words.
"""

from dataclasses import dataclass

TWO = ("Why read aloud?", "Share a tip.")


@dataclass(frozen=True, slots=True)
class Shape:
    """A document, and what a person reads in it."""

    name: str
    text: str
    questions: tuple[str, ...] = TWO
    theme: str = ""
    hashtag: str = ""
    starts: str = ""
    warm_up: str = ""
    closing: str = ""


_CHARLA = "#charlaX: Evaluación formativa, jueves 26 de noviembre 20:00"
_HEADS: tuple[tuple[str, str, str, str], ...] = (
    ("#PLNchat: Feedback that lands", "Feedback that lands", "PLNchat", ""),
    ("Questions for tonight's #PLNchat: First weeks", "First weeks", "PLNchat", ""),
    ("Chat plan: Reading at home – draft 2", "Reading at home", "", ""),
    ("Agenda del chat: Leer en voz alta", "Leer en voz alta", "", ""),
    ("#satchat | Sat 28 Nov | Wellbeing at work", "Wellbeing at work", "satchat", ""),
    ("#edchat\nHomework: help or harm?", "Homework: help or harm?", "edchat", ""),
    (_CHARLA, "Evaluación formativa", "charlaX", "11-26 20:00"),
    ("Tonight we talk about this:", "", "", ""),
    ("Hi all, here are tonight's questions:", "", "", ""),
)
SHAPES: tuple[Shape, ...] = (
    Shape(
        "a sentence with the date, a warm-up, clocks and hashtags behind each question",
        "Join us next Sunday, December 6, at 8:00 p.m. ET for a #PLNchat on reading aloud (in"
        " honor of Book Week, April 30 & every day).\n\nThese will be asked, after"
        " introductions:\nWARM-UP: Say hello with a GIF. #PLNchat [8:04 p.m.]\n"
        "Q1: Why read aloud? #PLNchat [8:10 p.m.]\nQ2: Share a tip. #PLNchat [8:18 p.m.]\n"
        "We hope to see you there!",
        hashtag="PLNchat",
        starts="12-06 20:00",
        warm_up="Say hello with a GIF.",
        closing="We hope to see you there!",
    ),
    Shape(
        "a hashtag behind each, and blank lines",
        "Q1: Why read aloud? #ssx\n\nQ2: Share a tip. #ssx\n",
        hashtag="ssx",
    ),
    Shape(
        "parts of a question, no blank behind the colon, and a last word",
        "Reading and writing #ELxchat\nQ1: Why read aloud? #ELxchat\nQ2a: Which poem? #ELxchat\n"
        "Q2b:Which song? #ELxchat\n#LASTWORD: What will you try this week? #ELxchat",
        ("Why read aloud?", "Which poem?", "Which song?", "What will you try this week?"),
        theme="Reading and writing",
        hashtag="ELxchat",
    ),
    Shape(
        "a schedule that goes on behind the last question",
        "8:00 Welcome\n8:05 Q1 Why read aloud?\n8:15 Q2 Share a tip.\n8:55 Closing",
        closing="8:55 Closing",
    ),
    Shape("topics", "T1: Why read aloud?\nT2: Share a tip."),
    Shape("topics, spelt out", "Topic 1: Why read aloud?\nTopic 2: Share a tip."),
    Shape(
        "fields, then a numbered list under its name",
        "Topic: Reading at home\nDate: Thursday, December 3\nTime: 8-9pm ET\nHosts: @ana and @ben\n"
        "\nQuestions:\n1. Why read aloud?\n2. Share a tip.",
        theme="Reading at home",
        starts="12-03 20:00",
    ),
    Shape(
        "fields behind the questions",
        "Q1: Why read aloud?\nQ2: Share a tip.\n\nWhen: Thursday, December 3, 8-9pm ET\nWhere: #reading",
        starts="12-03 20:00",
        closing="When: Thursday, December 3, 8-9pm ET\nWhere: #reading",
    ),
    Shape(
        "an invitation behind the questions",
        "Reading at home\n\nQ1: Why read aloud?\nQ2: Share a tip.\n\nJoin us Thursday, Dec 3 at 8pm ET / 7pm CT!",
        theme="Reading at home",
        starts="12-03 20:00",
        closing="Join us Thursday, Dec 3 at 8pm ET / 7pm CT!",
    ),
    Shape(
        "the theme before its hashtag",
        "Feedback that lands #PLNchat\nQ1: Why read aloud?\nQ2: Share a tip.",
        theme="Feedback that lands",
        hashtag="PLNchat",
    ),
    Shape(
        "the theme behind its hashtag",
        "#PLNchat Feedback that lands\nQ1: Why read aloud?\nQ2: Share a tip.",
        theme="Feedback that lands",
        hashtag="PLNchat",
    ),
    Shape(
        "a head of hashtag, strokes, theme and date",
        "#PLNchat | Feedback that lands | Thursday, Dec 3, 8pm ET\n\nQ1: Why read aloud?\nQ2: Share a tip.",
        theme="Feedback that lands",
        hashtag="PLNchat",
        starts="12-03 20:00",
    ),
    Shape(
        "the name of a planning document",
        "#PLNchat planning doc – Feedback that lands – January 21 @ 7 PM Central\nQ1: Why read aloud?\nQ2: Share a tip.",
        theme="Feedback that lands",
        hashtag="PLNchat",
        starts="01-21 19:00",
    ),
    Shape(
        "a theme in a sentence of its own kind",
        "Tonight's topic: Feedback that lands\nQ1: Why read aloud?\nQ2: Share a tip.",
        theme="Feedback that lands",
    ),
    Shape(
        "date on one line, hours on the next",
        "Reading at home\nDecember 3, 2026\n8:00 - 9:00 PM EST\n\n1) Why read aloud?\n2) Share a tip.",
        theme="Reading at home",
        starts="12-03 20:00",
    ),
    Shape(
        "a table with times",
        "Time\tQuestion\n8:05 PM\tQ1: Why read aloud?\n8:15 PM\tQ2: Share a tip.",
    ),
    Shape(
        "a table of three columns",
        "8:05\tQ1\tWhy read aloud?\n8:15\tQ2\tShare a tip.",
    ),
    Shape(
        "a host's script with times before the marks",
        "8:00 pm – Welcome and introductions\n8:05 pm – Q1: Why read aloud?\n8:15 pm – Q2: Share a tip.",
    ),
    Shape("the time within the mark", "Q1 (8:05): Why read aloud?\nQ2 (8:15): Share a tip."),
    Shape("the time behind an at", "Q1 @ 8:05 pm – Why read aloud?\nQ2 @ 8:15 pm – Share a tip."),
    Shape("how many there are", "Q1/2: Why read aloud?\nQ2/2: Share a tip."),
    Shape(
        "how many there are, in words",
        "Question 1 of 2: Why read aloud?\nQuestion 2 of 2: Share a tip.",
    ),
    Shape("all on one line", "Q1: Why read aloud? Q2: Share a tip."),
    Shape(
        "headings",
        "# Reading at home\n## Q1\nWhy read aloud?\n## Q2\nShare a tip.",
        theme="Reading at home",
    ),
    Shape("headings with words", "### Question 1: Why read aloud?\n### Question 2: Share a tip."),
    Shape("bold marks", "**Q1.** Why read aloud?\n**Q2.** Share a tip."),
    Shape("keycaps", "1️⃣ Why read aloud?\n2️⃣ Share a tip."),
    Shape("a hash before the number", "#1 Why read aloud?\n#2 Share a tip."),
    Shape("a dash behind the number", "1 - Why read aloud?\n2 - Share a tip."),
    Shape("a dash within the mark", "Q-1: Why read aloud?\nQ-2: Share a tip."),
    Shape(
        "the hashtag before the mark",
        "#edx Q1: Why read aloud?\n#edx Q2: Share a tip.",
        hashtag="edx",
    ),
    Shape(
        "the hashtag behind the mark",
        "Q1 #edx: Why read aloud?\nQ2 #edx: Share a tip.",
        hashtag="edx",
    ),
    Shape("points before the mark", "… Q1: Why read aloud?\n… Q2: Share a tip."),
    Shape("quoted in a mail", "> Q1: Why read aloud?\n>\n> Q2: Share a tip."),
    Shape(
        "room for answers below each",
        "Q1: Why read aloud?\nA1:\n\nQ2: Share a tip.\nA2:\n",
    ),
    Shape(
        "lines broken by a mail program",
        "Q1: When a child stops in the middle\nof a page, what do you say,\nand why?\nQ2: Share a tip.",
        ("When a child stops in the middle of a page, what do you say, and why?", "Share a tip."),
    ),
    Shape(
        "a link and a story between the questions",
        "Q1: Have you read this?\nhttps://example.org/a\n\nA parent calls, upset.\nQ2: Share a tip.",
        ("Have you read this? https://example.org/a A parent calls, upset.", "Share a tip."),
    ),
    Shape(
        "bullets below a question",
        "Q1: Which?\n• print\n• screen\nQ2: Share a tip.",
        ("Which? print screen", "Share a tip."),
    ),
    Shape(
        "a slow chat, a day each",
        "Reading at home\nDay 1: Why read aloud?\nDay 2: Share a tip.",
        theme="Reading at home",
    ),
    Shape("a slow chat by weekdays", "Monday: Why read aloud?\nTuesday: Share a tip."),
    Shape(
        "a slow chat, mark and weekday", "Q1 (Monday): Why read aloud?\nQ2 (Tuesday): Share a tip."
    ),
    Shape("a slow chat by weeks", "Week 1: Why read aloud?\nWeek 2: Share a tip."),
    Shape(
        "an introduction first",
        "Intro: Who are you?\nQ1: Why read aloud?\nQ2: Share a tip.",
        warm_up="Who are you?",
    ),
    Shape(
        "question zero",
        "Q0: Who are you?\nQ1: Why read aloud?\nQ2: Share a tip.",
        warm_up="Who are you?",
    ),
    Shape(
        "an icebreaker",
        "Icebreaker: Who are you?\nQ1: Why read aloud?\nQ2: Share a tip.",
        warm_up="Who are you?",
    ),
    Shape(
        "a bonus and a final question",
        "Q1: Why read aloud?\nBonus Q: Which book?\nFinal question: What next?",
        ("Why read aloud?", "Which book?", "What next?"),
    ),
    Shape(
        "Spanish, with the hour of Spain",
        "Leer en casa #charlax\nJueves 3 de diciembre, 20:00 h (hora peninsular)\n"
        "P1: ¿Por qué leer en voz alta?\nP2: Comparte una idea.\n\nGracias por venir.",
        ("¿Por qué leer en voz alta?", "Comparte una idea."),
        theme="Leer en casa",
        hashtag="charlax",
        starts="12-03 20:00",
        closing="Gracias por venir.",
    ),
    Shape(
        "Spanish, with fields and the hour of Mexico",
        "Tema: Leer en casa\nFecha: jueves 3 de diciembre\nHora: 8 pm, hora del centro de México\n"
        "Pregunta 1: ¿Por qué leer en voz alta?\nPregunta 2: Comparte una idea.",
        ("¿Por qué leer en voz alta?", "Comparte una idea."),
        theme="Leer en casa",
        starts="12-03 20:00",
    ),
    Shape("the clock first", "Q1. [8:05] Why read aloud?\nQ2. [8:15 pm] Share a tip."),
    Shape("arrows", "Q1 → Why read aloud?\nQ2 ➡️ Share a tip."),
    Shape("letters", "a) Why read aloud?\nb) Share a tip."),
    Shape("numbers in circles", "① Why read aloud?\n② Share a tip."),
    Shape("ordinals", "1st question: Why read aloud?\n2nd question: Share a tip."),
    Shape(
        "times from and to before the marks",
        "7:00-7:05 Welcome\n7:05-7:15 Q1: Why read aloud?\n7:15-7:25 Q2: Share a tip.",
    ),
    Shape(
        "questions that are spoken of before they come",
        "Q1 will be posted at 8:05.\nQ1: Why read aloud?\nQ2: Share a tip.",
    ),
    Shape(
        "the theme within an invitation",
        "Join us for #PLNchat this Thursday at 8pm ET! Topic: Feedback that lands\n"
        "Q1: Why read aloud?\nQ2: Share a tip.",
        theme="Feedback that lands",
        hashtag="PLNchat",
        starts="11-26 20:00",
    ),
    Shape(
        "prose that asks, under a theme",
        "Reading at home\n\nWhy read aloud?\n\nWhat do you read on Fridays?",
        ("Why read aloud?", "What do you read on Fridays?"),
        theme="Reading at home",
    ),
    *(
        Shape(head, f"{head}\nQ1: Why read aloud?\nQ2: Share a tip.", TWO, *named)
        for head, *named in _HEADS
    ),
)
