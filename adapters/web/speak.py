"""Somebody says something in a room: it stands there for all, and the core hears it."""

from adapters.web import inbound
from adapters.web import store as rooms
from plnbot.engine.ports import Clock, Desk, Person
from plnbot.refs import row_number
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import Answer


async def speak(  # noqa: PLR0913 - who says what, where, once
    desk: Desk,
    store: Store,
    clock: Clock,
    person: Person,
    slug: str,
    thread: str,
    key: str,
    words: str,
) -> Answer:
    """Let the words stand in the room (or its thread) and return what the core answers.

    The same key again does both only once. The room must be there.
    """
    now = clock.now()

    def stand(tx: Tx) -> int:
        ws = person.ref.workspace
        above = rooms.get(tx, ws, row_number(thread))
        return rooms.say(
            tx,
            ws,
            slug,
            key=f"said/{person.ref.user}/{key}"[: rooms.LONGEST_KEY],
            now=now,
            author=person.ref.user,
            author_name=person.name,
            words=words,
            thread=above.id if above is not None and above.room == slug else None,
        )

    standing = await store.run(stand)
    said = inbound.said(words, standing)
    return await desk.handle(inbound.interaction(key, person.ref, slug, said, thread=thread))
