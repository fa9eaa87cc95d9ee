"""Somebody says something in a room: it stands there for all, and the core hears it."""

from typing import Protocol

from adapters.web import entering, inbound
from adapters.web import store as rooms
from plnbot.engine.ports import Clock, Desk, Person
from plnbot.refs import row_number
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import Answer, Nothing

_LONGEST_COUNTS = 120


class Standing(Protocol):
    """What words need to stand and be heard: the core's desk, the store, the clock."""

    @property
    def desk(self) -> Desk:
        """What hears them."""
        ...

    @property
    def store(self) -> Store:
        """Where they stand."""
        ...

    @property
    def clock(self) -> Clock:
        """What says when."""
        ...


async def speak(
    site: Standing, person: Person, room: rooms.Room, thread: str, *, key: str, words: str
) -> Answer:
    """Let the words stand in the room (or its thread) and return what the core answers.

    The same key again does both only once. The room must be there.
    """
    now, ws, slug = site.clock.now(), room.workspace, room.slug

    def stand(tx: Tx) -> int:
        above = rooms.get(tx, ws, row_number(thread))
        return rooms.say(
            tx,
            ws,
            slug,
            key=f"said/{entering.author_of(person.ref)}/{key}"[: rooms.LONGEST_KEY],
            now=now,
            author=entering.author_of(person.ref),
            author_name=person.name,
            words=words,
            thread=above.id if above is not None and above.room == slug else None,
        )

    standing = await site.store.run(stand)
    said = inbound.said(words, standing)
    given = inbound.interaction(key, person.ref, slug, said, thread=thread, workspace=ws)
    answer = await site.desk.handle(given)
    await show_what_counts(site, ws, standing, answer)
    return answer


async def show_what_counts(site: Standing, workspace: str, message: int, answer: Answer) -> None:
    """Let a message show what it counts for by now, if anything."""
    counts = (answer.counts if isinstance(answer, Nothing) else "")[:_LONGEST_COUNTS]
    ws = workspace

    def show(tx: Tx) -> None:
        before = rooms.get(tx, ws, message)
        if before is not None and before.counts != counts:
            rooms.change(tx, ws, message, counts=counts)

    if counts or (
        (before := await site.store.read(lambda tx: rooms.get(tx, ws, message))) and before.counts
    ):
        await site.store.run(show)
