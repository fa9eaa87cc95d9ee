"""Topics: suggested by everybody, made one where they are the same, and given dates."""

from collections.abc import Mapping
from dataclasses import replace

from plnbot.chats import pages
from plnbot.chats.actions import STARTS_CHATS, suggesting, topics
from plnbot.chats.cards import topics as shown
from plnbot.chats.model.topics import PollState
from plnbot.chats.pages.topics import topic_of, topics_page, vote_card
from plnbot.chats.parts import CHAT
from plnbot.chats.store import polls, suggestions
from plnbot.chats.store.suggestions import Kind, Suggestion
from plnbot.engine.objects import Object
from plnbot.engine.ports import Argument
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.refs import Place, row_number
from plnbot.store.database import Tx
from plnbot.talk.cards import Card, Paragraph, Tone
from plnbot.talk.forms import Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Page
from plnbot.talk.words import msg
from plnbot.values import dataclass

routes = Routes()
COACHES = replace(STARTS_CHATS, otherwise=msg("Votes on topics are opened by moderators."))
_IN_ITS_ROOM = msg("Type this in the room where the chats take place.")


def _topic(tx: Tx, row: str) -> Suggestion | None:
    found = suggestions.get(tx, row_number(row))
    return found if found is not None and found.kind is Kind.TOPIC else None


A_TOPIC: Object[Suggestion] = Object(
    "topic",
    load=_topic,
    network=lambda topic: topic.network,
    scope=lambda topic: str(topic.id),
    gone=suggesting.GONE,
    held_in=lambda _ctx, topic: (topic.place,),
)


@dataclass(frozen=True, slots=True)
class Two:
    """Two topics of one room: `one` is to be the same as `other`."""

    one: Suggestion
    other: Suggestion


def _two(tx: Tx, row: str) -> Two | None:
    first, _, second = row.partition(".")
    one, other = _topic(tx, first), _topic(tx, second)
    return Two(one, other) if one and other and one.place == other.place else None


TWO_TOPICS: Object[Two] = Object(
    "two topics",
    load=_two,
    network=lambda two: two.one.network,
    scope=lambda two: str(two.one.id),
    gone=suggesting.GONE,
    held_in=lambda _ctx, two: (two.one.place,),
)


def here(ctx: Context) -> Place:
    """Return the room in which somebody does something; raises `Refused` where it is none."""
    if not ctx.where.channel:
        raise Refused(_IN_ITS_ROOM)
    return ctx.where.channel_itself()


@routes.command(
    "chat suggest",
    needs=ANYONE,
    part=CHAT,
    about=msg("Suggest what a chat could be about"),
    example=msg("/pln chat suggest Feedback that pupils use"),
    argument=Argument("topic", msg("Your topic. Left out, a form asks for it.")),
)
def suggest(ctx: Context, words: str) -> Answer:
    """Take a topic in, or open the form for one."""
    here(ctx)
    return _taken_in(ctx, words) if words else OpenForm(_form(ctx, ""))


@routes.press("topic.suggest", needs=ANYONE)
def suggest_by_form(ctx: Context, _press: Press) -> Answer:
    """Open the form for a topic."""
    here(ctx)
    return OpenForm(_form(ctx, ""))


def _form(ctx: Context, row: str) -> Form:
    words = TextInput(
        name="words",
        label=ctx.t("What could a chat be about?"),
        hint=ctx.t("A few words, like “Feedback that pupils use”"),
        required=True,
        most=suggesting.LONGEST[Kind.TOPIC],
    )
    return Form("topic.suggest", ctx.t("Suggest a topic"), (words,), ctx.t("Suggest"), row)


@routes.form("topic.suggest", build=_form, needs=ANYONE)
def given(ctx: Context, _row: str, values: Values) -> Answer:
    """Take a topic in."""
    return _taken_in(ctx, str(values["words"]))


def _taken_in(ctx: Context, words: str) -> Answer:
    place = here(ctx)
    made = suggesting.suggest(ctx.tx, Kind.TOPIC, place, words, ctx.now, by=ctx.person)
    topics.suggestions_changed(ctx.tx, place, ctx.network.id, ctx.now)
    alike = [topic_of(ctx, each) for each in made.alike]
    topic = topic_of(ctx, made.suggestion)
    return Reply(shown.suggested(ctx.t, topic, alike, together=made.joined))


@routes.command(
    "chat topics",
    needs=ANYONE,
    part=CHAT,
    about=msg("See which topics are suggested, and vote"),
    example=msg("/pln chat topics"),
)
def list_topics(ctx: Context, _words: str) -> Answer:
    """Show the vote of this room, else what is suggested here."""
    place = here(ctx)
    poll = polls.going_on(ctx.tx, place)
    if poll is not None and poll.state is PollState.OPEN:
        return Reply(vote_card(ctx, poll))
    waiting = suggestions.waiting_in(ctx.tx, Kind.TOPIC, place)
    return Reply(shown.listed(ctx.t, [topic_of(ctx, each) for each in waiting]))


@routes.page("topics", needs=ANYONE)
def all_topics(ctx: Context, _row: str) -> Page:
    """Show what is suggested and voted on."""
    return topics_page(ctx)


@routes.press("topic.same", needs=ANYONE, of=TWO_TOPICS)
def same(ctx: Context, _press: Press, two: Two) -> Answer:
    """Make one's own topic one with another."""
    return _made_one(ctx, two.one, two.other)


@routes.press("topic.merge", needs=COACHES, of=A_TOPIC)
def merge(ctx: Context, press: Press, topic: Suggestion) -> Answer:
    """Make two topics one."""
    other = A_TOPIC.find(ctx, press.value)
    return _made_one(ctx, topic, other)


def _made_one(ctx: Context, one: Suggestion, other: Suggestion) -> Answer:
    for each in (one, other):
        topics.not_voted_on(ctx.tx, each)
    if one.place != other.place:
        raise Refused(suggesting.GONE)
    coach = ctx.may(COACHES)
    made = suggesting.merge(ctx.tx, one, other, by=ctx.person, moderates=coach)
    topics.suggestions_changed(ctx.tx, made.place, made.network, ctx.now)
    return Reply(shown.made_one(ctx.t, topic_of(ctx, made), one.id))


@routes.press("topic.apart", needs=ANYONE, of=A_TOPIC)
def apart(ctx: Context, _press: Press, topic: Suggestion) -> Answer:
    """Take two topics apart that were made one."""
    if topic.authors != (ctx.person.id,) and not ctx.may(COACHES):
        raise Refused(msg("Only who suggested it, or a moderator, can take them apart."))
    alone = suggesting.take_apart(ctx.tx, topic)
    topics.suggestions_changed(ctx.tx, alone.place, alone.network, ctx.now)
    said = shown.topic_line(ctx.t, topic_of(ctx, alone))
    return Reply(Card(ctx.t("It stands by itself again"), (Paragraph(said),), Tone.GOOD))


@routes.press("topic.too", needs=ANYONE, of=A_TOPIC)
def too(ctx: Context, _press: Press, topic: Suggestion) -> Answer:
    """Let a member suggest a topic too."""
    made = suggesting.too(ctx.tx, topic, ctx.now, by=ctx.person)
    topics.suggestions_changed(ctx.tx, made.place, made.network, ctx.now)
    said = shown.topic_line(ctx.t, topic_of(ctx, made))
    return Reply(Card(ctx.t("You suggest it too"), (Paragraph(said),), Tone.GOOD))


@routes.press("topic.take_back", needs=ANYONE, of=A_TOPIC)
def take_back(ctx: Context, _press: Press, topic: Suggestion) -> Answer:
    """Take one's name from a topic."""
    left = suggesting.take_back(ctx.tx, topic, by=ctx.person)
    topics.suggestions_changed(ctx.tx, topic.place, topic.network, ctx.now)
    said = ctx.t("It is gone, and so are votes for it.")
    if left:
        said = ctx.t.n(
            "It stays, for {n} other suggests it too. Your name is off it.",
            "It stays, for {n} others suggest it too. Your name is off it.",
            left,
        )
    return Reply(Card(ctx.t("Taken back"), (Paragraph(said),), Tone.CAUTION))


@routes.press("topic.take", needs=COACHES, of=A_TOPIC)
def take(ctx: Context, _press: Press, topic: Suggestion) -> Answer:
    """Give a topic the next free date."""
    chat = topics.take_next(ctx.tx, topic, ctx.now, by=ctx.person)
    return Reply(pages.unplanned(ctx, chat))


@routes.audit(
    {
        "chat_poll.planned": msg("{who} planned a vote on topics"),
        "chat_poll.ended": msg("{who} ended a vote on topics before its time"),
        "chat_poll.called_off": msg("{who} called off a vote on topics"),
        "chat_topic.taken": msg("{who} gave a suggested topic a date"),
    }
)
def told(_ctx: Context, _entry: object) -> Mapping[str, str]:
    """Name nothing more: members' topics are not kept in the log."""
    return {}
