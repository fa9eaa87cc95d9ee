"""The guest desk of a chat, for its moderators: what waits, what was put to the guest, in what order."""

from plnbot.chats import store
from plnbot.chats.actions import guests
from plnbot.chats.cards import guests as shown
from plnbot.chats.cards.guests import Asked
from plnbot.chats.store import Chat, suggestions
from plnbot.chats.store import guests as stored
from plnbot.chats.store.suggestions import Kind, State, Suggestion
from plnbot.engine.routes import Context, Showing
from plnbot.talk.cards import Actions, Button, PageButton, Paragraph
from plnbot.talk.pages import Head, Heading, Page, PageBlock
from plnbot.talk.text import joined, verbatim


def called(to: Context | Showing, chat: Chat) -> tuple[str, ...]:
    """Return the names of a chat's guests."""
    found = to.directory.by_ids(to.tx, stored.of_chat(to.tx, chat.id))
    return tuple(each.name for each in found.values())


def asked_of(to: Context | Showing, one: Suggestion, *, answered: bool = False) -> Asked:
    """Return a question from the floor as it is shown."""
    people = to.directory.by_ids(to.tx, one.authors)
    return Asked(
        one.id,
        one.words,
        tuple(each.name for each in people.values()),
        store.get_question(to.tx, one.question) if one.question else None,
        answered,
        one.state is State.DECLINED,
    )


def guest_desk(ctx: Context, chat: Chat) -> Page:
    """Return the guest desk of a chat."""
    t, row = ctx.t, str(chat.id)
    names = called(ctx, chat)
    every = suggestions.of_chat(ctx.tx, chat.id, Kind.QUESTION)
    taken = guests.from_floor(ctx.tx, chat)
    known = {each.suggestion.id for each in taken}
    there = [asked_of(ctx, each) for each in every if each.id not in known]
    waiting = [each for each in there if not each.declined]
    blocks: list[PageBlock] = [Heading(t("Waiting"), "waiting")]
    if not waiting:
        blocks.append(Paragraph(t("No question waits for you."), quiet=True))
    stands = [asked_of(ctx, each.suggestion, answered=each.answered) for each in taken]
    for each in waiting:
        others = [other for other in (*waiting, *stands) if other.id != each.id]
        merged = [asked_of(ctx, one) for one in suggestions.merged_in(ctx.tx, each.id)]
        blocks.append(shown.entry(t, each, others, merged, first=True))
    if stands:
        blocks.append(Heading(t("Put to the guest"), "taken"))
    coming = [each for each in stands if each.question and each.question.asked_at is None]
    last = coming[1:]
    blocks += [shown.entry(t, each, (), (), first=each not in last) for each in stands]
    if declined := [each for each in there if each.declined]:
        blocks.append(Heading(t("Not put to the guest"), "declined"))
        blocks += [shown.entry(t, each, (), (), first=True) for each in declined]
    for number in stored.of_chat(ctx.tx, chat.id):
        label = t("{name} is no guest any more", name=ctx.called(number))
        blocks.append(Actions((Button(label, "chat.guest_off", f"{row}.{number}"),)))
    guest = t("Guest: {names}", names=joined(map(verbatim, names))) if names else t("No guest yet.")
    actions = (
        Button(t("Invite a guest"), "chat.guest", row),
        PageButton(t("Questions and answers"), "chat", row),
    )
    return Page(t("Guest desk"), tuple(blocks), live=chat.scope, head=Head(guest, actions=actions))


def own_questions(ctx: Context, chat: Chat) -> tuple[int, ...]:
    """Return which questions to the guest of a chat the reader asks."""
    every = suggestions.of_chat(ctx.tx, chat.id, Kind.QUESTION)
    return tuple(each.id for each in every if ctx.person.id in each.authors)


def own_blocks(ctx: Context, chat: Chat) -> list[PageBlock]:
    """Return the reader's questions to the guest, each with the way to take it back."""
    mine = own_questions(ctx, chat)
    if not mine:
        return []
    every = suggestions.of_numbers(ctx.tx, mine)
    blocks: list[PageBlock] = [Heading(ctx.t("Your questions to the guest"), "asked")]
    return [*blocks, *(shown.own(ctx.t, asked_of(ctx, each)) for each in every.values())]
