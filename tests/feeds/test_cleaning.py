"""What strangers wrote, cleaned: nothing acts, nothing hides, nothing is without end."""

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.cleaning import (
    LONGEST_TITLE,
    address,
    clean_item,
    plain_words,
    safe_html,
    shortened,
    text_of,
)
from plnbot.syndication import Enclosure, Item

TEXT = st.text(st.characters(exclude_categories=()), max_size=200)
BASE = "https://a.example/blog/post"
ACTS = re.compile(
    r"<(?!/?(?:a|abbr|b|blockquote|br|caption|cite|code|dd|del|dfn|dl|dt|em|figcaption|figure|h[1-6]|hr|i|ins"
    r"|kbd|li|mark|ol|p|pre|q|s|samp|small|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|u|ul)\b)"
    r"|<[^<>]*\s(?:on\w+|style|src|srcset|id|class|name|action|formaction)\s*=|<[^<>]*href=\"(?!https?:|mailto:)",
    re.IGNORECASE,
)
ATTACKS = (
    "<script>alert(1)</script>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    '<a href=" &#14; javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt&colon;alert(1)">x</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD4">x</a>',
    '<a href="vbscript:x">x</a>',
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg onload=alert(1)>",
    '<math><mi//xlink:href="data:x,<script>alert(4)</script>">',
    '<iframe src="https://evil.example"></iframe>',
    '<object data="x"></object><embed src=x>',
    '<form action="https://evil.example"><input name=q><button>Sign in</button></form>',
    '<meta http-equiv=refresh content="0;url=https://evil.example">',
    '<link rel=stylesheet href="https://evil.example"><base href="https://evil.example">',
    '<style>body{display:none}</style><p style="position:fixed">x</p>',
    "<p id=login class=panel name=x>x</p>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
    '<!--<img src="--><img src=x onerror=alert(1)//">',
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    '<textarea><img title="</textarea><img src onerror=alert(1)>">',
    '<title><img title="</title><img src onerror=alert(1)>">',
    "<template><img src=x onerror=alert(1)></template>",
    '<a href="https://a.example" target=_blank rel=opener ping="https://evil.example">x</a>',
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_acts(attack: str) -> None:
    """Whatever it tries, what is left are known tags without handlers, and links to the web."""
    cleaned = safe_html(attack, BASE)
    assert not ACTS.search(cleaned), cleaned


@given(st.lists(st.sampled_from((*ATTACKS, "<p>", "</p>", "<b>", "x", "&lt;", "\0"))), TEXT)
def test_nothing_acts_however_it_is_put_together(pieces: list[str], between: str) -> None:
    """Pieces of attacks in any order, with anything between: the same holds, and again after it."""
    cleaned = safe_html(between.join(pieces), BASE)
    assert not ACTS.search(cleaned), cleaned
    assert safe_html(cleaned, BASE) == cleaned


def test_naughty_strings(corpora: Path) -> None:
    """Known trouble, as a title and as a post."""
    for naughty in json.loads((corpora / "blns.json").read_text(encoding="utf-8")):
        item = clean_item(Item(title=naughty, content=naughty, guid=naughty, link=naughty))
        assert not ACTS.search(item.content), naughty
        assert len(item.title) <= LONGEST_TITLE
        assert item.link == "" or item.link.startswith(("http://", "https://"))


def test_a_post_stays_readable() -> None:
    """What posts are made of is kept; links are made whole and say that they are strangers'."""
    post = (
        '<h2>Halves</h2><p>Cut <em>one</em> in <a href="../two?a=1&amp;b=2" title="two">two</a>:</p>'
        '<ul><li>first</li><li>second</li></ul><table><tr><td colspan="2">1/2</td></tr></table>'
        '<blockquote lang="es">Mitad</blockquote><pre><code>a &lt; b</code></pre><img src="/x.png" alt="pie">'
    )
    cleaned = safe_html(post, BASE)
    assert 'href="https://a.example/two?a=1&amp;b=2"' in cleaned
    assert 'rel="noopener noreferrer nofollow ugc"' in cleaned
    for kept in ("<h2>", "<em>", "<li>", 'colspan="2"', 'lang="es"', "<code>a &lt; b</code>"):
        assert kept in cleaned
    assert "<img" not in cleaned
    assert 'src="https://a.example/x.png"' in safe_html(post, BASE, images=True)
    assert text_of(post) == "Halves\nCut one in two:\nfirst\nsecond\n1/2\nMitad\na < b"


def test_links_of_a_page_without_an_address_go() -> None:
    """Where nobody knows what a link is relative to, it is no link."""
    assert "href" not in safe_html('<a href="/x">x</a>')
    assert "href" in safe_html('<a href="https://a.example/x">x</a>')


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("  a \n b\t", "a b"),
        ("a\0b\x08c", "abc"),
        ("\u202egpj.exe\u200b\u2066x\u2069", "gpj.exex"),
        ("co\u00adop\ufeff", "coop"),
        ("\ud83d", ""),
        ("\U000e0041\U000e0042x", "x"),
        ("e\u0301", "é"),
        ("a" + "\u0308" * 50, "ä" + "\u0308" * 4),
        ("नमस्ते ไก่ שָׁלוֹם", "नमस्ते ไก่ שָׁלוֹם"),
        ("🇪🇸 👩🏽\u200d🏫", "🇪🇸 👩🏽\u200d🏫"),
    ],
)
def test_what_cannot_be_seen_goes(said: str, seen: str) -> None:
    """Controls, overturning, halves of characters; languages and families of signs stay whole."""
    assert plain_words(said) == unicodedata.normalize("NFC", seen)


@given(TEXT, st.integers(min_value=2, max_value=50))
def test_words_are_one_line_of_seen_characters_and_not_too_long(said: str, longest: int) -> None:
    """Whatever comes in; and what has been cleaned once stays as it is."""
    once = plain_words(said, longest)
    assert len(once) <= longest
    assert not any(unicodedata.category(each) in {"Cc", "Cs"} for each in once)
    assert plain_words(once, longest) == once


@given(TEXT, st.integers(min_value=2, max_value=60))
def test_a_cut_says_that_it_is_one(said: str, longest: int) -> None:
    """What does not fit ends in an ellipsis, what does is as it was."""
    cut = shortened(said, longest)
    assert cut == said if len(said) <= longest else cut.endswith("…")
    assert len(cut) <= longest


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("https://b.example/x y", ""),
        ("https://b.example/x", "https://b.example/x"),
        (" /x ", "https://a.example/x"),
        ("//b.example/x", "https://b.example/x"),
        ("javascript:alert(1)", ""),
        ("jav\tascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("mailto:a@example.org", ""),
        ("ftp://a.example/", ""),
        ("at://did:plc:x/app", ""),
        ("https://user:secret@b.example/", ""),
        ("https://[", ""),
        ("https://b.example:99999/", ""),
        ("https://b.example/" + "x" * 3000, ""),
        ("", ""),
    ],
)
def test_addresses_lead_to_the_web_or_nowhere(said: str, whole: str) -> None:
    """What is no address of the web is none at all."""
    assert address(said, BASE) == whole


@given(TEXT, TEXT)
def test_no_address_raises(said: str, base: str) -> None:
    """Anything may stand where an address should."""
    found = address(said, base)
    assert found == "" or found.startswith(("http://", "https://"))


def test_an_item_is_cleaned_in_every_field() -> None:
    """Titles without marks, a link from the guid, the first picture, files that are addresses."""
    item = clean_item(
        Item(
            guid="https://a.example/1",
            title="Ana &amp; <b>Bo</b><script>x</script>",
            content='<p>Hi</p><img width="1" src="/p.png?a=1&amp;b=2">',
            authors=("<b>Ana</b>", "", "Ana"),
            tags=("maths\n", "maths"),
            enclosures=(Enclosure(address="javascript:x"), Enclosure(address="/a.mp3")),
            video="not an id at all",
            captions=("/a.vtt", "javascript:x"),
            comments="javascript:x",
        ),
        "https://a.example/feed",
    )
    assert item.link == "https://a.example/1"
    assert item.title == "Ana & Bo"
    assert item.image == "https://a.example/p.png?a=1&b=2"
    assert (item.authors, item.tags) == (("Ana",), ("maths",))
    assert item.enclosures == (Enclosure(address="https://a.example/a.mp3"),)
    assert (item.video, item.captions, item.comments) == ("", ("https://a.example/a.vtt",), "")
    assert (item.text, item.content) == ("Hi", "<p>Hi</p>")
