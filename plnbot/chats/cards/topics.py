"""Topics that members suggest, and votes on them: what a room, a member and a coach see."""

from collections.abc import Sequence

from plnbot.chats.model.topics import Ranking
from plnbot.chats.store import Chat
from plnbot.chats.store.polls import Poll
from plnbot.talk import limits
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Look,
    Option,
    PageButton,
    Paragraph,
    Select,
    Tone,
)
from plnbot.talk.fallback import short_words, shortened
from plnbot.talk.lists import names
from plnbot.talk.text import EMPTY, Text, When, bold, joined, verbatim
from plnbot.talk.words import Translate
from plnbot.values import dataclass

_LIST = 1500


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as it is shown: its words, and the names of who suggests it."""

    id: int
    words: str
    by: Sequence[str]


@dataclass(frozen=True, slots=True)
class Came:
    """How a vote ended: its ranking, the topics by id, and the chats that some became."""

    poll: Poll
    ranking: Ranking
    topics: Sequence[Topic]
    chats: Sequence[Chat]

    def called(self, topic: int) -> str:
        """Return the words of a topic, or nothing where it was taken back since."""
        return next((each.words for each in self.topics if each.id == topic), "")


def topic_line(t: Translate, topic: Topic) -> Text:
    """Return a topic with who suggests it."""
    if not topic.by:
        return bold(topic.words)
    return t("{topic} — suggested by {names}", topic=bold(topic.words), names=names(t, topic.by))


def vote(t: Translate, poll: Poll, topics: Sequence[Topic], voted: int) -> Card:
    """Ask a room to vote; how it stands is not shown."""
    row = str(poll.id)
    lines = [
        joined((verbatim(f"{n}."), topic_line(t, each)), " ") for n, each in enumerate(topics, 1)
    ]
    rules = t(
        "One vote each until {when}, which you can change until then. How it stands is shown once the"
        " vote has ended.",
        when=When(poll.closes_at),
    )
    options = tuple(
        Option(str(each.id), verbatim(short_words(each.words, limits.OPTION_LABEL)))
        for each in topics
    )
    blocks: list[Block] = [Paragraph(rules), Paragraph(shortened(joined(lines, "\n"), _LIST))]
    if options:
        blocks.append(Actions((Select(t("Your vote"), "topic.vote", options, row),)))
    said = t.n("{n} has voted so far.", "{n} have voted so far.", voted)
    if gone := len(poll.topics) - len(topics):
        back = t.n(
            "{n} topic was taken back; who voted for it can vote again.",
            "{n} topics were taken back; who voted for them can vote again.",
            gone,
        )
        said = joined((said, back), " ")
    blocks.append(Paragraph(said, quiet=True))
    return Card(t("What shall we talk about?"), tuple(blocks), Tone.QUESTION, t("Vote on topics"))


def voted(t: Translate, poll: Poll, topic: str) -> Card:
    """Tell a member alone what they vote for."""
    said = t(
        "You vote for “{topic}”. Choose another any time until {when}.",
        topic=topic,
        when=When(poll.closes_at),
    )
    return Card(t("Your vote counts"), (Paragraph(said),), Tone.GOOD)


def called_off(t: Translate) -> Card:
    """Stand where a vote was that was called off."""
    said = t("This vote was called off. Every topic stays suggested.")
    return Card(t("No vote"), (Paragraph(said),), Tone.CAUTION, t("Vote on topics"))


def ended(t: Translate) -> Card:
    """Stand where a vote was that has ended."""
    said = t("The vote has ended. Its result stands further down.")
    return Card(
        t("What shall we talk about?"), (Paragraph(said, quiet=True),), label=t("Vote on topics")
    )


def result(t: Translate, came: Came, *, coach: bool = False) -> Card:
    """Tell how a vote ended: counts, slots and, where it decided, the lot; a coach goes on from there."""
    taken = came.ranking.taken
    if not taken:
        nobody = t("Nobody voted. Every topic stays suggested.")
        return Card(
            t("The vote has ended"), (Paragraph(nobody),), Tone.CAUTION, t("Vote on topics")
        )
    blocks: list[Block] = [Paragraph(_slot(t, came, place)) for place in range(len(taken))]
    if others := [each for each in came.ranking.places if each not in taken]:
        said = [
            t.n(
                "{topic} (1 vote)", "{topic} ({n} votes)", each.votes, topic=came.called(each.topic)
            )
            for each in others
            if came.called(each.topic)
        ]
        stay = t("These stay suggested: {topics}.", topics=shortened(joined(said), 800))
        blocks.append(Paragraph(stay))
    if drawn := came.ranking.drawn:
        tied = joined([verbatim(f"“{came.called(each.topic)}”") for each in drawn])
        lot = t(
            "As many voted for {topics}, so a lot was drawn. Drawn again from the number {seed}, it falls"
            " the same.",
            topics=shortened(tied, 500),
            seed=str(came.poll.seed),
        )
        blocks.append(Paragraph(lot, quiet=True))
    if coach:
        blocks += [_write(t, each) for each in came.chats]
    title = t("“{topic}” won the vote", topic=short_words(came.called(taken[0].topic), 90))
    return Card(title, tuple(blocks), Tone.GOOD, t("Vote on topics"))


def _slot(t: Translate, came: Came, place: int) -> Text:
    one = came.ranking.taken[place]
    chat = next((c for c in came.chats if c.id == came.poll.chats.get(one.topic)), None)
    votes = t.n("1 vote", "{n} votes", one.votes)
    topic = bold(came.called(one.topic))
    if chat is None:
        return t("{topic}, {votes}: no date is free for it yet.", topic=topic, votes=votes)
    when = When(chat.starts_at)
    if place == 0:
        return t("{topic}, {votes}: our chat {when}.", topic=topic, votes=votes, when=when)
    return t("Second, {topic}, {votes}: our chat {when}.", topic=topic, votes=votes, when=when)


def _write(t: Translate, chat: Chat) -> Actions:
    label = t("Write questions: {topic}", topic=short_words(chat.title, 50))
    return Actions((Button(label, "chat.change", str(chat.id)),))


def no_vote(t: Translate, why: Text, topic: Topic | None) -> Card:
    """Tell a coach why a vote did not open, with what to do instead."""
    blocks: list[Block] = [Paragraph(why)]
    if topic is not None:
        blocks.append(Actions((Button(t("Give it the next date"), "topic.take", str(topic.id)),)))
    return Card(t("There is no vote"), tuple(blocks), Tone.CAUTION, t("Vote on topics"))


def suggested(t: Translate, topic: Topic, alike: Sequence[Topic], *, together: bool) -> Card:
    """Thank a member for a topic, and ask whether one that is alike is the same."""
    row = str(topic.id)
    blocks: list[Block] = [Paragraph(topic_line(t, topic))]
    if together:
        said = t("It was suggested before: your name stands beside it now.")
        blocks.append(Paragraph(said))
    for each in alike:
        blocks.append(Paragraph(t("Alike: {topic}", topic=topic_line(t, each))))
        same = Button(t("It is the same as this one"), "topic.same", f"{row}.{each.id}")
        blocks.append(Actions((same,)))
    if alike:
        both = t("Made one, they stand once with both your names, and votes do not split.")
        blocks.append(Paragraph(both, quiet=True))
    blocks.append(
        Actions(
            (
                PageButton(t("All topics"), "topics"),
                Button(t("Take it back"), "topic.take_back", row, Look.DANGER),
            )
        )
    )
    return Card(t("Your topic is suggested"), tuple(blocks), Tone.GOOD)


def listed(t: Translate, topics: Sequence[Topic]) -> Card:
    """Show a member what is suggested in a room."""
    lines = [topic_line(t, each) for each in topics]
    said = (
        shortened(joined(lines, "\n"), _LIST) if lines else t("Nobody has suggested a topic yet.")
    )
    row = Actions(
        (
            Button(t("Suggest a topic"), "topic.suggest", look=Look.PRIMARY),
            PageButton(t("All topics"), "topics"),
        )
    )
    return Card(t("Suggested topics"), (Paragraph(said), row))


def made_one(t: Translate, topic: Topic, was: int) -> Card:
    """Tell that two topics are one now, with the way back."""
    undo = Actions((Button(t("Take them apart again"), "topic.apart", str(was)),))
    return Card(t("They are one topic now"), (Paragraph(topic_line(t, topic)), undo), Tone.GOOD)


def entry(
    t: Translate,
    topic: Topic,
    *,
    own: bool,
    coach: bool,
    others: Sequence[Topic],
    apart: Sequence[Topic],
) -> Card:
    """Show a topic in a list, with what a member may do, and a coach."""
    row = str(topic.id)
    buttons: list[Button] = []
    if own:
        buttons.append(Button(t("Take it back"), "topic.take_back", row, Look.DANGER))
    else:
        buttons.append(Button(t("I want this too"), "topic.too", row))
    if coach:
        buttons.append(Button(t("Give it the next date"), "topic.take", row))
    said = names(t, topic.by)
    blocks: list[Block] = [Paragraph(t("Suggested by {names}", names=said) if topic.by else EMPTY)]
    blocks.append(Actions(tuple(buttons)))
    if coach and others:
        options = tuple(
            Option(str(each.id), verbatim(short_words(each.words, limits.OPTION_LABEL)))
            for each in others[: limits.OPTIONS]
        )
        blocks.append(Actions((Select(t("The same as …"), "topic.merge", options, row),)))
    for each in apart[:2] if coach else ():
        label = t("Apart again: {topic}", topic=short_words(each.words, 50))
        blocks.append(Actions((Button(label, "topic.apart", str(each.id)),)))
    return Card(verbatim(topic.words), tuple(blocks))
