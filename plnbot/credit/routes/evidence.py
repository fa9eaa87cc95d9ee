"""Evidence: files and details that a member sends along, and their approver takes; nobody else."""

from dataclasses import replace

from plnbot.credit.actions import sending
from plnbot.credit.actions.approvers import APPROVES
from plnbot.credit.actions.rules import rules_of
from plnbot.credit.routes.drafting import sent_card
from plnbot.credit.routes.objects import AN_ENTRY, MY_ENTRY
from plnbot.credit.store import evidence, ledger
from plnbot.credit.store.evidence import MOST_OF_A_MEMBER, MOST_OF_A_NETWORK, Evidence
from plnbot.credit.store.ledger import Stands
from plnbot.engine.objects import Object
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.refs import row_number
from plnbot.talk.cards import Option
from plnbot.talk.forms import ChoiceInput, FieldErrors, FileInput, Form, MultiChoiceInput, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Downloads, File, Heading, PageBlock
from plnbot.talk.text import verbatim
from plnbot.talk.uploads import FileKind, UploadedFile, UploadedFiles, size_words
from plnbot.talk.words import Sentence, msg

routes = Routes()
MOST, LARGEST, MOST_OF_AN_ENTRY = 3, 5_000_000, 5
KINDS = (FileKind.PDF, FileKind.IMAGE, FileKind.WORD, FileKind.TEXT)
_MEDIA = {FileKind.PDF.value: "application/pdf", FileKind.TEXT.value: "text/plain; charset=utf-8"}
_GONE = msg("This file is no longer there.")
WHAT: dict[str, Sentence] = {
    "evidence": msg("Something that shows it"),
    "certificate": msg("A certificate"),
    "attendance": msg("A proof of attendance"),
    "product": msg("Something that I made"),
}
"""What a file shows, by the words that policies know."""


def _closed(ctx: Context, found: Evidence) -> Sentence | None:
    """Let its member have it, and who may decide about the entry: nobody else, whatever their role."""
    if found.member == ctx.person.id:
        return None
    stands = ledger.get(ctx.tx, found.entry)
    where = AN_ENTRY.lies_in(ctx, stands) if stands is not None else ()
    return None if stands is not None and ctx.may(APPROVES, "", where) else _GONE


A_FILE: Object[Evidence] = Object(
    "evidence",
    load=lambda tx, row: evidence.get(tx, row_number(row)),
    network=lambda found: found.network,
    scope=lambda found: str(found.id),
    gone=_GONE,
    closed=_closed,
)


@routes.press("credit.evidence", needs=ANYONE, of=MY_ENTRY)
def asked(ctx: Context, _press: Press, stands: Stands) -> Answer:
    """Open the form for files and details."""
    return OpenForm(_form(ctx, str(stands.entry.id), stands))


def _form(ctx: Context, row: str, stands: Stands) -> Form:
    t, words = ctx.t, stands.words
    shares = words.get("shares", ["reflection"])
    inputs = (
        FileInput(
            name="files", label=t("Files that show it"), kinds=KINDS, most=MOST, largest=LARGEST
        ),
        ChoiceInput(
            name="what",
            label=t("What are they?"),
            options=tuple(Option(name, t.say(each)) for name, each in WHAT.items()),
            value="evidence",
        ),
        TextInput(
            name="held_by",
            label=t("Who held it, by name?"),
            hint=t("With their number, where they have one"),
            most=120,
            value=str(words.get("provider", "")),
        ),
        TextInput(name="place", label=t("Where?"), most=120, value=str(words.get("place", ""))),
        MultiChoiceInput(
            name="shares",
            label=t("What your approver sees of it"),
            options=(
                Option("reflection", t("What I wrote about it")),
                Option("said", t("What I said there")),
            ),
            value=tuple(map(str, shares)) if isinstance(shares, list) else (),
        ),
    )
    intro = t(
        "Files are kept until you take the entry back or are erased, and seen by who decides alone."
    )
    return Form("credit.evidence", t("Evidence"), inputs, t("Add it"), row, intro, keeps=True)


@routes.form("credit.evidence", build=_form, needs=ANYONE, of=MY_ENTRY)
def added(ctx: Context, _row: str, values: Values, stands: Stands) -> Answer:
    """Keep files and details: the same entry, looked at anew."""
    given = values["files"]
    files = given.files if isinstance(given, UploadedFiles) else ()
    if wrong := _too_many(ctx, stands, files):
        return FieldErrors({"files": wrong})
    it = stands.entry
    has = {*it.claim.has, *({str(values["what"])} if files else ())}
    shares = values["shares"]
    numbers = [
        evidence.add(
            ctx.tx,
            Evidence(0, it.network, it.member, it.id, "", each.name, each.kind.value, 0, ctx.now),
            each.content,
        )
        for each in files
    ]
    kept = [each for number in numbers if (each := evidence.get(ctx.tx, number)) is not None]
    said = {
        **stands.words,
        "provider": str(values["held_by"] or ""),
        "place": str(values["place"] or ""),
        "shares": list(shares) if isinstance(shares, tuple) else [],
        "files": [
            *stands.words.get("files", ()),
            *({"name": e.name, "digest": e.digest} for e in kept),
        ],
    }
    claim = replace(it.claim, has=tuple(sorted(has)))
    wish = sending.Wish(claim, said, planned=it.claim.ended > ctx.now)
    rules = rules_of(ctx.tx, ctx.person, claim, ctx.now)
    entry = sending.revise(ctx.tx, stands, wish, rules, ctx.now, by=ctx.person)
    return Reply(sent_card(ctx, entry))


def _too_many(ctx: Context, stands: Stands, files: tuple[UploadedFile, ...]) -> Sentence | None:
    size = sum(each.size for each in files)
    if len(evidence.of_entry(ctx.tx, stands.entry.id)) + len(files) > MOST_OF_AN_ENTRY:
        return msg("{n} files are the most for one entry.", n=MOST_OF_AN_ENTRY)
    if evidence.used(ctx.tx, member=ctx.person.id) + size > MOST_OF_A_MEMBER:
        return msg(
            "You have {size} of files here, which is the most. Take back an entry with files first.",
            size=size_words(MOST_OF_A_MEMBER),
        )
    if evidence.used(ctx.tx, network=ctx.network.id) + size > MOST_OF_A_NETWORK:
        return msg("Your network's room for files is full. Ask an administrator.")
    return None


@routes.file("credit.file", needs=ANYONE, of=A_FILE)
def file(ctx: Context, _row: str, found: Evidence) -> File:
    """Give a file, to be saved and never shown by itself."""
    media = _MEDIA.get(found.kind, "application/octet-stream")
    return File(found.name, media, evidence.content_of(ctx.tx, found))


def file_blocks(ctx: Context, entry: int) -> list[PageBlock]:
    """Return the files of an entry, for a page."""
    found = evidence.of_entry(ctx.tx, entry)
    if not found:
        return []
    files = tuple(
        (verbatim(f"{each.name} ({size_words(each.size)})"), f"credit.file/{each.id}")
        for each in found
    )
    return [Heading(ctx.t("Evidence"), "files"), Downloads(files)]
