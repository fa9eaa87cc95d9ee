"""The files of an archive, as the programs that open them read them."""

import csv
import io
from datetime import UTC, datetime

import pytest

from plnbot.chats.archive import Reading, Section, as_csv
from plnbot.chats.model import Run
from plnbot.chats.store import Answer, Chat, Question
from plnbot.refs import Place

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
CHAT = Chat(
    1, 1, "T", "", Place("web", "w", "r"), NOW, "UTC", "classic60", 60, "", "", "", Run(), 1, None
)


@pytest.mark.parametrize("mark", "=+-@＝＋－＠")  # noqa: RUF001 - they are meant
def test_no_cell_is_a_formula(mark: str) -> None:
    """Whatever a member writes, a spreadsheet shows it as words, and nothing of it is lost."""
    words = f'{mark}HYPERLINK("https://example.org")'
    question = Question(1, 1, 1, "1", words, NOW, skipped=False)
    answer = Answer(
        1, 1, 1, 1, words, words, NOW, None, late=False, hidden_by=None, hidden_reason="", left_out=False
    )  # fmt: skip
    reading = Reading(CHAT, (Section(question, (answer,)),), (), (), 0, 0)
    _head, row = csv.reader(io.StringIO(as_csv(reading).decode("utf-8-sig")))
    assert [row[1], row[3], row[4]] == [f"'{words}"] * 3
