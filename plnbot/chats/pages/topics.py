"""The page of topics: what is voted on, what is suggested, and how votes ended."""

from collections.abc import Collection, Sequence

from plnbot.chats import store
from plnbot.chats.actions import STARTS_CHATS, topics
from plnbot.chats.cards import topics as shown
from plnbot.chats.cards.topics import Came, Topic
from plnbot.chats.model.topics import PollState
from plnbot.chats.store import polls, suggestions
from plnbot.chats.store.polls import Poll
from plnbot.chats.store.suggestions import Kind, Suggestion
from plnbot.engine.routes import Context, Showing
from plnbot.talk.cards import Actions, Block, Button, Card, Look, Paragraph
from plnbot.talk.pages import Head, Heading, Page, PageBlock
from plnbot.talk.text import When

_MOST_ENDED = 5


def topic_of(to: Context | Showing, one: Suggestion) -> Topic:
    """Return a topic as it is shown, with the names of its authors who are still here."""
    people = to.directory.by_ids(to.tx, one.authors).values()
    return Topic(one.id, one.words, tuple(each.name for each in people))


def vote_card(to: Context | Showing, poll: Poll) -> Card:
    """Return a vote as its room sees it."""
    if poll.state is PollState.CALLED_OFF:
        return shown.called_off(to.t)
    if poll.state is PollState.ENDED:
        return shown.ended(to.t)
    there = suggestions.of_numbers(to.tx, poll.topics)
    found = [topic_of(to, there[each]) for each in poll.topics if each in there]
    return shown.vote(to.t, poll, found, polls.many(to.tx, poll.id))


def came_of(to: Context | Showing, poll: Poll) -> Came:
    """Return how a vote ended."""
    there = suggestions.of_numbers(to.tx, list(poll.votes))
    chats = (store.get_chat(to.tx, each) for each in poll.chats.values())
    return Came(
        poll,
        topics.ranked(to.tx, poll),
        [topic_of(to, each) for each in there.values()],
        [each for each in chats if each is not None],
    )


def topics_page(ctx: Context) -> Page:
    """Return what is voted on, what is suggested in the rooms that a member may look into, and what came of votes."""
    t, coach = ctx.t, ctx.may(STARTS_CHATS)
    blocks: list[PageBlock] = []
    going_on = _seen(ctx, polls.of_network(ctx.tx, ctx.network.id, polls.GOING_ON))
    for poll in going_on:
        blocks += [Heading(t("Now voted on"), f"vote{poll.id}"), *_vote(ctx, poll, coach=coach)]
    waiting = suggestions.waiting_of(ctx.tx, Kind.TOPIC, ctx.network.id)
    unseen = ctx.unseen({each.place for each in waiting})
    seen = [each for each in waiting if each.place not in unseen]
    blocks.append(Heading(t("Suggested"), "suggested"))
    voted_on = {topic for each in going_on for topic in each.topics}
    blocks += _suggested(ctx, seen, voted_on, coach=coach)
    ended = _seen(ctx, polls.of_network(ctx.tx, ctx.network.id, (PollState.ENDED,)))
    if ended:
        blocks.append(Heading(t("How votes ended"), "ended"))
    blocks += [shown.result(t, came_of(ctx, each), coach=coach) for each in ended[:_MOST_ENDED]]
    about = t("What we could talk about, suggested by everybody and voted on.")
    live = topics.topic_of(ctx.network.id)
    return Page(t("Topics"), tuple(blocks), head=Head(about), live=live)


def _vote(ctx: Context, poll: Poll, *, coach: bool) -> list[PageBlock]:
    row = str(poll.id)
    sure = ctx.t("Nobody learns how it stood, and every topic stays suggested.")
    off = Button(ctx.t("Call the vote off"), "topic.call_off", row, Look.DANGER, sure)
    if poll.state is PollState.PLANNED:
        said = ctx.t(
            "A vote on what is suggested until then opens {opens} and ends {ends}.",
            opens=When(poll.opens_at),
            ends=When(poll.closes_at),
        )
        return [Paragraph(said), *((Actions((off,)),) if coach else ())]
    own = polls.own(ctx.tx, poll.id, ctx.person.id)
    found = suggestions.get(ctx.tx, own) if own else None
    blocks: list[Block] = []
    if found is not None:
        blocks.append(Paragraph(ctx.t("You vote for “{topic}”.", topic=found.words)))
    if coach:
        counts = ctx.t("It counts as it stands, and the room reads the result.")
        end = Button(ctx.t("End the vote now"), "topic.end", row, confirm=counts)
        blocks.append(Actions((end, off)))
    return [vote_card(ctx, poll), *blocks]


def _suggested(
    ctx: Context, seen: Sequence[Suggestion], voted_on: Collection[int], *, coach: bool
) -> list[PageBlock]:
    t = ctx.t
    if not seen:
        how = t("Nothing waits. In the room of the chat, type `/pln chat suggest` and your topic.")
        return [Paragraph(how, quiet=True)]
    found = []
    for each in seen:
        decides = coach and each.id not in voted_on
        others = [
            other
            for other in seen
            if decides and other.place == each.place and other.id not in {each.id, *voted_on}
        ]
        merged = suggestions.merged_in(ctx.tx, each.id) if decides else ()
        found.append(
            shown.entry(
                t,
                topic_of(ctx, each),
                own=ctx.person.id in each.authors,
                coach=decides,
                others=[topic_of(ctx, other) for other in others],
                apart=[topic_of(ctx, other) for other in merged],
            )
        )
    return list(found)


def _seen(ctx: Context, found: Sequence[Poll]) -> list[Poll]:
    unseen = ctx.unseen({each.place for each in found})
    return [each for each in found if each.place not in unseen]
