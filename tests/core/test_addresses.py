"""Two spellings of one page's address are one, and two pages stay two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.addresses import VERSION, canonical, key

PAGE = "https://example.org/a/b"


@pytest.mark.parametrize(
    "spelling",
    [
        "http://example.org/a/b",
        "https://www.example.org/a/b/",
        "HTTPS://Example.ORG:443/a/b",
        "http://example.org:80/a/b",
        "https://example.org./a/b",
        "https://example.org/a/b?",
        "https://example.org/a/b?utm_source=x&utm_medium=y",
        "https://example.org/a/b?fbclid=1#part-two",
        "https://example.org/a/b#:~:text=word",
        "https://example.org/%61/b",
        " https://example.org/a/b ",
    ],
)
def test_spellings_of_one_page(spelling: str) -> None:
    """Host, port, slash, counting words and the place on the page make no other page."""
    assert canonical(spelling) == canonical(PAGE) == PAGE


@pytest.mark.parametrize(
    "other",
    [
        "https://example.org/A/b",
        "https://example.org/a",
        "https://example.org/a/b?page=2",
        "https://example.org:8080/a/b",
        "https://blog.example.org/a/b",
        "https://example.org/a%2Fb",
        "https://example.org/a/b#/chapter/2",
        "https://example.org/a/b#!two",
    ],
)
def test_other_pages(other: str) -> None:
    """What tells pages apart is kept."""
    assert canonical(other) != PAGE


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("https://e.org/?b=2&a=1", "https://e.org?a=1&b=2"),
        ("https://e.org/%c3%a9", "https://e.org/é"),
        ("https://youtu.be/abc?si=x", "https://www.youtube.com/watch?v=abc&feature=share"),
        ("https://m.youtube.com/watch?v=abc", "https://youtu.be/abc"),
        ("http://[2001:db8::1]/x", "https://[2001:DB8::1]:443/x/"),
        ("https://x.com/a/1?s=20&t=abc", "https://x.com/a/1"),
        ("https://youtube.com/shorts/dQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcQ?si=x"),
        ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcQ"),
        ("https://m.youtube.com/live/dQw4w9WgXcQ?feature=share", "https://youtu.be/dQw4w9WgXcQ"),
        ("https://e.org/a?ref=e.org", "https://e.org/a"),
        ("https://www.e.org/a?ref=https://www.e.org/", "https://e.org/a"),
        ("https://e.org/a?msclkid=1&srsltid=2&itm_source=3&s_cid=4", "https://e.org/a"),
    ],
)
def test_pairs(one: str, two: str) -> None:
    """Order, encoding, and short addresses of videos."""
    assert canonical(one) == canonical(two)


@pytest.mark.parametrize(
    "strange",
    [
        "",
        "mailto:a@b.org",
        "javascript:alert(1)",
        "https://",
        "https://[",
        "http://e.org:99999/",
        "HTTP://e org /",
        "x",
    ],
)
def test_what_is_no_page(strange: str) -> None:
    """It comes back as it is."""
    assert canonical(strange) == strange


@given(
    st.text(max_size=60)
    | st.builds(
        "{}://{}{}{}".format,
        st.sampled_from(["http", "https", "HTTP"]),
        st.sampled_from(["e.org", "www.www.e.org:80", "youtu.be", "é.org", "[::1]"]),
        st.text(alphabet="/%aAé2Ff.~ +", max_size=12),
        st.text(alphabet="?#&=ab%;é/!", max_size=12),
    )
)
def test_the_common_spelling_is_its_own(url: str) -> None:
    """Nothing is raised, and what was made is made no further."""
    once = canonical(url)
    assert canonical(once) == once


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("http://www.e.org/a/?utm_source=x&b=2&a=1#top", "https://e.org/a?a=1&b=2"),
        ("https://e.org/a?ref=main", "https://e.org/a?ref=main"),
        ("https://youtu.be/dQw4w9WgXcQ?t=5", "https://youtube.com/watch?t=5&v=dQw4w9WgXcQ"),
        ("https://e.org/%7Eana/caf%c3%a9", "https://e.org/~ana/caf%C3%A9"),
    ],
)
def test_keys_stay_as_they_are(url: str, kept: str) -> None:
    """Keys are in databases: where one of these changes, the version of the rules does too."""
    assert (VERSION, key(url)) == (1, f"1 {kept}")
