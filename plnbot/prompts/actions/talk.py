"""A prompt as gathering sees it: all words below it answer it, and each person counts once."""

from collections.abc import Collection
from datetime import datetime
from functools import cached_property
from typing import ClassVar

from plnbot import gathering
from plnbot.engine import outbox
from plnbot.engine.ports import Person
from plnbot.gathering import Read
from plnbot.prompts import store
from plnbot.prompts.actions.keys import answer_key, post_key, round_up_key
from plnbot.prompts.model import Occurrence, is_pass
from plnbot.prompts.store import Closing
from plnbot.store.database import Tx
from plnbot.values import dataclass

KIND = "prompt"


@dataclass(frozen=True)
class PromptTalk:
    """The `Subject` of an occurrence, which is the whole, and the thing that answers are under."""

    kind: ClassVar[str] = KIND
    once: ClassVar[bool] = True
    tx: Tx
    now: datetime
    occurrence: Occurrence

    @property
    def whole(self) -> int:
        """The occurrence's row."""
        return self.occurrence.id

    @property
    def network(self) -> int:
        """Whose it is."""
        return self.occurrence.network

    @cached_property
    def closing(self) -> Closing | None:
        """Until when answers are on time."""
        return store.closing_of(self.tx, self.occurrence.id)

    def read(self, words: str, *, meant: bool) -> Read:
        """Return that whatever is said below answers it, but that one passes."""
        if is_pass(words) and not meant:
            return Read()
        return Read({self.occurrence.id: words})

    def late(self, under: int) -> bool:
        """Return whether the next morning has come."""
        del under
        return self.closing is not None and self.closing.at <= self.now

    def prepared(self, under: int) -> bool:
        """Return that nobody answers ahead."""
        del under
        return False

    def answered(self, person: Person, new: Collection[int]) -> None:
        """Forget that they had passed."""
        if new:
            store.drop_pass(self.tx, self.occurrence.id, person.id)

    def changed(self, unders: Collection[int], altered: Collection[int]) -> None:
        """Have what counts or quotes answers shown anew."""
        del unders
        number = self.occurrence.id
        self.tx.announce(topic(number))
        for room in store.posted_in(self.tx, number):
            outbox.refresh(self.tx, post_key(number, room), self.now)
            if altered and self.closing is not None and self.closing.closed_at is not None:
                outbox.refresh(self.tx, round_up_key(number, room), self.now)
        for each in altered:
            outbox.refresh(self.tx, answer_key(each), self.now)


def topic(occurrence: int) -> str:
    """Return what changes of the answers to an occurrence are announced as."""
    return f"prompt:{occurrence}"


def answers_of(tx: Tx, occurrence: int) -> int:
    """Return how many answers to an occurrence everybody may read, those without a name among them."""
    stand = gathering.tally(tx, KIND, occurrence)
    return stand.named + stand.unnamed
