"""The cards of prompts, made when they are sent and again when they are refreshed."""

from collections.abc import Mapping
from datetime import UTC, datetime

from plnbot import gathering
from plnbot.engine import outbox
from plnbot.engine.routes import Context, Routes, Showing
from plnbot.gathering.not_heard import NotHeard
from plnbot.prompts import actions, cards, store
from plnbot.prompts.cards.answering import Ways
from plnbot.prompts.cards.asked import Asking
from plnbot.prompts.model import LATE, Occurrence, Prompt, PromptSchedule, choices
from plnbot.talk.cards import Card

routes = Routes()
Args = Mapping[str, str | int]


@routes.card(actions.ASKED)
def asked(to: Showing, args: Args) -> Card | None:
    """Ask a prompt in one of its rooms."""
    asking = asking_of(to, int(args["occurrence"]), int(args["room"]))
    return cards.asked(to.t, asking) if asking else None


def asking_of(to: Showing, number: int, room_id: int) -> Asking | None:
    """Return what is shown of an occurrence in one of its rooms."""
    found = store.shown_in(to.tx, number, room_id)
    if found is None:
        return None
    asks, this, room, prompt = found
    meant = actions.time_in(asks, room, this.at)
    if _taken_back(to, asks, meant):
        return None
    key = actions.post_key(this.id, room.id)
    stood = outbox.stands_since(to.tx, key) if to.stands else None
    author = actions.author_name(to.tx, to.directory, prompt)
    stand = gathering.tally(to.tx, actions.KIND, this.id)
    ways = _ways(to.t.locale, asks, this, prompt, stand.chosen)
    late = _late(meant, stood or to.now)
    return Asking(asks, this, prompt, author, late, stand.named, stand.unnamed, ways)


def _taken_back(to: Showing, asks: PromptSchedule, at: datetime) -> bool:
    """Return whether a schedule was ended or paused while its prompt waited for its moment."""
    paused = asks.paused_until is not None and asks.paused_until > at
    return at > to.now and (asks.ended_at is not None or paused)


def asking_next(ctx: Context, asks: PromptSchedule) -> Asking | None:
    """Return what a schedule asks next, as its card will show it."""
    planned = store.occurrences_of(ctx.tx, asks.id)
    prompt = store.get_prompt(ctx.tx, planned[0].prompt or 0) if planned else None
    if prompt is None:
        return None
    author = actions.author_name(ctx.tx, ctx.directory, prompt)
    ways = _ways(ctx.t.locale, asks, planned[0], prompt, {})
    return Asking(asks, planned[0], prompt, author, ways=ways)


def _ways(
    locale: str,
    asks: PromptSchedule,
    occurrence: Occurrence,
    prompt: Prompt,
    chosen: Mapping[str, int],
) -> Ways:
    """Return how one answers, with how often each tap was chosen."""
    options = choices(asks.kind_of(prompt), prompt, locale)
    return Ways(str(occurrence.id), options, chosen, asks.anonymous)


def _late(meant: datetime, at: datetime) -> datetime | None:
    return meant if at - meant > LATE else None


@routes.card(actions.NOT_HEARD.name)
def not_heard(to: Showing, args: Args) -> Card | None:
    """Tell whoever set a prompt up that something said below it cannot be read, or not yet."""
    occurrence = store.get_occurrence(to.tx, int(args["occurrence"]))
    asks = store.get_schedule(to.tx, occurrence.schedule) if occurrence else None
    if occurrence is None or asks is None:
        return None
    since, until = (datetime.fromtimestamp(int(args[name]), UTC) for name in ("since", "until"))
    what = NotHeard(since, until, bool(args["closed"]))
    return cards.not_heard(to.t, str(occurrence.id), asks.title, what)


@routes.card(actions.NOT_POSTED)
def not_posted(to: Showing, args: Args) -> Card | None:
    """Tell an organiser that a room does not take a prompt, and why."""
    room = store.get_room(to.tx, int(args["room"]))
    asks = store.get_schedule(to.tx, room.schedule) if room else None
    return cards.not_posted(to.t, asks, str(args["why"])) if asks else None
