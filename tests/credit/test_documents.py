"""Documents: a tagged PDF, a portfolio that opens offline, columns that mean what they say."""

import base64
import io
import zipfile

import pytest

from plnbot.credit.columns import PROFILES, profiles, table
from plnbot.engine.heavy import Plain
from plnbot.packs import PackError
from plnbot.papers.offline import zipped
from plnbot.papers.pdf import make

GIVEN: dict[str, Plain] = {
    "title": "Transcript of professional learning",
    "author": "plnbot",
    "lang": "en",
    "address": "https://pln.example.org/open/record/0a1b",
    "about": [
        "For Sam #strong[Okafor] $x^2$",
        "Issued by plnbot",
        "Check it at https://pln.example.org/open/record/0a1b",
    ],
    "head": ["What", "Day"],
    "widths": [5, 2],
    "rows": [['#eval("1") *Fractions*', "2026-11-20"]] * 40,
    "after": ["Check with your licence office."],
}


@pytest.mark.rows(116)
def test_a_transcript_is_a_tagged_pdf() -> None:
    """It claims the standard, has a language, a title, a table with headings and a link, and takes words for words."""
    made = base64.b64decode(make(GIVEN, lambda _said: None))
    assert made.startswith(b"%PDF-")
    assert b"/MarkInfo" in made
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid" in made
    for each in (b"/Lang(en)", b"/DisplayDocTitle true", b"/S/THead", b"/S/TH/", b"/S/Link"):
        assert each in made, each
    assert made == base64.b64decode(make(GIVEN, lambda _said: None)), "the same again for the same"


def test_a_name_in_any_script_has_its_pdf() -> None:
    """Where the fonts lack letters, it is tagged all the same."""
    made = base64.b64decode(make({**GIVEN, "about": ["For 山田太郎 and كريم"]}, lambda _said: None))
    assert b"/StructTreeRoot" in made


@pytest.mark.rows(121)
def test_a_portfolio_opens_offline() -> None:
    """An index and a page an entry; what was written cannot become markup, and nothing is fetched."""
    entries = [{"What": "Fractions <script>", "Reflection": "One\nTwo"}, {"What": "Lesson study"}]
    with zipfile.ZipFile(io.BytesIO(zipped("Portfolio", "en", entries))) as found:
        assert found.namelist() == ["index.html", "entry-1.html", "entry-2.html"]
        page = found.read("entry-1.html").decode()
    assert "<script>" not in page
    assert "One<br>Two" in page
    assert "http" not in page
    assert zipped("Portfolio", "en", entries) == zipped("Portfolio", "en", entries)


@pytest.mark.rows(123)
def test_columns_are_what_a_profile_says() -> None:
    """Headings in their order; a column of nothing known is found with its line."""
    rows = table(profiles()["hours"], [{"teacher": "Sam", "hours": "1.50"}])
    assert rows[0][:2] == ["Licence number", "Name"]
    assert rows[1][1] == "Sam"
    wrong = b'[[profile]]\nid = "x"\nname = { en = "X" }\ncolumns = ["Name=salary"]\n'
    with pytest.raises(PackError, match=r"x\.toml:4: .*salary"):
        PROFILES.parsed(wrong, "x.toml")
