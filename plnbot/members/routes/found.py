"""What a button leads to: a member of the network."""

from plnbot.engine.objects import Object
from plnbot.engine.ports import Person
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
