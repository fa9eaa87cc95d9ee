"""Pages, as people open them from a chat: through a personal link, in a browser."""

import itertools
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.test_utils import TestClient

from plnbot.app import Parts
from tests.scenarios.driver import Given
from tests.scenarios.lobby import Reading, Sheet, filled
from tests.scenarios.lobby import words_of as words_of_page


@dataclass(slots=True)
class Browsing:
    """Browsers of several people; `link` asks the bot for somebody's personal link."""

    client: TestClient[web.Request, web.Application]
    link: Callable[[str], Awaitable[str]]
    sheets: dict[str, str] = field(default_factory=dict)
    _cookies: dict[str, str] = field(default_factory=dict)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    async def page(self, who: str, name: str) -> str:
        """Return a page's words."""
        return words_of_page(await self._get(who, f"/me/page/{name}"))

    async def file(self, who: str, name: str) -> str:
        """Return a file's text, empty where there is none."""
        cookie = await self._signed_in(who)
        response = await self.client.get(f"/me/file/{name}", headers={"Cookie": cookie})
        return await response.text("utf-8") if response.status == 200 else ""

    async def press(self, who: str, name: str, label: str) -> None:
        """Press the first button of this label on a page."""
        sheets = Reading(await self._get(who, f"/me/page/{name}")).sheets
        sheet = next(each for each in sheets if each.label == label)
        await self._post(who, sheet, {})

    async def submit(self, who: str, values: Mapping[str, Given]) -> None:
        """Fill in the form that a page has opened."""
        await self._post(who, Reading(self.sheets.pop(who)).sheets[-1], values)

    async def choose(self, who: str, label: str) -> None:
        """Press a button of what a form was answered with."""
        sheets = Reading(self.sheets.pop(who)).sheets
        await self._post(who, next(each for each in sheets if each.label == label), {})

    def alone(self, who: str) -> str:
        """Return the words of the form that a page has opened."""
        return words_of_page(self.sheets.get(who, ""))

    async def _signed_in(self, who: str) -> str:
        if who not in self._cookies:
            path = "/" + (await self.link(who)).split("/", 3)[3]
            page = await (await self.client.get(path)).text()
            csrf = next(iter(re.findall(r'name="csrf" value="([^"]*)"', page)))
            answer = await self.client.post(path, data={"csrf": csrf}, allow_redirects=False)
            self._cookies[who] = answer.headers["Set-Cookie"].partition(";")[0]
            self.client.session.cookie_jar.clear()
        return self._cookies[who]

    async def open(self, who: str, link: str) -> str:
        """Follow a personal link and return the words of the page; a form on it is open then."""
        path = "/" + link.split("/", 3)[3]
        page = await (await self.client.get(path)).text()
        csrf = next(iter(re.findall(r'name="csrf" value="([^"]*)"', page)))
        answer = await self.client.post(path, data={"csrf": csrf}, allow_redirects=False)
        self._cookies[who] = answer.headers["Set-Cookie"].partition(";")[0]
        self.client.session.cookie_jar.clear()
        page = await self._get(who, answer.headers["Location"])
        self.sheets[who] = page[page.index("<main") : page.index("</main")]
        return words_of_page(self.sheets[who])

    async def _get(self, who: str, path: str) -> str:
        response = await self.client.get(path, headers={"Cookie": await self._signed_in(who)})
        assert response.status == 200, f"{path}: {response.status}"
        return await response.text()

    async def _post(self, who: str, sheet: Sheet, values: Mapping[str, Given]) -> None:
        data = filled(sheet, values, f"k{next(self._numbers)}")
        headers = {"X-Live": "1", "Cookie": await self._signed_in(who)}
        response = await self.client.post(sheet.action, data=data, headers=headers)
        assert response.status == 200, f"{sheet.action}: {response.status}"
        told = await response.json()
        if "html" in told:
            self.sheets[who] = told["html"]


class InBrowser:
    """What a driver does on pages whose people sit in a chat and have browsers beside it."""

    parts: Parts
    browsing: Browsing

    async def page(self, who: str, name: str) -> str:
        """Return a page's words."""
        return await self.browsing.page(who, name)

    async def file(self, who: str, name: str) -> str:
        """Return a file's text."""
        return await self.browsing.file(who, name)

    async def press_on_page(self, who: str, name: str, label: str) -> None:
        """Press the first button of this label on a page."""
        await self.browsing.press(who, name, label)
        await self.parts.runner.run_all_due()

    async def filled_in_browser(self, who: str, values: Mapping[str, Given]) -> bool:
        """Fill in the form that a page has opened; return whether there was one."""
        if who not in self.browsing.sheets:
            return False
        await self.browsing.submit(who, values)
        await self.parts.runner.run_all_due()
        return True
