"""Documents as tagged PDF (PDF/UA-1), made by typst in a child process: all words go in as data, never as markup."""

import base64
import json
from typing import Final

from plnbot.engine.heavy import Plain, Told

TEMPLATE = """
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title, author: d.author, date: none)
#set page(paper: "us-letter", margin: 2cm, numbering: "1 / 1")
#set text(lang: d.lang, size: 10pt)
#show heading.where(level: 1): set text(size: 18pt)
= #d.title
#for each in d.about [#par[#{
  show if d.address == "" { regex("$^") } else { d.address }: it => link(d.address, it)
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
#for each in d.after [#par[#each]]
"""
STANDARD: Final = "ua-1"


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
