"""A portfolio as one file: pages that open offline, one an entry, with what its member chose."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

_PAGE = (
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport"'
    ' content="width=device-width"><title>{title}</title></head><body><main><h1>{title}</h1>{body}'
    "</main></body></html>\n"
)
_EPOCH = (2026, 1, 1, 0, 0, 0)


def zipped(
    title: str,
    lang: str,
    entries: Sequence[Mapping[str, str]],
    files: Sequence[tuple[str, bytes]] = (),
) -> bytes:
    """Return a zip of `index.html`, a page for each entry, and files; the same again for the same."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        links = "".join(
            f'<li><a href="entry-{n}.html">{escape(next(iter(each.values())))}</a></li>'
            for n, each in enumerate(entries, 1)
        )
        _put(archive, "index.html", _page(title, lang, f"<ol>{links}</ol>").encode())
        for n, each in enumerate(entries, 1):
            first, *rest = each.items()
            facts = "".join(
                f"<dt>{escape(name)}</dt><dd>{_lines(words)}</dd>" for name, words in rest
            )
            body = f'<dl>{facts}</dl><p><a href="index.html">{escape(title)}</a></p>'
            _put(archive, f"entry-{n}.html", _page(first[1], lang, body).encode())
        for name, content in files:
            _put(archive, f"files/{name}", content)
    return out.getvalue()


def _page(title: str, lang: str, body: str) -> str:
    return _PAGE.format(lang=escape(lang), title=escape(title), body=body)


def _lines(words: str) -> str:
    return "<br>".join(escape(each) for each in words.split("\n"))


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
