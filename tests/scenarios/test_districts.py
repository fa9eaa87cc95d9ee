"""One district, however it is written: typed by teachers, settled and made one by who administers."""

from tests.scenarios.driver import Driver

TOLD = {
    "subjects": ["science"],
    "years": "7",
    "zone": "Pacific (Los Angeles)",
    "quiet": "none",
    "goals": "",
}


async def tells(driver: Driver, who: str, district: str) -> None:
    """Let a teacher say where they teach."""
    await driver.say(who, "/pln start")
    await driver.submit(who, district=district, state="Ohio", **TOLD)
    assert "Welcome" in await driver.alone(who)


async def test_two_spellings_become_one_district(driver: Driver) -> None:
    """What is typed waits, is settled, and the other spelling becomes a name of it; then back."""
    await tells(driver, "priya", "Lincoln USD")
    await tells(driver, "luis", "Lincoln Unified")
    await driver.say("maya", "/pln districts")
    assert "2, to be settled: 2" in await driver.alone("maya")
    assert "Lincoln USD (Ohio) 1 member" in await driver.page("maya", "districts")
    await driver.press_on_page("maya", "districts", "Settle it")
    await driver.submit("maya", name="Lincoln Unified School District", state="Ohio")
    await driver.press_on_page("maya", "districts", "It is another name of …")
    await driver.submit("maya", into="Lincoln Unified School District")
    assert "Moves from Lincoln U" in await driver.alone("maya")
    await driver.submit("maya")  # the button below the preview
    assert "Lincoln Unified School District (Ohio) 2 members" in await driver.page(
        "maya", "districts"
    )
    await driver.submit("maya")  # the one that takes it back
    assert "2 members" not in await driver.page("maya", "districts")


async def test_a_district_on_the_list_is_found_by_typing(driver: Driver) -> None:
    """The first letters lead to it by any of its names, and the profile shows it by its own."""
    await driver.say("maya", "/pln districts")
    await driver.press_on_page("maya", "districts", "Add a district")
    await driver.submit("maya", name="Columbus City Schools", state="Ohio")
    await tells(driver, "emma", "Columbus City Schools")
    await driver.say("emma", "/pln profile")
    assert "Columbus City Schools" in await driver.alone("emma")
    assert "Columbus City Schools (Ohio) 1 member" in await driver.page("maya", "districts")


async def test_districts_are_for_who_administers(driver: Driver) -> None:
    """A teacher is told whose it is, and sees no list."""
    await driver.say("priya", "/pln districts")
    assert "another role" in await driver.alone("priya")
