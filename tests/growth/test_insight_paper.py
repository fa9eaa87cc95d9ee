"""A district's month on paper: tagged, with every table of its page, and for whom the page is."""

import pytest

from plnbot.refs import MemberRef
from plnbot.talk.pages import File, Missing, Page, Table
from plnbot.talk.plain import plain
from plnbot.testing import HeavyHere
from tests.engine.test_platforms import Bench, bench
from tests.growth.districts import AFTER_OCTOBER, did, hour, lived, made, staff
from tests.growth.test_insight import lincoln, page

__all__ = ["bench"]


@pytest.mark.rows(133)
async def test_a_report_as_pdf_has_what_its_page_has(bench: Bench) -> None:
    """Its tables with heads and bars, in a document that screen readers read; nobody else has it."""
    number, people = await lincoln(bench)
    await lived(bench, [did(each, "chat:1") for each in people])
    await hour(bench, AFTER_OCTOBER)
    await staff(bench, people[0], f"district:{number}")
    mine = await made(bench, number)
    assert mine is not None
    seen = await page(bench, "ana", str(mine.id))
    assert isinstance(seen, Page)
    tables = [each for each in seen.blocks if isinstance(each, Table)]
    heavy = bench.parts.runner.tools.heavy = HeavyHere()

    async def printed(who: str) -> File | Missing:
        found = await bench.parts.desk.download(
            MemberRef("test", "w", who), "insight.pdf", str(mine.id)
        )
        assert isinstance(found, File | Missing)
        return found

    given = await printed("ana")
    assert isinstance(given, File)
    assert given.name == "insight-2026-10.pdf"
    for each in (b"/StructTreeRoot", b"pdfuaid", b"/S/Table", b"/S/THead", b"/S/TH/"):
        assert each in given.content, each
    said = heavy.ran[0][1]
    assert isinstance(said, dict)
    assert "Lincoln (Ohio): October 2026" in str(said["title"])
    assert "10–14 of 10–14 people took part" in str(said["about"])
    lines = said["lines"]
    assert isinstance(lines, list)
    grids = [each for each in lines if isinstance(each, dict) and each["kind"] == "table"]
    assert [each["rows"] for each in grids] == [
        [[plain(cell, "UTC", "en") for cell in row] for row in table.rows] for table in tables
    ]
    assert [each["bars"] for each in grids] == [list(each.bars) for each in tables]
    assert any(grids[0]["bars"])
    assert isinstance(await printed("cy"), Missing)
