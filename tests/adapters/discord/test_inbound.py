"""What Discord reports, read as the core understands it: shapes as they come over its gateway."""

from typing import Any

import pytest

from adapters.discord import dialogs, inbound
from adapters.discord.codes import Event, Permission
from adapters.discord.inbound import Incoming, interaction, said, what_of
from adapters.discord.said import Called, named, plain
from plnbot.engine.ports import Argument, ArgumentKind, Offer, On, OwnMessage, Shortcut
from plnbot.refs import MemberRef, Place
from plnbot.talk.interactions import Command, Opened, Press, Said
from plnbot.talk.words import msg

OFFERS = [
    Offer("chat new", msg("a"), Argument("questions", msg("q"))),
    Offer("chat list", msg("b")),
    Offer("help", msg("c"), Argument("command", msg("d")), suggests=True),
    Offer(
        "who",
        msg("e"),
        Argument("person", msg("f"), ArgumentKind.MEMBER, required=True),
        shortcuts=(Shortcut("who", msg("Who is this?"), On.MEMBER),),
    ),
    Offer("where", msg("g"), shortcuts=(Shortcut("where", msg("Where are we?"), On.MESSAGE),)),
    Offer("plan", msg("h"), shortcuts=(Shortcut("plan", msg("Plan it"), On.MESSAGE, takes=True),)),
]


OWN = OwnMessage(msg("Count as my answer"), msg("Not yours."))


def came(event: Event, data: dict[str, Any], **more: Any) -> Incoming:
    """Return an interaction in a server's channel."""
    known = {"guild": "9", "channel": "5", **more}
    return Incoming("77", "token", event, data, "42", "Ana", **known)


def test_commands_from_the_menus() -> None:
    """A group, a sub-command and what follows are the words that one would type."""
    options = [
        {"type": 2, "name": "chat", "options": [
            {"type": 1, "name": "new", "options": [{"type": 3, "name": "questions", "value": "Q1: Why?"}]}
        ]}
    ]  # fmt: skip
    given = came(Event.COMMAND, {"type": 1, "name": "pln", "options": options})
    assert what_of(given, OFFERS) == Command("chat new Q1: Why?")
    who = [{"type": 1, "name": "who", "options": [{"type": 6, "name": "person", "value": "43"}]}]
    given = came(Event.COMMAND, {"name": "pln", "options": who})
    assert what_of(given, OFFERS) == Command("who 43")
    unknown = [{"type": 1, "name": "gone"}]
    assert what_of(came(Event.COMMAND, {"name": "pln", "options": unknown}), OFFERS) is None


def test_commands_on_members_and_messages() -> None:
    """A member is asked about; one's own message counts, and another's does not."""
    member = {"type": 2, "name": "Who is this?", "target_id": "43"}
    assert what_of(came(Event.COMMAND, member), OFFERS) == Command("who 43")
    message: dict[str, object] = {"id": "88", "content": "A1 Yes", "author": {"id": "42"}}
    own = {"type": 3, "name": "Count as my answer", "target_id": "88",
           "resolved": {"messages": {"88": message}}}  # fmt: skip
    assert what_of(came(Event.COMMAND, own), OFFERS, OWN) == Said("A1 Yes", "88", meant=True)
    reply = {"type": 19, "message_reference": {"message_id": "87"}, "edited_timestamp": "later"}
    message |= reply
    expected = Said("A1 Yes", "88", "later", "87", meant=True)
    assert what_of(came(Event.COMMAND, own), OFFERS, OWN) == expected
    earlier = {**own, "name": "Of an earlier version"}
    assert what_of(came(Event.COMMAND, earlier), OFFERS, OWN) is None
    message["author"] = {"id": "43"}
    assert what_of(came(Event.COMMAND, own), OFFERS, OWN) is None
    where = {"type": 3, "name": "Where are we?", "target_id": "88"}
    assert what_of(came(Event.COMMAND, where), OFFERS) == Command("where")
    assert what_of(came(Event.COMMAND, {**own, "name": "Plan it"}), OFFERS, OWN) == Command(
        "plan\nA1 Yes"
    )


@pytest.mark.parametrize(
    ("custom_id", "values", "meant"),
    [
        ("p|chat.hold|1", None, Press("chat.hold", "1")),
        ("p|chat.after_all|1", ["2"], Press("chat.after_all", "1", "2")),
        ("o|chat|1|99", None, Opened("chat", "1")),
        ("o|home|", None, Opened("home", "")),
        ("c|chat.end|1", None, None),
        ("somebody-else", None, None),
        ("", None, None),
    ],
)
def test_presses(custom_id: str, values: list[str] | None, meant: object) -> None:
    """A name says what is meant, whoever made the button and whenever."""
    data: dict[str, Any] = {"custom_id": custom_id, "component_type": 2}
    if values is not None:
        data["values"] = values
    assert what_of(came(Event.PRESSED, data), OFFERS) == meant


def test_who_and_where() -> None:
    """A thread belongs to its channel; rights count only in the server they are held in."""
    given = came(Event.PRESSED, {}, parent="4", permissions=Permission.MANAGE_GUILD, locale="es-ES")
    made = interaction(given, Command("help"), "9")
    assert made.who == MemberRef("discord", "9", "42")
    assert made.where == Place("discord", "9", "4", "5")
    assert made.leads
    assert made.locale == "es-ES"
    direct = Incoming("78", "t", Event.PRESSED, {}, "42", "Ana", channel="D", owns=True)
    told = interaction(direct, Command("help"), "9")
    assert told.where == Place("discord", "9", "")
    assert not told.leads


def test_words_in_a_channel() -> None:
    """Without the content of all messages, only what mentions the bot is for us."""
    assert said("A2 Hello", "1", everything=False) is None
    assert said("<@1> A2 Hello", "1", everything=False) == "A2 Hello"
    assert said("A2 Hello", "1", everything=True) == "A2 Hello"
    assert said("<@!1> pln where", "1", everything=False) == Command("where")
    assert said("/pln chat list", "1", everything=True) == Command("chat list")
    assert said("pln is what I like", "1", everything=True) == "pln is what I like"
    assert said("", "1", everything=True) == ""


def test_a_sent_dialog_is_read_in_every_shape() -> None:
    """Labels and rows, words and choices: all come out by their names."""
    components = [
        {"type": 18, "component": {"type": 4, "custom_id": "a", "value": "words"}},
        {"type": 1, "components": [{"type": 4, "custom_id": "b", "value": "old shape"}]},
        {"type": 18, "component": {"type": 3, "custom_id": "c", "values": ["x", "y"]}},
        {"type": 10, "id": 3},
        "nonsense",
    ]
    assert dialogs.read(components) == {"a": "words", "b": "old shape", "c": ("x", "y")}
    assert dialogs.read(None) == {}


def test_what_is_typed_so_far() -> None:
    """While somebody types, the command and the words so far are known."""
    options = [{"type": 1, "name": "help", "options": [
        {"type": 3, "name": "command", "value": "ch", "focused": True}
    ]}]  # fmt: skip
    found = inbound.typing(came(Event.TYPING, {"name": "pln", "options": options}), OFFERS)
    assert found is not None
    assert (found.offer.name, found.words) == ("help", "ch")


def test_codes_are_read_as_names() -> None:
    """People, roles, rooms, pictures, commands and times; what is not known is said to be one."""
    called = Called({"5": "Maya"}, {"7": "Coaches"}, {"8": "staff-room"})
    codes = (
        "A2 with <@5>, <@!5>, <@&7> in <#8> <:owl:99> <a:dance:1> </pln where:3> <t:1764201600:F>"
    )
    assert plain(codes, called) == (
        "A2 with @Maya, @Maya, @Coaches in #staff-room :owl: :dance: /pln where"
        " November 27, 2025, 12:00 AM UTC"
    )
    assert plain("<@1> <@&2> <#3> <t:9:D> <t:99999999999999:F>") == (
        "@member @role #channel January 1, 1970 <t:99999999999999:F>"
    )
    assert plain("a < b, <3 and <b>") == "a < b, <3 and <b>"
    told = {"mentions": [{"id": "5", "username": "m", "global_name": "Maya"}]}
    assert plain("<@5>", named(told)) == "@Maya"
