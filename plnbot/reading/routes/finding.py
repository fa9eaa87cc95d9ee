"""Finding: by words, by the minutes one has; and a thing with everything that can be done with it."""

from plnbot.engine.ports import Argument
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.reading.actions import finding as actions
from plnbot.reading.actions.keeping import topic
from plnbot.reading.cards import things as cards
from plnbot.reading.cards.things import Shown
from plnbot.reading.model.things import Worth
from plnbot.reading.parts import READING
from plnbot.reading.routes.library_objects import A_THING, A_TIME, MOST_MINUTES, TimeAtHand
from plnbot.reading.store import shelf
from plnbot.refs import row_number
from plnbot.talk.cards import Actions, Button, Card, LinkButton, Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Head, Page
from plnbot.talk.text import is_web_address, verbatim
from plnbot.talk.words import msg

routes = Routes()
_LONGEST = 200
_SHOWN = 100
TIMES = (5, 8, 15, 30)
_TIP = msg("Words in quotes are looked for as they stand: “number line”.")


@routes.command(
    "find",
    needs=ANYONE,
    part=READING,
    about=msg("Find what to read, watch or sign up for, the moment you need it"),
    example=msg("/pln find fractions number line"),
    argument=Argument("words", msg("What it should be about"), required=False),
)
def find(ctx: Context, words: str) -> Answer:
    """Look for words, or ask for them."""
    return _found(ctx, words) if words.strip() else OpenForm(_form(ctx, ""))


def _form(ctx: Context, _row: str) -> Form:
    words = TextInput(
        name="words",
        label=ctx.t("What should it be about?"),
        hint=ctx.t.say(_TIP),
        required=True,
        most=_LONGEST,
    )
    return Form("reading.find", ctx.t("Find something"), (words,), ctx.t("Find"))


@routes.form("reading.find", build=_form, needs=ANYONE)
def asked(ctx: Context, _row: str, values: Values) -> Answer:
    """Look for what was written."""
    return _found(ctx, str(values["words"]))


@routes.press("reading.again", needs=ANYONE)
def again(ctx: Context, _press: Press) -> Answer:
    """Ask for words."""
    return OpenForm(_form(ctx, ""))


def _found(ctx: Context, words: str) -> Answer:
    t, said = ctx.t, words.strip()[:_LONGEST]
    found = actions.find(ctx.tx, ctx.network.id, said, ctx.now)
    if not found.worths:
        nothing = t("Nothing here is about “{words}” yet. Try other words, or fewer.", words=said)
        buttons = Actions((Button(t("Other words"), "reading.again"),))
        return Reply(Card(t("Nothing found"), (Paragraph(nothing), buttons)))
    notes = [] if found.all_words else [t("Nothing has all of these words; these have some.")]
    title = t("For “{words}”", words=short_words(said, _SHOWN))
    return Reply(cards.listing(t, title, [Shown(each) for each in found.worths], notes))


@routes.command(
    "feed minutes",
    needs=ANYONE,
    part=READING,
    about=msg("Have something picked that fits the time you have"),
    example=msg("/pln feed minutes 8"),
    argument=Argument("minutes", msg("How many minutes you have")),
    was="minutes",
)
def minutes(ctx: Context, words: str) -> Answer:
    """Pick what fits."""
    number = next((row_number(each) for each in words.split() if each.isdigit()), 0)
    if not 0 < number <= MOST_MINUTES:
        raise Refused(A_TIME.gone)
    return _fitting(ctx, number)


@routes.press("reading.minutes", needs=ANYONE, of=A_TIME)
def minutes_pressed(ctx: Context, _press: Press, time: TimeAtHand) -> Answer:
    """Pick what fits."""
    return _fitting(ctx, time.minutes)


def _fitting(ctx: Context, number: int) -> Answer:
    t = ctx.t
    found = actions.fitting(ctx.tx, ctx.directory, ctx.person, number, ctx.now)
    title = t.n("You have {n} minute", "You have {n} minutes", number)
    if not found:
        nothing = t("Nothing that I know the length of is so short. Try some minutes more.")
        others = (each for each in TIMES if each > number)
        more = tuple(Button(t("{n} min", n=each), "reading.minutes", str(each)) for each in others)
        card = Card(title, (Paragraph(nothing), *((Actions(more),) if more else ())))
        return Reply(card)
    return Reply(cards.listing(t, title, [Shown(each.worth, each.reasons) for each in found]))


@routes.press("reading.thing", needs=ANYONE, of=A_THING)
def show(ctx: Context, _press: Press, worth: Worth) -> Answer:
    """Show a thing with everything that can be done with it."""
    return Reply(cards.thing(ctx.t, worth, shelf.get(ctx.tx, ctx.person.id, worth.thing)))


@routes.page("reading.thing", needs=ANYONE, of=A_THING)
def thing_page(ctx: Context, _row: str, worth: Worth) -> Page:
    """Show a thing on a page of its own."""
    kept = shelf.get(ctx.tx, ctx.person.id, worth.thing)
    t = ctx.t
    save, done, used = cards.first_ways(t, worth, kept)
    read = (LinkButton(t("Open it"), worth.link),) if is_web_address(worth.link) else (save,)
    rest = (save, used) if read != (save,) else (used,)
    head = Head(
        cards.facts(t, worth), actions=(*read, done), more=(*rest, *cards.other_ways(t, worth))
    )
    said: list[Paragraph] = []
    if worth.note:
        said.append(Paragraph(t("Why: {note}", note=worth.note)))
    blocks = (*said, *cards.said_of(t, worth, kept))
    return Page(verbatim(worth.title), blocks, live=topic(ctx.person.id), head=head)


@routes.press("reading.why", needs=ANYONE, of=A_THING)
def why(ctx: Context, _press: Press, worth: Worth) -> Answer:
    """Say why a thing fits, and what that is known from."""
    t = ctx.t
    found = actions.why(ctx.tx, ctx.directory, ctx.person, worth, ctx.now)
    said = (
        t("It may fit you: {reasons}.", reasons=cards.because(t, found.reasons))
        if found
        else t("It is for other subjects or grades than yours, so your digest leaves it out.")
    )
    how = t(
        "I know that from your profile (`/pln me profile`) and from what you saved, did and wanted less"
        " of here. Nobody else sees it."
    )
    less = Actions((Button(t("Less like this"), "reading.less", worth.thing.ref),))
    return Reply(Card(t("Why this?"), (Paragraph(said), Paragraph(how, quiet=True), less)))
