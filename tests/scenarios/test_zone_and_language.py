"""Zone and language: chosen by a word, taken from what is seen of somebody, and confirmed."""

from datetime import timedelta

from tests.scenarios.driver import Driver
from tests.scenarios.lobby import LobbyDriver

MADRID = {"Accept-Language": "es-ES,es;q=0.9,en;q=0.5", "Cookie": "plnbot_zone=Europe%2FMadrid"}


async def test_a_language_is_named_as_people_name_it(driver: Driver) -> None:
    """A code, a name in either language, or a tag will do; what is none leads to the list."""
    for words, told in (
        ("es", "Desde ahora te hablo en español"),
        ("English", "From now on I speak English"),
        ("español", "Desde ahora te hablo en español"),
        ("inglés", "From now on I speak English"),
        ("Spanish", "Desde ahora te hablo en español"),
        ("en-GB", "From now on I speak English"),
    ):
        await driver.say("priya", f"/pln language {words}")
        assert told in await driver.alone("priya"), words
    await driver.say("priya", "/pln language klingon")
    assert "I do not speak “klingon” yet" in await driver.alone("priya")
    await driver.press("priya", "Choose a language", choose="es")
    assert "Desde ahora te hablo en español" in await driver.alone("priya")


async def test_every_zone_is_found_by_a_word(driver: Driver) -> None:
    """A city, an everyday name or the beginning of one is enough; of several one is chosen."""
    await driver.say("priya", "/pln zone Manila")
    assert "you read times in Manila" in await driver.alone("priya")
    await driver.say("priya", "/pln zone Indiana")
    assert "Indiana" in await driver.alone("priya")
    await driver.say("priya", "/pln zone Nowhere at all")
    assert "I know no time zone or city called “Nowhere at all”" in await driver.alone("priya")
    await driver.say("priya", "/pln zone america kent")
    await driver.press("priya", "Which one is yours?", choose="America/Kentucky/Monticello")
    assert "Monticello" in await driver.alone("priya")
    await driver.say("priya", "/pln zone")
    await driver.submit("priya", zone="Asia/Tokyo")
    assert "you read times in Tokyo" in await driver.alone("priya")


async def test_what_was_not_confirmed_is_asked_for_once(driver: Driver) -> None:
    """One tap on the home says that zone and language are right, and it is not asked again."""
    assert "Your clock and your language" in await driver.page("priya", "home")
    await driver.press_on_page("priya", "home", "That is right")
    assert "Your clock and your language" not in await driver.page("priya", "home")
    await driver.say("luis", "/pln zone Bogota")
    assert "Your clock and your language" not in await driver.page("luis", "home")


async def test_a_network_speaks_as_its_administrators_choose(driver: Driver) -> None:
    """Rooms speak the network's language; what is one's own stays in one's own."""
    await driver.say("priya", "/pln network language")
    assert "another role" in await driver.alone("priya")
    await driver.say("maya", "/pln network language")
    await driver.submit("maya", zone="America/Bogota", locale="es")
    assert "What everybody reads is in Spanish" in await driver.alone("maya")
    await driver.say("maya", "/pln chat new")
    await driver.submit("maya", questions="Q1: Why?", starts="today 8 pm", plan="classic60")
    await driver.press("maya", "Publish")
    await driver.pass_time(timedelta())
    seen = await driver.see("priya")
    assert "Próximamente" in seen
    assert "Chat del lun 23 nov" in seen
    assert "Remind me" not in seen
    await driver.say("maya", "/pln network audit")
    assert "changed the network's language" in await driver.page("maya", "audit")


async def test_somebody_new_has_the_browsers_zone_and_language(lobby: LobbyDriver) -> None:
    """Whom the browser shows to be in Madrid and to read Spanish reads Spanish, by that clock."""
    page = await lobby.client.get("/as/priya/page/home", headers=MADRID)
    words = await page.text()
    assert "Parece que usas la hora de Madrid y lees en español" in words
    room = await (await lobby.client.get("/as/emma/room/chat-night", headers=MADRID)).text()
    assert "Parece que usas la hora de Madrid y lees en español" in room
    assert "Parece que" not in await lobby.page("luis", "home")


async def test_what_a_browser_claims_is_not_trusted(lobby: LobbyDriver) -> None:
    """A zone that is none and a language that is none are as if nothing had been said."""
    odd = {"Accept-Language": "tlh;q=x,,*", "Cookie": "plnbot_zone=..%2F..%2Fetc%2Fpasswd%00"}
    page = await lobby.client.get("/as/priya/page/home", headers=odd)
    assert page.status == 200
    assert "You seem to be" not in await page.text()
