"""Pages with something on them: what changes leaves the rest as it is, many tabs share a stream, no barriers."""

import asyncio
from collections.abc import Collection, Iterator, Sequence

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.conftest import started
from tests.browser.filled import PAGES, fill
from tests.browser.test_whole_chat import WIDTHS, barriers
from tests.turns import in_turn

pytestmark = pytest.mark.browser
ZOOMED = 320
"""As wide as 1280 points are at four times their size; at twice it is 640."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a lobby whose people have done a little of everything."""
    with started(tmp_path_factory.mktemp("filled")) as printed:
        asyncio.run(fill(printed))
        yield printed


async def says(page: Page, words: str) -> None:
    """Write in the room."""
    await page.get_by_label("Your words").fill(words)
    await page.keyboard.press("Enter")


async def test_eight_tabs_of_one_browser(browser: Browser, address: str) -> None:
    """All of them load, follow and send: a browser has six connections, and its tabs share one."""
    here = address.partition("/?")[0]
    window = await browser.new_context(locale="en-US")
    tabs = [await window.new_page() for _ in range(8)]
    await tabs[0].goto(address)
    for tab, who in zip(tabs, ("priya", "luis", "emma", "dwayne") * 2, strict=True):
        await tab.goto(f"{here}/as/{who}/room/lounge")
    await says(tabs[0], "Seen in every tab")
    for tab in tabs:
        await expect(tab.locator("p.words", has_text="Seen in every tab")).to_be_visible()
    await tabs[0].close()
    await says(tabs[7], "Also when one is closed")
    for tab in tabs[1:]:
        await expect(tab.locator("p.words", has_text="Also when one is closed")).to_be_visible()
    await window.close()


@pytest.mark.parametrize("without", ["", "SharedWorker", "SharedWorker, navigator.locks"])
async def test_tabs_follow_in_every_browser(browser: Browser, address: str, without: str) -> None:
    """Without shared workers one tab leads, and another where it is closed; else each by itself."""
    here = address.partition("/?")[0]
    window = await browser.new_context(locale="en-US")
    for each in filter(None, without.split(", ")):
        name, _, part = each.rpartition(".")
        await window.add_init_script(
            f"Object.defineProperty({name or 'window'}, '{part}', {{value: undefined}})"
        )
    tabs = [await window.new_page() for _ in range(3)]
    await tabs[0].goto(address)
    for tab, who in zip(tabs, ("priya", "luis", "emma"), strict=True):
        await tab.goto(f"{here}/as/{who}/room/lounge")
    await says(tabs[1], f"One leads {without}")
    for tab in tabs:
        await expect(tab.locator("p.words", has_text=f"One leads {without}").last).to_be_visible()
    await tabs[0].close()
    await says(tabs[1], f"Another leads {without}")
    seen = tabs[2].locator("p.words", has_text=f"Another leads {without}")
    await expect(seen.last).to_be_visible()
    await window.close()


async def test_what_changes_leaves_the_rest_as_it_is(browser: Browser, address: str) -> None:
    """Focus, selection, open and closed lists and what is being typed outlive an answer that comes."""
    here = address.partition("/?")[0]
    window = await browser.new_context(viewport={"width": 1300, "height": 900}, locale="en-US")
    maya, luis = await window.new_page(), await window.new_page()
    await maya.goto(address)
    await maya.goto(f"{here}/as/maya/page/chat/1")
    await luis.goto(f"{here}/as/luis/room/chat-night")
    first = maya.locator("figure", has_text="Exit tickets")
    contents = maya.locator("#contents")
    await expect(contents).to_have_attribute("open", "")
    await contents.evaluate("it => { it.open = false; }")
    await first.locator("summary").click()
    await maya.evaluate(
        "getSelection().selectAllChildren([...document.querySelectorAll('blockquote')][0])"
    )
    await first.locator("figcaption a").focus()
    await says(luis, "A1 One more, while you read")
    await expect(maya.locator("blockquote", has_text="One more, while you read")).to_be_visible()
    await expect(first.locator("figcaption a")).to_be_focused()
    assert "Exit tickets" in await maya.evaluate("getSelection().toString()")
    await expect(first.locator("details")).to_have_attribute("open", "")
    assert not await contents.evaluate("it => it.open")
    await maya.get_by_label("Search the answers").fill("half typed")
    await says(luis, "A1 And yet another")
    await expect(maya.locator("blockquote", has_text="And yet another")).to_be_visible()
    await expect(maya.get_by_label("Search the answers")).to_have_value("half typed")
    await expect(maya.get_by_label("Search the answers")).to_be_focused()
    await maya.keyboard.press("Escape")
    await window.close()


async def test_what_one_is_about_to_do_outlasts_what_comes(browser: Browser, address: str) -> None:
    """A press holds while the page changes below it, and an open form while the page is read anew."""
    here = address.partition("/?")[0]
    window = await browser.new_context(locale="en-US")
    maya, again = await window.new_page(), await window.new_page()
    await maya.goto(address)
    await maya.goto(f"{here}/as/maya/room/chat-night")
    await again.goto(f"{here}/as/maya/room/lounge")
    plan = maya.get_by_role("button", name="Plan a chat")
    await plan.hover()
    await maya.mouse.down()
    await says(again, "/pln language es")
    await expect(again.get_by_text("Desde ahora te hablo en español")).to_be_visible()
    await maya.mouse.up()
    form = maya.get_by_role("dialog").get_by_role("button", name="Vista previa")
    await expect(form).to_be_visible()
    await maya.wait_for_timeout(300)  # it would have been read anew by now
    await expect(form).to_be_visible()
    await maya.keyboard.press("Escape")
    await expect(maya.get_by_role("button", name="Planear un chat")).to_be_visible()
    await expect(again.get_by_role("button", name="Planear un chat")).to_be_visible()
    await again.locator("#words").fill("/pln language en")
    await again.keyboard.press("Enter")
    await expect(plan).to_be_visible()
    await window.close()


async def test_the_question_stays_in_sight_on_a_phone(browser: Browser, address: str) -> None:
    """Also for who has the panel open, and words in another direction stand right."""
    here = address.partition("/?")[0]
    page = await browser.new_page(viewport={"width": 390, "height": 844}, locale="en-US")
    await page.goto(address)
    await page.goto(f"{here}/as/maya/room/chat-night")
    asked = page.locator("#above").get_by_text("What did not?")
    await expect(asked).to_be_in_viewport()
    await page.get_by_text("Moderator's panel").click()
    await expect(page.get_by_role("button", name="Q3 now")).to_be_in_viewport()
    await expect(asked).to_be_in_viewport()
    arabic = page.locator("p.words", has_text="دقيقة")
    assert await arabic.evaluate("it => getComputedStyle(it).direction") == "rtl"
    await page.close()


async def test_lists_of_ways_stay_on_the_screen_of_a_phone(browser: Browser, address: str) -> None:
    """Wherever the sign stands in the row of buttons, its list opens within the screen."""
    here = address.partition("/?")[0]
    window = await browser.new_context(locale="en-US", viewport={"width": 390, "height": 760})
    page = await window.new_page()
    await page.goto(address)
    for path in ("luis/page/lesson/1", "priya/page/lesson/1", "maya/page/lessons"):
        await page.goto(f"{here}/as/{path}")
        sign = page.locator(".page-head .more > summary.dots").first
        await sign.click()
        await expect(page.locator(".page-head .more[open] > .choices")).to_be_visible()
        beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert await page.evaluate(beyond) <= 0, path
    await window.close()


async def carried(page: Page, link: Locator, to: Locator) -> None:
    """Drag what a link stands for to a place, as a mouse does, and let it go there."""
    for at, here in enumerate((link, to)):
        box = await here.bounding_box()
        assert box is not None
        await page.mouse.move(box["x"] + 12, box["y"] + 12, steps=5)
        if at == 0:
            await page.mouse.down()
    await expect(page.get_by_role("status").get_by_text("would clash")).to_be_visible()
    await page.mouse.up()


async def held_by_a_finger(page: Page, link: Locator, to: Locator) -> None:
    """Hold what a link stands for, carry it to a place, and let it go there."""
    fingers = await page.context.new_cdp_session(page)

    async def touch(kind: str, at: Locator | None = None) -> None:
        box = await at.bounding_box() if at else None
        points = [{"x": box["x"] + 12, "y": box["y"] + 12}] if box else []
        await fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    await touch("touchStart", link)
    await expect(page.locator(".carried")).to_be_visible()
    await touch("touchMove", to)
    await expect(page.get_by_role("status").get_by_text("would clash")).to_be_visible()
    await touch("touchEnd")


async def carried_by_keys(page: Page, link: Locator, was: str, free: str) -> None:
    """Pick up what a link stands for, leave it, pick it up again, and put it from one place into another."""
    await link.focus()
    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowRight")
    await expect(page.locator(".cell.target")).to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("status")).to_have_text("It stays where it is.")
    await page.keyboard.press("Space")
    ways = await page.evaluate(
        """([was, free]) => {
          const rows = [...document.querySelectorAll(".slot")].map((it) => [...it.querySelectorAll("[data-place]")]);
          const at = (name) => {
            const row = rows.findIndex((it) => it.some((cell) => cell.dataset.place.startsWith(name)));
            return [row, rows[row].findIndex((cell) => cell.dataset.place.startsWith(name))];
          };
          const [from, to] = [at(was), at(free)];
          return [to[0] - from[0], to[1] - from[1]];
        }""",
        [f"{each.rpartition('.')[0]}." for each in (was, free)],
    )
    for many, (back, on) in zip(ways, (("Up", "Down"), ("Left", "Right")), strict=True):
        for _ in range(abs(many)):
            await page.keyboard.press(f"Arrow{on if many > 0 else back}")
    await expect(page.get_by_role("status").get_by_text("would clash")).to_be_visible()
    await page.keyboard.press("Enter")
    move = page.get_by_role("dialog").get_by_role("button", name="Move it there")
    await expect(move).to_be_focused()
    await page.keyboard.press("Enter")


@pytest.mark.rows(64)
async def test_a_card_is_moved_by_mouse_by_keys_and_by_finger(
    browser: Browser, address: str
) -> None:
    """What it would cost is read before anything is moved; it can be left, and undone."""
    here = address.partition("/?")[0]
    window = await browser.new_context(
        viewport={"width": 1280, "height": 1100}, locale="en-US", has_touch=True
    )
    page = await window.new_page()
    await page.goto(address)
    await page.goto(f"{here}/as/maya/page/edcamp.grid/1")
    link = page.locator(".cell a").first
    name = await link.inner_text()
    link = page.locator(".cell a", has_text=name)
    held = page.locator("[data-place]", has=page.locator("a", has_text=name))
    was = await held.get_attribute("data-place") or ""
    free = await page.locator(".cell.none").first.get_attribute("data-place") or ""

    def place(of: str) -> Locator:
        """Return a place, whichever step of the grid was seen."""
        return page.locator(f'[data-place^="{of.rpartition(".")[0]}."]')

    asked = page.get_by_role("dialog")
    await carried(page, link, place(free))
    await expect(asked.get_by_text("would clash")).to_be_visible()
    await asked.get_by_role("button", name="No, leave it").click()
    await expect(place(was).locator("a")).to_have_text(name)

    await carried(page, link, place(free))
    await asked.get_by_role("button", name="Move it there").click()
    await expect(page.get_by_role("heading", name="is moved")).to_be_visible()
    await expect(place(free).locator("a")).to_have_text(name)
    await page.locator("#private").get_by_role("button", name="Undo").click()
    await expect(place(was).locator("a")).to_have_text(name)

    await carried_by_keys(page, link, was, free)
    await expect(place(free).locator("a")).to_have_text(name)

    await held_by_a_finger(page, link, place(was))
    await asked.get_by_role("button", name="Move it there").click()
    await expect(place(was).locator("a")).to_have_text(name)
    await window.close()


async def goes_on(page: Page) -> None:
    """Let the first slot of a timetable go on, where there is one: what is now looks otherwise."""
    slot = page.locator(".slot").first
    if not await slot.count():
        return
    await slot.evaluate(
        """it => {
          const at = (minutes) => new Date(Date.now() + minutes * 60000).toISOString();
          [it.dataset.begins, it.dataset.ends] = [at(-10), at(10)];
        }"""
    )
    await page.locator(".slot.on").first.wait_for()


@pytest.mark.parametrize(("width", "scheme"), [("phone", "light"), ("desktop", "dark")])
async def test_no_barriers_on_any_page(
    browser: Browser, address: str, width: str, scheme: str
) -> None:
    """axe-core finds nothing on any page with something on it, nor is one too wide when it is enlarged.

    In a short run it looks at each page in one of the two ways, and at the next turn in the other.
    """
    looked_at = in_turn(PAGES, 2, offset=width == "phone")
    paths = PAGES if width == "phone" else looked_at
    assert "\n".join(await barred(browser, address, paths, looked_at, (width, scheme))) == ""


async def barred(
    browser: Browser,
    address: str,
    paths: Sequence[str],
    looked_at: Collection[str],
    seen: tuple[str, str],
) -> list[str]:
    """Return what bars the way on those pages that are looked at, and which page is too wide, enlarged too."""
    width, scheme = seen
    across, down = WIDTHS[width]
    page = await browser.new_page(
        viewport={"width": across, "height": down},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="en-US",
        bypass_csp=True,
    )
    here = address.partition("/?")[0]
    await page.goto(address)
    found: list[str] = []
    for path in paths:
        answer = await page.goto(here + path)
        assert answer is not None
        assert answer.status == 200, path
        await goes_on(page)
        if path in looked_at:
            found += await barriers(page, path)
        elif await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{path} is wider than the screen")
        await page.set_viewport_size({"width": ZOOMED, "height": 512})
        if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{path} is wider than the screen when it is enlarged")
        await page.set_viewport_size({"width": across, "height": down})
    await page.close()
    return found
