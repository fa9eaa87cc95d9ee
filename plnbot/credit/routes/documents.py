"""Transcripts, certificates, portfolios: issued, read, taken along, and checked by anybody who has the code."""

from plnbot.activities.store import Activity
from plnbot.credit.actions import documents as issuing
from plnbot.credit.cards import documents as cards
from plnbot.credit.cards.words import title_of
from plnbot.credit.columns import WIDE, profiles, table
from plnbot.credit.model.standing import COUNTS
from plnbot.credit.routes.objects import A_DRAFT
from plnbot.credit.store import documents, evidence, ledger
from plnbot.credit.store.documents import CERTIFICATE, PORTFOLIO, TRANSCRIPT, Document
from plnbot.engine.context import Anybody
from plnbot.engine.objects import of_one_member
from plnbot.engine.outside import FileOutside
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.papers.offline import zipped
from plnbot.papers.pdf import STANDARD, printed
from plnbot.refs import row_number
from plnbot.talk import limits
from plnbot.talk.cards import Option, Paragraph
from plnbot.talk.fallback import shortened
from plnbot.talk.forms import ChoiceInput, Form, MultiChoiceInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Downloads, File, Head, Listing, Page, PageBlock
from plnbot.talk.spreadsheets import as_csv
from plnbot.talk.words import msg

routes = Routes()
PUBLIC = "record"
"""The page by which anybody checks a code: `/open/record/CODE`."""
_GONE = msg("This document is no longer there.")


A_DOCUMENT = of_one_member(
    "document of hours",
    load=lambda tx, row: documents.get(tx, row_number(row)),
    gone=_GONE,
)


@routes.press("credit.transcript", needs=ANYONE)
def transcript(ctx: Context, _press: Press) -> Answer:
    """Ask what the code shows."""
    return OpenForm(_transcript_form(ctx, ""))


def _transcript_form(ctx: Context, _row: str) -> Form:
    t = ctx.t
    shows = ChoiceInput(
        name="shows",
        label=t("Whoever has the code sees"),
        options=(
            Option("name", t("My name, how many hours, and that it is genuine")),
            Option("hours", t("How many hours, and that it is genuine")),
        ),
        value="name",
        required=True,
    )
    intro = t("Titles and reflections are in the document alone, for whom you give it to.")
    return Form("credit.transcript", t("Transcript"), (shows,), t("Make it"), intro=intro)


@routes.form("credit.transcript", build=_transcript_form, needs=ANYONE)
def transcript_made(ctx: Context, _row: str, values: Values) -> Answer:
    """Issue a transcript."""
    found = issuing.issue(
        ctx.tx,
        ctx.person,
        ctx.directory,
        ctx.now,
        what=TRANSCRIPT,
        shows_name=values["shows"] == "name",
    )
    return Reply(cards.issued(ctx.t, found))


@routes.press("credit.portfolio", needs=ANYONE)
def portfolio(ctx: Context, _press: Press) -> Answer:
    """Ask what goes into a portfolio."""
    return OpenForm(_portfolio_form(ctx, ""))


def _portfolio_form(ctx: Context, _row: str) -> Form:
    t = ctx.t
    counts = [
        each for each in ledger.of_member(ctx.tx, ctx.person.id) if each.entry.standing in COUNTS
    ]
    options = tuple(
        Option(str(each.entry.id), shortened(title_of(t, each), limits.OPTION_LABEL))
        for each in counts[: limits.OPTIONS]
    ) or (Option("0", t("Nothing counts yet")),)
    chosen = MultiChoiceInput(
        name="entries", label=t("What goes into it?"), options=options, required=True
    )
    return Form("credit.portfolio", t("Portfolio"), (chosen,), t("Make it"))


@routes.form("credit.portfolio", build=_portfolio_form, needs=ANYONE)
def portfolio_made(ctx: Context, _row: str, values: Values) -> Answer:
    """Issue a portfolio of what was chosen."""
    given = values["entries"]
    chosen = [row_number(each) for each in given] if isinstance(given, tuple) else []
    found = issuing.issue(
        ctx.tx, ctx.person, ctx.directory, ctx.now, what=PORTFOLIO, shows_name=False, entries=chosen
    )
    return Reply(cards.issued(ctx.t, found))


@routes.press("credit.certificate", needs=ANYONE, of=A_DRAFT)
def certificate(ctx: Context, _press: Press, activity: Activity) -> Answer:
    """Issue a certificate for something that one took part in."""
    return Reply(cards.issued(ctx.t, issuing.certify(ctx.tx, ctx.person, activity, ctx.now)))


def address_of(ctx: Context, found: Document) -> str:
    """Return where anybody checks a document, empty where pages have no address."""
    return f"{ctx.address}/open/{PUBLIC}/{found.code}" if ctx.address else ""


@routes.page("credit.document", needs=ANYONE, of=A_DOCUMENT)
def document_page(ctx: Context, _row: str, found: Document) -> Page:
    """Show a document as it was issued, with its files and the address of its check."""
    t, address = ctx.t, address_of(ctx, found)
    files = [(t("PDF"), f"credit.pdf/{found.id}")]
    if found.what != CERTIFICATE:
        files.append((t("Spreadsheet (CSV)"), f"credit.csv/{found.id}"))
    if found.what == PORTFOLIO:
        files.append((t("All pages, to open offline (ZIP)"), f"credit.zip/{found.id}"))
    about = tuple(cards.about(t, found, ctx.network, address))
    blocks: list[PageBlock] = [Listing(about)]
    if found.what != CERTIFICATE:
        blocks.append(cards.table(t, found))
    blocks.append(Paragraph(t("The PDF can be read by screen readers: it is tagged.")))
    head = Head(files=Downloads(tuple(files)))
    return Page(cards.title(t, found), tuple(blocks), live=f"member:{ctx.person.id}", head=head)


@routes.file("credit.pdf", needs=ANYONE, of=A_DOCUMENT)
def pdf(ctx: Context, _row: str, found: Document) -> FileOutside:
    """Give a document as tagged PDF, made in a child process."""
    given = cards.printed(ctx.t, found, ctx.network, address_of(ctx, found))
    return printed(f"{found.what}-{found.code[:8]}-{STANDARD}.pdf", given)


@routes.file("credit.csv", needs=ANYONE, of=A_DOCUMENT)
def spreadsheet(_ctx: Context, _row: str, found: Document) -> File:
    """Give a document as one wide table, safe to open."""
    content = as_csv(table(profiles()[WIDE], found.rows))
    return File(f"{found.what}-{found.code[:8]}.csv", "text/csv; charset=utf-8", content)


@routes.file("credit.zip", needs=ANYONE, of=A_DOCUMENT)
def offline(ctx: Context, _row: str, found: Document) -> File:
    """Give a portfolio as pages that open offline."""
    t, stand = ctx.t, {each.entry.id: each for each in ledger.of_member(ctx.tx, ctx.person.id)}
    entries, files = [], []
    for line in found.rows:
        files += [
            (f"{each.id}-{each.name}", evidence.content_of(ctx.tx, each))
            for each in evidence.of_entry(ctx.tx, int(line["entry"]))
        ]
        words = stand[line["entry"]].words if line.get("entry") in stand else {}
        shown = {
            t.words("What"): str(line["title"]),
            t.words("Day"): str(line["started"])[:10],
            t.words("Minutes"): str(line["minutes"]),
            t.words("Reflection"): str(words.get("reflection", "")),
        }
        entries.append({name: each for name, each in shown.items() if each})
    content = zipped(cards.title(t, found).bare(), t.locale, entries, files)
    return File(f"portfolio-{found.code[:8]}.zip", "application/zip", content)


@routes.public_page(PUBLIC)
def check(anybody: Anybody, row: str) -> Page:
    """Show whoever has a code whether it is genuine and unchanged, and nothing more than was shared."""
    code = row.strip().lower()
    known = documents.by_code(anybody.tx, code) if code.isalnum() else None
    found = issuing.checked(anybody.tx, known) if known is not None else None
    name = ledger.network_name(anybody.tx, known.network) if known is not None else ""
    return cards.public(anybody.t, found, name, anybody.now)
