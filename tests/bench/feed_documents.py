"""Feeds as the common programs write them, of any length, the same each time."""

import random
import re

_SAID = re.split(
    " ", "fraction number line lesson pupils water cycle reading group chat teacher school week"
)
_DECLARED = (
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)


def blog(items: int = 30, paragraphs: int = 6) -> bytes:
    """Return a blog of RSS with its posts whole, as WordPress writes it."""
    chance = random.Random(1)
    posts = "".join(
        f"<item><title>{_words(chance, 8)} {at}</title><link>https://blog.example/{at}</link>"
        f'<guid isPermaLink="false">https://blog.example/?p={at}</guid><dc:creator><![CDATA[Ana]]></dc:creator>'
        f"<pubDate>Mon, 23 Nov 2026 10:{at % 60:02d}:00 +0000</pubDate><category><![CDATA[maths]]></category>"
        f"<description><![CDATA[<p>{_words(chance, 40)} [&#8230;]</p>]]></description><content:encoded><![CDATA["
        + "".join(_paragraph(chance, number) for number in range(paragraphs))
        + "]]></content:encoded><slash:comments>3</slash:comments></item>"
        for at in range(items)
    )
    return _channel(posts)


def podcast(items: int = 100) -> bytes:
    """Return a podcast with its notes."""
    chance = random.Random(2)
    episodes = "".join(
        f"<item><title>{_words(chance, 6)} {at}</title><guid>{at}</guid><itunes:duration>{at}:10</itunes:duration>"
        f"<pubDate>Mon, 23 Nov 2026 10:{at % 60:02d}:00 +0000</pubDate>"
        f'<enclosure url="https://pod.example/{at}.mp3" type="audio/mpeg" length="1000"/>'
        f"<description>{_words(chance, 120)}</description></item>"
        for at in range(items)
    )
    return _channel(episodes)


def videos(items: int = 15) -> bytes:
    """Return a channel of videos, as YouTube writes it."""
    chance = random.Random(3)
    entries = "".join(
        f"<entry><id>yt:video:{at:011d}</id><yt:videoId>{at:011d}</yt:videoId><title>{_words(chance, 6)}</title>"
        f'<link rel="alternate" href="https://www.youtube.com/watch?v={at:011d}"/><author><name>A</name></author>'
        "<published>2026-11-23T10:00:00+00:00</published><media:group>"
        f'<media:thumbnail url="https://i.example/{at}.jpg" width="480" height="360"/>'
        f"<media:description>{_words(chance, 80)}</media:description></media:group></entry>"
        for at in range(items)
    )
    declared = (
        ' xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/"'
        ' xmlns="http://www.w3.org/2005/Atom"'
    )
    return f'<?xml version="1.0"?><feed{declared}><title>A</title>{entries}</feed>'.encode()


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(_SAID) for _ in range(count))


def _paragraph(chance: random.Random, number: int) -> str:
    return (
        f'<p class="x">{_words(chance, 60)} <a href="/a/{number}">{_words(chance, 2)}</a></p>'
        f'<figure><img src="/i/{number}.png" alt="x"/></figure>'
    )


def _channel(items: str) -> bytes:
    head = "<title>A blog</title><link>https://blog.example</link><description>About</description>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"{_DECLARED}><channel>{head}{items}'
        "</channel></rss>"
    ).encode()
