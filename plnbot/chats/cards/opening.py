"""Who sees a chat whose room is not everybody's, and the button that changes it."""

from plnbot.chats.store import Chat
from plnbot.talk.cards import Actions, Block, Button, Paragraph
from plnbot.talk.words import Translate

OPEN_UP, KEEP_IN = "chat.open_up", "chat.keep_in"


def who_sees(t: Translate, chat: Chat) -> tuple[Block, ...]:
    """Say who finds, reads and answers a chat in such a room, with the way to the other."""
    row = str(chat.id)
    if chat.opened:
        said = t(
            "Its room is not open to all, and yet the whole network finds, reads and answers this"
            " chat on the pages."
        )
        button = Button(t("Keep it to the room"), KEEP_IN, row)
    else:
        said = t(
            "Its room is not open to all: only who may look into the room finds, reads and answers"
            " this chat, and it stands in nobody's calendar but theirs who take it there."
        )
        asked = t("Everybody in the network will be able to read what is said in it.")
        button = Button(t("Open it to the network"), OPEN_UP, row, confirm=asked)
    return (Paragraph(said), Actions((button,)))
