"""Documents as tagged PDF (PDF/UA-1), made by typst in a child process: all words go in as data, never as markup."""

import base64
import json
from collections.abc import Sequence
from typing import Final

from plnbot.engine.heavy import Limits, Plain, Told
from plnbot.papers.outline import Line

TEMPLATE = """
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title, author: d.author, date: none)
#set page(paper: "us-letter", margin: 2cm, numbering: "1 / 1")
#set text(lang: d.lang, size: 10pt)
#show heading.where(level: 1): set text(size: 18pt)
= #d.title
#for each in d.about [#par[#{
  show if d.address == "" { regex("[^\\s\\S]") } else { d.address }: it => link(d.address, it)
  each
}]]
#if d.rows.len() > 0 {
  table(
    columns: d.widths.map(each => each * 1fr),
    stroke: 0.4pt + luma(160),
    table.header(..d.head.map(each => strong(each))),
    ..d.rows.flatten().map(each => [#each]),
  )
}
#for each in d.at("lines", default: ()) {
  let words = for run in each.runs {
    if run.at(1) == "" [#run.at(0)] else { link(run.at(1), run.at(0)) }
  }
  if each.kind == "heading" [== #words]
  else if each.kind == "title" [=== #words]
  else if each.kind == "section" [==== #words]
  else if each.kind == "text" { par(words) }
  else { list(words) }
}
#for each in d.after [#par[#each]]
"""
STANDARD: Final = "ua-1"
LIMITS: Final = Limits(memory=2 * 1024**3)


def of_lines(title: str, lang: str, about: Sequence[str], lines: Sequence[Line]) -> Plain:
    """Return a paper of lines, as `make` takes it."""
    said = [
        {"kind": each.kind, "runs": [[run.words, run.address] for run in each.runs]}
        for each in lines
    ]
    return {
        "title": title,
        "author": "plnbot",
        "lang": lang,
        "address": "",
        "about": list(about),
        "head": [],
        "widths": [],
        "rows": [],
        "lines": said,
        "after": [],
    }


def make(given: Plain, tell: Told) -> str:
    """Return a document as PDF, in base64.

    Where a script has no letters in the fonts at hand, which the standard does not allow, it is tagged
    alike and does not claim the standard.
    """
    import typst

    del tell
    data = {"data": json.dumps(given)}
    try:
        made = typst.compile(TEMPLATE.encode(), sys_inputs=data, pdf_standards=[STANDARD])
    except RuntimeError:
        made = typst.compile(TEMPLATE.encode(), sys_inputs=data)
    return base64.b64encode(made).decode()
