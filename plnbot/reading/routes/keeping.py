"""A member's shelf: saved, done with a sentence, used in class, less like this, links that are dead."""

from collections.abc import Mapping
from decimal import Decimal

from plnbot.engine.at_home import Waiting
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Showing, Values
from plnbot.reading.actions import keeping as actions
from plnbot.reading.actions.keys import CURATES
from plnbot.reading.cards import things as cards
from plnbot.reading.cards.things import Shown
from plnbot.reading.model.things import (
    ThingKind,
    Worth,
    proposed_minutes,
    thing_of,
)
from plnbot.reading.parts import READING
from plnbot.reading.routes.finding import TIMES
from plnbot.reading.routes.library_objects import A_THING, MOST_MINUTES
from plnbot.reading.store import catalogue, shelf, things
from plnbot.talk.cards import Actions, Button, Card, Look, Option, PageButton, Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import ChoiceInput, Form, NumberInput, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Head, Heading, Page, PageBlock, Rows
from plnbot.talk.text import joined, verbatim
from plnbot.talk.words import Sentence, Translate, msg

routes = Routes()
_IN_CARD = 4
_NOT, _USED = "not", "used"
_PLANS: Mapping[str, tuple[Sentence, int]] = {
    _NOT: (msg("Not planned"), 0),
    "3": (msg("I will: ask me in three days"), 3),
    "7": (msg("I will: ask me in a week"), 7),
    "14": (msg("I will: ask me in two weeks"), 14),
    _USED: (msg("I have used it already"), 0),
}


@routes.command(
    "feed saved",
    needs=ANYONE,
    part=READING,
    about=msg("See what you saved, and what you are done with"),
    example=msg("/pln feed saved"),
    was="saved",
)
def saved(ctx: Context, _words: str) -> Answer:
    """Show the newest that a member saved, and lead to all."""
    t, mine = ctx.t, shelf.saved(ctx.tx, ctx.person.id)
    there = things.listed(ctx.tx, ctx.network.id, [each.thing for each in mine])
    shown = [Shown(there[each.thing]) for each in mine if each.thing in there][:_IN_CARD]
    many = t.n("{n} saved", "{n} saved", len(mine))
    card = cards.listing(t, t("What you saved"), shown, [many] if mine else [])
    lead = Actions(
        (
            PageButton(t("All of it"), "reading.shelf"),
            *(Button(t("{n} min", n=each), "reading.minutes", str(each)) for each in TIMES),
        )
    )
    tip = t("Nothing yet. `/pln find` finds something; Save keeps it here.")
    blocks = card.blocks if mine else (Paragraph(tip),)
    return Reply(Card(card.title, (*blocks, lead)))


@routes.page("reading.shelf", needs=ANYONE)
def shelf_page(ctx: Context, _row: str) -> Page:
    """Show everything that a member saved and did; what is gone elsewhere is here still."""
    t, blocks = ctx.t, list[PageBlock]()
    mine, done = shelf.saved(ctx.tx, ctx.person.id), shelf.done(ctx.tx, ctx.person.id)
    there = things.listed(ctx.tx, ctx.network.id, [each.thing for each in (*mine, *done)])
    for title, anchor, kept in ((t("Saved"), "saved", mine), (t("Done"), "done", done)):
        blocks.append(Heading(title, anchor))
        if kept:
            rows = (cards.kept_row(t, each, there.get(each.thing)) for each in kept)
            blocks.append(Rows(tuple(rows)))
        else:
            blocks.append(Paragraph(t("Nothing yet."), quiet=True))
    times = tuple(Button(t("{n} min", n=each), "reading.minutes", str(each)) for each in TIMES)
    about = t("Nobody but you sees this. A button picks what fits the minutes you have.")
    own = t("Nobody but you sees this.")
    find = Button(t("Find something"), "reading.again")
    more = (times[0], *times[3:], find)
    head = Head(about, actions=times[1:3], more=more) if mine else Head(own, actions=(find,))
    topic = actions.topic(ctx.person.id)
    return Page(t("What you saved and did"), tuple(blocks), live=topic, head=head)


@routes.press("reading.save", needs=ANYONE, of=A_THING)
def save(ctx: Context, press: Press, worth: Worth) -> Answer:
    """Keep a thing."""
    actions.save(ctx.tx, ctx.person, worth, ctx.now)
    t = ctx.t
    said = t("“{title}” is on your shelf: `/pln feed saved`.", title=short_words(worth.title, 140))
    back = Button(t("Put it back"), "reading.put_back", press.row)
    return Reply(cards.told(t("Saved"), said, back))


@routes.press("reading.put_back", needs=ANYONE, of=A_THING)
def put_back(ctx: Context, press: Press, worth: Worth) -> Answer:
    """Keep a thing no longer."""
    actions.put_back(ctx.tx, ctx.person, worth, ctx.now)
    t = ctx.t
    said = t("“{title}” is off your shelf.", title=short_words(worth.title, 140))
    return Reply(cards.told(t("Put back"), said, Button(t("Save"), "reading.save", press.row)))


@routes.press("reading.done", needs=ANYONE, of=A_THING)
def done(ctx: Context, press: Press, worth: Worth) -> Answer:
    """Ask for the sentence, the minutes, and what comes of it in class."""
    return OpenForm(_form(ctx, press.row, worth))


def _form(ctx: Context, row: str, worth: Worth) -> Form:
    t, before = ctx.t, shelf.get(ctx.tx, ctx.person.id, worth.thing)
    minutes = before.minutes if before and before.minutes else proposed_minutes(worth)
    used = before is not None and before.used_at is not None
    return Form(
        "reading.done",
        t("Done"),
        (
            TextInput(
                name="sentence",
                label=t("One sentence: what do you take from it?"),
                hint=t("With it, this counts among what you did. Without, it is only ticked off."),
                long=True,
                most=actions.LONGEST_SENTENCE,
                value=before.sentence if before else "",
            ),
            NumberInput(
                name="minutes",
                label=t("Minutes it took you"),
                hint=t("Proposed from its length, where that is known."),
                least=1,
                most=MOST_MINUTES,
                value=Decimal(minutes) if minutes else None,
            ),
            ChoiceInput(
                name="class",
                label=t("Will you use it in class?"),
                options=tuple(Option(each, t.say(said)) for each, (said, _) in _PLANS.items()),
                value=_USED if used else _NOT,
                required=True,
            ),
        ),
        t("Save"),
        row,
        verbatim(short_words(worth.title, 200)),
    )


@routes.form("reading.done", build=_form, needs=ANYONE, of=A_THING)
def done_sent(ctx: Context, row: str, values: Values, worth: Worth) -> Answer:
    """Note that a member is done with a thing; with a sentence, it is an activity."""
    t, sentence = ctx.t, str(values["sentence"] or "").strip()
    minutes = values["minutes"]
    took = int(str(minutes)) if minutes is not None else None
    actions.finish(ctx.tx, ctx.person, worth, actions.Took(sentence, took), ctx.now)
    plan = str(values["class"])
    days = _PLANS.get(plan, _PLANS[_NOT])[1]
    if plan == _USED:
        actions.use(ctx.tx, ctx.person, worth, ctx.now)
    elif days:
        actions.ask_later(ctx.tx, ctx.person, worth, days, ctx.now)
    said = [
        t("It is among what you did: `/pln me did`.")
        if sentence
        else t("Ticked off. Write a sentence, and it counts among what you did.")
    ]
    if days:
        said.append(t.n("I ask you once in {n} day whether you used it.",
            "I ask you once in {n} days whether you used it.", days))  # fmt: skip
    again = Button(t("Change it"), "reading.done", row)
    buttons = (
        (again,) if plan == _USED else (again, Button(t("Used it in class"), "reading.used", row))
    )
    return Reply(cards.told(t("Done"), joined(said, " "), *buttons))


@routes.press("reading.used", needs=ANYONE, of=A_THING)
def used(ctx: Context, press: Press, worth: Worth) -> Answer:
    """Count that a member used a thing in class."""
    many, t = actions.use(ctx.tx, ctx.person, worth, ctx.now), ctx.t
    said = t.n(
        "Used in class by {n} here: you.", "Used in class by {n} here, you among them.", many
    )
    return Reply(cards.told(t("Used in class"), said, Button(t("I did not use it"), "reading.unused", press.row)))  # fmt: skip


@routes.press("reading.unused", needs=ANYONE, of=A_THING)
def unused(ctx: Context, press: Press, worth: Worth) -> Answer:
    """Take back that a member used a thing in class, or that they will."""
    actions.use(ctx.tx, ctx.person, worth, ctx.now, used=False)
    t = ctx.t
    said = t("Noted: not used in class.")
    return Reply(cards.told(t("Noted"), said, Button(t("Used it in class"), "reading.used", press.row)))  # fmt: skip


@routes.press("reading.less", needs=ANYONE, of=A_THING)
def less(ctx: Context, press: Press, worth: Worth) -> Answer:
    """Bring a member less like this."""
    actions.less(ctx.tx, ctx.person, worth, ctx.now)
    t = ctx.t
    said = (
        t("Your digest brings less of {source} from now on.", source=short_words(worth.source, 80))
        if worth.source
        else t("Your digest brings less like this from now on.")
    )
    return Reply(cards.told(t("Less like this"), said, Button(t("Undo"), "reading.not_less", press.row)))  # fmt: skip


@routes.press("reading.not_less", needs=ANYONE, of=A_THING)
def not_less(ctx: Context, _press: Press, worth: Worth) -> Answer:
    """Take that back."""
    actions.less(ctx.tx, ctx.person, worth, ctx.now, wanted=False)
    return Reply(cards.told(ctx.t("Undone"), ctx.t("Your digest is as it was.")))


@routes.card(actions.ASKED)
def asked_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Ask once whether a thing was used in class."""
    thing = thing_of(str(args["thing"]))
    kept = shelf.get(to.tx, int(args["member"]), thing) if thing else None
    if kept is None:
        return None
    t, ref = to.t, kept.thing.ref
    title = cards.titled(kept.title, kept.link)
    said = t("You said that you would use this in class: {title}. Did you?", title=title)
    buttons = Actions(
        (
            Button(t("Used it in class"), "reading.used", ref, Look.PRIMARY),
            Button(t("I did not use it"), "reading.unused", ref),
        )
    )
    return Card(t("Used in class?"), (Paragraph(said), buttons))


@routes.press("reading.dead", needs=ANYONE, of=A_THING)
def dead(ctx: Context, _press: Press, worth: Worth) -> Answer:
    """Tell curators that a link is dead."""
    new, t = actions.report(ctx.tx, ctx.person, worth, ctx.now, ctx.directory), ctx.t
    said = (
        t("Thank you. Those who curate hear of it; what you saved and wrote stays.")
        if new
        else t("You have told us already; somebody will look at it.")
    )
    return Reply(cards.told(t("Dead link"), said))


@routes.card(actions.DEAD)
def dead_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Tell a curator of a link that members report."""
    thing = thing_of(str(args["thing"]))
    worth = things.get(to.tx, to.network.id, thing) if thing else None
    return _reported(to.t, worth) if worth is not None and worth.reports else None


@routes.press("reading.reports", needs=CURATES)
def reports(ctx: Context, _press: Press) -> Answer:
    """Show the links that members report, the most reported first."""
    t = ctx.t
    many = dict(catalogue.reported(ctx.tx, ctx.network.id))
    there = things.listed(ctx.tx, ctx.network.id, many)
    shown = [_reported(t, there[each]) for each in many if each in there][:_IN_CARD]
    if not shown:
        return Reply(cards.told(t("Dead links"), t("Nobody reports a link.")))
    return Reply(shown[0], more=tuple(shown[1:]))


@routes.press("reading.works", needs=CURATES, of=A_THING)
def works(ctx: Context, _press: Press, worth: Worth) -> Answer:
    """Forget reports of a link that works."""
    actions.still_there(ctx.tx, worth.thing)
    return Reply(cards.told(ctx.t("It works"), ctx.t("The reports of this link are settled.")))


@routes.press("reading.take_out", needs=CURATES, of=A_THING)
def take_out(ctx: Context, _press: Press, worth: Worth) -> Answer:
    """Offer a thing no more."""
    actions.take_out(ctx.tx, worth.thing, ctx.now, by=ctx.person)
    said = ctx.t(
        "It is offered no more. Who saved it keeps its title, the note and their sentence."
    )
    return Reply(cards.told(ctx.t("Taken out"), said))


def links_wait(ctx: Context) -> Waiting | None:
    """Tell curators of links that members report."""
    if not ctx.may(CURATES) or not (found := catalogue.reported(ctx.tx, ctx.network.id)):
        return None
    t, many = ctx.t, len(found)
    first = things.get(ctx.tx, ctx.network.id, found[0][0])
    title = t.n("{n} link reported as dead", "{n} links reported as dead", many)
    line = verbatim(short_words(first.title, 80)) if first else title
    return Waiting(title, many, line, Button(t("Look at them"), "reading.reports"))


def _reported(t: Translate, worth: Worth) -> Card:
    many = t.n("{n} member says that this link is dead.",
        "{n} members say that this link is dead.", worth.reports)  # fmt: skip
    ref = worth.thing.ref
    items = [
        Button(t("It works"), "reading.works", ref),
        Button(t("Take it out"), "reading.take_out", ref, Look.DANGER),
    ]
    if worth.thing.kind is ThingKind.ENTRY:
        items.append(Button(t("Give a new link"), "reading.entry_edit", str(worth.thing.row)))
    said = Paragraph(cards.titled(worth.title, worth.link))
    return Card(t("Dead links"), (said, Paragraph(many), Actions(tuple(items))))
