"""The moderator's panel, and where a chat is."""

from datetime import datetime

from plnbot import gathering
from plnbot.chats import actions, cards, store
from plnbot.chats.actions.runs import first_of, why_none
from plnbot.chats.cards import Standing
from plnbot.chats.cards import runs as run_cards
from plnbot.chats.cards.unheard import on_panel
from plnbot.chats.model import waits
from plnbot.chats.pages.unheard import who_is_unheard
from plnbot.chats.store import KIND, Chat
from plnbot.engine.routes import Context, Showing
from plnbot.store.database import Tx
from plnbot.talk.cards import Card, PageButton
from plnbot.talk.pages import Head, Page
from plnbot.talk.text import verbatim


def standing(tx: Tx, chat: Chat, now: datetime) -> Standing:
    """Return where a chat is, for the cards that tell one person."""
    following = chat.run.next_moment
    behind = following is not None and following.at < now
    unheard = behind and waits(chat.run, actions.told_last(tx, chat), now)
    asked, counts = store.questions_of(tx, chat.id), gathering.shown_counts(tx, KIND, chat.id)
    return Standing(chat, asked, counts, now, unheard)


def panel(to: Context | Showing, chat: Chat) -> Card:
    """Return the moderator's panel of a chat as things are now."""
    people = store.present(to.tx, chat.id)
    unheard = on_panel(to.t, who_is_unheard(to, chat))
    return cards.panel(to.t, standing(to.tx, chat, to.now), people=people, unheard=unheard)


def panel_page(ctx: Context, chat: Chat) -> Page:
    """Return the moderator's panel of one chat."""
    card = panel(ctx, chat)
    link = PageButton(ctx.t("Questions and answers"), "chat", str(chat.id))
    desk = PageButton(ctx.t("Guest desk"), "guest_desk", str(chat.id))
    again = () if why_none(first_of(ctx.tx, chat)) else run_cards.second_run(ctx.t, chat)
    head = Head(verbatim(chat.title), actions=(link, desk, *again))
    return Page(ctx.t("Moderator's panel"), (card,), live=chat.scope, head=head)
