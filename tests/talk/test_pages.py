"""Pages as files: whole, and in parts where a platform takes no more at once."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from plnbot.talk.cards import Actions, Button, Card, Paragraph
from plnbot.talk.pages import File, Page, Quote, markdown
from plnbot.talk.text import verbatim


@given(st.text(st.sampled_from("aé😀\n"), max_size=300), st.integers(4, 40))
def test_parts_of_a_file_are_the_file(words: str, most: int) -> None:
    """Joined they are what was cut, none is too large or empty, and each is text by itself."""
    whole = File("spring-chat.md", "text/markdown; charset=utf-8", words.encode())
    parts = whole.parts(most)
    assert "".join(each.content.decode() for each in parts) == words
    assert all(len(each.content) <= most for each in parts)
    assert all(each.content for each in parts[1:])
    assert len({each.name for each in parts}) == len(parts)
    lines = [line.encode() for line in words.splitlines(keepends=True)]
    if all(len(line) <= most for line in lines):
        assert all(each.content.endswith(b"\n") for each in parts[:-1])


def test_what_is_no_text_has_no_parts() -> None:
    """Half an archive of files is none."""
    assert File("mine.zip", "application/zip", b"0" * 9).parts(8) == ()
    assert len(File("mine.zip", "application/zip", b"0" * 8).parts(8)) == 1


def test_a_file_says_what_cards_and_notes_say() -> None:
    """Of a page only the buttons are left out: they lead nowhere from a file."""
    press = Actions((Button(verbatim("Press"), "a.b"),))
    at = datetime(2026, 11, 24, 1, tzinfo=UTC)
    said = Quote(verbatim("Ana"), at, verbatim("Read."), "a1", verbatim("edited"))
    card = Card(verbatim("Spring"), (Paragraph(verbatim("Tonight.")), press))
    words = markdown(Page(verbatim("Chats"), (card, said)), "UTC", "en")
    assert (
        words == "# Chats\n\n### Spring\n\nTonight.\n\n> Read.\n>\n> — Ana, 1:00 AM UTC (edited)\n"
    )
