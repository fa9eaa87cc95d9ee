"""Three people in three tabs run a whole chat, read its archive, and meet no barrier on any page."""

import importlib.resources
import re
import zipfile
from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import started
from tests.turns import in_turn

pytestmark = pytest.mark.browser

DOCUMENT = """#PLNchat Small changes
Warm-up: Who are you?
Q1: What worked?
Q2: What did not? https://example.org/not
Q3: What comes next for your class, and who could help you to get there before the holidays begin?
"""
WIDTHS = {"phone": (390, 844), "desktop": (1280, 900)}
WAYS = (("phone", "light"), ("phone", "dark"), ("desktop", "dark"), ("desktop", "light"))
"""How pages are looked at; a short run has each width and each scheme once."""
AXE = importlib.resources.files("axe_playwright_python") / "axe.min.js"
LONG = 60_000
LEFT = re.compile(r"\(in \d+ minutes?\)$")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a rehearsal in which a minute takes half a second."""
    with started(tmp_path_factory.mktemp("lobby"), "--rate", "120") as printed:
        yield printed


async def tab(browser: Browser, address: str, who: str, complaints: list[str]) -> Page:
    """Open a tab as somebody; what the browser complains about is noted."""
    page = await browser.new_page(viewport={"width": 1280, "height": 900}, locale="en-US")
    page.on("pageerror", lambda error: complaints.append(f"{who}: {error}"))
    page.on(
        "console",
        lambda told: complaints.append(f"{who}: {told.text}") if told.type == "error" else None,
    )
    await page.goto(address)
    await page.get_by_role("link", name=who).click()
    return page


async def reads_the_archive(priya: Page) -> None:
    """Open the archive once it is there, and take it along."""
    archive = priya.get_by_role("link", name="Open the archive")
    await expect(archive).to_be_visible(timeout=LONG)
    await archive.click()
    await expect(priya.get_by_role("heading", name="Q1 What worked?")).to_be_visible()
    await expect(priya.locator("blockquote", has_text="Fewer slides")).to_have_count(1)
    await expect(priya.locator("blockquote", has_text="<b>Exit tickets</b>")).to_have_count(1)
    await expect(priya.get_by_role("link", name="https://example.org/late")).to_have_count(2)
    await priya.get_by_text("Take it with you").click()
    async with priya.expect_download() as given:
        await priya.get_by_role("link", name="Markdown").click()
    download = await given.value
    assert download.suggested_filename.endswith(".md")


@pytest.mark.rows(146)
async def test_three_people_run_a_whole_chat(browser: Browser, address: str) -> None:
    """The coach plans and steers, two teachers answer, and the archive holds what they said."""
    complaints: list[str] = []
    maya = await tab(browser, address, "Maya Torres", complaints)
    priya = await tab(browser, address, "Priya Nair", complaints)
    luis = await tab(browser, address, "Luis Herrera", complaints)

    await maya.get_by_role("button", name="Plan a chat").click()
    await maya.get_by_label("Questions, pasted as they stand").fill(DOCUMENT)
    await maya.get_by_label("Start", exact=True).fill("in 8 minutes")
    await maya.get_by_role("button", name="Preview").click()
    # Who goes by keyboard goes on from the answer to what they filled in.
    await expect(maya.locator("#private > section")).to_be_focused()
    await maya.get_by_role("button", name="Publish").click()
    await expect(luis.get_by_role("button", name="Remind me")).to_be_visible()

    log = priya.get_by_role("log")
    await expect(log.get_by_role("heading", name="Q1")).to_be_visible(timeout=LONG)
    await expect(maya.locator("#beside time[data-counts]")).to_have_text(LEFT)
    await expect(log.locator("time[data-counts]").first).to_have_text(LEFT)
    await priya.get_by_label("Your words").fill("A9 nowhere")
    await priya.keyboard.press("Enter")
    await expect(priya.get_by_text("There is no question 9")).to_be_visible()
    await maya.get_by_role("button", name="Hold", exact=True).click()
    await expect(maya.get_by_text("Moderators only · on hold")).to_be_visible()
    await priya.get_by_label("Your words").fill("A1 <b>Exit tickets</b> and A1 more")
    await priya.keyboard.press("Enter")
    await expect(priya.get_by_text("Your answer stands under Q1.")).to_be_visible()
    await expect(priya.get_by_text("There is no question 9")).to_have_count(0)
    await expect(luis.get_by_text("<b>Exit tickets</b>")).to_be_visible()
    await luis.get_by_role("button", name="Answer", exact=True).last.click()
    await luis.get_by_role("dialog").get_by_label("Your answer to Q1").fill("Fewer slides")
    await luis.get_by_role("dialog").get_by_role("button", name="Send").click()
    await expect(luis.get_by_text("Your answer stands under Q1.")).to_be_visible()
    await priya.get_by_role("button", name="Where are we?").last.click()
    await expect(priya.get_by_text("We are on Q1")).to_be_visible()
    await maya.get_by_role("button", name="Go on after the hold").click()

    await expect(log.get_by_role("heading", name="Q3")).to_be_visible(timeout=LONG)
    await luis.get_by_label("Your words").fill("A2 late: https://example.org/late")
    await luis.get_by_role("button", name="Send", exact=True).click()
    await reads_the_archive(priya)
    assert complaints == []


async def test_the_guided_start(browser: Browser, address: str) -> None:
    """A teacher tells about themselves in one form, and home shows it, by itself, in their zone."""
    emma = await tab(browser, address, "Emma Lindqvist", [])
    await emma.get_by_role("link", name="Home", exact=True).click()
    await emma.get_by_role("button", name="Begin").click()
    await emma.get_by_role("button", name="Save").click()
    await expect(emma.get_by_text("Please choose at least one.")).to_be_visible()
    await emma.get_by_text("Science", exact=True).click()
    await emma.get_by_label("Your time zone").fill("pacif")
    await emma.get_by_role("option", name="Pacific (Los Angeles)").click()
    await emma.get_by_label("Up to three goals, one a line").fill("Better lab talk")
    await emma.get_by_role("button", name="Save").click()
    await expect(emma.get_by_text("Welcome, Emma Lindqvist")).to_be_visible()
    await expect(emma.get_by_text("• Better lab talk")).to_be_visible()


async def test_what_was_typed_is_kept(browser: Browser, address: str) -> None:
    """Escape loses no form, and whoever is asked to wait keeps their words."""
    sam = await tab(browser, address, "Sam Okafor", [])
    await sam.get_by_role("button", name="Plan a chat").click()
    questions = sam.get_by_label("Questions, pasted as they stand")
    await questions.fill("Q1: What was nearly lost?")
    await sam.keyboard.press("Escape")
    await expect(sam.get_by_role("dialog")).to_be_hidden()
    await sam.get_by_role("button", name="Plan a chat").click()
    await expect(questions).to_have_value("Q1: What was nearly lost?")
    await sam.get_by_role("button", name="Cancel").click()

    waits = '<section class="only-you"><p>That was quick</p></section>'
    await sam.route("**/say", lambda route: route.fulfill(json={"kind": "held", "html": waits}))
    await sam.get_by_label("Your words").fill("A1 my long thought")
    await sam.keyboard.press("Enter")
    await expect(sam.get_by_text("That was quick")).to_be_visible()
    await expect(sam.get_by_label("Your words")).to_have_value("A1 my long thought")
    await sam.unroute("**/say")
    await sam.keyboard.press("Enter")
    await expect(sam.locator(".words", has_text="A1 my long thought")).to_be_visible()
    await expect(sam.get_by_label("Your words")).to_have_value("")


async def test_an_answer_hides_nothing_that_comes(browser: Browser, address: str) -> None:
    """What is for one alone stands where it came: what others say next is seen, below it."""
    luis, emma = [
        await tab(browser, address, who, []) for who in ("Luis Herrera", "Emma Lindqvist")
    ]
    await luis.set_viewport_size({"width": 390, "height": 600})
    for turn in ("first", "second"):
        await luis.get_by_role("button", name="What you can do").click()
        await luis.get_by_role("button", name="Where are we?").last.click()
        await expect(luis.locator("#private > section")).to_be_in_viewport()
        await emma.get_by_label("Your words").fill(f"Seen at once, the {turn} time")
        await emma.keyboard.press("Enter")
        said = luis.locator("#private ~ .msg", has_text=f"Seen at once, the {turn} time")
        await expect(said.locator("p.words")).to_be_in_viewport()


async def test_what_one_said_opens_in_sight(browser: Browser, address: str) -> None:
    """The form to change it is below the last message of the room, and still all of it is seen."""
    emma = await tab(browser, address, "Emma Lindqvist", [])
    await emma.set_viewport_size({"width": 390, "height": 600})
    await emma.get_by_label("Your words").fill("Almost what I meant")
    await emma.keyboard.press("Enter")
    said = emma.locator(".msg", has_text="Almost what I meant")
    await said.locator("summary").click()
    await expect(said.get_by_role("button").last).to_be_in_viewport(ratio=1)
    await expect(said.get_by_role("textbox")).to_be_focused()


async def test_somebody_new_without_scripts(browser: Browser, address: str) -> None:
    """Forms are taken from a page that is no more than HTML: coming in, speaking, a sign-in link."""
    dana = await browser.new_page(java_script_enabled=False, locale="en-US")
    await dana.goto(address)
    await dana.get_by_label("Or come in as somebody new").fill("Dana Whitfield")
    await dana.get_by_role("button", name="Come in").click()
    await dana.get_by_label("Your words").fill("Hello from my phone")
    await dana.get_by_role("button", name="Send", exact=True).click()
    await expect(dana.locator(".words", has_text="Hello from my phone")).to_be_visible()
    await dana.get_by_label("Your words").fill("/pln me web")
    await dana.get_by_role("button", name="Send", exact=True).click()
    async with dana.context.expect_page() as opened:
        await dana.get_by_role("link", name="Open").click()
    pages = await opened.value
    await pages.get_by_role("button", name="Open my pages").click()
    await expect(pages.get_by_role("heading", name="Hello, Dana Whitfield")).to_be_visible()
    await pages.get_by_role("button", name="Sign out").click()
    await expect(pages.get_by_label("Or come in as somebody new")).to_be_visible()


async def test_somebody_takes_their_data_out_and_is_forgotten(
    browser: Browser, address: str
) -> None:
    """Two steps that say what goes and what stays; afterwards nobody of that name is there."""
    eve = await browser.new_page(viewport={"width": 390, "height": 844}, locale="en-US")
    await eve.goto(address)
    await eve.get_by_label("Or come in as somebody new").fill("Eve Adams")
    await eve.get_by_role("button", name="Come in").click()
    await eve.get_by_label("Your words").fill("/pln me data")
    await eve.get_by_role("button", name="Send", exact=True).click()
    await expect(eve.get_by_text("Your name, language and time zone")).to_be_visible()
    await eve.get_by_role("link", name="All of it, on a page").click()
    async with eve.expect_download() as begun:
        await eve.get_by_role("link", name="As a file").click()
    with zipfile.ZipFile(await (await begun.value).path()) as packed:
        assert "Eve Adams" in packed.read("README.md").decode()
    await eve.get_by_role("button", name="Erase me").click()
    dialog = eve.get_by_role("dialog")
    await dialog.get_by_label("Your answers that others can read").select_option("Remove them")
    assert await barriers(eve, "the last step") == []
    await dialog.get_by_role("button", name="Erase everything").click()
    await expect(eve.get_by_text("I have forgotten you")).to_be_visible()
    await eve.goto(address)
    await expect(eve.get_by_role("link", name="Maya Torres")).to_be_visible()
    await expect(eve.get_by_role("link", name="Eve Adams")).to_have_count(0)


async def test_somebody_new_reads_their_own_times(browser: Browser, address: str) -> None:
    """The browser's zone comes in with them, so that nothing has to be chosen."""
    page = await browser.new_page(locale="en-US", timezone_id="America/Denver")
    await page.goto(address)
    await page.get_by_label("Or come in as somebody new").fill("Marcus")
    await page.get_by_role("button", name="Come in").click()
    await page.get_by_label("Your words").fill("/pln me start")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Your time zone")).to_have_value("Mountain (Denver)")


async def test_a_lost_cookie_loses_no_words(browser: Browser, address: str) -> None:
    """The page says what to do; once the address was opened in another tab, the same press works."""
    tabs = await browser.new_context(locale="en-US")
    emma, other = await tabs.new_page(), await tabs.new_page()
    await emma.goto(address)
    await emma.get_by_role("link", name="Emma Lindqvist").click()
    await tabs.clear_cookies()
    await emma.get_by_label("Your words").fill("Still here")
    await emma.keyboard.press("Enter")
    await expect(emma.get_by_text("Open that again, then try this again.")).to_be_visible()
    await expect(emma.get_by_label("Your words")).to_have_value("Still here")
    await other.goto(address)
    await emma.keyboard.press("Enter")
    await expect(emma.get_by_label("Your words")).to_have_value("")
    await emma.reload()
    await expect(emma.locator("p.words", has_text="Still here")).to_be_visible()


async def test_a_page_that_cannot_follow_says_so(browser: Browser, address: str) -> None:
    """Where too many pages are open, this one tells why it stands still, in the server's words."""
    page = await browser.new_page(locale="en-US")
    full = {"status": 503, "headers": {"Retry-After": "20"}, "body": "Very many pages are open"}
    # A worker's requests are out of a test's reach: this tab holds its stream by itself.
    await page.add_init_script("delete window.SharedWorker")
    await page.route("**/live?*", lambda route: route.fulfill(**full))
    await page.goto(address)
    await page.get_by_role("link", name="Emma Lindqvist").click()
    await expect(page.locator("#status")).to_have_text("Very many pages are open")


@pytest.mark.rows(144)
@pytest.mark.parametrize(("width", "scheme"), in_turn(WAYS, 2))
async def test_no_barriers(browser: Browser, address: str, scheme: str, width: str) -> None:
    """axe-core finds nothing on any page, and no page is wider than the screen."""
    across, down = WIDTHS[width]
    page = await browser.new_page(
        viewport={"width": across, "height": down},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="en-US",
        bypass_csp=True,  # axe puts itself into the page; the page's own rules are tested elsewhere
    )
    paths = ["/", "/nothing", "/signin/old"]
    paths += [f"/as/maya/{path}" for path in ("room/chat-night", "room/lounge", "messages")]
    names = ("home", "help", "chats", "chat/1", "panel/1", "audit", "data")
    paths += [f"/as/maya/page/{name}" for name in names]
    here = address.partition("/?")[0]
    await page.goto(here)
    await page.get_by_text("opens by an address of its own").wait_for()
    found = await barriers(page, "the lobby to a stranger")
    await page.goto(address)
    for path in paths:
        await page.goto(here + path)
        found += await barriers(page, path)
    await page.goto(f"{here}/as/maya/room/chat-night")
    if width == "phone":
        await page.get_by_role("button", name="Rooms and pages").click()
        found += await barriers(page, "the rooms and pages on a phone")
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name="What you can do").click()
        found += await barriers(page, "what one can do on a phone")
    await page.get_by_role("button", name="Plan a chat").click()
    await page.get_by_role("dialog").get_by_role("button", name="Preview").wait_for()
    found += await barriers(page, "the form for a chat")
    await page.get_by_label("Questions, pasted as they stand").fill(DOCUMENT)
    await page.get_by_label("Start", exact=True).fill("in 3 days")
    await page.get_by_role("button", name="Preview").click()
    await page.get_by_role("button", name="Publish").click()
    await page.get_by_role("button", name="Call it off").first.wait_for(state="attached")
    await page.reload()
    if width == "phone":
        await page.get_by_text("Moderator's panel").click()
    await page.get_by_role("button", name="Begin now").wait_for()
    found += await barriers(page, "the panel beside a room")
    await page.goto(f"{here}/as/priya/room/chat-night")
    await page.get_by_role("link", name=re.compile("thread|repl")).first.click()
    found += await barriers(page, "a thread")
    await page.goto(f"{here}/as/priya/page/home")
    await page.get_by_role("button", name=re.compile("Begin|Change")).first.click()
    await page.get_by_role("dialog").get_by_role("button", name="Save").wait_for()
    found += await barriers(page, "the form")
    assert "\n".join(found) == ""
    await page.close()


async def barriers(page: Page, path: str) -> list[str]:
    """Return what axe-core finds on the page as it stands, and whether it is too wide."""
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    told = await page.evaluate("async () => (await axe.run()).violations")
    found = [
        f"{path}: {each['id']}: {node['html'][:160]}" for each in told for node in each["nodes"]
    ]
    wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*found, f"{path} is wider than the screen"] if wide else found
