"""A zip of pages that open offline: an index, a page each, and files beside them; the same again for the same."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import field
from html import escape

from plnbot.papers.outline import Grid, Line, Run
from plnbot.values import dataclass

_PAGE = (
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport"'
    ' content="width=device-width"><title>{title}</title>{style}</head><body><main><h1>{title}</h1>'
    "{body}</main></body></html>\n"
)
_STYLE = (
    "<style>main{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 sans-serif}"
    "h2{margin-top:2rem}.p{white-space:pre-line}</style>"
)
_EPOCH = (2026, 1, 1, 0, 0, 0)
Files = Sequence[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of a book; those of one `group` stand together in its index."""

    title: str
    lines: Sequence[Line]
    group: str = ""
    leads: Mapping[str, str] = field(default_factory=dict)
    """Where downloads are found in the book, by the names they have on the page."""


def book(
    title: str, lang: str, about: Sequence[Line], chapters: Sequence[Chapter], files: Files = ()
) -> bytes:
    """Return a zip of `index.html`, a page for each chapter, and files."""
    pages = [(each.title, _lines(each.lines, each.leads), each.group) for each in chapters]
    return _zip(_Written(title, lang, _STYLE), _lines(about, {}), pages, files)


def zipped(title: str, lang: str, entries: Sequence[Mapping[str, str]], files: Files = ()) -> bytes:
    """Return a zip of `index.html`, a page for each entry, which is its facts by name, and files."""
    pages = []
    for each in entries:
        (_name, called), *rest = each.items()
        facts = "".join(f"<dt>{escape(name)}</dt><dd>{_broken(words)}</dd>" for name, words in rest)
        pages.append((called, f"<dl>{facts}</dl>", ""))
    return _zip(_Written(title, lang), "", pages, files)


@dataclass(frozen=True, slots=True)
class _Written:
    title: str
    lang: str
    style: str = ""

    def page(self, title: str, body: str) -> bytes:
        lang = escape(self.lang)
        return _PAGE.format(lang=lang, title=escape(title), body=body, style=self.style).encode()


def _zip(
    written: _Written, about: str, pages: Sequence[tuple[str, str, str]], files: Files
) -> bytes:
    out = io.BytesIO()
    home = f'<p><a href="index.html">{escape(written.title)}</a></p>'
    with zipfile.ZipFile(out, "w") as archive:
        _put(archive, "index.html", written.page(written.title, about + _index(pages)))
        for n, (called, body, _group) in enumerate(pages, 1):
            _put(archive, f"entry-{n}.html", written.page(called, body + home))
        for name, content in files:
            _put(archive, f"files/{name}", content, zipfile.ZIP_STORED)
    return out.getvalue()


def _index(pages: Sequence[tuple[str, str, str]]) -> str:
    groups: dict[str, list[str]] = {}
    for n, (called, _body, group) in enumerate(pages, 1):
        groups.setdefault(group, []).append(
            f'<li><a href="entry-{n}.html">{escape(called)}</a></li>'
        )
    return "".join(
        (f"<h2>{escape(group)}</h2>" if group else "") + f"<ol>{''.join(links)}</ol>"
        for group, links in groups.items()
    )


def _lines(lines: Sequence[Line], leads: Mapping[str, str]) -> str:
    return "".join(_line(each, leads) for each in lines)


def _line(line: Line, leads: Mapping[str, str]) -> str:
    words = "".join(map(_run, line.runs))
    if line.grid is not None:
        return f"<table><caption>{words}</caption>{_rows(line.grid)}</table>"
    match line.kind:
        case "heading" | "title" | "section":  # below the one title of its page
            return f"<h2>{words}</h2>"
        case "item":
            return f'<p class="p">• {words}</p>'
        case "file" if line.file in leads:
            return f'<p><a href="files/{escape(leads[line.file])}">{words}</a></p>'
        case _:
            return f'<p class="p">{words}</p>'


def _rows(grid: Grid) -> str:
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in grid.head)
    rows = [
        f'<tr><th scope="row">{escape(named)}</th>'
        + "".join(f"<td>{escape(each)}</td>" for each in rest)
        + "</tr>"
        for named, *rest in grid.rows
    ]
    return f"<tr>{head}</tr>{''.join(rows)}"


def _run(run: Run) -> str:
    words = escape(run.words)
    return f'<a href="{escape(run.address)}" rel="noreferrer">{words}</a>' if run.address else words


def _broken(words: str) -> str:
    return "<br>".join(escape(each) for each in words.split("\n"))


def _put(
    archive: zipfile.ZipFile, name: str, content: bytes, packed: int = zipfile.ZIP_DEFLATED
) -> None:
    archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, packed)
