"""Lists of feeds: read as programs really write them, written as every program takes them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import opml
from feeds.cleaning import plain_words
from feeds.finder import Feeds
from plnbot.errors import Refused
from plnbot.syndication import Feeds as Port
from plnbot.syndication import Outline
from plnbot.syndication.lists import written
from plnbot.testing import HeavyHere, StubFetcher
from tests.feeds.documents import atom, rss

A = "https://a.example/feed"
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(
    lambda said: plain_words(said, 300)
)
OUTLINES = st.lists(
    st.builds(
        Outline,
        address=st.integers(0, 10**6).map(lambda at: f"https://a.example/{at}?x=1&y=<2>"),
        title=NAMES,
        site=st.sampled_from(("", "https://a.example/")),
        folders=st.lists(NAMES.filter(bool), max_size=3).map(tuple),
    ),
    unique_by=lambda each: each.address,
    min_size=1,
    max_size=20,
)


def listed(body: str, head: str = "<title>Mine</title>") -> bytes:
    """Return a list."""
    return f'<?xml version="1.0"?><opml version="2.0"><head>{head}</head><body>{body}</body></opml>'.encode()


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f'<outline type="rss" text="A" xmlUrl="{A}"/>', [("A", ())]),
        (f'<outline xmlUrl="{A}"/>', [("", ())]),
        (f'<outline title="T" xmlurl="{A}"/>', [("T", ())]),
        (f'<outline text="x" title="T" XMLURL="{A}"/>', [("T", ())]),
        (f'<outline type="rss" url="{A}"/>', [("", ())]),
        (f'<outline text="Maths"><outline text="A" xmlUrl="{A}"/></outline>', [("A", ("Maths",))]),
        (
            f'<outline text="P"><outline text="Q"><outline xmlUrl="{A}"/></outline></outline>',
            [("", ("P", "Q"))],
        ),
        (f'<outline text="A & B" xmlUrl="{A}"/>', [("A & B", ())]),
        (f'<outline text="A &nbsp; B" xmlUrl="{A}"/>', [("A &nbsp; B", ())]),
        (
            f'<outline text="A" xmlUrl="{A}"/><outline text="B" xmlUrl="{A}/?utm_source=x"/>',
            [("A", ())],
        ),
    ],
)
def test_as_programs_write_them(body: str, found: list[tuple[str, tuple[str, ...]]]) -> None:
    """Without `text`, without `type`, with `&` as it is, in folders, twice."""
    read = opml.read(listed(body))
    assert [(each.title, each.folders) for each in read.feeds] == found
    assert read.feeds[0].address == A
    assert read.title == "Mine"


def test_what_is_no_address_is_counted() -> None:
    """Nothing is dropped in silence."""
    read = opml.read(
        listed(
            f'<outline xmlUrl="{A}"/><outline xmlUrl="{A}#top"/><outline xmlUrl="javascript:x"/>'
            '<outline type="link" url="https://a.example"/><outline text="empty"/>'
        )
    )
    assert (len(read.feeds), read.doubles, read.skipped) == (1, 1, 1)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (rss(), "one feed, not a list"),
        (atom("<entry/>"), "one feed, not a list"),
        (b"<!doctype html><html><body>Hi<br></body></html>", "a web page"),
        (b"<html><body/></html>", "a web page"),
        (json.dumps({"version": 1}).encode(), "no list of feeds"),
        (b"", "no list of feeds"),
        (b"\x89PNG\r\n\x1a\n", "no list of feeds"),
        (b"a,b,c", "no list of feeds"),
        (listed("<outline")[:-20], "damaged"),
        (b"<note/>", "damaged"),
        (listed(""), "no feed in this list"),
        (b'<!DOCTYPE opml [<!ENTITY a "b">]>' + listed("")[21:], "damaged"),
        (listed("<outline>" * 100 + "</outline>" * 100), "damaged"),
        (b"x" * (opml.LONGEST + 1), "too long"),
        (b'<?xml version="1.0" encoding="klingon"?><opml/>', "damaged"),
    ],
)
def test_what_is_no_list_is_refused_in_words(document: bytes, said: str) -> None:
    """Each wrong kind is named for what it is."""
    with pytest.raises(Refused, match=said):
        opml.read(document)


@given(OUTLINES, NAMES)
def test_what_is_written_is_read_again(feeds: list[Outline], title: str) -> None:
    """Whatever is in a title; a list that came out goes in, here and elsewhere."""
    read = opml.read(written(title, feeds))
    assert sorted(read.feeds, key=repr) == sorted(feeds, key=repr)
    assert read.title == title


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(document: bytes) -> None:
    """Nothing else comes of it."""
    for each in (document, listed("").replace(b"<body>", b"<body>" + document)):
        try:
            opml.read(each)
        except Refused:
            continue


def test_a_list_of_a_hundred_thousand_is_read_up_to_its_most() -> None:
    """The rest is counted as left out."""
    body = "".join(f'<outline xmlUrl="{A}/{at}"/>' for at in range(6000))
    read = opml.read(listed(body))
    assert (len(read.feeds), read.skipped) == (opml.MOST, 1000)


async def test_through_the_port() -> None:
    """Read in a child, with the reason coming out of it too."""
    feeds: Port = Feeds(StubFetcher(), HeavyHere())
    read = await feeds.listed(listed(f'<outline text="A"><outline xmlUrl="{A}"/></outline>'))
    assert read.feeds == (Outline(address=A, folders=("A",)),)
    assert (await feeds.listed(written("Mine", read.feeds))).feeds == read.feeds
    with pytest.raises(Refused, match="one feed, not a list"):
        await feeds.listed(rss())
