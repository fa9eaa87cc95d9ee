"""The library: found, saved, done, used in class; the catalogue; a digest; dead links; a member's blog."""

from datetime import timedelta

from plnbot.fetching import Fetched
from plnbot.reading.model.things import Thing, ThingKind
from plnbot.reading.store import blogs, catalogue
from plnbot.store.database import Tx
from plnbot.talk.interactions import Command, Opened, Press, Submit
from plnbot.testing import StubFetcher
from tests.adapters.script import ANA, BO, CY, Script
from tests.adapters.script.reading import rss

BLOG, ITS_FEED = "https://bo.example/", "https://bo.example/feed.xml"
_PAGE = f'<html><head><link rel="alternate" type="application/rss+xml" href="{ITS_FEED}"></head>'
ENTRY = {
    "link": "https://webinars.example.org/fractions",
    "title": "Fractions on a *number line*, live",
    "what": "webinar",
    "note": "She shows every *mistake* once. @everyone",
    "provider": "Numbers & Co.",
    "minutes": "45",
    "cost": "free",
    "day": "2027-01-14",
    "time": "16:00",
    "until": "",
    "subjects": ["math"],
    "grades": ["4", "5"],
    "skills": ["creativity"],
    "audience": "teachers",
}
DONE = {"sentence": "I start with the *half*.", "minutes": "40", "class": "3"}
DIGEST = {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "at": "12:00", "most": "3"}


async def after(script: Script) -> None:
    """List, find, save, do, use; report a link; get a digest; offer a blog."""
    await script.do(BO, Command("feed catalogue"), "command catalogue empty")
    await script.do(BO, Command("feed saved"), "command saved empty")
    await _listed(script)
    ref = Thing(ThingKind.ENTRY, await script.store.read(_newest_entry)).ref
    await _found(script)
    await _kept(script, ref)
    await _digest(script)
    await _reported(script, ref)
    await _blog(script)
    await _packs(script)


async def _listed(script: Script) -> None:
    await script.do(ANA, Command("feed entry https://webinars.example.org/fractions"))
    wrong = {**ENTRY, "link": "nowhere", "day": "2020-01-01"}
    await script.do(ANA, Submit("reading.entry", wrong), "wrong form reading.entry")
    await script.do(ANA, Submit("reading.entry", ENTRY))
    await script.do(ANA, Press("reading.entry_add"))
    number = str(await script.store.read(_newest_entry))
    await script.do(ANA, Press("reading.entry_edit", number))
    await script.do(ANA, Press("reading.entry_out", number))
    await script.do(ANA, Press("reading.entry_back", number))
    await script.do(BO, Command("feed catalogue"))
    await script.do(BO, Opened("reading.catalogue"), "opened reading.catalogue")


async def _found(script: Script) -> None:
    await script.do(BO, Command("find"))
    await script.do(BO, Submit("reading.find", {"words": "fractions number line"}))
    await script.do(BO, Press("reading.again"))
    await script.do(BO, Command("find hexagons"), "command find nothing")
    await script.do(BO, Command("feed minutes 45"))
    await script.do(BO, Press("reading.minutes", "5"))


async def _kept(script: Script, ref: str) -> None:
    await script.do(BO, Press("reading.thing", ref))
    await script.do(BO, Opened("reading.thing", ref), "opened reading.thing")
    await script.do(BO, Press("reading.why", ref))
    await script.do(BO, Press("reading.save", ref))
    await script.do(BO, Command("feed saved"))
    await script.do(BO, Press("reading.put_back", ref))
    await script.do(BO, Press("reading.less", ref))
    await script.do(BO, Press("reading.not_less", ref))
    await script.do(BO, Press("reading.done", ref))
    await script.do(BO, Submit("reading.done", DONE, ref))
    await script.do(BO, Opened("reading.shelf"), "opened reading.shelf")
    await script.until(script.clock.at + timedelta(days=3, hours=12))
    await script.do(BO, Press("reading.used", ref))
    await script.do(BO, Press("reading.unused", ref))


async def _digest(script: Script) -> None:
    book = {**ENTRY, "link": "https://books.example.org", "title": "A *book*", "what": "book"}
    book |= {"day": "", "time": "", "subjects": [], "grades": [], "minutes": "", "cost": "$20"}
    await script.do(ANA, Submit("reading.entry", book), "form reading.entry book")
    await script.do(BO, Command("feed mine"), "command digest none")
    await script.do(BO, Press("reading.digest_set"))
    await script.do(BO, Submit("reading.digest", DIGEST))
    await script.do(BO, Command("feed mine"))
    await script.do(BO, Press("reading.digest_now"))
    await script.until(script.clock.at + timedelta(days=1, hours=12))
    await script.do(BO, Press("reading.digest_stop"))


async def _reported(script: Script, ref: str) -> None:
    at_once = "reading.dead_link:at_once"
    await script.do(ANA, Press("members.notice_how", value=at_once), "press notice_how links")
    await script.do(BO, Press("reading.dead", ref))
    await script.do(BO, Press("reading.dead", ref), "press reading.dead again")
    await script.until(script.clock.at + timedelta(hours=12))
    await script.do(ANA, Press("reading.reports"))
    await script.do(ANA, Press("reading.works", ref))
    await script.do(CY, Press("reading.dead", ref), "press reading.dead of another")
    await script.do(ANA, Press("reading.take_out", ref))
    await script.do(ANA, Press("reading.reports"), "press reading.reports none")


async def _blog(script: Script) -> None:
    at_once = "reading.blog_offered:at_once"
    await script.do(ANA, Press("members.notice_how", value=at_once), "press notice_how blogs")
    tools = script.parts.runner.tools
    assert isinstance(tools.fetcher, StubFetcher)
    feed = rss("How I grade", called="Bo's *class*")
    tools.fetcher.pages[BLOG] = Fetched(200, {"content-type": "text/html"}, _PAGE.encode())
    tools.fetcher.pages[ITS_FEED] = Fetched(200, {}, feed)
    await script.do(BO, Command("feed blog"), "command blog none")
    await script.do(BO, Command(f"feed blog {BLOG}"))
    number = str(await script.store.read(_newest_blog))
    await script.do(BO, Press("reading.blog_agree", number))
    await script.until(script.clock.at + timedelta(hours=12))
    await script.do(ANA, Command("feed blogs"))
    await script.do(ANA, Press("reading.blog_decline", number))
    await script.do(ANA, Command("feed blogs"), "command blog offered none")
    await script.do(BO, Press("reading.blog_agree", number), "press reading.blog_agree again")
    await script.do(ANA, Press("reading.blog_take", number))
    await script.until(script.clock.at + timedelta(hours=12))
    await script.do(BO, Command("feed blog"))
    await script.do(BO, Press("reading.blog_back", number))
    await script.do(BO, Command(f"feed blog {BLOG}"), "command feed blog found again")


async def _packs(script: Script) -> None:
    await script.do(ANA, Command("feed packs"))
    await script.do(ANA, Press("reading.packs"))
    await script.do(ANA, Press("reading.pack", value="wellbeing"))
    await script.do(ANA, Submit("reading.pack", {"manner": "shelf"}, "wellbeing"))
    await script.until(script.clock.at + timedelta(hours=12))


def _newest_entry(tx: Tx) -> int:
    return max(each for each in range(1, 20) if catalogue.get(tx, each))


def _newest_blog(tx: Tx) -> int:
    return max(each for each in range(1, 20) if blogs.get(tx, each))
