"""Questions as they stand in a document, read without losing a line.

Every line that is not blank ends up as a question, the warm-up, the opening or the closing words.

**What is a question.** A line with a mark: a name and a number (`Q1`, `Question 1 of 5`, `P1`, `T1`),
however it is dressed. Where none stands, the numbers of a list; else numbers before a dash, else days
(`Day 1`, `Monday`), both only where more than one stands in order; else bullets; else what asks; else
every line. A weaker mark within a document of a stronger one is part of what stands above it.

**What belongs to it.** Everything up to the next mark, blank lines or not. Behind the last question
there is no next mark: there a line of strokes, a mark of closing words, leave-taking, or a paragraph
more than the other questions have begins the closing words.

**What is before and after.** Opening words and closing words. The theme is the headline without
hashtag, date and the document's own name; the start is found among both by the reader of `talk.times`,
the same that reads the box. What was a guess is noted, and `parts` tells lines that may be meant otherwise.

`said` is what a document holds, `lines` reads one line, `inline` parts several marks in one,
`skills` takes out the line that names them before the rest is read, `around` is what stands around a question's words, `numbers` their order, and `reading` gathers them.
"""

from plnbot.chats.paste.around import asks, takes_leave
from plnbot.chats.paste.numbers import numbered
from plnbot.chats.paste.reading import LONGEST_PASTE, MOST_QUESTIONS, read_questions
from plnbot.chats.paste.said import Note, Pasted, PastedQuestion
from plnbot.chats.paste.skills import NamedSkills, named_skills

__all__ = [
    "LONGEST_PASTE",
    "MOST_QUESTIONS",
    "NamedSkills",
    "Note",
    "Pasted",
    "PastedQuestion",
    "asks",
    "named_skills",
    "numbered",
    "read_questions",
    "takes_leave",
]
