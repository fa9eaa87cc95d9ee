"""Files that people send: known by their bytes, named safely, refused in words that help."""

import io
import unicodedata
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.talk import limits
from plnbot.talk.answers import read
from plnbot.talk.cards import CardError
from plnbot.talk.codec import pack, unpack_form
from plnbot.talk.fallback import refilled, typed_into
from plnbot.talk.forms import FieldErrors, FileInput, Form, TextInput
from plnbot.talk.text import verbatim
from plnbot.talk.uploads import (
    NAME,
    AwaitedFile,
    FileKind,
    UploadedFile,
    UploadedFiles,
    clean_name,
    received,
)
from plnbot.talk.words import Sentence

LABEL = verbatim("File")
CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
OPML = b'<?xml version="1.0"?>\n<!-- mine -->\n<opml version="2.0"><body/></opml>'
GIF_WITH_PDF = b"GIF89a" + b"\0" * 20 + b"%PDF-1.4 trailer"
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY a "aaaa">]><opml>&a;</opml>'


def zipped(name: str, content: bytes) -> bytes:
    """Return a zip archive of one file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"Q1: What went well?\n", FileKind.TEXT),
        ("Q1: ¿Qué salió bien?".encode(), FileKind.TEXT),
        ("Q1: ¿Qué salió bien?".encode("cp1252"), FileKind.TEXT),
        ("Q1: ¿Qué salió bien?".encode("utf-8-sig"), FileKind.TEXT),
        ("Q1: ¿Qué salió bien?".encode("utf-16"), FileKind.TEXT),
        (b"\xfe\xff" + "Q1: Why?".encode("utf-16-be"), FileKind.TEXT),
        (b"<3 maths\n", FileKind.TEXT),
        (CALENDAR, FileKind.CALENDAR),
        (b"\xef\xbb\xbf" + CALENDAR, FileKind.CALENDAR),
        (CALENDAR.lower(), FileKind.CALENDAR),
        (OPML, FileKind.OPML),
        (OPML.decode().encode("utf-16"), FileKind.OPML),
        (ENTITIES, FileKind.XML),
        (b"<?xml version='1.0'?><rss/>", FileKind.XML),
        (b"<!DOCTYPE html><title>Sign in</title>", FileKind.HTML),
        (b"  <HTML lang='en'>", FileKind.HTML),
        (b"%PDF-1.7\n...", FileKind.PDF),
        (zipped("word/document.xml", b"<w/>"), FileKind.WORD),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 99, FileKind.WORD),
        (zipped("a.txt", b"0" * 50_000_000), FileKind.ARCHIVE),
        (b"\x1f\x8b" + zlib.compress(b"x"), FileKind.ARCHIVE),
        (GIF_WITH_PDF, FileKind.IMAGE),
        (b"RIFF\0\0\0\0WEBPVP8 ", FileKind.IMAGE),
        (CALENDAR + zipped("evil.sh", b"x"), FileKind.OTHER),
        (b"Q1: What?\0", FileKind.OTHER),
        (b"\xff\xfe\x00", FileKind.OTHER),
        (b"\x7fELF\x02\x01\x01\0", FileKind.OTHER),
        (b"", FileKind.EMPTY),
        (b" \r\n\t", FileKind.EMPTY),
        ("\ufeff \n".encode(), FileKind.EMPTY),
    ],
)
def test_what_a_file_is_stands_in_its_bytes(content: bytes, kind: FileKind) -> None:
    """Neither a name nor a first line makes a file what it is not all through."""
    found = received("innocent.ics", content)
    assert found.kind is kind
    assert bool(found.text.strip()) is (
        kind in {FileKind.TEXT, FileKind.CALENDAR, FileKind.OPML, FileKind.HTML, FileKind.XML}
    )


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_words_come_through_whatever_they_are_written_in(codec: str) -> None:
    """What a Spanish teacher saves with any editor reads as it was typed."""
    words = "Q1: ¿Cómo enseñáis las fracciones? “Así”, dijo…"
    assert received("a.txt", words.encode(codec)).text == words


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\maya\\plan.txt", "plan.txt"),
        ("a\u202etxt.exe", "atxt.exe"),
        ("a\0b\r\nc.txt", "ab c.txt"),
        ("…", "…"),
        ("/", "file"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("año  nuevo.txt", "año nuevo.txt"),
        ("\ud800.txt", "txt"),
        ("x" * 200 + ".txt", "x" * (NAME - 5) + "….txt"),
    ],
)
def test_names_cannot_lead_anywhere(name: str, cleaned: str) -> None:
    """A name is words to show, no path, and hides nothing."""
    assert clean_name(name) == cleaned


@given(st.text())
def test_every_name_can_be_shown_and_kept(name: str) -> None:
    """Whatever a client sends as a name, what is kept of it fits and is visible."""
    kept = clean_name(name)
    assert 0 < len(kept) <= NAME
    assert not set(kept) & set("/\\\n\0")
    assert not any(unicodedata.category(each)[0] == "C" for each in kept)
    assert clean_name(kept) == kept


@given(st.binary(max_size=300))
def test_every_row_of_bytes_is_something(content: bytes) -> None:
    """Whatever bytes come, they are told apart, and what has words is words all through."""
    found = received("x", content)
    assert found.content == content
    assert "\0" not in found.text


def test_neither_bytes_nor_words_show_in_a_log() -> None:
    """A file that ends in a traceback shows its name, kind and nothing else."""
    shown = repr(received("plan.txt", b"Maya's secret"))
    assert "secret" not in shown
    assert "T123" not in repr(AwaitedFile("plan.txt", 3, "T123"))


def form(**how: object) -> Form:
    """Return a form with one file input."""
    given_: dict[str, object] = {"name": "file", "label": LABEL, "kinds": (FileKind.TEXT,), **how}
    words = TextInput(name="words", label=LABEL)
    return Form("f", LABEL, (words, FileInput(**given_)), LABEL)  # type: ignore[arg-type]


TEXT = received("a.txt", b"Q1: Why?")


def test_one_file_is_a_value_and_several_are_a_row_of_them() -> None:
    """A handler gets the file itself, or None; where several may come, all of them."""
    assert read(form(), {}, files={"file": [TEXT]}) == {"words": "", "file": TEXT}
    assert read(form(), {}) == {"words": "", "file": None}
    assert read(form(most=2), {}, files={"file": [TEXT, TEXT]}) == {
        "words": "",
        "file": UploadedFiles((TEXT, TEXT)),
    }
    assert read(form(most=2), {}) == {"words": "", "file": UploadedFiles()}
    assert read(form(), {}, files={"other": [TEXT]}) == {"words": "", "file": None}


@pytest.mark.parametrize(
    ("how", "sent", "said"),
    [
        ({"required": True}, [], "Please choose a file."),
        ({}, [TEXT, TEXT], "These are too many files. Send {n} at most."),
        ({"largest": 7}, [TEXT], "This file is too large. {size} is the most here."),
        (
            {"largest": 7},
            [AwaitedFile("a", 8, "F1")],
            "This file is too large. {size} is the most here.",
        ),
        (
            {},
            [received("a.txt", b"%PDF-1")],
            "This is a PDF. Copy its text and paste it, or save it as plain text (.txt).",
        ),
        (
            {"kinds": (FileKind.CALENDAR,)},
            [TEXT],
            "This is no calendar. A calendar file ends in .ics; export one.",
        ),
        ({"kinds": (FileKind.OPML,)}, [received("a.opml", ENTITIES)], None),
    ],
)
def test_what_does_not_fit_is_said(
    how: dict[str, object], sent: list[UploadedFile | AwaitedFile], said: str | None
) -> None:
    """Too many, too large, of another kind: each has its sentence."""
    found = read(form(**how), {}, files={"file": sent})
    assert isinstance(found, FieldErrors)
    error = found.errors["file"]
    assert isinstance(error, Sentence)
    assert said is None or error.source == said


def test_what_is_awaited_is_no_value_yet() -> None:
    """A file that still lies with its platform is checked as far as that tells of it."""
    found = read(form(required=True), {}, files={"file": [AwaitedFile("a.txt", 8, "F1")]})
    assert found == {"words": "", "file": None}


@pytest.mark.parametrize(
    "how",
    [
        {"kinds": ()},
        {"kinds": (FileKind.ARCHIVE,)},
        {"most": 0},
        {"most": limits.FILES + 1},
        {"largest": 0},
        {"largest": limits.FILE_BYTES + 1},
        {"largest": limits.FILE_BYTES // 2 + 1, "most": 2},
    ],
)
def test_no_form_asks_for_what_no_platform_brings(how: dict[str, object]) -> None:
    """A mistake of ours is found where the form is made."""
    with pytest.raises(CardError):
        form(**how)


def test_a_form_with_a_file_can_be_kept_and_filled_again() -> None:
    """Discord keeps opened forms in our database; what was typed comes back, the file does not."""
    asked = form()
    assert unpack_form(pack(asked)) == asked
    assert typed_into(refilled(asked, {"words": "hello", "file": "x"})) == {"words": "hello"}
