"""The page of the bank: one shelf at a time, searched, with what can be decided; and the bank as a file."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from plnbot.engine.objects import Object
from plnbot.engine.posts import NothingToDo
from plnbot.engine.routes import Context, Routes
from plnbot.prompts import actions, cards, store
from plnbot.prompts.actions import CURATES
from plnbot.prompts.cards.bank import SHELVES
from plnbot.prompts.model import Prompt, Status
from plnbot.prompts.routes.suggesting import entry_of
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.cards import Actions, Button, PageButton, Paragraph
from plnbot.talk.pages import Downloads, File, Head, Page, PageBlock
from plnbot.talk.spreadsheets import as_csv
from plnbot.talk.text import Text
from plnbot.talk.words import LOCALES, Sentence, msg
from plnbot.values import dataclass

routes = Routes()
_ON_A_PAGE = 20
_ALL = 100_000
_LOOKS_FOR = "q:"
_EMPTY: Mapping[Status, Sentence] = {
    Status.SUGGESTED: msg("Nothing waits. Everybody can suggest one with `/pln prompt suggest`."),
    Status.ACCEPTED: msg(
        "Nothing is ready to be asked. Choose a pack with `/pln prompt new`, or paste your own."
    ),
    Status.USED: msg("Nothing was asked yet."),
    Status.SET_ASIDE: msg("Nothing is set aside. What fewer than three answer will stand here."),
    Status.DECLINED: msg("Nothing was declined."),
}
_COLUMNS = (
    msg("Stands"),
    msg("Idea of"),
    msg("Pack"),
    msg("Times asked"),
    msg("Last asked"),
    msg("Reason"),
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A part of the bank: what stands in one place, or what has some words; from which entry on."""

    LONGEST: ClassVar[int] = 40
    status: Status = Status.SUGGESTED
    words: str = ""
    skip: int = 0

    @property
    def row(self) -> str:
        """How buttons and pages name it."""
        if self.words:
            return f"{_LOOKS_FOR}{self.words.replace('|', ' ')[: self.LONGEST]}"
        return f"{self.status}.{self.skip}" if self.skip else self.status.value


def _shelf(_tx: Tx, row: str) -> Shelf | None:
    if row.startswith(_LOOKS_FOR):
        return Shelf(words=row.removeprefix(_LOOKS_FOR).strip()[: Shelf.LONGEST] or "?")
    status, _, skip = row.partition(".")
    return Shelf(Status(status), skip=row_number(skip)) if status in set(Status) else None


A_SHELF: Object[Shelf] = Object(
    "shelf",
    load=_shelf,
    network=NothingToDo("each looks at the shelves of their own network"),
    scope=lambda shelf: shelf.row,
    gone=msg("There is no such part of the bank."),
)


@routes.page("prompts.bank", needs=CURATES, of=A_SHELF, without=CURATES)
def bank_page(ctx: Context, _row: str, shelf: Shelf | None) -> Page:
    """Show one shelf of the bank, by default what waits."""
    shelf, t = shelf or Shelf(), ctx.t
    counts = store.counts_of(ctx.tx, ctx.network.id)
    leads = tuple(
        PageButton(
            t("{shelf} ({n})", shelf=t.say(title), n=counts[status]),
            "prompts.bank",
            Shelf(status).row,
        )
        for status, title in SHELVES.items()
    )
    tools = (
        Button(t("Search"), "prompts.search"),
        Button(t("Paste prompts"), "prompts.paste"),
        Button(t("Decide several"), "prompts.several", shelf.row),
        Button(t("Suggest a prompt"), "prompts.suggest"),
    )
    there, more = _there(ctx, shelf)
    blocks: list[PageBlock] = [Actions(leads)]
    shown = tools if not shelf.words else tools[:2]
    title = t.say(SHELVES[shelf.status])
    if shelf.words:
        title = t("Prompts with “{words}”", words=shelf.words)
    if not there:
        blocks.append(Paragraph(_empty(ctx, shelf), quiet=True))
    bank = store.whole_bank(ctx.tx, ctx.network.id) if _waits(there) else ()
    blocks += [cards.entry(t, entry_of(ctx, each, bank)) for each in there]
    if more:
        onward = Shelf(shelf.status, skip=shelf.skip + _ON_A_PAGE).row
        blocks.append(Actions((PageButton(t("More"), "prompts.bank", onward),)))
    files = Downloads(((t("Spreadsheet (CSV)"), "prompts.csv/all"),))
    head = Head(actions=shown[:2], more=shown[2:], files=files)
    page_title = t("The bank of prompts: {shelf}", shelf=title)
    topic = actions.bank_topic(ctx.network.id)
    return Page(page_title, tuple(blocks), live=topic, head=head)


def _there(ctx: Context, shelf: Shelf) -> tuple[Sequence[Prompt], bool]:
    most = _ALL if ctx.whole else _ON_A_PAGE
    if shelf.words:
        return store.with_words(ctx.tx, ctx.network.id, shelf.words, most=50), False
    found = store.listed(
        ctx.tx, ctx.network.id, shelf.status, most=most + 1, skip=0 if ctx.whole else shelf.skip
    )
    return found[:most], len(found) > most


def _waits(there: Sequence[Prompt]) -> bool:
    return any(each.status is Status.SUGGESTED for each in there)


def _empty(ctx: Context, shelf: Shelf) -> Text:
    if shelf.words:
        return ctx.t("No prompt has these words.")
    return ctx.t.say(_EMPTY[shelf.status])


@routes.file("prompts.csv", needs=CURATES)
def bank_csv(ctx: Context, _row: str) -> File:
    """Return the whole bank for spreadsheets."""
    t = ctx.t
    languages = tuple(LOCALES)
    head = [
        *(t.words("Words ({language})", language=LOCALES[each]) for each in languages),
        *(t.say(each).bare() for each in _COLUMNS),
    ]
    rows = [
        [
            *(each.words.get(language, "") for language in languages),
            t.say(SHELVES[each.status]).bare(),
            actions.author_name(ctx.tx, ctx.directory, each),
            each.pack,
            str(each.uses),
            each.used_at.date().isoformat() if each.used_at else "",
            each.reason,
        ]
        for each in store.whole_bank(ctx.tx, ctx.network.id)
    ]
    return File("prompts.csv", "text/csv", as_csv([head, *rows]))
