"""Transcripts and certificates: as a card, as a page, as what goes into a PDF, and what anybody may see by the code."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from plnbot.credit.cards.words import CHECK, STANDINGS, minutes_words
from plnbot.credit.model.standing import Standing
from plnbot.credit.sentences import kind_words
from plnbot.credit.store.documents import CERTIFICATE, Checked, Document, Since, total
from plnbot.engine.ports import Network
from plnbot.talk.cards import Actions, Card, PageButton, Paragraph, Tone
from plnbot.talk.pages import Listing, Page, PageBlock, Table
from plnbot.talk.text import Style, Text, When, verbatim
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.walltime import local

_TITLES: Mapping[str, Sentence] = {
    "transcript": msg("Transcript of professional learning"),
    "certificate": msg("Certificate of participation"),
    "portfolio": msg("Portfolio of professional learning"),
}
_SHORT: Mapping[str, Sentence] = {
    "transcript": msg("Transcript"),
    "certificate": msg("Certificate"),
    "portfolio": msg("Portfolio"),
}
_SINCE: Mapping[Since, Sentence] = {
    Since.CORRECTED: msg(
        "One entry was corrected on {day}: what stands here is no longer what counts."
    ),
    Since.REVOKED: msg("One entry was revoked on {day}: it counts no more."),
    Since.GONE: msg("One entry no longer stands since {day}."),
}


def title(t: Translate, document: Document) -> Text:
    """Return what a document is called."""
    return t.say(_TITLES[document.what])


def short_title(t: Translate, document: Document) -> Text:
    """Return what a document is, in one word."""
    return t.say(_SHORT[document.what])


def issued(t: Translate, document: Document) -> Card:
    """Say that a document is there, with the way to it."""
    said = t(
        "It is issued as things stand now, with a code by which anybody can check it. What changes"
        " later shows there; for a newer one, make another."
    )
    way = Actions((PageButton(t("Open it"), "credit.document", str(document.id)),))
    return Card(title(t, document), (Paragraph(said), way), Tone.GOOD)


def _row(t: Translate, line: Mapping[str, Any]) -> tuple[Text, ...]:
    standing = Standing(line.get("standing", Standing.APPROVED.value))
    decided = t.say(STANDINGS[standing])
    if line.get("approver"):
        decided = t(
            "{standing} by {who}, {day}",
            standing=decided,
            who=line["approver"],
            day=line["decided"],
        )
    return (
        verbatim(str(line["title"]) or "–"),
        verbatim(str(line["started"])[:10]),
        minutes_words(t, int(line["minutes"])),
        t.say(kind_words(str(line["kind"]))),
        decided,
        verbatim(str(line.get("policies", "")) or "–"),
    )


def head(t: Translate) -> tuple[Text, ...]:
    """Return the headings of a transcript's table."""
    return (t("What"), t("Day"), t("Time"), t("Kind"), t("Decision"), t("By the rules of"))


def table(t: Translate, document: Document) -> Table:
    """Return a transcript's lines as a table."""
    return Table(_sum(t, document), head(t), tuple(_row(t, each) for each in document.rows))


def _sum(t: Translate, document: Document) -> Text:
    many, time = len(document.rows), minutes_words(t, total(document.rows))
    return t.n("{n} entry, {time} in all", "{n} entries, {time} in all", many, time=time)


def about(t: Translate, document: Document, network: Network, address: str) -> Sequence[Text]:
    """Return what stands above: for whom, issued by whom and when, and how it is checked."""
    day = local(document.at, network.zone).date().isoformat()
    lines = [
        t("For {name}", name=document.name),
        t("Issued by plnbot for {network} on {day}", network=network.name, day=day),
        t("Check it by the code {code} at {address}", code=document.code, address=address)
        if address
        else t("Check it by the code {code}", code=document.code),
    ]
    if document.what == CERTIFICATE:
        line = document.rows[0]
        taken = t(
            "took part in “{title}” on {day}, for {time}",
            title=str(line["title"]),
            day=str(line["started"])[:10],
            time=minutes_words(t, int(line["minutes"])),
        )
        lines[0] = t("{name} {taken}.", name=document.name, taken=taken)
    return lines


def printed(t: Translate, document: Document, network: Network, address: str) -> Mapping[str, Any]:
    """Return a document as data for its PDF."""
    shown = table(t, document) if document.what != CERTIFICATE else None
    rows = [[each.bare() for each in row] for row in shown.rows] if shown else []
    return {
        "title": title(t, document).bare(),
        "author": "plnbot",
        "lang": t.locale,
        "address": address,
        "about": [each.bare() for each in about(t, document, network, address)],
        "head": [each.bare() for each in head(t)],
        "widths": [5, 2, 2, 3, 4, 3],
        "rows": rows,
        "after": [*([shown.caption.bare()] if shown else []), t.say(CHECK).bare()],
    }


def public(t: Translate, found: Checked | None, network: str, now: datetime) -> Page:
    """Return what anybody sees by a code: whether it is genuine and unchanged, and nothing that was not shared."""
    heading = t("Check of a record")
    if found is None:
        said = t(
            "No document has this code. Look whether it is written exactly so: letters and digits."
        )
        return Page(heading, (Paragraph(said),))
    document = found.document
    if not found.genuine:
        said = t(
            "A document has this code, but what is kept of it is not what was issued. Do not rely on it."
        )
        return Page(heading, (Card(title(t, document), (Paragraph(said),), Tone.CAUTION),))
    lines = [
        t(
            "Genuine: issued by plnbot for {network} on {day}.",
            network=network,
            day=When(document.at, Style.DATE),
        ),
    ]
    if document.shows_name:
        lines.append(t("For {name}.", name=document.name))
    lines.append(_sum(t, document))
    if not found.changes:
        lines.append(
            t(
                "Unchanged: all of it stands as it was issued, looked at on {day}.",
                day=When(now, Style.DATE),
            )
        )
    lines += [
        t.say(msg(_SINCE[each].source, day=When(at, Style.DATE))) for each, at in found.changes[:20]
    ]
    tone = Tone.CAUTION if found.changes else Tone.GOOD
    blocks: tuple[PageBlock, ...] = (
        Card(title(t, document), (), tone),
        Listing(tuple(lines)),
        Paragraph(t("Nothing more is shown here than whoever it is for has shared."), quiet=True),
    )
    return Page(heading, blocks)
