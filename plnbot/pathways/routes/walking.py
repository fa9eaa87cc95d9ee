"""Members look at pathways, take one, choose steps in their order, do them, leave and come back."""

from collections.abc import Sequence

from plnbot.activities.store import Activity, activities_of
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.pathways import actions, cards, store
from plnbot.pathways.cards import Seen
from plnbot.pathways.parts import PATHWAYS
from plnbot.pathways.routes.objects import A_PATHWAY, A_STEP, LAYS, StepOf
from plnbot.pathways.store import Pathway, Said, Walk
from plnbot.refs import row_number
from plnbot.talk.cards import Button, Card, Look, Option, PageButton, Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import AnyInput, ChoiceInput, Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Head, Heading, Page, PageBlock, Rows
from plnbot.talk.text import Text, joined, verbatim
from plnbot.talk.words import msg

routes = Routes()
_MOST_ACTIVITIES, _LONGEST = 24, 75


def seen(ctx: Context, pathways: Sequence[Pathway]) -> list[Seen]:
    """Return pathways as this member sees them."""
    me = ctx.person.id
    walks, said = store.walks_of(ctx.tx, me), store.said_of(ctx.tx, me)
    far = actions.standings(ctx.tx, me, [each.id for each in pathways])
    return [
        Seen(each, walks.get(each.id), far[each.id], said.get(each.id, {}), ctx.may(LAYS))
        for each in pathways
        if each.id in far
    ]


def seen_one(ctx: Context, one: Pathway) -> Seen:
    """Return one as this member sees it now."""
    return seen(ctx, [one])[0]


def _listed(ctx: Context) -> list[Seen]:
    """Return what this member walks first, then what they can take; closed ones for who walks or lays them."""
    lays = ctx.may(LAYS)
    found = [
        each
        for each in seen(ctx, store.of_network(ctx.tx, ctx.network.id))
        if each.walk is not None or lays or not each.pathway.closed
    ]
    return sorted(found, key=lambda each: not each.walking)


@routes.command(
    "pathways",
    needs=ANYONE,
    part=PATHWAYS,
    about=msg("Take a pathway, choose its steps, and see how far you are"),
    example=msg("/pln pathways"),
)
def pathways(ctx: Context, _words: str) -> Answer:
    """Show which pathways there are."""
    return Reply(cards.listed(ctx.t, _listed(ctx), curates=ctx.may(LAYS)))


@routes.press("pathways.look", needs=ANYONE)
def look(ctx: Context, press: Press) -> Answer:
    """Show the one that was chosen."""
    return Reply(cards.one(ctx.t, seen_one(ctx, A_PATHWAY.find(ctx, press.value))))


def _walk(ctx: Context, one: Pathway) -> Walk:
    found = store.walks_of(ctx.tx, ctx.person.id).get(one.id)
    if found is None or found.left:
        raise Refused(msg("You are not on this pathway."))
    return found


def told(ctx: Context, one: Pathway, title: Text, said: Text) -> Answer:
    """Say that something was done, with the pathway as it is then."""
    first, whole = cards.told(ctx.t, title, said, seen_one(ctx, one))
    return Reply(first, more=(whole,))


@routes.press(cards.TAKE, needs=ANYONE, of=A_PATHWAY)
def take(ctx: Context, _press: Press, one: Pathway) -> Answer:
    """Take a pathway, or come back to it."""
    actions.take(ctx.tx, ctx.person, one, ctx.now)
    said = ctx.t(
        "You are on “{title}”. Choose what you like, in your order. Only you see it.",
        title=short_words(one.title, 100),
    )
    return told(ctx, one, ctx.t("Taken"), said)


@routes.press(cards.LEAVE, needs=ANYONE, of=A_PATHWAY)
def leave(ctx: Context, _press: Press, one: Pathway) -> Answer:
    """Leave a pathway."""
    actions.leave(ctx.tx, _walk(ctx, one), ctx.now)
    said = ctx.t(
        "You left “{title}”. What you did stays, and you can come back.",
        title=short_words(one.title, 100),
    )
    return told(ctx, one, ctx.t("Left"), said)


def _choose(ctx: Context, of: StepOf) -> Answer:
    chosen = actions.choose(ctx.tx, _walk(ctx, of.pathway), of.step)
    t, title = ctx.t, short_words(of.step.title, 100)
    said = (
        t("You chose “{step}”.", step=title) if chosen else t("You let go of “{step}”.", step=title)
    )
    return told(ctx, of.pathway, t("Noted"), said)


@routes.press(cards.CHOOSE, needs=ANYONE, of=A_STEP)
def choose(ctx: Context, _press: Press, of: StepOf) -> Answer:
    """Choose a step, or let go of it."""
    return _choose(ctx, of)


@routes.press(cards.PICK, needs=ANYONE, of=A_PATHWAY)
def pick(ctx: Context, press: Press, one: Pathway) -> Answer:
    """Choose the step that was picked on a card, or let go of it."""
    return _choose(ctx, A_STEP.find(ctx, f"{one.id}-{press.value}"))


@routes.press(cards.PICK_DONE, needs=ANYONE, of=A_PATHWAY)
def pick_done(ctx: Context, press: Press, one: Pathway) -> Answer:
    """Ask how the step that was picked on a card was done."""
    row = f"{one.id}-{row_number(press.value)}"
    return OpenForm(_done_form(ctx, row, A_STEP.find(ctx, row)))


@routes.press(cards.DONE, needs=ANYONE, of=A_STEP)
def ask_done(ctx: Context, press: Press, of: StepOf) -> Answer:
    """Ask how a step was done."""
    return OpenForm(_done_form(ctx, press.row, of))


def _lately(ctx: Context) -> Sequence[Activity]:
    return activities_of(ctx.tx, ctx.person.id, _MOST_ACTIVITIES)


def _done_form(ctx: Context, row: str, of: StepOf) -> Form:
    t = ctx.t
    inputs: list[AnyInput] = []
    if len(of.step.ways) > 1:
        options = tuple(
            Option(str(at), verbatim(short_words(each.words, _LONGEST)))
            for at, each in enumerate(of.step.ways)
        )
        inputs.append(ChoiceInput(name="way", label=t("In which way?"), options=options))
    inputs.append(
        TextInput(
            name="own", label=t("Or in a way of your own"), most=200, hint=t("With a colleague")
        )
    )
    if done := _lately(ctx):
        options = tuple(
            Option(str(each.id), verbatim(short_words(each.done.title, _LONGEST))) for each in done
        )
        inputs.append(
            ChoiceInput(name="activity", label=t("Was it one of these?"), options=options)
        )
    intro = verbatim(short_words(of.step.title, 200))
    return Form(cards.DONE, t("I did it"), tuple(inputs), t("Save"), row, intro)


@routes.form(cards.DONE, build=_done_form, needs=ANYONE, of=A_STEP)
def is_done(ctx: Context, _row: str, values: Values, of: StepOf) -> Answer:
    """Keep that a step is done."""
    own, picked = str(values["own"]).strip(), str(values.get("way") or "")
    way = own or (of.step.ways[int(picked)].words if picked else "")
    number = row_number(str(values.get("activity") or ""))
    activity = next((each for each in _lately(ctx) if each.id == number), None)
    if activity is not None and not way:
        way = activity.done.title
    done = Said(way, activity.done.source if activity else "", ctx.now)
    actions.say_done(ctx.tx, _walk(ctx, of.pathway), of.step, done)
    t, now = ctx.t, seen_one(ctx, of.pathway)
    said = t("“{step}” is done.", step=short_words(of.step.title, 100))
    said = joined([said, cards.how_far(t, now.standing)], " ")
    return told(ctx, of.pathway, t("Noted"), said)


@routes.press(cards.UNDONE, needs=ANYONE, of=A_STEP)
def undone(ctx: Context, _press: Press, of: StepOf) -> Answer:
    """Forget that somebody said a step is done."""
    actions.say_undone(ctx.tx, _walk(ctx, of.pathway), of.step)
    t = ctx.t
    said = t("“{step}” is not done.", step=short_words(of.step.title, 100))
    return told(ctx, of.pathway, t("Noted"), said)


def on_the_home(ctx: Context) -> Card | None:
    """Show a member's pathways, once they walk one."""
    on = [each.pathway for each in _listed(ctx) if each.walking]
    return cards.on_the_home(ctx.t, seen(ctx, on)) if on else None


routes.home.append(on_the_home)


def _none_yet(ctx: Context) -> Text:
    if ctx.may(LAYS):
        return ctx.t("There is no pathway here yet. Lay the first one.")
    return ctx.t("There is no pathway here yet. A curator lays them; then they stand here.")


@routes.page(cards.PAGE, needs=ANYONE)
def pathways_page(ctx: Context, _row: str) -> Page:
    """Show all pathways, those that one walks first."""
    t, found = ctx.t, _listed(ctx)
    rows = Rows(tuple(cards.row(t, each) for each in found))
    blocks: tuple[PageBlock, ...] = (rows,) if found else (Paragraph(_none_yet(ctx), quiet=True),)
    look = Look.PLAIN if found else Look.PRIMARY
    lay = (Button(t("Lay a pathway"), cards.LAY, look=look),) if ctx.may(LAYS) else ()
    about = t(
        "Menus of choices towards something. Only you see which you walk, and how far you are."
    )
    return Page(
        t("Pathways"), blocks, live=store.topic(ctx.network.id), head=Head(about, actions=lay)
    )


@routes.page(cards.ONE, needs=ANYONE, of=A_PATHWAY)
def pathway_page(ctx: Context, row: str, one: Pathway) -> Page:
    """Show one pathway: each part with its steps, what one chose and did."""
    t, its = ctx.t, seen_one(ctx, one)
    blocks: list[PageBlock] = []
    for at, part in enumerate(one.menu):
        blocks.append(Heading(cards.part_title(t, part), f"part-{at}"))
        blocks.append(Rows(tuple(cards.step_row(t, its, step) for step in its.in_order(part))))
    about = [verbatim(one.about)] if one.about else []
    if its.walking:
        about.append(cards.how_far(t, its.standing))
        about.append(t("Only you see how far you are."))
    laying: tuple[Button, ...] = ()
    if ctx.may(LAYS):
        label = t("Offer it again") if one.closed else t("Offer it no more")
        laying = (Button(t("Change"), cards.CHANGE, row), Button(label, cards.CLOSE, row))
    head = Head(
        joined(about, "\n"),
        actions=(*cards.walking(t, its), PageButton(t("Pathways"), cards.PAGE)),
        more=laying,
    )
    title = verbatim(short_words(one.title, 140))
    return Page(title, tuple(blocks), live=f"member:{ctx.person.id}", head=head)
