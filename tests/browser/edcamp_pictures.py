"""Draws the pictures of an EdCamp's day: `python -m tests.browser.edcamp_pictures`, in five minutes."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.async_api import Browser, Page, async_playwright

from config.settings import Settings
from plnbot.app import Bot
from plnbot.demo_edcamp import DayStage, morning, pack
from plnbot.edcamps.model import Board
from plnbot.staging import staged
from plnbot.values import dataclass
from tests.browser.conftest import NAMES
from tests.browser.pictures import DESKTOP, PHONE, PICTURES

SPEED = 60.0
"""A picture that takes a second is a minute of the day late."""
WALL = (1280, 720)
LARGE = (1280, 1180)


async def as_it_is(_page: Page) -> None:
    """Leave a page as it opens."""


async def carry(page: Page) -> None:
    """Drag a card to another place, and read what it would cost there."""
    link, to = page.locator(".cell a").nth(2), page.locator("[data-place]").nth(10)
    for at, here in enumerate((link, to)):
        box = await here.bounding_box()
        if box is not None:
            await page.mouse.move(box["x"] + 20, box["y"] + 20, steps=6)
        if at == 0:
            await page.mouse.down()
    await page.get_by_role("status").get_by_text("clash").wait_for()


@dataclass(slots=True, kw_only=True)
class Drawn(DayStage):
    """A day that is drawn as it goes on."""

    bot: Bot
    browser: Browser
    walked: int = 0

    async def draw(
        self,
        name: str,
        who: str,
        page: str,
        size: tuple[int, int],
        done: Callable[[Page], Awaitable[None]] = as_it_is,
    ) -> None:
        """Draw a page as somebody sees it."""
        width, height = size
        shown = await self.browser.new_page(
            viewport={"width": width, "height": height},
            locale="en-US",
            device_scale_factor=1.5 if size == PHONE else 1,
        )
        await shown.goto(self.bot.opened_by(f"/as/{who}/page/{page}"))
        await done(shown)
        await shown.wait_for_timeout(300)
        await shown.screenshot(path=PICTURES / f"{name}.png")
        await shown.close()

    async def vote(self, board: int) -> None:
        """Draw the board while people vote."""
        await self.draw("edcamp-alike", "maya", f"edcamp.alike/{board}", DESKTOP)
        await DayStage.vote(self, board)
        await self.draw("edcamp-board", "luis", f"edcamp/{board}", DESKTOP)

    async def suggest(self, board: int) -> None:
        """Draw the grid that is suggested, and a card on its way."""
        await DayStage.suggest(self, board)
        await self.draw("edcamp-grid", "maya", f"edcamp.grid/{board}", LARGE)
        await self.draw("edcamp-drag", "maya", f"edcamp.grid/{board}", DESKTOP, carry)

    async def walk(self, board: Board) -> None:
        """Draw the day once people have walked for a while."""
        await DayStage.walk(self, board)
        self.walked += 1
        if self.walked != 10:
            return
        await self.draw("edcamp-wall", "maya", f"edcamp_wall/{board.id}", WALL)
        await self.draw("edcamp-phone", "luis", f"edcamp/{board.id}", PHONE)
        on = await self.where_one_can_go(board)
        await self.draw("edcamp-session", "luis", f"edcamp_session/{on[0].session.id}", PHONE)


async def drawn() -> None:
    """Play a day, and draw it."""
    zone = morning(datetime.now(ZoneInfo("UTC")))
    path = next(filter(None, map(shutil.which, NAMES)))
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), port=0)
        async with staged(settings, SPEED, zone) as bot, async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
            )
            parts = (bot.desk, bot.store, bot.clock)
            stage = Drawn(*parts, pack=pack(), zone=zone, bot=bot, browser=browser)
            await stage.play(await stage.lay())
            await browser.close()


if __name__ == "__main__":
    asyncio.run(drawn())
