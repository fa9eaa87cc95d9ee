"""The files of an archive, as the programs that open them read them."""

import csv
import io
from datetime import UTC, datetime

import pytest

from plnbot.chats.archive import Reading, Section, as_csv, resources
from plnbot.chats.model import Run
from plnbot.chats.store import Chat, Question
from plnbot.gathering import Answer
from plnbot.refs import MemberRef, Place
from plnbot.talk.pages import File
from tests.engine.test_platforms import Bench, bench

__all__ = ["bench"]

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
CHAT = Chat(
    1, 1, "T", "", Place("web", "w", "r"), NOW, "UTC", "classic60", 60, "", "", "", Run(), 1, None
)


def answer_of(number: int, who: str, words: str) -> Answer:
    """Return what somebody answered to the first question."""
    return Answer(
        number, 1, "chat", 1, 1, number, who, words, "", NOW, None, late=False, prepared=False,
        source=f"m{number}", hidden_by=None, hidden_reason="", left_out=False,
    )  # fmt: skip


@pytest.mark.parametrize("mark", "=+-@＝＋－＠")  # noqa: RUF001 - they are meant
def test_no_cell_is_a_formula(mark: str) -> None:
    """Whatever a member writes, a spreadsheet shows it as words, and nothing of it is lost."""
    words = f'{mark}HYPERLINK("https://example.org")'
    question = Question(1, 1, 1, "1", words, NOW, skipped=False)
    answer = answer_of(1, words, words)
    reading = Reading(CHAT, (Section(question, (answer,)),), (), (), 0, 0)
    _head, row = csv.reader(io.StringIO(as_csv(reading).decode("utf-8-sig")))
    assert [row[1], row[3], row[4]] == [f"'{words}"] * 3


@pytest.mark.parametrize("kind", ["md", "csv", "json"])
async def test_a_file_bears_the_day_of_its_chat(bench: Bench, kind: str) -> None:
    """An evening in New York is of its own day, though it is the next one in UTC."""
    await bench.plan()
    given = await bench.parts.desk.download(MemberRef("test", "w", "ana"), f"chat.{kind}", "1")
    assert isinstance(given, File)
    assert given.name.endswith(f"2026-11-23.{kind}")


def test_one_page_is_shared_once() -> None:
    """However its address is spelt; who shared it first is named, with the address they wrote."""
    question = Question(1, 1, 1, "1", "Which tools?", NOW, skipped=False)
    given = [
        answer_of(number, who, words)
        for number, (who, words) in enumerate(
            (
                ("Ana", "https://www.example.org/tool/?utm_source=chat"),
                ("Bo", "this: http://example.org/tool#top, and https://example.org/Tool"),
            )
        )
    ]  # fmt: skip
    found = resources((Section(question, tuple(given)),))
    assert [(each.url, each.by) for each in found] == [
        ("https://www.example.org/tool/?utm_source=chat", "Ana"),
        ("https://example.org/Tool", "Bo"),
    ]
