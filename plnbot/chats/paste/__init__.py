"""Questions as they stand in a document, read without losing a line.

Every line that is not blank ends up as a question, the warm-up, the opening or the closing words.
`said` is what a document holds, `lines` reads one line, `inline` parts several marks in one,
`around` is what stands around a question's words, `numbers` their order, and `reading` gathers them.
"""

from plnbot.chats.paste.reading import LONGEST_PASTE, MOST_QUESTIONS, read_questions
from plnbot.chats.paste.said import Note, Pasted, PastedQuestion

__all__ = [
    "LONGEST_PASTE",
    "MOST_QUESTIONS",
    "Note",
    "Pasted",
    "PastedQuestion",
    "read_questions",
]
