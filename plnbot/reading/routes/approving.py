"""What waits for a curator: looked at one by one or several at once, approved with a note, undone."""

from collections.abc import Sequence

from plnbot.engine.at_home import Waiting
from plnbot.engine.objects import Object
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.reading.actions import approving as actions
from plnbot.reading.actions.keys import CURATES, topic
from plnbot.reading.cards import approving as cards
from plnbot.reading.cards.approving import APPROVE, DECLINE, RETURN, SEVERAL, WAITING_PAGE
from plnbot.reading.cards.rules import RULES
from plnbot.reading.model.items import Standing, Story
from plnbot.reading.parts import FEEDS
from plnbot.reading.routes.shown import story_of
from plnbot.reading.store import approving as queue
from plnbot.reading.store import items
from plnbot.refs import row_number
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Button, Card, Field, Option, PageButton, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import ChoiceInput, Form, MultiChoiceInput, TextInput, chosen
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Head, Page, PageBlock
from plnbot.talk.text import verbatim
from plnbot.talk.words import msg

routes = Routes()
_FIRST, _ON_A_PAGE, _LONGEST = 5, 50, 500
_NOTHING = msg("Nothing waits for you.")
A_STORY: Object[Story] = Object(
    "story",
    load=lambda tx, row: items.get_story(tx, row_number(row)),
    network=lambda story: story.network,
    scope=lambda story: f"story:{story.id}",
    gone=msg("This post is no longer there."),
)


@routes.command(
    "feed waiting",
    needs=CURATES,
    part=FEEDS,
    about=msg("Decide about posts that wait for a curator"),
    example=msg("/pln feed waiting"),
)
def waiting(ctx: Context, _words: str) -> Answer:
    """Show what waits, the first ones to be decided about at once."""
    many = queue.how_many_wait(ctx.tx, ctx.network.id)
    first = queue.waiting(ctx.tx, ctx.network.id, most=_FIRST)
    card = cards.queue(ctx.t, many, [each.title for each in first])
    return Reply(card, more=tuple(_cards(ctx, first)))


def _cards(ctx: Context, stories: Sequence[Story]) -> list[Card]:
    shown = [(each.id, story_of(ctx.tx, each.id)) for each in stories]
    return [cards.waits(ctx.t, number, each) for number, each in shown if each is not None]


@routes.page(WAITING_PAGE, needs=CURATES)
def waiting_page(ctx: Context, _row: str) -> Page:
    """Show all that waits."""
    t = ctx.t
    stories = queue.waiting(ctx.tx, ctx.network.id, most=_ON_A_PAGE)
    blocks: list[PageBlock] = [*_cards(ctx, stories)]
    if not stories:
        blocks.append(Paragraph(t.say(_NOTHING), quiet=True))
    many = queue.how_many_wait(ctx.tx, ctx.network.id)
    several = (Button(t("Decide several"), SEVERAL),) if stories else ()
    head = Head(
        t("Nobody gets these posts before you decide."),
        facts=(Field(t("Waiting"), t("{n}", n=many)),) if many else (),
        actions=(*several, Button(t("What holds for all"), RULES)),
    )
    return Page(t("Posts that wait for you"), tuple(blocks), live=topic(ctx.network.id), head=head)


@routes.press(APPROVE, needs=CURATES, of=A_STORY)
def approve(ctx: Context, press: Press, story: Story) -> Answer:
    """Ask for the lines that readers see."""
    return OpenForm(_note_form(ctx, press.row, story))


def _note_form(ctx: Context, row: str, story: Story) -> Form:
    return Form(APPROVE, ctx.t("Approve a post"), (_note(ctx, story.note),), ctx.t("Approve"), row)


def _note(ctx: Context, value: str = "") -> TextInput:
    return TextInput(
        name="note",
        label=ctx.t("Two lines on why it is worth it"),
        hint=ctx.t("Readers see them. May stay empty."),
        long=True,
        most=_LONGEST,
        value=value,
    )


@routes.form(APPROVE, build=_note_form, needs=CURATES, of=A_STORY)
def approved(ctx: Context, _row: str, values: Values, story: Story) -> Answer:
    """Let everybody see it."""
    actions.approve(ctx.tx, story, str(values["note"]), ctx.now, by=ctx.person)
    return Reply(cards.decided(ctx.t, story.id, story.title, ctx.t("Approved: its rooms get it.")))


@routes.press(DECLINE, needs=CURATES, of=A_STORY)
def decline(ctx: Context, _press: Press, story: Story) -> Answer:
    """Let nobody see it."""
    actions.decline(ctx.tx, story, ctx.now, by=ctx.person)
    said = ctx.t("Declined: nobody gets it, nor a copy of it from another feed.")
    return Reply(cards.decided(ctx.t, story.id, story.title, said))


@routes.press(RETURN, needs=CURATES, of=A_STORY)
def give_back(ctx: Context, _press: Press, story: Story) -> Answer:
    """Undo what was decided."""
    actions.give_back(ctx.tx, story, ctx.now, by=ctx.person)
    note = Card(ctx.t("Undone"), (Paragraph(ctx.t("It waits again.")),))
    return Reply(note, more=tuple(_cards(ctx, [story])))


@routes.press("reading.take_away", needs=CURATES, of=A_STORY)
def take_away(ctx: Context, _press: Press, story: Story) -> Answer:
    """Take away what was posted."""
    actions.take_away(ctx.tx, story, ctx.now, by=ctx.person)
    said = ctx.t("Taken away. Its cards say so, and no copy of it is posted.")
    return Reply(cards.decided(ctx.t, story.id, story.title, said))


@routes.press(SEVERAL, needs=CURATES)
def several(ctx: Context, _press: Press) -> Answer:
    """Open the form in which one decides about many at once."""
    if not queue.waiting(ctx.tx, ctx.network.id, most=1):
        raise Refused(_NOTHING)
    return OpenForm(_several_form(ctx, ""))


def _several_form(ctx: Context, _row: str) -> Form:
    t = ctx.t
    options = tuple(
        Option(str(each.id), verbatim(short_words(each.title, limits.OPTION_LABEL - 5)))
        for each in queue.waiting(ctx.tx, ctx.network.id, most=limits.OPTIONS)
    )
    inputs = (
        MultiChoiceInput(
            name="which",
            label=t("Which ones?"),
            options=options or (Option("0", t.say(_NOTHING)),),
            required=True,
        ),
        ChoiceInput(
            name="what",
            label=t("What becomes of them?"),
            options=(Option("approve", t("Approve")), Option("decline", t("Decline"))),
            value="approve",
            required=True,
        ),
        _note(ctx),
    )
    return Form(SEVERAL, t("Decide several"), inputs, t("Do it"))


@routes.form(SEVERAL, build=_several_form, needs=CURATES)
def several_given(ctx: Context, _row: str, values: Values) -> Answer:
    """Decide about many; what another decided meanwhile stays, and is said."""
    which = chosen(values["which"])
    stories = [A_STORY.find(ctx, each) for each in which]
    done, late = actions.decide_all(
        ctx.tx, stories, ctx.now, by=ctx.person,
        note=str(values["note"]), approves=values["what"] == "approve",
    )  # fmt: skip
    t = ctx.t
    blocks = [Paragraph(t.n("{n} post is decided.", "{n} posts are decided.", done))]
    if late:
        other = t.n(
            "{n} was decided by another curator meanwhile.",
            "{n} were decided by another curator meanwhile.",
            late,
        )
        blocks.append(Paragraph(other, quiet=True))
    ways = Actions(
        tuple(
            Button(t("Undo: {title}", title=short_words(each.title, 50)), RETURN, str(each.id))
            for each in stories[: limits.BUTTONS_IN_ROW]
            if each.standing is Standing.WAITS
        )
        or (PageButton(t("Look at them"), WAITING_PAGE),)
    )
    return Reply(Card(t("Decided"), (*blocks, ways), Tone.GOOD))


def posts_wait(ctx: Context) -> Waiting | None:
    """Tell curators at home of what waits for them."""
    if not ctx.may(CURATES):
        return None
    first = queue.waiting(ctx.tx, ctx.network.id, most=1)
    if not first:
        return None
    many = queue.how_many_wait(ctx.tx, ctx.network.id)
    title = ctx.t.n("{n} post to approve", "{n} posts to approve", many)
    leads = PageButton(ctx.t("Look at them"), WAITING_PAGE)
    return Waiting(title, many, verbatim(short_words(first[0].title, 80)), leads)
