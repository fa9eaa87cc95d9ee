"""A member's own entries: looked at, changed, completed, taken back."""

from plnbot.credit.actions import approvers, drafting, keeping, sending
from plnbot.credit.actions.rules import rules_of, statements
from plnbot.credit.cards import documents as document_cards
from plnbot.credit.cards import licences as licence_cards
from plnbot.credit.cards import own, words
from plnbot.credit.cards.own import WaitsWith
from plnbot.credit.model.entries import Standing
from plnbot.credit.parts import CREDIT
from plnbot.credit.routes.drafting import drafts_shown, sent_card
from plnbot.credit.routes.evidence import file_blocks
from plnbot.credit.routes.forms import log_form, read_log
from plnbot.credit.routes.licensing import statement_cards
from plnbot.credit.routes.objects import MY_ENTRY
from plnbot.credit.store import documents, evidence, ledger
from plnbot.credit.store.ledger import Happened, Stands
from plnbot.engine.at_home import Waiting
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.talk.cards import Actions, Button, Card, Look, PageButton, Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import FieldErrors, Form
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Head, Heading, Listing, Page, PageBlock, Rows, Search
from plnbot.talk.text import Text, verbatim
from plnbot.talk.words import msg
from plnbot.walltime import local

routes = Routes()
ON_A_CARD, ON_A_PAGE = 5, 50


@routes.command(
    "credit status",
    needs=ANYONE,
    part=CREDIT,
    about=msg("See your hours: what counts, what waits and with whom"),
    example=msg("/pln credit status"),
)
def status(ctx: Context, _words: str) -> Answer:
    """Show the latest entries."""
    found = ledger.of_member(ctx.tx, ctx.person.id)[:ON_A_CARD]
    waiting = len(drafting.waiting(ctx.tx, ctx.person.id, ctx.now))
    stated = statement_cards(ctx)[:3]
    return Reply(own.mine(ctx.t, found, waiting), more=tuple(stated))


def entry_card(ctx: Context, stands: Stands) -> Card:
    """Return an entry as its member sees it."""
    waits = approvers.with_whom(ctx.tx, stands, ctx.directory, ctx.now)
    return own.entry(
        ctx.t, stands, WaitsWith(waits), note_of(ledger.history(ctx.tx, stands.entry.id))
    )


def note_of(history: tuple[Happened, ...]) -> str:
    """Return the note of the last decision, where it stands."""
    decisions = [each for each in history if each.kind in (*ledger.DECISIONS, "submit", "revise")]
    return str(decisions[-1].words.get("note", "")) if decisions else ""


@routes.press("credit.change", needs=ANYONE, of=MY_ENTRY)
def change(ctx: Context, _press: Press, stands: Stands) -> Answer:
    """Open the form with what stands."""
    return OpenForm(_change_form(ctx, str(stands.entry.id), stands))


def _change_form(ctx: Context, row: str, stands: Stands) -> Form:
    return log_form(ctx, "credit.change", stands, row=row)


@routes.form("credit.change", build=_change_form, needs=ANYONE, of=MY_ENTRY)
def changed(ctx: Context, _row: str, values: Values, stands: Stands) -> Answer:
    """Say it otherwise; what was returned comes back as the same entry."""
    planned = stands.entry.claim.ended > ctx.now
    wish = read_log(ctx, values, stands, planned=planned)
    if wrong := sending.wrong_with(ctx.tx, ctx.person, wish, ctx.now, besides=stands.entry.id):
        return FieldErrors(wrong)
    rules = rules_of(ctx.tx, ctx.person, wish.claim, ctx.now)
    entry = sending.revise(ctx.tx, stands, wish, rules, ctx.now, by=ctx.person)
    return Reply(sent_card(ctx, entry))


@routes.press("credit.complete", needs=ANYONE, of=MY_ENTRY)
def complete(ctx: Context, _press: Press, stands: Stands) -> Answer:
    """Take it in one tap that a plan took place as it was planned."""
    wish = sending.Wish(stands.entry.claim, stands.words)
    return Reply(sent_card(ctx, sending.complete(ctx.tx, stands, wish, ctx.now, by=ctx.person)))


@routes.press("credit.withdraw", needs=ANYONE, of=MY_ENTRY)
def withdraw(ctx: Context, _press: Press, stands: Stands) -> Answer:
    """Take an entry back."""
    sending.withdraw(ctx.tx, stands, ctx.now, by=ctx.person)
    evidence.remove(ctx.tx, evidence.of_entry(ctx.tx, stands.entry.id))
    return Reply(own.withdrawn(ctx.t, stands))


@routes.page("credit", needs=ANYONE, of=MY_ENTRY, without=ANYONE)
def mine(ctx: Context, _row: str, after: Stands | None) -> Page:
    """Show everything a member sent in, newest first, or what of it holds some words."""
    t, found = ctx.t, list(ledger.of_member(ctx.tx, ctx.person.id))
    if ctx.sought:
        sought = ctx.sought.casefold()
        found = [each for each in found if sought in each.title.casefold()]
    if after is not None:
        ids = [each.entry.id for each in found]
        found = found[ids.index(after.entry.id) + 1 :] if after.entry.id in ids else found
    shown = found if ctx.whole else found[:ON_A_PAGE]
    blocks: list[PageBlock] = []
    if after is None and not ctx.sought:
        held = statements(ctx.tx, ctx.person, ctx.now)
        stated = tuple(licence_cards.row(t, each.licence, each.statement) for each in held)
        if stated:
            blocks += [Heading(t("Your licences"), "licences"), Rows(stated)]
            blocks.append(Heading(t("What you sent in"), "entries"))
    if shown:
        blocks.append(Rows(tuple(words.row_of(t, each, "credit.entry") for each in shown)))
    else:
        nothing = t("Nothing yet. `/pln credit log` takes in what you did.")
        blocks.append(Paragraph(nothing, quiet=True))
    if len(found) > len(shown):
        blocks.append(Actions((PageButton(t("Earlier"), "credit", str(shown[-1].entry.id)),)))
    about = t(
        "Only you see all of this. Your approver sees what you sent in, and of it what you share."
    )
    actions = (
        Button(t("Log hours"), "credit.log", look=Look.PRIMARY),
        Button(t("See drafts"), "credit.drafts"),
        Button(t("Make a transcript"), "credit.transcript"),
        Button(t("Make a portfolio"), "credit.portfolio"),
    )
    more = tuple(
        PageButton(
            t(
                "{what}, {day}",
                what=document_cards.short_title(t, each),
                day=local(each.at, ctx.person.zone).date().isoformat(),
            ),
            "credit.document",
            str(each.id),
        )
        for each in documents.of_member(ctx.tx, ctx.person.id)[:5]
    )
    head = Head(
        about, actions=actions, more=more, search=Search(t("Search your hours"), ctx.sought)
    )
    return Page(t("Your hours"), tuple(blocks), live=f"member:{ctx.person.id}", head=head)


@routes.page("credit.entry", needs=ANYONE, of=MY_ENTRY)
def one(ctx: Context, _row: str, stands: Stands) -> Page:
    """Show an entry with all that happened to it."""
    blocks: list[PageBlock] = [entry_card(ctx, stands)]
    for label, each in _words_of(ctx, stands):
        blocks += [Heading(label, label.bare()), Paragraph(verbatim(short_words(each, 1700)))]
    if files := file_blocks(ctx, stands.entry.id):
        goes = keeping.goes_on(ctx.tx, ctx.person, stands, ctx.now)
        blocks += [*files, Paragraph(own.files_go(ctx.t, goes), quiet=True)]
    blocks += history_blocks(ctx, stands)
    return Page(words.title_of(ctx.t, stands), tuple(blocks), live=f"member:{ctx.person.id}")


def _words_of(ctx: Context, stands: Stands) -> list[tuple[Text, str]]:
    t, found = ctx.t, stands.words
    said = found.get("said", [])
    each = [
        (t("Your reflection"), str(found.get("reflection", ""))),
        (t("What you said there"), "\n".join(map(str, said)) if isinstance(said, list) else ""),
    ]
    return [(label, words) for label, words in each if words]


def history_blocks(ctx: Context, stands: Stands) -> list[PageBlock]:
    """Return what happened to an entry, who did it and when."""
    lines = [
        own.happened(ctx.t, each, ctx.called(each.actor) if each.actor else "plnbot")
        for each in ledger.history(ctx.tx, stands.entry.id)
    ]
    return [Heading(ctx.t("Every change, who and when"), "history"), Listing(tuple(lines))]


def drafts_wait(ctx: Context) -> Waiting | None:
    """Say on a member's home that drafts wait."""
    found = drafting.waiting(ctx.tx, ctx.person.id, ctx.now)
    if not found:
        return None
    line = verbatim(short_words(found[0][1].title, 80))
    return Waiting(
        ctx.t("Drafts of your hours"), len(found), line, Button(ctx.t("Look"), "credit.drafts")
    )


@routes.press("credit.drafts", needs=ANYONE)
def drafts_from_home(ctx: Context, _press: Press) -> Answer:
    """List the drafts."""
    return drafts_shown(ctx, "")


def returned_wait(ctx: Context) -> Waiting | None:
    """Say on a member's home that something was returned to them."""
    found = [
        each
        for each in ledger.of_member(ctx.tx, ctx.person.id)
        if each.entry.standing is Standing.RETURNED
    ]
    if not found:
        return None
    leads = PageButton(ctx.t("Open"), "credit.entry", str(found[0].entry.id))
    return Waiting(ctx.t("Returned to you"), len(found), verbatim(found[0].title), leads)
