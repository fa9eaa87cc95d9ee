"""What a member may know, take out and have erased; and administrators, for somebody who left."""

import contextlib
from collections.abc import Mapping
from datetime import datetime

from plnbot.engine.objects import Object
from plnbot.engine.parts import DATA, NETWORK
from plnbot.engine.personal import Exported, Holding
from plnbot.engine.ports import Argument, ArgumentKind, Person
from plnbot.engine.posts import NothingToDo
from plnbot.engine.roles import ANYONE, Role, needs
from plnbot.engine.routes import Context, Due, Routes, Values
from plnbot.engine.searching import whose
from plnbot.members import export, store
from plnbot.members.actions import erasing
from plnbot.members.routes.found import A_MEMBER
from plnbot.members.routes.somebody import for_somebody
from plnbot.store.database import Tx
from plnbot.talk import limits
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Look,
    Option,
    PageButton,
    Paragraph,
    Tone,
)
from plnbot.talk.fallback import paragraphs, short_words, shortened
from plnbot.talk.forms import ChoiceInput, Form, Picked
from plnbot.talk.interactions import Answer, Handed, OpenForm, Press, Reply
from plnbot.talk.pages import (
    Downloads,
    File,
    Head,
    Heading,
    Listing,
    Missing,
    Page,
    PageBlock,
    Rows,
)
from plnbot.talk.text import Bold, Text, When, bold, joined, verbatim
from plnbot.talk.words import Sentence, Translate, msg

ADMINISTERS = needs(Role.ADMINISTRATOR)
_ERASES = needs(Role.ADMINISTRATOR, otherwise=msg("Only administrators can erase somebody else."))
routes = Routes()
_ASKED = 400
_LISTED = limits.CARD_TEXT - _ASKED
_FILE, _FORGET = "members.export", "members.forget"
_LONGEST_NAME, _MOST_SHOWN = 80, 200
_EMPTY: tuple[object, ...] = (None, "", [], {})
_NEXT = verbatim("\n• ")
_OUTSIDE = msg(
    "What you wrote on Slack or Discord itself stays there until you delete it there, and files that"
    " others have saved are theirs."
)


@routes.when_due(erasing.LEFTOVERS)
def leftovers(due: Due) -> None:
    """Erase what somebody was still doing while they were erased."""
    erasing.leftovers(due, due.catalogue)


@routes.command(
    "me data",
    was="data",
    needs=ANYONE,
    part=DATA,
    about=msg("See what I keep of you, take it out, or have it erased"),
    example=msg("/pln me data"),
)
def data(ctx: Context, _words: str) -> Answer:
    """Say what is kept, and for how long."""
    lines = joined(_kept_lines(ctx), "\n")
    blocks = (
        Paragraph(shortened(lines, limits.TEXT_BLOCK)),
        Paragraph(_whose_eyes(ctx), quiet=True),
        Actions(
            (
                PageButton(ctx.t("All of it, on a page"), "data"),
                Button(ctx.t("Take it out"), _FILE),
                Button(ctx.t("Erase me"), _FORGET, look=Look.DANGER),
            )
        ),
    )
    return Reply(Card(ctx.t("What I keep of you"), blocks))


def _holding(_tx: Tx, row: str) -> str | None:
    return row if len(row) <= _LONGEST_NAME else None


A_HOLDING: Object[str] = Object(
    "holding",
    load=_holding,
    network=NothingToDo("everybody sees of a holding what is their own"),
    scope=lambda name: name,
    gone=msg("Nothing is kept under that name."),
)


@routes.page("data", needs=ANYONE, of=A_HOLDING, without=ANYONE)
def data_page(ctx: Context, _row: str, name: str | None) -> Page | Missing:
    """Show everything that is kept, what stays after an erasure, and the file; or all of one kind."""
    if name is not None:
        return _one_kind(ctx, name)
    t = ctx.t
    rows = tuple(_kept(ctx, each, len(_exported(ctx, each))) for each in ctx.catalogue.holdings)
    blocks: tuple[PageBlock, ...] = (
        Heading(t("What is kept, and for how long"), "kept"),
        Rows(rows, reads=True),
        Paragraph(_whose_eyes(ctx), quiet=True),
        Heading(t("What stays when you are erased"), "stays"),
        Listing(tuple(_staying(ctx))),
        Card(
            t("Erase me"),
            (
                Paragraph(t("You see once more what goes and what stays before it happens.")),
                Actions((Button(t("Erase me"), _FORGET, look=Look.DANGER),)),
            ),
            Tone.CAUTION,
        ),
    )
    head = Head(
        t("Everything, to read here and to take along."),
        files=Downloads(((t("As a file"), f"{_FILE}/mine"),)),
    )
    return Page(t("What I keep of you"), blocks, head=head)


def _kept(ctx: Context, holding: Holding, many: int) -> Card:
    """Return one kind of what is kept: how long, how much of it is the reader's, the way to see it."""
    t = ctx.t
    count = t.n("{n} entry", "{n} entries", many) if many else t("nothing")
    about = joined((count, t.say(holding.lasts)), " · ")
    ways = (Actions((PageButton(t("See it"), "data", holding.name),)),) if many else ()
    title = shortened(t.say(holding.about), limits.CARD_TITLE)
    return Card(title, (Paragraph(about), *ways))


def _one_kind(ctx: Context, name: str) -> Page | Missing:
    """Return all that is kept of the reader of one kind, entry by entry."""
    t = ctx.t
    found = next((each for each in ctx.catalogue.holdings if each.name == name), None)
    if found is None:
        return Missing()
    every = _exported(ctx, found)
    blocks = [
        Listing(tuple(_line(key, value) for key, value in each.items() if value not in _EMPTY))
        for each in every[-_MOST_SHOWN:]
    ]
    shown: list[PageBlock] = [*blocks] or [Paragraph(t("Nothing."), quiet=True)]
    if len(every) > len(blocks):
        shown.insert(0, Paragraph(t("The latest {n}; all of them are in the file.", n=len(blocks))))
    head = Head(
        t.say(found.lasts),
        actions=(PageButton(t("All that I keep"), "data"),),
        files=Downloads(((t("As a file"), f"{_FILE}/mine"),)),
    )
    return Page(t.say(found.about), tuple(shown), head=head)


def _exported(ctx: Context, holding: Holding) -> Exported:
    whose = store.whose(ctx.tx, ctx.person.id)
    return holding.export(ctx.tx, whose) if whose is not None else ()


def _line(key: str, value: object) -> Text:
    return Text((Bold(f"{key.replace('_', ' ')}: "),)) + _said(value)


def _said(value: object) -> Text:
    """Return a value of an export as people read it: instants by their clock, lists in one line."""
    if isinstance(value, Mapping):
        known = ((str(key), each) for key, each in value.items() if each not in _EMPTY)
        return joined((verbatim(f"{key}: ") + _said(each) for key, each in known), "; ")
    if isinstance(value, list | tuple):
        return joined(map(_said, value))
    words = str(value)
    with contextlib.suppress(ValueError):
        at = datetime.fromisoformat(words)
        if at.tzinfo is not None:
            return Text((When(at),))
    return verbatim(words)


@routes.command(
    "me export",
    was="export",
    needs=ANYONE,
    part=DATA,
    about=msg("Take out everything I keep of you, as a file"),
    example=msg("/pln me export"),
)
def export_(ctx: Context, _words: str) -> Answer:
    """Hand the file over, or lead to the page that has it."""
    return _handed(ctx)


@routes.press(_FILE, needs=ANYONE)
def export_pressed(ctx: Context, _press: Press) -> Answer:
    """Hand the file over, or lead to the page that has it."""
    return _handed(ctx)


@routes.file(_FILE, needs=ANYONE)
def export_file(ctx: Context, _row: str) -> File:
    """Give everything that is kept of the reader."""
    return export.archive(ctx)


@routes.command(
    "me forget",
    was="forget me",
    needs=ANYONE,
    part=DATA,
    about=msg("Have everything about you erased"),
    example=msg("/pln me forget"),
)
def forget_me(ctx: Context, _words: str) -> Answer:
    """Say what goes and what stays, and ask."""
    return _asked(ctx, ctx.person)


@routes.command(
    "network forget",
    was="forget",
    needs=ADMINISTERS,
    part=NETWORK,
    about=msg("Erase somebody who has left"),
    example=msg("/pln network forget Priya Nair"),
    argument=Argument("person", msg("Whom?"), ArgumentKind.MEMBER, required=True),
)
def forget_somebody(ctx: Context, words: str) -> Answer:
    """Say what goes and what stays, and ask."""
    return for_somebody(
        ctx, words, lambda whom: _asked(ctx, whom), action="members.forget_whom", left=True
    )


@routes.press("members.forget_whom", needs=ADMINISTERS)
def forget_one_of_several(ctx: Context, press: Press) -> Answer:
    """Say what goes and what stays of who was chosen among several of a name, and ask."""
    return _asked(ctx, whose(ctx, Picked(press.value)))


@routes.press(_FORGET, needs=_ERASES, of=A_MEMBER, without=ANYONE)
def forget_pressed(ctx: Context, press: Press, other: Person | None) -> Answer:
    """Open the last step, for oneself or for another."""
    return OpenForm(_last_step(ctx, press.row, other))


def _last_step(ctx: Context, row: str, other: Person | None) -> Form:
    whom, t = other or ctx.person, ctx.t
    options = (
        Option("gone", t("Remove them")),
        Option("kept", t("Keep them without the name")),
    )
    asked = tuple(
        ChoiceInput(name=name, label=t.say(label), options=options, required=True)
        for name, label in _nameless(ctx).items()
    )
    mine = whom.id == ctx.person.id
    intro = (
        t("There is no way back. You can begin anew at any time, as somebody new.")
        if mine
        else t("{name} is erased. There is no way back.", name=short_words(whom.name, 60))
    )
    title = t("Erase me") if mine else t("Erase somebody")
    return Form(_FORGET, title, asked, t("Erase everything"), row, intro)


@routes.form(_FORGET, build=_last_step, needs=_ERASES, of=A_MEMBER, without=ANYONE)
def forgotten(ctx: Context, _row: str, values: Values, other: Person | None) -> Answer:
    """Erase."""
    whom = other or ctx.person
    kept = [name for name in _nameless(ctx) if values[name] == "kept"]
    erasing.erase(ctx.tx, ctx.catalogue, whom.id, ctx.now, kept=kept, by=ctx.person.id)
    if whom.id != ctx.person.id:
        said = ctx.t("Nothing leads to that person any more.")
        return Reply(Card(ctx.t("Erased"), (Paragraph(said),), Tone.GOOD))
    said = ctx.t(
        "I have forgotten you: your profile, your roles, your sessions, your messages here."
    )
    new = ctx.t("You can begin anew at any time, as somebody new. Thank you for having been here.")
    return Reply(Card(ctx.t("Erased"), (Paragraph(said), Paragraph(new)), Tone.GOOD))


def _nameless(ctx: Context) -> Mapping[str, Sentence]:
    """Return what may stay without its member's name, by the name of the holding."""
    each = [(holding.name, holding.nameless) for holding in ctx.catalogue.holdings]
    return {name: label for name, label in each if label is not None}


def _asked(ctx: Context, whom: Person) -> Reply:
    """Return what goes on one card and what stays on the next, which asks: both grow with what is kept."""
    t, mine = ctx.t, whom.id == ctx.person.id
    goes = joined((t.say(each.about) for each in _going(ctx)), "\n• ")
    name = short_words(whom.name, 60)
    title = t("Erase everything about you?") if mine else t("Erase {name}?", name=name)
    # What is kept is described as each reads it of themselves.
    whose = t("In what follows, “you” and “your” mean {name}.", name=name)
    first: tuple[Block, ...] = (
        *(() if mine else (Paragraph(whose),)),
        *paragraphs(shortened(t("**This goes:**") + _NEXT + goes, _LISTED)),
    )
    return Reply(Card(title, first, Tone.CAUTION), more=(_staying_card(ctx, whom),))


def _staying_card(ctx: Context, whom: Person) -> Card:
    t, mine = ctx.t, whom.id == ctx.person.id
    stays = t("**This stays:**") + _NEXT + joined(_staying(ctx), "\n• ")
    asked = t(
        "The next step asks what is removed and what is kept without the name: {what}.",
        what=joined(t.say(each) for each in _nameless(ctx).values()),
    )
    go_on = Button(t("Go on"), _FORGET, "" if mine else str(whom.id), Look.DANGER)
    blocks: tuple[Block, ...] = (
        *paragraphs(shortened(stays, _LISTED)),
        Paragraph(shortened(asked, _ASKED), quiet=True),
        Actions((go_on, *_before_it(t)) if mine else (go_on,)),
    )
    return Card(t("What stays when you are erased"), blocks, Tone.CAUTION)


def _before_it(t: Translate) -> tuple[Button | PageButton, ...]:
    """Return what one may want to look at or take along first: lists on a card have an end."""
    return Button(t("Take it out first"), _FILE), PageButton(t("All of it, on a page"), "data")


def _handed(ctx: Context) -> Answer:
    t = ctx.t
    if ctx.address:
        said = t("The file is on your page of what I keep: everything, to read and to take along.")
        button = Actions((PageButton(t("Open the page"), "data"),))
        return Reply(Card(t("Take it out"), (Paragraph(said), button)))
    said = t("Everything I keep of you: to read, and as data for another program.")
    return Handed(Card(t("Take it out"), (Paragraph(said),)), export.archive(ctx))


def _kept_lines(ctx: Context) -> list[Text]:
    t = ctx.t
    return [
        t("{what}: {how_long}.", what=bold(t.say(each.about).bare()), how_long=t.say(each.lasts))
        for each in ctx.catalogue.holdings
    ]


def _going(ctx: Context) -> list[Holding]:
    """Return what an erasure takes away whole, or all that is anybody's of it."""
    return [each for each in ctx.catalogue.holdings if each.stays is None or each.name == "profile"]


def _staying(ctx: Context) -> list[Text]:
    said = [ctx.t.say(each.stays) for each in ctx.catalogue.holdings if each.stays is not None]
    return [*said, ctx.t.say(_OUTSIDE)]


def _whose_eyes(ctx: Context) -> Text:
    return ctx.t(
        "Networks never see each other's. Backups hold it too, until their operator deletes them;"
        " who was erased stays erased when one is restored."
    )
