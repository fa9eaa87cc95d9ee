"""A document is chosen on a phone: what is too large is said before it is sent, the rest is read."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, FilePayload, expect

from tests.browser.conftest import started

pytestmark = pytest.mark.browser
PHONE = 390


def document(content: bytes) -> FilePayload:
    """Return a file on the phone."""
    return {"name": "Chat night.md", "mimeType": "application/octet-stream", "buffer": content}


@pytest.mark.rows(30)
async def test_a_document_is_chosen_on_a_phone(browser: Browser, tmp_path: Path) -> None:
    """The form keeps what was typed while another file is chosen, and nothing is wider than the screen."""
    with started(tmp_path / "lobby", "--rate", "120") as address:
        page = await browser.new_page(viewport={"width": PHONE, "height": 844}, locale="en-US")
        sent: list[str] = []
        page.on("request", lambda asked: sent.append(asked.url) if "/send" in asked.url else None)
        await page.goto(address)
        await page.get_by_role("link", name="Maya Torres").click()
        await page.get_by_role("button", name="What you can do").click()
        await page.get_by_role("button", name="Plan a chat").click()
        form = page.get_by_role("dialog")
        chosen = form.get_by_label("Or a document with the questions")
        await form.get_by_label("Start", exact=True).fill("in 8 minutes")
        await chosen.set_input_files(document(b"Q1: Why? " * 5000))
        await form.get_by_role("button", name="Preview").click()
        await expect(form.get_by_text("This file is too large. 20 kB is the most")).to_be_visible()
        assert sent == []
        await chosen.set_input_files(document(b"%PDF-1.7"))
        await form.get_by_role("button", name="Preview").click()
        await expect(form.get_by_text("This is a PDF.")).to_be_visible()
        wide = await page.evaluate("document.querySelector('dialog[open]').scrollWidth")
        assert wide <= PHONE
        await chosen.set_input_files(document("Q1: ¿Por qué?\nQ2: Why?".encode("utf-16")))
        await form.get_by_role("button", name="Preview").click()
        await expect(page.get_by_text("¿Por qué?")).to_be_visible()
        await expect(page.get_by_role("button", name="Publish")).to_be_visible()
        assert len(sent) == 2
