"""A chat that ran more than once, as its readers have it: one archive, question by question."""

from collections.abc import Mapping, Sequence

from plnbot import gathering
from plnbot.chats import archive, store
from plnbot.chats.actions.runs import drafted
from plnbot.chats.archive import Reading
from plnbot.chats.cards import runs as cards
from plnbot.chats.pages.seen import runs_read
from plnbot.chats.pages.words import heading, led_by, shelf
from plnbot.chats.store import KIND, Chat, Question
from plnbot.engine import looking
from plnbot.engine.routes import Context
from plnbot.gathering.names import told_apart
from plnbot.gathering.pages import quotes
from plnbot.store.database import Tx
from plnbot.talk.cards import Block, Paragraph
from plnbot.talk.pages import Heading, PageBlock


def archive_seen(ctx: Context, chat: Chat) -> Reading:
    """Return the archive of a chat as a member may read it, with all its runs: that of the first."""
    runs = runs_read(ctx, chat)
    first = runs[0] if runs[0].first is None else chat
    leads = tuple(dict.fromkeys(name for each in runs for name in led_by(ctx, each)))
    return archive.read(ctx.tx, first, leads, runs)


def reading_of(tx: Tx, chat: Chat) -> Reading:
    """Return the archive of a chat as its room may read it, with the runs that are not kept from it."""
    begun = [each for each in store.runs_of(tx, chat) if each.ended_at or each.live]
    told = tuple(each for each in begun if each.id == chat.id or may_tell(tx, chat, each))
    return archive.read(tx, chat, runs=told)


def may_tell(tx: Tx, chat: Chat, other: Chat) -> bool:
    """Return whether the room of a chat may hear of another run: no closed room is told of elsewhere."""
    same = other.place.channel_itself() == chat.place.channel_itself()
    return same or other.opened or not looking.kept(tx, other.place)


def authors_in(ctx: Context, runs: Sequence[Chat]) -> Mapping[int, str]:
    """Return what everybody is called who answered in one of these runs: once, though in several."""
    found: dict[int, str] = {}
    for run in runs:
        for member, name in gathering.authors_of(ctx.tx, KIND, run.id).items():
            found.setdefault(member, name)
    return told_apart(found.items())


def said_elsewhere(
    ctx: Context,
    others: Sequence[Question],
    runs: Sequence[Chat],
    called: Mapping[int, str],
    *,
    most: int,
) -> list[PageBlock]:
    """Return what was said to a question in other runs of a chat, run by run."""
    by_id = {run.id: run for run in runs}
    blocks: list[PageBlock] = []
    for each in others:
        shown = quotes(ctx, shelf(ctx, each), most, called=called)
        if shown:
            note = cards.of_run(ctx.t, by_id[each.chat])
            blocks += [Paragraph(note, quiet=True), *shown]
    return blocks


def asked_elsewhere(
    ctx: Context,
    parts: Sequence[Sequence[Question]],
    chat: Chat,
    runs: Sequence[Chat],
    called: Mapping[int, str],
    *,
    most: int,
) -> list[PageBlock]:
    """Return what only other runs of a chat asked, with what was said to it."""
    blocks: list[PageBlock] = []
    for part in parts:
        if part[0].chat == chat.id:
            continue
        said = said_elsewhere(ctx, part, runs, called, most=most)
        if said:
            blocks += [Heading(heading(part[0]), f"{part[0].name}-{part[0].chat}"), *said]
    return blocks


def about_runs(ctx: Context, chat: Chat) -> tuple[Block, ...]:
    """Return what a draft's preview says of its runs: of which it is one, and which go along with it."""
    if chat.first is not None:
        return cards.is_further(ctx.t, store.runs_of(ctx.tx, chat)[0])
    return cards.goes_along(ctx.t, drafted(ctx.tx, chat, ctx.now))
