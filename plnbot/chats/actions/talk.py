"""A chat as gathering sees it: which words answer which question, and what follows from an answer."""

from collections.abc import Collection
from datetime import datetime
from functools import cached_property
from typing import ClassVar

from plnbot import gathering
from plnbot.chats import store
from plnbot.chats.actions.attending import answered
from plnbot.chats.actions.greeting import greet
from plnbot.chats.actions.moderators import moderates
from plnbot.chats.actions.posts import (
    answer_key,
    changed,
    question_key,
    replies_changed,
    summary_changed,
)
from plnbot.chats.marks import label_matches, read_answers
from plnbot.chats.model import ChatState
from plnbot.chats.store import KIND, Chat, Question
from plnbot.engine import outbox
from plnbot.engine.ports import Person
from plnbot.gathering import Read
from plnbot.store.database import Tx
from plnbot.values import dataclass


@dataclass(frozen=True)
class ChatTalk:
    """The `Subject` of a chat; `below` is the question that a thread hangs below, if it does."""

    kind: ClassVar[str] = KIND
    once: ClassVar[bool] = False
    tx: Tx
    now: datetime
    chat: Chat
    below: Question | None = None

    @property
    def whole(self) -> int:
        """The chat's row."""
        return self.chat.id

    @property
    def network(self) -> int:
        """Whose chat it is."""
        return self.chat.network

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The chat's questions, in order."""
        return store.questions_of(self.tx, self.chat.id)

    def read(self, words: str, *, meant: bool) -> Read:
        """Return what marked words answer; without a mark, they answer the question they are below.

        What somebody calls an answer, and neither says nor shows to what, answers the present question.
        """
        by_label = {each.label.lower(): each.id for each in self.questions}
        wanted: dict[int, list[str]] = {}
        unknown: list[str] = []
        for marked in read_answers(words):
            for label in marked.labels:
                found = label_matches(label, by_label)
                for match in found:
                    wanted.setdefault(by_label[match], []).append(marked.text)
                if not found:
                    unknown.append(label)
        if not wanted and not unknown:
            about = self.below or (self.present_question if meant else None)
            return Read({about.id: words} if about else {})
        joined = {under: "\n".join(filter(None, texts)) for under, texts in wanted.items()}
        return Read(joined, tuple(unknown))

    @property
    def present_question(self) -> Question | None:
        """The question that is being asked, or was asked last."""
        current = self.chat.run.current
        return next((each for each in self.questions if each.number == current), None)

    def question(self, under: int) -> Question | None:
        """Return the question of this row, unless it was taken out."""
        return next((each for each in self.questions if each.id == under), None)

    def late(self, under: int) -> bool:
        """Return whether the chat had gone past a question by now, or was over.

        What was said in a gap is told afterwards: then now is when it was said.
        """
        question, chat = self.question(under), self.chat
        ended = chat.ended_at
        if chat.run.state is ChatState.ARCHIVED and (ended is None or ended <= self.now):
            return True
        if question is None or question.number >= chat.run.current:
            return False
        later = [each.asked_at for each in self.questions if each.number > question.number]
        asked = [at for at in later if at is not None]
        return not asked or min(asked) <= self.now

    def prepared(self, under: int) -> bool:
        """Return whether a question is still to be asked."""
        question = self.question(under)
        coming = {each.number for each in self.chat.run.moments}
        return question is not None and question.asked_at is None and question.number in coming

    def answered(self, person: Person, new: Collection[int]) -> None:
        """Note who is there and acts; whoever answers for the first time is introduced to the room.

        Not where the room is theirs to lead.
        """
        tx, chat, now = self.tx, self.chat, self.now
        answered(tx, chat, person, now)
        if not (new and chat.live) or gathering.answered_before(tx, KIND, person.id, besides=new):
            return
        if not moderates(tx, chat, person.id, now):
            greet(tx, chat, person, now)

    def changed(self, unders: Collection[int], altered: Collection[int]) -> None:
        """Have questions, shown answers, pages and panels tell how things stand."""
        for under in unders:
            question = self.question(under)
            if question is not None:
                outbox.refresh(self.tx, question_key(self.chat.id, question.number), self.now)
        for each in altered:
            outbox.refresh(self.tx, answer_key(each), self.now)
            replies_changed(self.tx, each, self.now)
        if self.chat.run.state is ChatState.ARCHIVED:
            summary_changed(self.tx, self.chat, self.now)
        changed(self.tx, self.chat, self.now)
