"""Chats, declared."""

from plnbot.chats import actions, store
from plnbot.chats.actions import guests, replying, season, summarising, topics
from plnbot.chats.actions.notices import KINDS, UNHEARD
from plnbot.chats.coming import happenings, on_offer
from plnbot.chats.parts import CHAT, PLANNING, STEERING
from plnbot.chats.personal import PERSONAL
from plnbot.chats.plans import PLANS
from plnbot.chats.routes import routes
from plnbot.chats.routes.gathered import GATHERS
from plnbot.chats.routes.home import drafts_waiting
from plnbot.chats.routes.planning import TAKES_OVER
from plnbot.chats.routes.roles import ROLES
from plnbot.chats.store import polls
from plnbot.engine.capability import Capability
from plnbot.engine.menu import MenuPage, MenuPart
from plnbot.engine.people import PeopleHooks
from plnbot.engine.posts import (
    CALLED_THEN,
    Gathered,
    HearsFirst,
    Listens,
    NothingToDo,
    Post,
    to_one_person,
)
from plnbot.talk.words import msg

_COUNTED = NothingToDo("what is said in the room counts as the questions say")
_NAMELESS = NothingToDo("it names nobody")
_GREETS = NothingToDo("it greets or names somebody once, as they were called then")
_BRIEF = NothingToDo("by the time it could be posted it is no longer true")


def _in_the_room(card: str, gap: HearsFirst | NothingToDo = _COUNTED) -> Post:
    """Return a post that leads through a chat, in its room."""
    return Post(
        card=card,
        rooms=store.planned_rooms,
        refused=actions.not_posted,
        wanted=actions.still_wanted,
        words=Gathered.BELOW,
        gap=gap,
        renamed=_NAMELESS,
    )


def _to_one_person(card: str, renamed: str = "it names nobody") -> Post:
    return to_one_person(card, "the pages and commands show the same", renamed)


def _of_a_series(card: str) -> Post:
    """Return a post that tells a room of chats that come again."""
    return Post(
        card=card,
        rooms=store.series_rooms,
        refused=actions.not_posted,
        wanted=NothingToDo("each chat is announced by itself, and lists show what comes"),
        words=NothingToDo("it says when chats come, and asks nothing"),
        gap=NothingToDo("nothing below it counts"),
        renamed=_NAMELESS,
    )


def _of_a_vote(card: str) -> Post:
    """Return a post of a vote on topics."""
    return Post(
        card=card,
        rooms=polls.rooms,
        refused=NothingToDo(
            "the page of topics shows the vote, and who opened it is told the result"
        ),
        wanted=NothingToDo("the page of topics shows the vote, and one votes there too"),
        words=NothingToDo("one votes by choosing"),
        gap=NothingToDo("nothing below it counts"),
        renamed=NothingToDo("it is made anew with every vote, and names people as they are called"),
    )


PEOPLE = PeopleHooks(
    left=NothingToDo("what they said stays, and their chats go on by themselves"),
    back=NothingToDo("nothing was taken from them"),
    merged=NothingToDo("nobody can be merged yet"),
    erased=NothingToDo("their holdings take away or rename everything"),
)
CAPABILITY = Capability(
    name="chats",
    title=msg("Chats"),
    optional=True,
    routes=routes,
    parts=(CHAT, PLANNING, STEERING),
    words=(
        msg("ask"),
        msg("bonus"),
        msg("calendar"),
        msg("chat"),
        msg("end"),
        msg("extend"),
        msg("guest"),
        msg("hold"),
        msg("list"),
        msg("new"),
        msg("next"),
        msg("panel"),
        msg("question"),
        msg("questions"),
        msg("resume"),
        msg("season"),
        msg("second"),
        msg("skip"),
        msg("suggest"),
        msg("summary"),
        msg("topic"),
        msg("topics"),
        msg("unheard"),
        msg("vote"),
        msg("when"),
        msg("where"),
    ),
    posts=(
        *map(
            _in_the_room,
            (
                "chats.announcement",
                "chats.called_off",
                "chats.welcome",
                "chats.warm_up",
                "chats.closing",
            ),
        ),
        _in_the_room("chats.archive", HearsFirst(actions.published)),
        Post(
            card="chats.question",
            rooms=store.planned_rooms,
            refused=actions.not_posted,
            wanted=actions.still_wanted,
            words=Gathered.BELOW,
            gap=Listens(actions.ongoing, actions.not_read),
            renamed=NothingToDo("it counts answers and names nobody"),
        ),
        Post(
            card="chats.answered",
            rooms=store.planned_rooms,
            refused=NothingToDo("the question above it was refused too, and that is told"),
            wanted=NothingToDo("the question it stands under brings it along"),
            words=NothingToDo("it hangs below its question, and so do words about it"),
            gap=_COUNTED,
            renamed=actions.renamed,
        ),
        Post(
            card="chats.hello",
            rooms=store.planned_rooms,
            refused=actions.not_posted,
            wanted=_BRIEF,
            words=NothingToDo("people say hello there, and answer nothing"),
            gap=_COUNTED,
            renamed=_GREETS,
        ),
        Post(
            card=summarising.SUMMARY,
            rooms=store.planned_rooms,
            refused=actions.not_posted,
            wanted=NothingToDo("who posted it is told, and posts it again"),
            words=Gathered.BELOW,
            gap=HearsFirst(actions.published),
            renamed=actions.renamed,
        ),
        Post(
            card=replying.REPLY,
            rooms=store.planned_rooms,
            refused=actions.not_posted,
            wanted=NothingToDo("it is noted as a reply, and who gave it sees it on the page"),
            words=NothingToDo("it hangs below an answer, and so do words about it"),
            gap=_COUNTED,
            renamed=_GREETS,
        ),
        *map(
            _to_one_person,
            (
                actions.PANEL,
                "chats.plan_moved",
                "chats.not_posted",
                "chats.not_heard",
                "chats.reminder",
                "chats.moved",
            ),
        ),
        _to_one_person("chats.your_turn", CALLED_THEN),
        _to_one_person("chats.hidden"),
        _to_one_person(UNHEARD.name),
        _to_one_person(replying.GREETING, CALLED_THEN),
        _to_one_person("chats.unplanned"),
        *map(_of_a_series, ("chats.series", "chats.no_chat")),
        *map(_of_a_vote, (topics.POLL, topics.RESULT)),
        _to_one_person(topics.TOLD),
        *map(_to_one_person, (guests.INVITED, guests.ASKED, guests.WAITS)),
        _to_one_person(season.HOSTING, CALLED_THEN),
        _to_one_person(season.SILENT, CALLED_THEN),
    ),
    happenings=happenings,
    on_offer=on_offer,
    takes_over=TAKES_OVER,
    waits=(drafts_waiting,),
    figures=NothingToDo("what a member did stands among their activities, with its minutes"),
    notices=KINDS,
    roles=ROLES,
    people=PEOPLE,
    gathers=(GATHERS,),
    personal=PERSONAL,
    counted={
        "chats": "chat",
        "repeating chats": "chat_series",
        "suggestions for chats": "chat_suggestion",
        "votes on topics": "chat_poll",
        "guests of chats": "chat_guest",
        "second runs": "chat_further_run",
        "summaries of chats": "chat_summary",
        "seasons of chats": "chat_season",
    },
    command_words=(),
    packs=(PLANS,),
    hint=msg("Write, or answer with A1 …"),
    menu=(MenuPage("chats", msg("Chats"), MenuPart.TOGETHER),),
)
