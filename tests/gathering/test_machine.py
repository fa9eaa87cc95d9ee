"""What stands is what a simple model says, whatever people do and in whatever order it is told."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
)
from sqlalchemy import create_engine

from plnbot.engine import outbox
from plnbot.engine.context import Context
from plnbot.engine.outbox import Post
from plnbot.engine.ports import Network, Person
from plnbot.engine.routes import Routes
from plnbot.errors import Refused
from plnbot.gathering import actions, store
from plnbot.gathering.actions import source_of
from plnbot.gathering.model import own_source
from plnbot.gathering.routes import gathering_routes
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx
from plnbot.store.migrations import load_tables
from plnbot.store.schema import metadata
from plnbot.talk.interactions import Said
from plnbot.talk.words import Translate
from tests.gathering.tenant import CARD, HIDING, NOTE, SIDES, CountedOnce, Note, gathers, read

ROOM = Place("test", "w", "room")
THREAD = ROOM.in_thread("card")
BELOW = SIDES[1]
START = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
MEMBERS = (1, 2)
PEOPLE, UNDERS = st.sampled_from(MEMBERS), st.sampled_from(SIDES)
WORDS = st.sampled_from(["yes", "no", "perhaps"])
# What a message says: nothing, talk, or lines with marks, of which some have no words.
TEXTS = st.one_of(
    st.just(""),
    WORDS,
    st.dictionaries(UNDERS, st.one_of(st.just(""), WORDS), min_size=1).map(
        lambda found: "\n".join(f"{under} {words}".strip() for under, words in found.items())
    ),
)
PLACES = st.sampled_from([ROOM, THREAD])
HISTORIES = st.lists(TEXTS, min_size=1, max_size=3)
ORDERS = st.permutations(range(4))


@dataclass(frozen=True)
class Event:
    """Something that a platform tells of one message: a version of it, or (None) that it is gone."""

    message: str
    member: int
    place: Place
    words: str | None
    version: str = ""


@dataclass
class Stands:
    """What the model holds of one answer."""

    member: int
    words: str
    choice: str = ""
    hidden: bool = False


class Gathered(RuleBasedStateMachine):
    """Two members, a card with a thread, a room that listens; events in any order, any number of times."""

    kind: type[Note] = Note
    events = Bundle("events")

    def __init__(self) -> None:
        super().__init__()
        load_tables()
        engine = create_engine("sqlite://")
        metadata.create_all(engine)
        self.connection = engine.connect()
        self.tx, self.now = Tx(self.connection), START
        self.refreshed: set[int] = set()
        (self.ears,) = gathering_routes([gathers(self.kind, self.refreshed)]).ears
        self.names = dict.fromkeys(MEMBERS, "Ana")
        self.newest: dict[str, str] = {}
        self.gone: set[str] = set()
        self.model: dict[tuple[str, int], Stands] = {}
        self.out: set[int] = set()
        self.said = 0

    def teardown(self) -> None:
        """Let go of the database."""
        self.connection.close()

    @initialize()
    def post(self) -> None:
        """Let the card stand."""
        card = Post("note", 1, ROOM, CARD, {"side": BELOW}, THREAD.thread)
        outbox.record(self.tx, [card], self.now)

    def person(self, member: int) -> Person:
        """Return a member as they are called now."""
        network = Network(1, "N", "en", "UTC")
        ref = MemberRef("test", "w", f"U{member}")
        return Person(member, network, ref, self.names[member], "en", "UTC")

    def subject(self) -> Note:
        """Return the note as it stands."""
        return self.kind(self.tx, self.now, refreshed=self.refreshed)

    def context(self, member: int, place: Place) -> Context:
        """Return what a handler is given."""
        nobody: Any = SimpleNamespace()
        person = self.person(member)
        return Context(
            self.tx,
            self.now,
            person,
            frozenset(),
            place,
            Translate(),
            nobody,
            Routes(),
            nobody,
            nobody,
        )

    def readable(self) -> dict[int, list[tuple[int, str, str]]]:
        """Return what everybody reads, by the model."""
        found: dict[int, list[tuple[int, str, str]]] = {under: [] for under in SIDES}
        for (_source, under), each in self.model.items():
            if not each.hidden and each.member not in self.out:
                found[under].append((each.member, each.words, each.choice))
        return {under: sorted(those) for under, those in found.items()}

    def does(self, really: Callable[[], object], meant: Callable[[], None]) -> None:
        """Let something happen, really and in the model; whatever reads otherwise is shown anew."""
        self.now += timedelta(seconds=1)
        before = self.readable()
        self.refreshed.clear()
        really()
        meant()
        after = self.readable()
        assert {under for under in SIDES if before[under] != after[under]} <= self.refreshed

    @rule(target=events, member=PEOPLE, place=PLACES, texts=HISTORIES, gone=st.booleans())
    def write(
        self, member: int, place: Place, texts: list[str], *, gone: bool
    ) -> MultipleResults[Event]:
        """Let somebody write, edit and perhaps delete; the platform tells of it some time."""
        return multiple(*self.history(member, place, texts, gone=gone))

    @rule(member=PEOPLE, place=PLACES, texts=HISTORIES, gone=st.booleans(), order=ORDERS)
    def back_to_back(
        self, member: int, place: Place, texts: list[str], order: list[int], *, gone: bool
    ) -> None:
        """Let the platform tell of all of it at once, in any order."""
        history = self.history(member, place, texts, gone=gone)
        for number in order:
            if number < len(history):
                self.told(history[number])

    def history(self, member: int, place: Place, texts: list[str], *, gone: bool) -> list[Event]:
        """Return everything there is to tell of one message."""
        self.said += 1
        versions = ["", *(f"{number:05}" for number in range(1, len(texts)))]
        events = [
            Event(f"m{self.said}", member, place, words, version)
            for words, version in zip(texts, versions, strict=True)
        ]
        return [*events, replace(events[0], words=None)] if gone else events

    @rule(event=events)
    def tell(self, event: Event) -> None:
        """Let the platform tell of something: early, late or again."""
        self.told(event)

    def told(self, event: Event) -> None:
        """Take in what is told of a message."""
        source = source_of(event.place, event.message)

        def really() -> None:
            if event.words is None:
                self.ears.deleted(self.tx, event.place, [event.message], self.now)
            else:
                context = self.context(event.member, event.place)
                self.ears.heard(context, Said(event.words, event.message, event.version))

        self.does(really, lambda: self.means(event, source))

    def means(self, event: Event, source: str) -> None:
        """Let an event mean in the model what it does."""
        if event.words is None:
            self.gone.add(source)
            for key in [each for each in self.model if each[0] == source]:
                del self.model[key]
            return
        if source in self.gone or self.newest.get(source, "") > event.version:
            return
        self.newest[source] = event.version
        below = BELOW if event.place.thread else None
        answers = read(event.words, below).answers if event.words else {}
        for under in SIDES:
            self.says(source, event.member, under, answers.get(under, ""))

    def says(self, source: str, member: int, under: int, words: str) -> None:
        """Let a message say this of one thing, or nothing."""
        stands = self.model.get((source, under))
        if stands is not None:
            if words or stands.hidden:
                stands.words = words
            else:
                del self.model[source, under]
        elif words:
            others = self.others(source, member, under) if self.kind.once else []
            if not others:
                self.model[source, under] = Stands(member, words)
            elif not self.model[others[0]].words:  # a mere tap, to which these are the sentence
                tapped = self.model.pop(others[0])
                self.model[source, under] = Stands(member, words, tapped.choice)

    def others(self, source: str, member: int, under: int) -> list[tuple[str, int]]:
        """Return what else of a member stands there for others to read."""
        return [
            key
            for key, each in self.model.items()
            if each.member == member and key[1] == under and key[0] != source and not each.hidden
        ]

    @rule(member=PEOPLE, under=UNDERS, words=st.one_of(st.none(), st.just(""), WORDS),
          choice=st.sampled_from([None, "4", "5"]))  # fmt: skip
    def give(self, member: int, under: int, words: str | None, choice: str | None) -> None:
        """Let somebody send the form, or tap, or both."""

        def meant() -> None:
            key = (own_source(member), under)
            if self.kind.once and words is None:
                key = next(iter(self.others("", member, under)), key)
            mine = self.model.get(key, Stands(member, ""))
            mine.words = mine.words if words is None else words
            mine.choice = mine.choice if choice is None else choice
            if mine.words or mine.choice:
                self.model[key] = mine
                for other in self.others(key[0], member, under) if self.kind.once else ():
                    del self.model[other]
            elif not mine.hidden:
                self.model.pop(key, None)

        person = self.person(member)
        self.does(
            lambda: actions.give(self.subject(), under, person, words=words, choice=choice), meant
        )

    @rule(member=PEOPLE, under=UNDERS)
    def take_back(self, member: int, under: int) -> None:
        """Let somebody take back what they gave."""

        def meant() -> None:
            mine = self.model.get((own_source(member), under))
            if mine is not None and mine.hidden:
                mine.words = mine.choice = ""
            elif mine is not None:
                del self.model[own_source(member), under]

        self.does(lambda: actions.take_back(self.subject(), under, self.person(member)), meant)

    @rule(which=st.integers(0, 50), hide=st.booleans())
    def hide(self, which: int, *, hide: bool) -> None:
        """Let a moderator hide one of the answers, or show it again."""
        found = store.of_whole(self.tx, self.kind.kind, NOTE)
        if not found:
            return
        this, by = found[which % len(found)], self.person(1)
        stands = self.model[this.source, this.under]
        anew = self.kind.once and bool(self.others(this.source, this.member, this.under))

        def really() -> None:
            if hide:
                actions.hide(self.subject(), HIDING, this, "because", by=by)
            elif anew:
                with pytest.raises(Refused):
                    actions.show_again(self.subject(), HIDING, this, by=by)
            else:
                actions.show_again(self.subject(), HIDING, this, by=by)

        def meant() -> None:
            self.model[this.source, this.under].hidden = hide or (anew and stands.hidden)

        self.does(really, meant)

    @rule(member=PEOPLE, out=st.booleans())
    def leave_out(self, member: int, *, out: bool) -> None:
        """Let somebody keep theirs out, or in."""

        def meant() -> None:
            (self.out.add if out else self.out.discard)(member)

        self.does(lambda: actions.leave_out(self.subject(), self.person(member), out=out), meant)

    @rule(member=PEOPLE, name=st.sampled_from(["Ana", "Bo", "Çağla"]))
    def rename(self, member: int, name: str) -> None:
        """Let somebody be called otherwise."""
        self.names[member] = name
        self.ears.renamed(self.tx, self.person(member), self.now)

    @invariant()
    def what_stands_is_what_the_model_says(self) -> None:
        """By number, by words, by name; to everybody and to moderators."""
        kind = self.kind.kind
        rows = {
            (each.source, each.under): (
                each.member,
                each.words,
                each.choice,
                each.hidden_by is not None,
            )
            for each in store.everything_by(self.tx, 1) + store.everything_by(self.tx, 2)
        }
        meant = {key: (e.member, e.words, e.choice, e.hidden) for key, e in self.model.items()}
        assert rows == meant
        readable = self.readable()
        counts = store.shown_counts(self.tx, kind, NOTE)
        assert {under: counts.get(under, 0) for under in SIDES} == {
            under: len(those) for under, those in readable.items()
        }
        for under in SIDES:
            shown = store.latest(self.tx, kind, NOTE, under, 100)
            assert sorted((e.member, e.words, e.choice) for e in shown) == readable[under]
            assert all(each.author == self.names[each.member] for each in shown)
            assert all(each.late == (under == SIDES[2]) for each in shown)
        if self.kind.once:
            for under, those in readable.items():
                assert len({member for member, *_ in those}) == len(those), f"twice under {under}"


class GatheredOnce(Gathered):
    """The same where each person counts once."""

    kind = CountedOnce


TestGathered = Gathered.TestCase
TestGathered.settings = settings(max_examples=50, stateful_step_count=40)
TestGatheredOnce = GatheredOnce.TestCase
TestGatheredOnce.settings = settings(max_examples=50, stateful_step_count=40)
