"""What a button leads to: a member of the network, or a workspace that may join it."""

from plnbot.engine.objects import Object
from plnbot.engine.ports import Person
from plnbot.engine.posts import NothingToDo
from plnbot.members import store
from plnbot.refs import row_number
from plnbot.talk.words import msg

A_MEMBER: Object[Person] = Object(
    "member",
    load=lambda tx, row: store.by_id(tx, row_number(row), ""),
    network=lambda person: person.network.id,
    scope=lambda person: str(person.id),
    gone=msg("That person is no longer here."),
)

A_WORKSPACE: Object[str] = Object(
    "workspace",
    load=lambda _tx, row: row or None,
    network=NothingToDo("two networks meet in it, and `matter_of` looks which side this one is on"),
    scope=lambda row: row,
    gone=msg("No such workspace is known, or that cannot be decided here."),
)
