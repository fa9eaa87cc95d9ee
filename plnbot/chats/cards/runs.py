"""Further runs of a chat: how rooms, pages and previews speak of them."""

from collections.abc import Sequence

from plnbot.chats.cards.words import title_of
from plnbot.chats.model import ChatState
from plnbot.chats.store import Chat
from plnbot.talk.cards import Actions, Block, Button, Paragraph
from plnbot.talk.text import Room, Text, When
from plnbot.talk.words import Translate


def other_runs(t: Translate, chat: Chat, runs: Sequence[Chat]) -> tuple[Block, ...]:
    """Say when and where a chat runs besides, and offer to be reminded of what is to come of it."""
    others = [each for each in runs if each.id != chat.id]
    lines = [Paragraph(_when(t, chat, each)) for each in others]
    coming = [each for each in others if each.run.state is ChatState.SCHEDULED][:2]
    buttons = tuple(
        Button(t("Remind me of {run}", run=_called(t, each)), "chat.remind", str(each.id))
        for each in coming
    )
    return (*lines, *((Actions(buttons),) if buttons else ()))


def _called(t: Translate, run: Chat) -> Text:
    return t("the first run") if run.first is None else t("the second run")


def _when(t: Translate, chat: Chat, other: Chat) -> Text:
    """Say when another run of a chat is, and where, unless that is the same room."""
    when, run = When(other.starts_at), _called(t, other)
    if other.place.channel_itself() == chat.place.channel_itself():
        return t("There is {run} too, {when}. Both come into one archive.", run=run, when=when)
    room = Text((Room(other.place, other.place.channel),))
    return t(
        "There is {run} too, {when} in {room}. Both come into one archive.",
        run=run,
        when=when,
        room=room,
    )


def of_run(t: Translate, run: Chat) -> Text:
    """Head what was said in another run under the same question."""
    return t("In {run}, {when}:", run=_called(t, run), when=When(run.starts_at))


def archived_runs(t: Translate, many: int) -> tuple[Block, ...]:
    """Say of an archive that it holds several runs, if it does."""
    if many <= 1:
        return ()
    said = t.n(
        "{n} run of this chat is in it.",
        "{n} runs of this chat are in it, question by question. Who was in both counts once.",
        many,
    )
    return (Paragraph(said, quiet=True),)


def second_run(t: Translate, chat: Chat) -> tuple[Button, ...]:
    """Return how a moderator plans another run of a chat that is not over."""
    return (Button(t("Second run"), "chat.second", str(chat.id)),)


def is_further(t: Translate, first: Chat) -> tuple[Block, ...]:
    """Say in the preview of a further run of which chat it is one."""
    said = t(
        "It has the questions of {chat}, {when}, and follows when they change. Both come into one archive.",
        chat=title_of(first),
        when=When(first.starts_at),
    )
    return (Paragraph(said, quiet=True),)


def goes_along(t: Translate, runs: Sequence[Chat]) -> tuple[Block, ...]:
    """Say in the preview of a chat which further runs are announced along with it."""
    return tuple(
        Paragraph(
            t(
                "{run}, {when}, is announced along with it.",
                run=title_of(each),
                when=When(each.starts_at),
            ),
            quiet=True,
        )
        for each in runs
    )
