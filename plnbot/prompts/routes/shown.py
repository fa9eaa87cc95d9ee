"""The cards of prompts, made when they are sent and again when they are refreshed."""

from collections.abc import Mapping
from datetime import datetime

from plnbot.engine import outbox
from plnbot.engine.routes import Context, Routes, Showing
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
    found = store.get_occurrence(to.tx, number)
    room = store.get_room(to.tx, room_id)
    asks = store.get_schedule(to.tx, found.schedule) if found else None
    prompt = store.get_prompt(to.tx, found.prompt) if found and found.prompt else None
    if found is None or room is None or asks is None or prompt is None:
        return None
    if _taken_back(to, asks, actions.time_in(asks, room, found.at)):
        return None
    author = actions.author_name(to.tx, to.directory, prompt)
    meant = actions.time_in(asks, room, found.at)
    stood = outbox.stands_since(to.tx, actions.post_key(found.id, room.id)) or to.now
    return Asking(
        asks,
        found,
        prompt,
        author,
        _late(meant, stood),
        *actions.counted(to.tx, found.id),
        _ways(to, asks, found, prompt),
    )


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
    ways = _ways(ctx, asks, planned[0], prompt)
    return Asking(asks, planned[0], prompt, author, ways=ways)


def _ways(
    to: Showing | Context, asks: PromptSchedule, occurrence: Occurrence, prompt: Prompt
) -> Ways:
    """Return how one answers, with how often each tap was chosen."""
    options = choices(asks.kind_of(prompt), prompt, to.t.locale)
    tapped = actions.tapped(to.tx, occurrence.id)
    return Ways(str(occurrence.id), options, tapped, asks.anonymous)


def _late(meant: datetime, at: datetime) -> datetime | None:
    return meant if at - meant > LATE else None


@routes.card(actions.NOT_POSTED)
def not_posted(to: Showing, args: Args) -> Card | None:
    """Tell an organiser that a room does not take a prompt, and why."""
    room = store.get_room(to.tx, int(args["room"]))
    asks = store.get_schedule(to.tx, room.schedule) if room else None
    return cards.not_posted(to.t, asks, str(args["why"])) if asks else None
