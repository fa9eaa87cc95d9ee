"""Documents as tagged PDF (PDF/UA-1), made by typst in a child process: all words go in as data, never as markup."""

import base64
import json
from collections.abc import Sequence
from typing import Final

from plnbot.engine.heavy import Limits, Plain, Told
from plnbot.engine.outside import FileOutside
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
  else if each.kind == "table" {
    if each.caption [*#words*]
    let bar(row, at) = if at == 0 and each.bars.len() > 0 {
      v(-4pt)
      rect(width: each.bars.at(row) * 1%, height: 4pt, fill: luma(90))
    }
    table(
      columns: each.head.enumerate().map(((at, _)) => if at == 0 { 3fr } else { 1fr }),
      stroke: (x: none, top: none, bottom: 0.4pt + luma(160)),
      table.header(..each.head.map(head => strong(head))),
      ..each.rows.enumerate().map(((row, cells)) => cells.enumerate().map(((at, cell)) => {
        cell
        bar(row, at)
      })).flatten(),
    )
  }
  else { list(words) }
}
#for each in d.after [#par[#each]]
"""
STANDARD: Final = "ua-1"
LIMITS: Final = Limits(memory=2 * 1024**3)


def of_lines(title: str, lang: str, about: Sequence[str], lines: Sequence[Line]) -> Plain:
    """Return a paper of lines, as `make` takes it."""
    said = []
    for each in lines:
        line: dict[str, Plain] = {
            "kind": each.kind,
            "runs": [[run.words, run.address] for run in each.runs],
        }
        if each.grid is not None:
            line |= {
                "caption": not each.grid.headed,
                "head": list(each.grid.head),
                "rows": [list(row) for row in each.grid.rows],
                "bars": list(each.grid.bars),
            }
        said.append(line)
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


def printed(name: str, given: Plain) -> FileOutside:
    """Return a paper as a download of this name, which a child process makes."""
    function = f"{make.__module__}:{make.__name__}"
    return FileOutside(name, "application/pdf", function, given, LIMITS)


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
