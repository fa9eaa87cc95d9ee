"""`./run feeds check`: one line for each feed of a pack, and how it stands."""

from pathlib import Path

import pytest

from feeds.finder import Feeds
from plnbot.cli import main
from plnbot.fetching import Fetched, Unreachable, Why
from plnbot.operate.feeds import checked
from plnbot.packs.feeds import FEED_PACKS, feed_packs
from plnbot.talk.words import msg
from plnbot.testing import HeavyHere, StubFetcher

FEED = (
    b'<rss version="2.0"><channel><title>T</title><item><title>One</title><link>https://a.example/1'
    b"</link><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>"
)
PAGE = b'<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>x</body>'
STANDS: dict[str, Fetched | Exception] = {
    "well": Fetched(200, {}, FEED),
    "moved": Fetched(200, {}, FEED, "https://new.example/feed", "https://new.example/feed"),
    "blocked": Fetched(403, {}, b""),
    "gone": Fetched(410, {}, b""),
    "page": Fetched(200, {"content-type": "text/html"}, PAGE, "https://page.example/"),
    "words": Fetched(200, {"content-type": "text/plain"}, b"no feed at all"),
    "slow": Unreachable(Why.TIME, msg("It is too slow.")),
}
ENTRY = """
[[feed]]
id = "{id}"
name = {{ en = "{id}" }}
address = "{address}"
lists = ["S1"]
found = "2026-11"
"""


def pack_of(path: Path, addresses: dict[str, str]) -> Path:
    """Write a pack down and return its file."""
    entries = "".join(ENTRY.format(id=name, address=at) for name, at in addresses.items())
    path.write_text(f'[pack]\nname = {{ en = "P" }}\nabout = {{ en = "A" }}\n{entries}')
    return path


async def test_a_line_for_each(tmp_path: Path) -> None:
    """Answers, moved, blocked here, gone, no feed, no answer: each is told apart."""
    addresses = {each: f"https://{each}.example/" for each in STANDS}
    addresses["video"] = "https://www.youtube.com/feeds/videos.xml?channel_id=UC1"
    pages: dict[str, Fetched | Exception] = {addresses[each]: page for each, page in STANDS.items()}
    pages["https://page.example/feed"] = Fetched(200, {}, FEED)
    pages[addresses["video"]] = Fetched(404, {}, b"")
    packs = {"mine": FEED_PACKS.load(pack_of(tmp_path / "mine.toml", addresses))}
    lines: list[str] = []
    assert await checked(Feeds(StubFetcher(pages), HeavyHere()), packs, lines.append) == 1
    told = {each.split("mine/")[1].split()[0]: each for each in lines[:-1]}
    assert "answers" in told["well"]
    assert "1 items, the newest of 2026-11-20" in told["well"]
    assert "for good, to https://new.example/feed" in told["moved"]
    assert "blocked here" in told["blocked"]
    assert "gone" in told["gone"]
    assert "its feed is https://page.example/feed" in told["page"]
    assert "no feed" in told["words"]
    assert "no answer now" in told["slow"]
    assert "no answer now" in told["video"]
    assert "[  8/8]" in lines[-2]
    assert lines[-1].startswith("2 × ")


def test_a_pack_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt name is told, with those there are."""
    assert main(["feeds", "check", "maths"]) == 1
    assert "There are: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('address = "ftp://a.example"', "must be an address of the web"),
        ('found = "last year"', "must be the month"),
        ("lists = []", "names no list"),
        ('subjects = ["maths"]', "names what no pack knows: maths"),
    ],
)
def test_what_is_wrong_in_a_pack(tmp_path: Path, line: str, said: str) -> None:
    """Each mistake is told with its line."""
    key = line.split(" ", maxsplit=1)[0]
    entry = ENTRY.format(id="a", address="https://a.example/feed")
    lines = [each for each in entry.splitlines() if not each.startswith(key)]
    wrong = "\n".join(['[pack]\nname = { en = "P" }\nabout = { en = "A" }', *lines, line])
    with pytest.raises(Exception, match=said):
        FEED_PACKS.parsed(wrong.encode(), "wrong.toml")


def test_what_is_shipped_says_where_it_was_found() -> None:
    """At least one list stands behind every feed, and packs share none."""
    every = [each for pack in feed_packs().values() for each in pack.entries.values()]
    assert len(every) > 100
    assert all(each.lists and each.found for each in every)
    assert not list(FEED_PACKS.between())
