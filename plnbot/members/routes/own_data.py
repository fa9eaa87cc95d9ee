"""What a member may know, take out and have erased; and administrators, for somebody who left."""

from collections.abc import Mapping

from plnbot.engine.parts import DATA, NETWORK
from plnbot.engine.personal import Holding
from plnbot.engine.ports import Argument, ArgumentKind, Person
from plnbot.engine.roles import ANYONE, Role, needs
from plnbot.engine.routes import Context, Due, Routes, Values
from plnbot.engine.searching import whose
from plnbot.members import export
from plnbot.members.actions import erasing
from plnbot.members.routes.found import A_MEMBER
from plnbot.members.routes.somebody import for_somebody
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Button, Card, Look, Option, PageButton, Paragraph, Tone
from plnbot.talk.fallback import short_words, shortened
from plnbot.talk.forms import ChoiceInput, Form, Picked
from plnbot.talk.interactions import Answer, Handed, OpenForm, Press, Reply
from plnbot.talk.pages import Downloads, File, Heading, Listing, Page, PageBlock
from plnbot.talk.text import Text, bold, joined, verbatim
from plnbot.talk.words import Sentence, msg

ADMINISTERS = needs(Role.ADMINISTRATOR)
_ERASES = needs(Role.ADMINISTRATOR, otherwise=msg("Only administrators can erase somebody else."))
routes = Routes()
_FILE, _FORGET = "members.export", "members.forget"
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


@routes.page("data", needs=ANYONE)
def data_page(ctx: Context, _row: str) -> Page:
    """Show everything that is kept, what stays after an erasure, and the file."""
    t = ctx.t
    blocks: tuple[PageBlock, ...] = (
        Heading(t("What is kept, and for how long"), "kept"),
        Listing(tuple(_kept_lines(ctx))),
        Paragraph(_whose_eyes(ctx)),
        Downloads(((t("As a file"), f"{_FILE}/mine"),)),
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
    return Page(t("What I keep of you"), blocks)


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
    return Reply(_asked(ctx, ctx.person))


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
        ctx, words, lambda whom: Reply(_asked(ctx, whom)), action="members.forget_whom", left=True
    )


@routes.press("members.forget_whom", needs=ADMINISTERS)
def forget_one_of_several(ctx: Context, press: Press) -> Answer:
    """Say what goes and what stays of who was chosen among several of a name, and ask."""
    return Reply(_asked(ctx, whose(ctx, Picked(press.value))))


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


def _asked(ctx: Context, whom: Person) -> Card:
    t, mine = ctx.t, whom.id == ctx.person.id
    goes = joined((t.say(each.about) for each in _going(ctx)), "\n• ")
    name = short_words(whom.name, 60)
    title = t("Erase everything about you?") if mine else t("Erase {name}?", name=name)
    go_on = Button(t("Go on"), _FORGET, "" if mine else str(whom.id), Look.DANGER)
    # What is kept is described as each reads it of themselves.
    whose = t("In what follows, “you” and “your” mean {name}.", name=name)
    blocks = (
        *(() if mine else (Paragraph(whose),)),
        Paragraph(shortened(t("**This goes:**") + _NEXT + goes, limits.TEXT_BLOCK)),
        Paragraph(
            shortened(
                t("**This stays:**") + _NEXT + joined(_staying(ctx), "\n• "),
                limits.TEXT_BLOCK,
            )
        ),
        Paragraph(
            t(
                "The next step asks what is removed and what is kept without the name: {what}.",
                what=joined(t.say(each) for each in _nameless(ctx).values()),
            ),
            quiet=True,
        ),
        Actions((go_on, Button(t("Take it out first"), _FILE)) if mine else (go_on,)),
    )
    return Card(title, blocks, Tone.CAUTION)


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
