"""What is read of answers: the page, the file, the cards; and a prompt that becomes more."""

import re
from collections.abc import Mapping
from dataclasses import replace

from plnbot import gathering
from plnbot.engine import outbox
from plnbot.engine.offers import Idea
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Showing
from plnbot.errors import Refused
from plnbot.gathering import Answer
from plnbot.gathering.names import told_apart
from plnbot.prompts import actions, answers_file, cards, pages, store
from plnbot.prompts.cards.answering import RoundedUp
from plnbot.prompts.model import PromptRoom, newest_members_first
from plnbot.prompts.routes.answers_objects import AN_ASKED_PROMPT, AskedPrompt, asked_prompt
from plnbot.prompts.routes.gathered import MODERATES
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.cards import Actions, Button, Card, Paragraph
from plnbot.talk.interactions import Answer as Told
from plnbot.talk.interactions import Press, Reply
from plnbot.talk.pages import File, Page
from plnbot.talk.text import EMPTY, MessageLink, Text
from plnbot.talk.words import Translate, msg
from plnbot.walltime import local

routes = Routes()
Args = Mapping[str, str | int]
_NOTHING = msg("There is nothing yet that you could make of it. Ask a moderator to plan a chat.")


def grows_into(t: Translate, catalogue: Routes) -> Text:
    """Return what the button says that makes more of a prompt; nothing where there is no way."""
    ways = list(catalogue.takes_over.values())
    if len(ways) == 1:
        return t.say(ways[0].label)
    return t("Make more of it") if ways else EMPTY


@routes.page("prompt", needs=ANYONE, of=AN_ASKED_PROMPT)
def prompt_page(ctx: Context, row: str, this: AskedPrompt) -> Page:
    """Show a prompt with its answers."""
    return pages.prompt_page(
        ctx,
        this.occurrence,
        this.schedule,
        this.prompt,
        before=row.partition(".")[2],
        moderates=ctx.may(MODERATES),
        grows=grows_into(ctx.t, ctx.catalogue),
    )


@routes.file("prompt.csv", needs=MODERATES, of=AN_ASKED_PROMPT)
def csv(ctx: Context, _row: str, this: AskedPrompt) -> File:
    """Give the answers as a spreadsheet takes them."""
    question, options = this.prompt.said(ctx.t.locale), this.options(ctx.t.locale)
    content = answers_file.as_csv(ctx.tx, this.occurrence, question, options)
    day = local(this.occurrence.asked_at or this.occurrence.at, this.schedule.schedule.zone)
    name = re.sub(r"\W+", "-", f"{this.schedule.title}-{day:%Y-%m-%d}").strip("-").lower()
    return File(f"{name}.csv", "text/csv; charset=utf-8", content)


@routes.press("prompt.grow", needs=ANYONE, of=AN_ASKED_PROMPT)
def grow(ctx: Context, press: Press, this: AskedPrompt) -> Told:
    """Make more of a prompt: at once where there is one way for this member, else by their choice."""
    ways = {
        name: way
        for name, way in ctx.catalogue.takes_over.items()
        if name not in ctx.network.off and ctx.may(way.needs) and way.open_now(ctx)
    }
    chosen = press.value or press.row.partition(".")[2]
    if not ways or (chosen and chosen not in ways):
        raise Refused(_NOTHING)
    if len(ways) == 1 or chosen:
        way = ways[chosen] if chosen else next(iter(ways.values()))
        return way.take(ctx, _idea(ctx, this))
    buttons = [
        Button(ctx.t.say(way.label), "prompt.grow", f"{this.row}.{name}")
        for name, way in ways.items()
    ]
    said = Paragraph(ctx.t("Its answers come along."))
    return Reply(Card(ctx.t("Make more of it"), (said, Actions(tuple(buttons)))))


def _idea(ctx: Context, this: AskedPrompt) -> Idea:
    rooms = _rooms(ctx.tx, this)
    here = (each.place for each in rooms if each.place == ctx.where.channel_itself())
    place = next(here, rooms[0].place if rooms else None)
    said = this.prompt.said(ctx.network.locale)
    return Idea(said, this.schedule.title, f"prompt/{this.row}", place)


def _rooms(tx: Tx, this: AskedPrompt) -> list[PromptRoom]:
    found = (store.get_room(tx, each) for each in store.posted_in(tx, this.occurrence.id))
    return [each for each in found if each is not None]


@routes.card(actions.ANSWERED)
def answered(to: Showing, args: Args) -> Card | None:
    """Show below a prompt what was answered by form."""
    given = gathering.get(to.tx, int(args["answer"]))
    if given is None:
        return cards.taken_back(to.t)
    this = asked_prompt(to.tx, given.whole)
    return cards.answered(to.t, given, this.options(to.t.locale)) if this else None


@routes.card(actions.ROUND_UP)
def round_up(to: Showing, args: Args) -> Card | None:
    """Gather the answers that came in time, as they stand."""
    this, room = (
        asked_prompt(to.tx, int(args["occurrence"])),
        store.get_room(to.tx, int(args["room"])),
    )
    if this is None or room is None:
        return None
    number, locale = this.occurrence.id, to.t.locale
    said = actions.in_round_up(to.tx, number)
    options = this.options(locale)
    called = told_apart((each.member, each.author) for each in sorted(said, key=lambda e: e.id))
    links = _Links(to.tx, this)
    quoted = [(replace(each, author=called[each.member]), links.to(each)) for each in said]
    unnamed = [
        cards.read_as(options, each.choice, each.words)
        for each in gathering.readable_unnamed(to.tx, actions.KIND, number)
    ]
    return cards.round_up(
        to.t,
        RoundedUp(
            this.row,
            this.schedule.title,
            this.prompt.said(locale),
            options,
            newest_members_first([(each.member, (each, link)) for each, link in quoted]),
            unnamed,
            gathering.many_unnamed(to.tx, actions.KIND, number)[0],
            grows_into(to.t, to.catalogue),
        ),
    )


class _Links:
    """Finds where each answer stands: as a message of its author's, or as a post of ours."""

    def __init__(self, tx: Tx, this: AskedPrompt) -> None:
        self._tx = tx
        self._threads: dict[Place, str] = {}
        for room in _rooms(tx, this):
            post = outbox.by_key(tx, actions.post_key(this.occurrence.id, room.id))
            if post is not None:
                self._threads[room.place] = post.ref

    def to(self, given: Answer) -> MessageLink | None:
        """Return the way to an answer, or None where it stands in no room, as a mere tap."""
        if given.by_form:
            post = outbox.by_key(self._tx, actions.answer_key(given.id))
            if post is None or not isinstance(post.to, Place) or not post.ref:
                return None
            place, message = post.to.channel_itself(), post.ref
        else:
            found = gathering.message_of(given.source)
            if found is None:
                return None
            place, message = found
        return MessageLink(place.in_thread(self._threads.get(place, "")), message, given.author)


@routes.card("prompts.hidden")
def hidden(to: Showing, args: Args) -> Card | None:
    """Tell an author that their answer was hidden."""
    given = gathering.get(to.tx, int(args["answer"]))
    this = asked_prompt(to.tx, given.whole) if given else None
    if given is None or this is None:
        return None
    return cards.hidden(to.t, this.prompt.said(to.t.locale), given, str(args["why"]))


@routes.card(actions.NUDGED)
def nudged(to: Showing, args: Args) -> Card | None:
    """Remind one member of a prompt."""
    this = asked_prompt(to.tx, int(args["occurrence"]))
    if this is None:
        return None
    options = this.options(to.t.locale)
    ways = cards.Ways(this.row, options, anonymous=this.schedule.anonymous)
    return cards.nudged(to.t, this.prompt.said(to.t.locale), cards.ways(to.t, ways))
