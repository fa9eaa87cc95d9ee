"""The cards of chats, made when they are sent and again when they are refreshed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from plnbot import gathering
from plnbot.chats import actions, cards, pages, store
from plnbot.chats.actions import guests
from plnbot.chats.archive import Reading
from plnbot.chats.cards import guests as guest_cards
from plnbot.chats.cards import runs as run_cards
from plnbot.chats.model import LIVE, UNTOLD, ChatState
from plnbot.chats.pages.guests import asked_of
from plnbot.chats.pages.guests import called as guest_names
from plnbot.chats.routes.read import as_markdown
from plnbot.chats.store import KIND, Chat
from plnbot.engine import looking, outbox
from plnbot.engine.outside import CardOutside
from plnbot.engine.routes import Routes, Showing
from plnbot.engine.unheard import Why
from plnbot.gathering.not_heard import NotHeard
from plnbot.talk.cards import Card
from plnbot.talk.happenings import Announced
from plnbot.talk.pages import Attached
from plnbot.talk.text import EMPTY, Text

routes = Routes()
Args = Mapping[str, str | int]


@routes.card("chats.announcement")
def announcement(to: Showing, args: Args) -> Announced | None:
    """Tell a room about a coming chat, and where that stands already, that it is off."""
    chat = _chat(to, args)
    if chat is None:
        return None
    if chat.run.state in (ChatState.CANCELLED, *UNTOLD):
        told = outbox.standing_under(to.tx, actions.announcements(chat))
        return _off(to, chat) if told else None
    # The calendar of a server or workspace is everybody's there.
    for_all = chat.opened or not looking.kept(to.tx, chat.place)
    happening = cards.happening(to.t, chat) if for_all else None
    if actions.is_announced_anew(to.tx, chat, str(args.get("said_at", ""))):
        return Announced(cards.announced_anew(to.t, chat), happening)
    was = store.announced_before(to.tx, chat.id)
    was = None if was == chat.starts_at else was
    ask = guest_cards.ask_the_guest(to.t, chat, guest_names(to, chat))
    card = cards.announcement(to.t, chat, store.questions_of(to.tx, chat.id), was, ask)
    runs = [each for each in store.runs_of(to.tx, chat) if _is_told(to, chat, each)]
    more = run_cards.other_runs(to.t, chat, runs)
    return Announced(replace(card, blocks=(*card.blocks, *more)), happening)


def _is_told(to: Showing, chat: Chat, other: Chat) -> bool:
    told = (ChatState.SCHEDULED, *LIVE, ChatState.ARCHIVED)
    return other.run.state in told and pages.may_tell(to.tx, chat, other)


@routes.card("chats.called_off")
def called_off(to: Showing, args: Args) -> Announced | None:
    """Tell a room that a chat will not take place."""
    chat = _chat(to, args)
    return _off(to, chat) if chat else None


def _off(to: Showing, chat: Chat) -> Announced:
    off = chat.run.state in (ChatState.CANCELLED, *UNTOLD)
    return Announced(cards.called_off(to.t, chat), cards.happening(to.t, chat, off=off))


@routes.card("chats.welcome")
def welcome(to: Showing, args: Args) -> Card | None:
    """Open a chat."""
    chat = _chat(to, args)
    if chat is None:
        return None
    late = bool(args["late"]) or actions.welcome_is_late(to.tx, chat, to.now)
    ask = guest_cards.ask_the_guest(to.t, chat, guest_names(to, chat))
    return cards.welcome(to.t, chat, late=late, ask=ask)


@routes.card("chats.warm_up")
def warm_up(to: Showing, args: Args) -> Card | None:
    """Ask the warm-up question."""
    chat = _chat(to, args)
    return cards.warm_up(to.t, chat) if chat and chat.warm_up else None


@routes.card("chats.question")
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
    counts = gathering.shown_counts(to.tx, KIND, chat.id)
    following = chat.run.next_moment if chat.run.current == asked.number else None
    if chat.run.held:
        following = None
    return cards.question(
        to.t,
        chat,
        asked,
        answers=counts.get(asked.id, 0),
        late=bool(args["late"]) or actions.question_is_late(to.tx, asked, to.now),
        following=following,
        floor=_from_the_floor(to, chat, asked),
    )


def _from_the_floor(to: Showing, chat: Chat, asked: store.Question) -> Text:
    """Say who asks a question of the guest, where it came from the floor."""
    one = guests.asked_by(to.tx, asked)
    if one is None:
        return EMPTY
    return guest_cards.asked_note(to.t, asked_of(to, one).by, guest_names(to, chat))


@routes.card("chats.answered")
def answered(to: Showing, args: Args) -> Card | None:
    """Show an answer given through the form."""
    given = gathering.get(to.tx, int(args["answer"]))
    asked = store.get_question(to.tx, given.under) if given else None
    if given is None or asked is None or not given.words:
        return cards.taken_back(to.t)
    return cards.answered(to.t, asked, given)


@routes.card("chats.closing")
def closing(to: Showing, args: Args) -> Card | None:
    """Say the closing words."""
    chat = _chat(to, args)
    if chat is None:
        return None
    unasked = [
        q for q in store.questions_of(to.tx, chat.id) if q.asked_at is None and not q.skipped
    ]
    return cards.closing(to.t, chat, unasked)


@routes.card("chats.archive")
def archived(to: Showing, args: Args) -> CardOutside[Reading] | None:
    """Make the archive known; where pages have no address, as a file. There may be hundreds in it."""
    chat, t, as_file = _chat(to, args), to.t, not to.address
    if chat is None:
        return None

    def made(reading: Reading) -> Card | Attached:
        answers = sum(len(section.answers) for section in reading.sections)
        card = cards.archived(
            t,
            chat,
            answers=answers,
            people=len(reading.people),
            links=len(reading.resources),
            whole=not reading.not_heard,
        )
        *facts, ways = card.blocks
        runs = run_cards.archived_runs(t, len(reading.runs))
        card = replace(card, blocks=(*facts, *runs, ways))
        return Attached(card, as_markdown(t, reading)) if as_file else card

    return CardOutside(lambda tx: pages.reading_of(tx, chat), made)


@routes.card(actions.PANEL)
def panel(to: Showing, args: Args) -> Card | None:
    """Show a moderator the panel, or that the chat is theirs no longer."""
    chat = _chat(to, args)
    if chat is None:
        return None
    if not actions.moderates(to.tx, chat, int(args["person"]), to.now):
        return cards.not_yours_now(to.t, chat)
    return pages.panel(to, chat)


@routes.card("chats.plan_moved")
def plan_moved(to: Showing, args: Args) -> Card | None:
    """Tell a moderator that the plan has given way."""
    chat = _chat(to, args)
    return cards.plan_moved(to.t, pages.standing(to.tx, chat, to.now)) if chat else None


@routes.card("chats.not_posted")
def not_posted(to: Showing, args: Args) -> Card | None:
    """Tell a moderator that something of a chat could not be posted, and why."""
    chat = _chat(to, args)
    return cards.not_posted(to.t, chat, str(args["why"])) if chat else None


@routes.card("chats.not_heard")
def not_heard(to: Showing, args: Args) -> Card | None:
    """Tell a moderator that something said in a chat cannot be read, or not yet."""
    chat = _chat(to, args)
    if chat is None:
        return None
    since, until = (datetime.fromtimestamp(int(args[name]), UTC) for name in ("since", "until"))
    what = NotHeard(since, until, str(args["why"]) == Why.CLOSED.value)
    return cards.not_heard(to.t, chat, what)


@routes.card("chats.your_turn")
def your_turn(to: Showing, args: Args) -> Card | None:
    """Tell somebody that a chat is theirs to moderate."""
    chat = _chat(to, args)
    if chat is None:
        return None
    return cards.your_turn(to.t, chat, _named(to, args["by"]), alone=bool(args["alone"]))


@routes.card("chats.reminder")
def reminder(to: Showing, args: Args) -> Card | None:
    """Remind one person of a chat."""
    chat = _chat(to, args)
    return cards.reminder(to.t, chat) if chat and chat.run.state is ChatState.SCHEDULED else None


@routes.card("chats.moved")
def moved(to: Showing, args: Args) -> Card | None:
    """Tell who asked to be reminded that a chat begins at another time, or is called off."""
    chat = _chat(to, args)
    if chat is not None and chat.run.state is ChatState.CANCELLED:
        return cards.called_off(to.t, chat)
    if chat is None or chat.run.state is not ChatState.SCHEDULED:
        return None
    return cards.begins_otherwise(to.t, chat, datetime.fromtimestamp(int(args["was"]), UTC))


@routes.card("chats.hidden")
def hidden(to: Showing, args: Args) -> Card | None:
    """Tell an author that their answer was hidden."""
    given = gathering.get(to.tx, int(args["answer"]))
    chat = store.get_chat(to.tx, given.whole) if given else None
    return cards.hidden(to.t, chat, given, str(args["why"])) if given and chat else None


@routes.card("chats.hello")
def hello(to: Showing, args: Args) -> Card | None:
    """Introduce somebody, or several who came at about the same time, to the room."""
    chat = _chat(to, args)
    if chat is None:
        return None
    one = args.get("person")
    greeting = int(args.get("greeting", 0))
    who = [int(one)] if one else store.newcomers(to.tx, chat.id, greeting)
    return cards.hello(to.t, chat, [_named(to, each) for each in who or (0,)])


def _chat(to: Showing, args: Args) -> Chat | None:
    return store.get_chat(to.tx, int(args["chat"]), network=to.network.id)


def _named(to: Showing, person: str | int) -> str:
    """Return somebody's name as it is now; of somebody erased there is none."""
    found = to.directory.by_id(to.tx, int(person))
    return found.name if found else to.t.words("A former member")
