"""Answers from the form, before a question is asked and after; all else gathering does."""

from collections.abc import Mapping
from datetime import datetime

from plnbot import gathering
from plnbot.chats import store
from plnbot.chats.actions.posts import answer_key, post_answer, summary_changed
from plnbot.chats.actions.talk import ChatTalk
from plnbot.chats.store import KIND, Chat, Question
from plnbot.engine import outbox
from plnbot.engine.ports import Person
from plnbot.gathering import Answer
from plnbot.store.database import Tx


def answer_by_form(
    tx: Tx, chat: Chat, question: Question, person: Person, *, words: str, now: datetime
) -> None:
    """Take an answer from the form, one a person and question; the room sees it once asked."""
    made = gathering.give(ChatTalk(tx, now, chat), question.id, person, words=words)
    if made is not None and question.asked_at is not None:
        post_answer(tx, chat, question, made, now)


def form_answers(tx: Tx, chat: Chat, person: Person) -> Mapping[int, Answer]:
    """Return what a member gave through the form, by question."""
    return gathering.ones_own(tx, KIND, chat.id, person.id)


def renamed(tx: Tx, person: Person, now: datetime) -> None:
    """Let a member's answers be shown under their new name.

    Archives and pages show it from now on, and the room of a chat that goes on; old rooms are left.
    """
    mine = [each for each in gathering.everything_by(tx, person.id) if each.kind == KIND]
    for chat_id in {each.whole for each in mine}:
        chat = store.get_chat(tx, chat_id)
        if chat is not None and chat.live:
            for each in mine:
                if each.whole == chat_id:
                    outbox.refresh(tx, answer_key(each.id), now)
        elif chat is not None:
            summary_changed(tx, chat, now)
        tx.announce(f"chat:{chat_id}")
