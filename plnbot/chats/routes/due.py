"""What happens to chats without anybody doing something with them.

What falls due, and where words count while a chat goes on.
"""

from datetime import datetime

from plnbot.chats import actions, store
from plnbot.chats.actions import MODERATES
from plnbot.chats.routes.objects import A_CHAT
from plnbot.chats.store import Chat
from plnbot.engine.ports import Ongoing
from plnbot.engine.routes import Context, Due, Routes
from plnbot.store.database import Tx
from plnbot.talk.cards import Card, Paragraph, Tone
from plnbot.talk.interactions import Answer, Press, Reply

routes = Routes()


@routes.when_due(actions.MOMENT)
def moment(due: Due) -> None:
    """Do what a chat's plan has for now."""
    actions.tick(due.tx, int(str(due.payload["chat"])), due.now)


@routes.when_due(actions.MINUTE)
def minute(due: Due) -> None:
    """Let panels say how long is left."""
    actions.minute_passed(due.tx, int(str(due.payload["chat"])), due.now)


@routes.when_due(actions.TELL)
def tell(due: Due) -> None:
    """Write to a chat's moderators."""
    actions.tell(due.tx, due.payload, due.now, due.directory)


@routes.when_due(actions.FORGET)
def forget(due: Due) -> None:
    """Delete drafts that were thrown away long ago."""
    actions.forget(due.tx, int(str(due.payload["network"])), due.now)


def ongoing(tx: Tx, platform: str, since: datetime | None) -> list[Ongoing]:
    """Return the rooms of the chats that go on, or went on since then, and their questions' threads."""
    found: list[Ongoing] = []
    over = store.ended_on(tx, platform, since) if since is not None else ()
    for chat in (*store.live_on(tx, platform), *over):
        found.append(Ongoing(chat.place, actions.begun_at(tx, chat)))
        for each in store.questions_of(tx, chat.id):
            thread = actions.thread_of(tx, chat, each)
            if thread is not None and each.asked_at is not None:
                found.append(Ongoing(thread, each.asked_at))
    return found


@routes.press("chat.try_again", needs=MODERATES, of=A_CHAT)
def try_again(ctx: Context, _press: Press, chat: Chat) -> Answer:
    """Post what the room refused, as far as it matters still."""
    if actions.try_again(ctx.tx, chat, ctx.now):
        said = ctx.t("If the room still refuses, I write to you again.")
        return Reply(Card(ctx.t("I am posting it now"), (Paragraph(said),), Tone.GOOD))
    said = ctx.t("What comes next is posted when it is due.")
    return Reply(Card(ctx.t("Nothing waits to be posted"), (Paragraph(said),)))
