"""Votes on topics: planned from and until times in words, taken part in, ended and told of."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from plnbot.chats.actions import topics
from plnbot.chats.cards import topics as shown
from plnbot.chats.model.topics import PollState
from plnbot.chats.pages.topics import came_of, topic_of, vote_card
from plnbot.chats.parts import PLANNING
from plnbot.chats.routes.topics import COACHES, here
from plnbot.chats.store import polls, suggestions
from plnbot.chats.store.polls import Poll
from plnbot.chats.store.suggestions import Kind
from plnbot.engine.objects import Object
from plnbot.engine.ports import Argument
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Due, Routes, Showing, Values
from plnbot.refs import row_number
from plnbot.talk.cards import Block, Card, Paragraph, Tone
from plnbot.talk.forms import FieldErrors, Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import When
from plnbot.talk.words import Sentence, msg
from plnbot.walltime import local

routes = Routes()
_WEEK = timedelta(days=7)
_NO_DATE = msg(
    "No chats repeat here with a date without questions, so write when the winner’s chat is."
)
_AFTER = msg("The vote has not ended by then. Write a later time.")
_TWICE = msg("That is when the winner’s chat is. Write another time.")
A_POLL: Object[Poll] = Object(
    "vote",
    load=lambda tx, row: polls.get(tx, row_number(row)),
    network=lambda poll: poll.network,
    scope=lambda poll: str(poll.id),
    gone=msg("This vote is no longer there."),
    held_in=lambda _ctx, poll: (poll.place,),
)


@routes.command(
    "chat vote",
    needs=COACHES,
    part=PLANNING,
    about=msg("Open a vote on the suggested topics"),
    example=msg("/pln chat vote from Monday 8 am until Wednesday 8 pm"),
    argument=Argument("when", msg("From when until when. Left out, a form asks for it.")),
)
def open_vote(ctx: Context, words: str) -> Answer:
    """Open the form for a vote."""
    here(ctx)
    return OpenForm(_vote_form(ctx, "", words))


def _vote_form(ctx: Context, row: str, when: str = "") -> Form:
    t = ctx.t
    return Form(
        "topic.vote",
        t("Vote on topics"),
        (
            TextInput(
                name="when",
                label=t("When people vote"),
                hint=t("from Monday 8 am until Wednesday 8 pm, or just: until Friday noon"),
                value=when[:200],
                required=True,
            ),
            TextInput(
                name="first",
                label=t("When the winner’s chat is"),
                hint=t(
                    "Thursday 8 pm. Empty: the next date of your repeating chats without questions."
                ),
            ),
            TextInput(
                name="second",
                label=t("And the runner-up’s"),
                hint=t("Thursday noon. Empty: the date after it."),
            ),
        ),
        t("Open the vote"),
        row,
    )


@routes.form("topic.vote", build=_vote_form, needs=COACHES)
def vote_planned(ctx: Context, _row: str, values: Values) -> Answer:
    """Plan the vote; all that is in the way is said at once."""
    new = _read(ctx, values)
    if isinstance(new, FieldErrors):
        return new
    poll, assumed = new
    poll = topics.plan(ctx.tx, poll, ctx.now, by=ctx.person)
    said = ctx.t(
        "The room votes from {opens} until {ends}. Until it opens, more topics can come.",
        opens=When(poll.opens_at),
        ends=When(poll.closes_at),
    )
    blocks: tuple[Block, ...] = (
        Paragraph(said),
        *(Paragraph(ctx.t.say(each), quiet=True) for each in assumed),
    )
    return Reply(Card(ctx.t("The vote is planned"), blocks, Tone.GOOD))


def _read(ctx: Context, values: Values) -> tuple[Poll, Sequence[Sentence]] | FieldErrors:
    """Return the vote that a form asks for, and what was assumed about its times."""
    from plnbot.talk.times import Span, assumption, span_of

    place, person = here(ctx), ctx.person
    span = span_of(str(values["when"]), ctx.now, person.zone, person.locale)
    if not isinstance(span, Span):
        return FieldErrors({"when": span, **_slots(ctx, values, ctx.now)[1]})
    slots, errors = _slots(ctx, values, span.ends)
    if why := topics.in_the_way(ctx.tx, place, span.begins, ctx.now):
        errors["when"] = why
    if not str(values["first"]).strip() and not topics.free_dates(
        ctx.tx, ctx.network.id, place, span.ends
    ):
        errors["first"] = _NO_DATE
    if errors:
        return FieldErrors(errors)
    poll = Poll(
        id=0,
        network=ctx.network.id,
        place=place,
        state=PollState.PLANNED,
        opens_at=span.begins,
        closes_at=span.ends,
        zone=span.zone,
        first_at=slots.get("first"),
        second_at=slots.get("second"),
        seed=0,
        topics=(),
        created_by=person.id,
        votes={},
        chats={},
    )
    return poll, [said for each in span.assumed if (said := assumption(each)) is not None]


def _slots(
    ctx: Context, values: Values, after: datetime
) -> tuple[dict[str, datetime], dict[str, Sentence]]:
    """Return the slots that a form names, and what is wrong with them."""
    slots: dict[str, datetime] = {}
    errors: dict[str, Sentence] = {}
    for name in ("first", "second"):
        words = str(values[name]).strip()
        found = _slot(ctx, words, after) if words else None
        if isinstance(found, Sentence):
            errors[name] = found
        elif found in slots.values():
            errors[name] = _TWICE
        elif found is not None:
            slots[name] = found
    return slots, errors


def _slot(ctx: Context, words: str, after: datetime) -> datetime | Sentence:
    """Return the time that words say; a weekday is the first one after a vote has ended."""
    from plnbot.talk.times import start_of

    zone, locale = ctx.person.zone, ctx.person.locale
    found = start_of(words, ctx.now, zone, locale)
    if isinstance(found, Sentence) or found.at > after:
        return found if isinstance(found, Sentence) else found.at
    later = start_of(words, after, zone, locale)
    if isinstance(later, Sentence):
        return _AFTER
    weeks = local(later.at, zone) - local(found.at, zone)
    return later.at if weeks % _WEEK == timedelta() else _AFTER


@routes.press("topic.vote", needs=ANYONE, of=A_POLL)
def vote(ctx: Context, press: Press, poll: Poll) -> Answer:
    """Take a vote."""
    topic = topics.vote(ctx.tx, poll, row_number(press.value), ctx.now, by=ctx.person)
    return Reply(shown.voted(ctx.t, poll, topic.words))


@routes.press("topic.end", needs=COACHES, of=A_POLL)
def end(ctx: Context, _press: Press, poll: Poll) -> Answer:
    """End a vote now."""
    ended = topics.end_now(ctx.tx, poll, ctx.now, ctx.directory, by=ctx.person)
    return Reply(shown.result(ctx.t, came_of(ctx, ended), coach=True))


@routes.press("topic.call_off", needs=COACHES, of=A_POLL)
def call_off(ctx: Context, _press: Press, poll: Poll) -> Answer:
    """Call a vote off."""
    topics.call_off(ctx.tx, poll, ctx.now, by=ctx.person)
    return Reply(shown.called_off(ctx.t))


@routes.when_due(topics.POLL)
def due(due: Due) -> None:
    """Open or end a vote."""
    topics.tick(due.tx, int(str(due.payload["poll"])), due.now, due.directory)


@routes.card(topics.POLL)
def asked(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Ask a room to vote."""
    poll = A_POLL.told(to, args["poll"])
    return vote_card(to, poll) if poll else None


@routes.card(topics.RESULT)
def result(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Tell a room how a vote ended."""
    poll = A_POLL.told(to, args["poll"])
    return shown.result(to.t, came_of(to, poll)) if poll else None


@routes.card(topics.TOLD)
def over(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Tell who opened a vote how it ended, or why there was none."""
    poll = A_POLL.told(to, args["poll"])
    if poll is None:
        return None
    if poll.state is PollState.ENDED:
        return shown.result(to.t, came_of(to, poll), coach=True)
    there = suggestions.waiting_in(to.tx, Kind.TOPIC, poll.place)
    why = topics.why_no_vote(there)
    return (
        shown.no_vote(to.t, to.t.say(why), topic_of(to, there[0]) if there else None)
        if why
        else None
    )
