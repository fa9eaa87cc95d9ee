"""Draws the pictures of pages that the documents show: `python -m tests.browser.pictures`.

Those of an EdCamp are drawn by `tests.browser.edcamp_pictures`, of the day that the demo plays, and those of a
district's year by `tests.browser.year_pictures`.
"""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from tests.browser.conftest import NAMES, ROOT, started
from tests.browser.filled import fill

PICTURES = ROOT / "docs" / "pictures"
DESKTOP, PHONE = (1280, 800), (390, 760)
Drawn = Mapping[str, tuple[str, str, tuple[int, int], str]]
"""By a picture's name who looks at what on which screen, and what they have opened on it."""
DRAWN: Drawn = {
    "chat": ("maya", "room/chat-night", DESKTOP, ""),
    "home": ("maya", "page/home", DESKTOP, ""),
    "roles": ("maya", "page/roles", DESKTOP, ""),
    "districts": ("maya", "page/districts", DESKTOP, ""),
    "bank": ("maya", "page/prompts.bank", DESKTOP, ""),
    "school-year": ("maya", "page/school-year", DESKTOP, ""),
    "pages-archive": ("maya", "page/chat/1", DESKTOP, ".quote .more summary"),
    "pages-chats": ("maya", "page/chats", DESKTOP, ""),
    "pages-notices": ("priya", "page/notices", DESKTOP, ""),
    "pages-phone-room": ("priya", "room/chat-night", PHONE, ""),
    "pages-phone-menu": ("priya", "page/chats", PHONE, ".open-nav"),
    "unheard": ("maya", "page/unheard/1", DESKTOP, ""),
    "credit-hours": ("priya", "page/credit", PHONE, ""),
    "credit-licence": ("priya", "page/credit.licence/2", DESKTOP, ""),
    "credit-queue": ("luis", "page/credit.queue", DESKTOP, ""),
    "credit-look": ("luis", "page/credit.look/4", PHONE, ""),
    "growth-goal": ("sam", "page/goal/3", DESKTOP, ""),
    "growth-skills": ("sam", "page/skills", DESKTOP, ""),
    "portfolio-exemplar": ("sam", "page/exemplar/1", DESKTOP, ""),
    "portfolio-shared": ("luis", "page/portfolio.shared/1", PHONE, ""),
    "pulse": ("sam", "page/pulse", DESKTOP, ""),
    "pathway": ("sam", "page/pathway/1", DESKTOP, ""),
    "pulse-rules": ("sam", "page/pulse.rules", PHONE, ""),
    "lessons-lesson": ("luis", "page/lesson/1", DESKTOP, ""),
    "credit-year": ("maya", "page/credit.year", DESKTOP, ""),
    "badges-application": ("priya", "page/badges.application/1", PHONE, ""),
    "badges-award": ("priya", "page/badges.award/1", DESKTOP, "a[href*='/open/award/']"),
    "badges-brought": ("priya", "page/badges.brought/1", PHONE, ""),
    "badges-define": ("maya", "page/badges.one/1", DESKTOP, ""),
}


async def _draw(browser: Browser, address: str, those: Drawn) -> None:
    for name, (who, what, (width, height), opened) in those.items():
        page = await browser.new_page(
            viewport={"width": width, "height": height}, locale="en-US", device_scale_factor=1.5
        )
        await page.goto(address)
        await page.goto(f"{address.partition('/?')[0]}/as/{who}/{what}")
        if opened:
            await page.locator(opened).first.click()
        await page.wait_for_timeout(300)
        await page.screenshot(path=PICTURES / f"{name}.png")
        await page.close()


async def drawn(address: str, those: Drawn) -> None:
    """Draw pages of the lobby that an address opens."""
    path = next(filter(None, map(shutil.which, NAMES)))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        await _draw(browser, address, those)
        await browser.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, started(Path(folder) / "data") as printed:
        asyncio.run(fill(printed))
        asyncio.run(drawn(printed, DRAWN))
    sys.exit(0)
