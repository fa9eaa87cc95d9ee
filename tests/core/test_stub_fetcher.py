"""The web of a test: a few pages, what was asked of it, and trouble of every kind."""

import pytest

from plnbot.engine.outside import Fetched, Fetcher
from plnbot.errors import Refused, Unavailable
from plnbot.talk.words import msg
from plnbot.testing import StubFetcher

PAGE = Fetched(200, {"etag": '"1"'}, b"<rss/>", address="https://a.example/")


async def test_it_answers_like_the_web() -> None:
    """What stands there is given, what does not cannot be reached, and what is refused is."""
    stub = StubFetcher({"https://a.example/": PAGE, "https://b.example/": Refused(msg("Never."))})
    web: Fetcher = stub
    assert await web.fetch("https://a.example/", {"If-None-Match": '"1"'}) == PAGE
    with pytest.raises(Refused):
        await web.fetch("https://b.example/")
    with pytest.raises(Unavailable):
        await web.fetch("https://c.example/")
    assert stub.asked == [
        ("https://a.example/", {"If-None-Match": '"1"'}),
        ("https://b.example/", {}),
        ("https://c.example/", {}),
    ]
