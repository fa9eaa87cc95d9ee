"""Lists of feeds as other readers take them: OPML 2.0."""

import re
from collections.abc import Iterable
from itertools import groupby

from plnbot.syndication import Outline

# A text: so wide a class takes long to compile, and only who takes a list along needs it.
_NO_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def written(title: str, feeds: Iterable[Outline]) -> bytes:
    """Return a list as every reader takes it: OPML 2.0, with a folder for each of the first level."""
    from xml.sax.saxutils import escape  # only who takes a list along needs it

    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"  <head><title>{escape(_xml(title))}</title></head>",
        "  <body>",
    ]
    ordered = sorted(feeds, key=lambda each: each.folders)
    for folders, held in groupby(ordered, key=lambda each: each.folders):
        lines += [f"    <outline text={_attribute(each)}>" for each in folders]
        lines += map(_line, held)
        lines += ["    </outline>" for _ in folders]
    return "\n".join([*lines, "  </body>", "</opml>", ""]).encode()


def _line(each: Outline) -> str:
    named = {
        "type": "rss",
        "text": each.title or each.address,
        "title": each.title,
        "xmlUrl": each.address,
        "htmlUrl": each.site,
    }
    said = " ".join(f"{name}={_attribute(value)}" for name, value in named.items() if value)
    return f"      <outline {said}/>"


def _attribute(said: str) -> str:
    from xml.sax.saxutils import quoteattr  # only who takes a list along needs it

    return quoteattr(_xml(said), {"\n": " ", "\t": " ", "\r": " "})


def _xml(said: str) -> str:
    """Return what XML can hold."""
    return re.sub(_NO_XML, "", said)
