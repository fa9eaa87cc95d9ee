"""Documents for readers: feeds of every kind as publishers really write them, and hostile ones."""

import gzip
import json
from collections.abc import Mapping

ITEM = "<item><title>One</title><link>https://a.example/1</link><guid>g1</guid></item>"


def rss(items: str = ITEM, head: str = "<title>A blog</title>", declares: str = "") -> bytes:
    """Return a feed of RSS 2.0."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"{declares}><channel>{head}{items}'
        "</channel></rss>"
    ).encode("utf-8", "surrogatepass")


def atom(entries: str, head: str = "<title>A blog</title>", declares: str = "") -> bytes:
    """Return a feed of Atom 1.0."""
    return f'<feed xmlns="http://www.w3.org/2005/Atom"{declares}>{head}{entries}</feed>'.encode()


def many(count: int, more: str = "") -> str:
    """Return so many items."""
    return "".join(
        f"<item><title>Post {at}</title><link>https://a.example/{at}</link>{more}</item>"
        for at in range(count)
    )


MEDIA = ' xmlns:media="http://search.yahoo.com/mrss/"'
ITUNES = ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
PODCAST = ' xmlns:podcast="https://podcastindex.org/namespace/1.0"'
YOUTUBE = ' xmlns:yt="http://www.youtube.com/xml/schemas/2015"' + MEDIA

_ENTITIES = "".join(
    f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10)
)  # a billion laughs
_DEEP = 20_000
_BIG = 2_000_000

HOSTILE: Mapping[str, bytes] = {
    "nothing": b"",
    "blanks": b" \n" * 10_000,
    "NULs": bytes(100_000),
    "NULs in a feed": rss(ITEM.replace("One", "O\0ne")),
    "random bytes": bytes(range(256)) * 1000,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(1000),
    "an archive": gzip.compress(rss()),
    "a page": b"<!doctype html><html><head><title>x</title></head><body><p>hi</body></html>",
    "a page of two megabytes": b"<html><body>" + b"<p>word</p>" * 200_000,
    "the name of a file": b"/etc/passwd",
    "an address of a file": b"file:///etc/passwd",
    "an address": b"http://127.0.0.1/",
    "a billion laughs": b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">'
    + _ENTITIES.encode()
    + b"]>"
    + rss(ITEM.replace("One", "&l9;")).split(b"?>", 1)[1],
    "quadratic entity": b'<!DOCTYPE rss [<!ENTITY a "'
    + b"a" * 50_000
    + b'">]>'
    + rss(ITEM.replace("One", "&a;" * 5000)).split(b"?>", 1)[1],
    "entity of a file": b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    + rss(ITEM.replace("One", "&a;")).split(b"?>", 1)[1],
    "entity of the web": b'<!DOCTYPE rss [<!ENTITY a SYSTEM "http://127.0.0.1:1/x">]>'
    + rss(ITEM.replace("One", "&a;")).split(b"?>", 1)[1],
    "parameter entity": b'<!DOCTYPE rss [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>'
    + rss().split(b"?>", 1)[1],
    "doctype of a megabyte": b"<!DOCTYPE rss [" + b"<!ELEMENT a ANY>" * 60_000 + b"]>" + rss(),
    "doctype without an end": b"<!DOCTYPE rss [" + b"<!" * 200_000,
    "deep elements": rss("<item>" + "<a>" * _DEEP + "</a>" * _DEEP + "</item>"),
    "deep elements in the head": rss(ITEM, "<a>" * _DEEP + "</a>" * _DEEP),
    "deep markup": rss(f"<item><description><![CDATA[{'<div>' * _DEEP}]]></description></item>"),
    "deep lists": rss(f"<item><description><![CDATA[{'<ul><li>' * _DEEP}]]></description></item>"),
    "misnested marks": rss(
        f"<item><description><![CDATA[{'<b><i><p>' * 5000}]]></description></item>"
    ),
    "open tables": rss(f"<item><description><![CDATA[{'<table>' * 5000}]]></description></item>"),
    "items in items": rss("<item>" * _DEEP + "</item>" * _DEEP),
    "channels in channels": b"<rss>" + b"<channel>" * _DEEP,
    "half comments": rss(f"<item><description>{'&lt;!--' * 30_000}</description></item>"),
    "half comments in CDATA": rss(
        f"<item><description><![CDATA[{'<!--' * 50_000}]]></description></item>"
    ),
    "half tags": rss(f"<item><description><![CDATA[{'<a ' * 100_000}]]></description></item>"),
    "half tags, broken": b"<rss><channel><item><description>" + b"<a " * 100_000,
    "half CDATA": b"<rss><channel><item><description>" + b"<![CDATA[" * 50_000,
    "half instructions": b"<rss><channel>" + b"<?a " * 100_000,
    "half comments, broken": b"<rss><channel><item>" + b"<!--" * 100_000,
    "unclosed everything": b"<rss><channel>" + b"<item><title>a" * 50_000,
    "ampersands": rss(f"<item><title>{'&' * 100_000}</title></item>"),
    "wrong entities": rss(f"<item><title>{'&bogus;' * 50_000}</title></item>"),
    "numbered characters": rss(f"<item><title>{'&#65;' * 100_000}</title></item>"),
    "a character too large": rss(
        "<item><title>&#x110000; &#xD800; &#0; &#99999999999;</title></item>"
    ),
    "a hundred thousand items": rss(many(100_000)),
    "items without an end": rss(many(5000)).replace(b"</item>", b""),
    "ten thousand links": rss("<item>" + "<link>https://a.example/</link>" * 10_000 + "</item>"),
    "ten thousand authors": atom(
        "<entry>" + "<author><name>a</name></author>" * 10_000 + "</entry>"
    ),
    "ten thousand tags": rss("<item>" + "<category>a</category>" * 10_000 + "</item>"),
    "ten thousand files": rss(
        "<item>" + '<enclosure url="https://a.example/x"/>' * 10_000 + "</item>"
    ),
    "ten thousand attributes": rss(
        "<item><a " + " ".join(f'a{at}="x"' for at in range(10_000)) + "/></item>"
    ),
    "ten thousand namespaces": rss(
        declares="".join(f' xmlns:n{at}="http://a.example/{at}"' for at in range(10_000))
    ),
    "a giant title": rss(f"<item><title>{'long ' * (_BIG // 5)}</title></item>"),
    "a giant word": rss(f"<item><title>{'x' * _BIG}</title></item>"),
    "a giant address": rss(f"<item><link>https://a.example/{'x' * _BIG}</link></item>"),
    "a giant guid": rss(f"<item><guid>{'x' * _BIG}</guid></item>"),
    "a giant date": rss(f"<item><pubDate>{'9' * _BIG}</pubDate></item>"),
    "a giant number": rss(
        f'<item><enclosure url="https://a.example/x" length="{"9" * 100_000}"/></item>'
    ),
    "dates that trip": rss("<item><pubDate>" + "1-" * 50_000 + "</pubDate></item>"),
    "a year too large": rss("<item><pubDate>Mon, 01 Jan 99999 00:00:00 GMT</pubDate></item>"),
    "a heap of marks": rss(f"<item><title>a{'̈' * 300_000}</title></item>"),
    "overturned words": rss("<item><title>\u202egpj.exe\u200b\u2066x\u2069</title></item>"),
    "an encoding that is none": b'<?xml version="1.0" encoding="klingon"?>'
    + rss().split(b"?>", 1)[1],
    "an encoding that lies": b'<?xml version="1.0" encoding="utf-16"?>' + rss().split(b"?>", 1)[1],
    "UTF-16": rss().decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    "UTF-32": rss().decode().replace("UTF-8", "UTF-32").encode("utf-32"),
    "UTF-7": b'<?xml version="1.0" encoding="utf-7"?>' + rss().split(b"?>", 1)[1],
    "EBCDIC": rss().decode().replace("UTF-8", "cp037").encode("cp037"),
    "half a character": rss(ITEM.replace("One", "caf")).replace(b"caf", b"caf\xc3"),
    "surrogates": rss(ITEM.replace("One", "\ud83d")),
    "a mark in the middle": rss().replace(b"<channel>", b"\xef\xbb\xbf<channel>"),
    "two roots": rss() + rss(),
    "deep JSON": b'{"version":"https://jsonfeed.org/version/1.1","items":' + b"[" * 200_000,
    "wide JSON": json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"id": at} for at in range(50_000)],
        }
    ).encode(),
    "wrong JSON": json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": ["no"],
            "authors": {"no": 1},
            "items": [
                None,
                3,
                {"id": {"a": 1}, "url": 5, "tags": "x", "attachments": [{"url": None}, "x"]},
                {"id": 1e400, "date_published": "2026-13-45T99:99:99Z"},
                {"id": True, "attachments": [{"url": "https://a.example", "size_in_bytes": -1}]},
            ],
        }
    ).encode(),
    "JSON numbers": b'{"version":"https://jsonfeed.org/version/1.1","title":'
    + b"9" * 5000
    + b',"items":[]}',
}
