"""Chats: the cards made when they are sent, the pages, the files, and the work that falls due."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from plnbot.chats import actions, archive, cards, pages, store
from plnbot.chats.model import LIVE, UNTOLD, State
from plnbot.chats.store import Chat
from plnbot.engine import outbox, roles
from plnbot.engine.ports import Ongoing
from plnbot.engine.roles import ANYONE, Needs
from plnbot.engine.routes import Context, Due, Routes, Showing
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.cards import Card
from plnbot.talk.happenings import Announced
from plnbot.talk.pages import Attached, File, Missing, Page, markdown

shown = Routes()
Args = Mapping[str, str | int]
_MARKDOWN = "text/markdown; charset=utf-8"


@shown.when_due(actions.MOMENT)
def moment(due: Due) -> None:
    """Do what a chat's plan has for now."""
    actions.tick(due.tx, int(str(due.payload["chat"])), due.now)


@shown.when_due(actions.REMIND)
def remind(due: Due) -> None:
    """Send a reminder."""
    actions.remind(due.tx, due.payload, due.now, due.directory)


@shown.when_due(actions.TELL)
def tell(due: Due) -> None:
    """Write to a chat's moderators."""
    actions.tell(due.tx, due.payload, due.now, due.directory)


@shown.card("chats.announcement")
def announcement(to: Showing, args: Args) -> Announced | None:
    """Tell a room about a coming chat, and where that stands already, that it is off."""
    chat = _chat(to, args)
    if chat is None:
        return None
    if chat.run.state in (State.CANCELLED, *UNTOLD):
        told = outbox.standing_under(to.tx, actions.announcements(chat))
        return _off(to, chat) if told else None
    card = cards.announcement(to.t, chat, store.questions_of(to.tx, chat.id))
    return Announced(card, cards.happening(to.t, chat))


@shown.card("chats.called_off")
def called_off(to: Showing, args: Args) -> Announced | None:
    """Tell a room that a chat will not take place."""
    chat = _chat(to, args)
    return _off(to, chat) if chat else None


def _off(to: Showing, chat: Chat) -> Announced:
    off = chat.run.state in (State.CANCELLED, *UNTOLD)
    return Announced(cards.called_off(to.t, chat), cards.happening(to.t, chat, off=off))


@shown.card("chats.welcome")
def welcome(to: Showing, args: Args) -> Card | None:
    """Open a chat."""
    chat = _chat(to, args)
    return cards.welcome(to.t, chat, late=bool(args["late"])) if chat else None


@shown.card("chats.warm_up")
def warm_up(to: Showing, args: Args) -> Card | None:
    """Ask the warm-up question."""
    chat = _chat(to, args)
    return cards.warm_up(to.t, chat) if chat and chat.warm_up else None


@shown.card("chats.question")
def question(to: Showing, args: Args) -> Card | None:
    """Ask a question, or show how many answers it has by now."""
    chat = _chat(to, args)
    if chat is None:
        return None
    asked = next(
        (q for q in store.questions_of(to.tx, chat.id) if q.number == args["number"]), None
    )
    if asked is None:
        return None
    counts = store.shown_counts(to.tx, chat.id)
    following = chat.run.next_moment if chat.run.current == asked.number else None
    if chat.run.held:
        following = None
    return cards.question(
        to.t,
        chat,
        asked,
        answers=counts.get(asked.id, 0),
        late=bool(args["late"]),
        following=following,
    )


@shown.card("chats.answered")
def answered(to: Showing, args: Args) -> Card | None:
    """Show an answer given through the form."""
    given = store.get_answer(to.tx, int(args["answer"]))
    asked = store.get_question(to.tx, given.question) if given else None
    if given is None or asked is None:
        return cards.taken_back(to.t)
    return cards.answered(to.t, asked, given)


@shown.card("chats.closing")
def closing(to: Showing, args: Args) -> Card | None:
    """Say the closing words."""
    chat = _chat(to, args)
    if chat is None:
        return None
    unasked = [
        q for q in store.questions_of(to.tx, chat.id) if q.asked_at is None and not q.skipped
    ]
    return cards.closing(to.t, chat, unasked)


@shown.card("chats.archive")
def archived(to: Showing, args: Args) -> Card | Attached | None:
    """Make the archive known; where pages have no address, as a file."""
    chat = _chat(to, args)
    if chat is None:
        return None
    reading = archive.read(to.tx, chat)
    answers = sum(len(section.answers) for section in reading.sections)
    card = cards.archived(
        to.t, chat, answers=answers, people=len(reading.people), links=len(reading.resources)
    )
    if to.address:
        return card
    words = markdown(pages.file_page(to.tx, to.t, chat), chat.zone, to.t.locale)
    return Attached(card, File(_file_name(chat, "md"), _MARKDOWN, words.encode()))


@shown.card(actions.PANEL)
def panel(to: Showing, args: Args) -> Card | None:
    """Show a moderator the panel, or that the chat is theirs no longer."""
    chat = _chat(to, args)
    if chat is None:
        return None
    if not pages.MODERATES.met_by(roles.grants_of(to.tx, int(args["person"])), str(chat.id)):
        return cards.not_yours_now(to.t, chat)
    at = pages.standing(to.tx, chat, to.now)
    return cards.panel(to.t, at, people=store.present(to.tx, chat.id))


@shown.card("chats.plan_moved")
def plan_moved(to: Showing, args: Args) -> Card | None:
    """Tell a moderator that the plan has given way."""
    chat = _chat(to, args)
    return cards.plan_moved(to.t, pages.standing(to.tx, chat, to.now)) if chat else None


@shown.card("chats.not_posted")
def not_posted(to: Showing, args: Args) -> Card | None:
    """Tell a moderator that something of a chat could not be posted, and why."""
    chat = _chat(to, args)
    return cards.not_posted(to.t, chat, str(args["why"])) if chat else None


@shown.card("chats.your_turn")
def your_turn(to: Showing, args: Args) -> Card | None:
    """Tell somebody that a chat is theirs to moderate."""
    chat = _chat(to, args)
    if chat is None:
        return None
    return cards.your_turn(to.t, chat, _named(to, args["by"]), alone=bool(args["alone"]))


@shown.card("chats.reminder")
def reminder(to: Showing, args: Args) -> Card | None:
    """Remind one person of a chat."""
    chat = _chat(to, args)
    return cards.reminder(to.t, chat) if chat and chat.run.state is State.SCHEDULED else None


@shown.card("chats.hidden")
def hidden(to: Showing, args: Args) -> Card | None:
    """Tell an author that their answer was hidden."""
    given = store.get_answer(to.tx, int(args["answer"]))
    chat = store.get_chat(to.tx, given.chat) if given else None
    return cards.hidden(to.t, chat, given, str(args["why"])) if given and chat else None


@shown.card("chats.hello")
def hello(to: Showing, args: Args) -> Card | None:
    """Introduce somebody to the room."""
    chat = _chat(to, args)
    return cards.hello(to.t, chat, _named(to, args["person"])) if chat else None


def ongoing(tx: Tx, platform: str) -> list[Ongoing]:
    """Return the rooms of the chats that go on, and the threads of their questions."""
    found: list[Ongoing] = []
    for chat in store.live_on(tx, platform):
        found.append(Ongoing(chat.place, chat.starts_at))
        for each in store.questions_of(tx, chat.id):
            thread = actions.thread_of(tx, chat, each)
            if thread is not None and each.asked_at is not None:
                found.append(Ongoing(thread, each.asked_at))
    return found


shown.ongoing.append(ongoing)
shown.hears.append(lambda tx, place: actions.chat_here(tx, place) is not None)


def refused(due: Due, reason: str) -> None:
    """Tell a chat's moderators once, in words, that the room did not get something of it."""
    actions.not_posted(due.tx, due.payload, reason, due.now)


shown.refused.append(refused)


@shown.page("chat", needs=ANYONE)
def chat_page(ctx: Context, row: str) -> Page | Missing:
    """Show a chat by question."""
    return pages.chat_page(ctx, row) or Missing()


@shown.page("chats", needs=ANYONE)
def chats_page(ctx: Context, _row: str) -> Page | Missing:
    """Show what comes, and the archives."""
    return pages.chats_page(ctx)


@shown.page("panel", needs=pages.MODERATES)
def panel_page(ctx: Context, row: str) -> Page | Missing:
    """Show the moderator's panel."""
    return pages.panel_page(ctx, row) or Missing()


def _file(kind: str, needs: Needs, media_type: str, make: Callable[[Context, Chat], bytes]) -> None:
    @shown.file(f"chat.{kind}", needs=needs)
    def give(ctx: Context, row: str) -> File | Missing:
        chat = store.get_chat(ctx.tx, row_number(row), network=ctx.network.id)
        if chat is None or chat.untold:
            return Missing()
        return File(_file_name(chat, kind), media_type, make(ctx, chat))


def _file_name(chat: Chat, kind: str) -> str:
    name = re.sub(r"\W+", "-", f"{chat.title}-{chat.starts_at:%Y-%m-%d}").strip("-").lower()
    return f"{name or 'chat'}.{kind}"


_file(
    "md",
    ANYONE,
    _MARKDOWN,
    lambda ctx, chat: markdown(
        pages.file_page(ctx.tx, ctx.t, chat), chat.zone, ctx.t.locale
    ).encode(),
)
_file(
    "csv",
    ANYONE,
    "text/csv; charset=utf-8",
    lambda ctx, chat: archive.as_csv(archive.read(ctx.tx, chat)),
)
_file(
    "json",
    ANYONE,
    "application/json",
    lambda ctx, chat: archive.as_json(archive.read(ctx.tx, chat)),
)


@shown.public_file("calendar")
def calendar(tx: Tx, now: datetime, row: str) -> File | Missing:
    """Give the coming chats to whoever knows the calendar's secret address."""
    network = store.calendar_network(tx, row)
    if network is None:
        return Missing()
    # Only a calendar program pays for this import.
    import icalendar  # noqa: PLC0415

    feed = icalendar.Calendar()
    feed.add("prodid", "-//plnbot//chats//EN")
    feed.add("version", "2.0")
    states = (*LIVE, State.SCHEDULED, State.CANCELLED)
    for chat in store.chats_of(tx, network, states, most=200):
        event = icalendar.Event()
        event.add("uid", f"chat-{chat.id}-{network}@plnbot")
        event.add("dtstamp", now)
        event.add("dtstart", chat.starts_at)
        event.add("dtend", chat.run.ends_at or chat.starts_at + timedelta(minutes=chat.minutes))
        event.add("summary", chat.title)
        questions = store.questions_of(tx, chat.id)
        event.add("description", "\n".join(f"{q.name}: {q.words}" for q in questions))
        off = chat.run.state is State.CANCELLED
        event.add("status", "CANCELLED" if off else "CONFIRMED")
        feed.add_component(event)
    return File("chats.ics", "text/calendar; charset=utf-8", feed.to_ical())


def _chat(to: Showing, args: Args) -> Chat | None:
    return store.get_chat(to.tx, int(args["chat"]), network=to.network.id)


def _named(to: Showing, person: str | int) -> str:
    """Return somebody's name as it is now; of somebody erased there is none."""
    found = to.directory.by_id(to.tx, int(person))
    return found.name if found else to.t.words("A former member")
