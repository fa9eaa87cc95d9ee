"""The calendar of a network's chats: its address, and what a calendar program reads there."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from plnbot.chats import actions, cards, store
from plnbot.chats.model import LIVE, State
from plnbot.chats.parts import CHAT, PLANNING
from plnbot.chats.store import Calendar, Chat
from plnbot.engine import audit
from plnbot.engine.audit import Entry
from plnbot.engine.roles import ANYONE, Role, needs
from plnbot.engine.routes import Context, Routes
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.cards import Card, Paragraph
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.pages import File, Missing
from plnbot.talk.text import one_line
from plnbot.talk.words import Value, msg

routes = Routes()
RENEWS = needs(Role.MODERATOR, Role.ADMINISTRATOR)
_DAY = timedelta(days=1)


@routes.command(
    "calendar",
    needs=ANYONE,
    part=CHAT,
    about=msg("Get the calendar address of coming chats"),
    example=msg("/pln calendar"),
)
def address(ctx: Context, _words: str) -> Answer:
    """Show where a calendar program finds the chats."""
    return _shown(ctx)


@routes.press(cards.SHOW_CALENDAR, needs=ANYONE)
def address_pressed(ctx: Context, _press: Press) -> Answer:
    """Show where a calendar program finds the chats."""
    return _shown(ctx)


@routes.command(
    "calendar new",
    needs=RENEWS,
    part=PLANNING,
    about=msg("Renew the calendar address, so that the one before shows nothing"),
    example=msg("/pln calendar new"),
)
def new_address(ctx: Context, _words: str) -> Answer:
    """Say what that means, and ask."""
    return Reply(cards.renewing(ctx.t))


@routes.press(cards.RENEW_CALENDAR, needs=RENEWS)
def renewed(ctx: Context, _press: Press) -> Answer:
    """Renew the address, and show it."""
    _reachable(ctx)
    actions.renew_calendar(ctx.tx, ctx.person, ctx.now)
    return _shown(ctx)


@routes.press(cards.DROP_CALENDAR, needs=ANYONE)
def dropped(ctx: Context, _press: Press) -> Answer:
    """Tell this member no more of the address."""
    store.forget_reader(ctx.tx, ctx.person.id)
    ctx.tx.announce(f"member:{ctx.person.id}")
    said = ctx.t(
        "I tell you no more of it. `/pln calendar` shows the address whenever you want it."
    )
    return Reply(Card(ctx.t("Calendar"), (Paragraph(said),)))


@routes.public_file("calendar")
def feed(tx: Tx, now: datetime, row: str) -> File | Missing:
    """Give the coming chats to whoever knows the calendar's secret address."""
    found = store.calendar_at(tx, row)
    if found is None:
        return Missing()
    # Only a calendar program pays for this import.
    import icalendar

    made = icalendar.Calendar()
    made.add("prodid", "-//plnbot//chats//EN")
    made.add("version", "2.0")
    states = (*LIVE, State.SCHEDULED, State.CANCELLED)
    for chat in store.chats_of(tx, found.network, states, most=200):
        event = icalendar.Event()
        for name, value in _told(tx, found, chat, now).items():
            event.add(name, value)
        made.add_component(event)
    return File("chats.ics", "text/calendar; charset=utf-8", made.to_ical())


def _told(tx: Tx, found: Calendar, chat: Chat, now: datetime) -> Mapping[str, str | datetime]:
    """Return a chat as an event: each line one line, whatever separators were written in it."""
    ends = chat.run.ends_at or chat.starts_at + timedelta(minutes=chat.minutes)
    questions = (f"{each.name}: {each.words}" for each in store.questions_of(tx, chat.id))
    lines = (one_line(line) for words in questions for line in words.splitlines())
    return {
        "uid": f"chat-{chat.id}-{found.seed}@plnbot",
        "dtstamp": now,
        "dtstart": chat.starts_at,
        "dtend": ends,
        "summary": one_line(chat.title),
        "description": "\n".join(filter(None, lines)),
        "status": "CANCELLED" if chat.run.state is State.CANCELLED else "CONFIRMED",
        # A slow chat goes on for weeks, and nobody is busy all that time.
        "transp": "TRANSPARENT" if ends - chat.starts_at >= _DAY else "OPAQUE",
    }


@routes.audit(
    {
        "calendar.renewed": msg("{who} renewed the calendar's address"),
        "calendar.renewed_without": msg("The calendar's address was renewed, as {person} has left"),
    }
)
def told_of_the_calendar(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name who has left."""
    return {"person": ctx.called(audit.number_of(entry))}


def _shown(ctx: Context) -> Answer:
    where = _reachable(ctx)
    shown = actions.calendar_for(ctx.tx, ctx.person)
    ctx.tx.announce(f"member:{ctx.person.id}")
    return Reply(cards.calendar(ctx.t, shown, where, renews=ctx.may(RENEWS)))


def _reachable(ctx: Context) -> str:
    if not ctx.address:
        raise Refused(
            msg("Pages have no address here yet. An administrator can set PLNBOT_PUBLIC_URL.")
        )
    return ctx.address


def at_home(ctx: Context) -> Card | None:
    """Tell who was shown the address that there is another."""
    found = actions.moved_since(ctx.tx, ctx.person)
    return cards.moved(ctx.t, found) if found else None


routes.home.append(at_home)
routes.left.append(actions.has_left)
