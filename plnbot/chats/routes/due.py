"""What happens to chats without anybody doing something with them: what falls due."""

from plnbot.chats import actions
from plnbot.chats.actions import MODERATES
from plnbot.chats.routes.objects import A_CHAT
from plnbot.chats.store import Chat
from plnbot.engine.routes import Context, Due, Routes
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


@routes.press("chat.try_again", needs=MODERATES, of=A_CHAT)
def try_again(ctx: Context, _press: Press, chat: Chat) -> Answer:
    """Post what the room refused, as far as it matters still."""
    if actions.try_again(ctx.tx, chat, ctx.now):
        said = ctx.t("If the room still refuses, I write to you again.")
        return Reply(Card(ctx.t("I am posting it now"), (Paragraph(said),), Tone.GOOD))
    said = ctx.t("What comes next is posted when it is due.")
    return Reply(Card(ctx.t("Nothing waits to be posted"), (Paragraph(said),)))
