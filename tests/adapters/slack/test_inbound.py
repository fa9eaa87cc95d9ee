"""Payloads of the shapes Slack sends, replayed: each means one thing, and junk means nothing."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack import inbound
from adapters.slack.arrivals import (
    Changed,
    Deactivated,
    Deleted,
    Gone,
    HomeOpened,
    Origin,
    Surface,
    Taken,
)
from adapters.slack.said import unmarked, words_of
from adapters.slack.text import Json
from plnbot import capabilities
from plnbot.engine.ports import Offer, On, Shortcut
from plnbot.refs import MemberRef, Place
from plnbot.talk.interactions import (
    Command,
    Joined,
    Left,
    Opened,
    Press,
    Said,
    Submit,
    What,
)
from plnbot.talk.words import Translate, msg

PAYLOADS = Path(__file__).parent / "payloads"
PRIYA = MemberRef("slack", "T0PLN", "U0PRIYA")


def payload(name: str) -> Json:
    """Return a recorded shape."""
    loaded: Json = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))
    return loaded


OFFERS = [
    Offer("home", msg("a"), shortcuts=(Shortcut("home", msg("Home"), On.ANYWHERE),)),
    Offer("where", msg("b"), shortcuts=(Shortcut("where", msg("Where"), On.MESSAGE),)),
    Offer("chat new", msg("c"), shortcuts=(Shortcut("plan", msg("Plan"), On.MESSAGE, takes=True),)),
]


def test_the_manifest_has_every_shortcut(repository: Path) -> None:
    """What capabilities offer on messages and anywhere stands in the manifest, under its name."""
    manifest = (repository / "config" / "slack_manifest.yaml").read_text("utf-8")
    listed = set(
        re.findall(r"- name: (.+)\n +type: (message|global)\n +callback_id: (\w+)\n", manifest)
    )
    kinds = {On.MESSAGE: "message", On.ANYWHERE: "global"}
    commands = capabilities.catalogue(capabilities.every()).commands.values()
    offered = {
        (Translate().say(each.label).bare(), kinds[each.on], each.name)
        for command in commands
        for each in command.shortcuts
        if each.on in kinds
    }
    assert listed == offered


def taken(name: str, names: dict[str, str] | None = None) -> Taken:
    """Return what a payload means, where it is something somebody did."""
    arrival = inbound.read(payload(name), names or {}, OFFERS)
    assert isinstance(arrival, Taken), name
    return arrival


@pytest.mark.parametrize(
    ("name", "what", "channel", "thread"),
    [
        ("command", Command("chat new Q1: Why & how <b>?"), "C0CHAT", ""),
        ("press", Press("chat.answer", "12"), "C0CHAT", ""),
        ("press_in_thread", Press("chat.where", "1"), "C0CHAT", "1795482000.000100"),
        ("select", Press("members.speak", "", "es"), "C0CHAT", ""),
        ("page_button", Opened("chat", "1"), "C0CHAT", ""),
        ("press_in_direct", Press("chat.hold", "1"), "", ""),
        (
            "submission",
            Submit(
                "members.start",
                {
                    "subjects": ("science", "biology"),
                    "district": "Columbus City",
                    "school": "",
                    "years": "7",
                    "zone": "America/New_York",
                    "day": "2026-11-24",
                    "clock": "19:30",
                },
                "3",
            ),
            "C0CHAT",
            "",
        ),
        ("shortcut_home", Command("home"), "", ""),
        ("shortcut_plan", Command("chat new\nQ1: Why?\nQ2: How?"), "C0CHAT", ""),
        ("shortcut_where", Command("where"), "C0CHAT", ""),
        ("message", Said("A1 tickets & more 🎉 @Luis", "1795482000.000200"), "C0CHAT", ""),
        ("reply", Said("and mine", "1795482000.000300"), "C0CHAT", "1795482000.000100"),
        ("edited", Said("A1 better words", "1795482000.000200", "1795482100.000100"), "C0CHAT", ""),
        ("direct", Command("help"), "", ""),
        ("joined", Joined(), "C0CHAT", ""),
        ("left", Left(), "C0CHAT", ""),
    ],
)
def test_what_payloads_mean(name: str, what: What, channel: str, thread: str) -> None:
    """Each shape is one interaction, of one person, in one place, under Slack's own key."""
    arrival = taken(name, {"U0LUIS": "Luis"})
    did = arrival.interaction
    assert did.what == what
    assert did.who == PRIYA
    assert did.where == Place("slack", "T0PLN", channel, thread)
    assert 0 < len(did.key) <= 200
    assert not arrival.stranger


def test_what_can_be_answered_with() -> None:
    """A command and a press bring what they can be answered with."""
    assert taken("command").origin == Origin(
        Surface.COMMAND,
        "T0PLN",
        "U0PRIYA",
        "C0CHAT",
        trigger="13345224609.738474920.8088930838d88f008e0",
        respond="https://hooks.slack.com/commands/T0PLN/1/abc",
    )
    assert taken("submission").origin.fields[:2] == ("subjects", "district")
    assert taken("direct").origin.direct
    assert taken("press_in_home").origin.surface is Surface.HOME
    assert taken("press_in_modal").origin.surface is Surface.MODAL
    assert taken("press_in_modal").origin.view == "V0MODAL"


def test_what_happens_in_a_workspace() -> None:
    """Lifecycle events are told apart from what people do."""
    assert inbound.read(payload("home_opened"), {}) == HomeOpened(PRIYA)
    room = Place("slack", "T0PLN", "C0CHAT")
    for name in ("deleted", "tombstone"):
        assert inbound.read(payload(name), {}) == Deleted(room, "1795482000.000200")
    changed = inbound.read(payload("user_change"), {})
    assert isinstance(changed, Changed)
    assert changed.who == PRIYA
    assert inbound.read(payload("user_deactivated"), {}) == Deactivated("Ev0DEACTIVATED", PRIYA)
    for name in ("app_uninstalled", "tokens_revoked"):
        gone = inbound.read(payload(name), {})
        assert isinstance(gone, Gone)
        assert gone.workspace == "T0PLN"


@pytest.mark.parametrize(
    "name",
    ["bot_message", "own_link_preview", "channel_topic", "user_token_revoked", "link_button"],
)
def test_what_means_nothing(name: str) -> None:
    """Bots, link previews, housekeeping and plain links are not taken in."""
    assert inbound.read(payload(name), {}) is None


@pytest.mark.parametrize("name", ["stranger_message", "stranger_press"])
def test_strangers_are_known_as_such(name: str) -> None:
    """Somebody of another organisation in a shared channel is marked, by team and never by name."""
    assert taken(name).stranger


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a &amp;lt; b &lt;c&gt;", "a &lt; b <c>"),
        ("<https://x.org/a|x.org/a> <https://x.org>", "https://x.org/a https://x.org"),
        ("<https://x.org|this site>", "this site https://x.org"),
        (
            "<@U1> <@U2|bo> <#C1|room> <!here> <!subteam^S1|@coaches>",
            "@Ana @bo #room @here @coaches",
        ),
        ("<mailto:a@b.org|a@b.org> <!date^1^{time}|at one>", "a@b.org at one"),
    ],
)
def test_mrkdwn_as_words(text: str, words: str) -> None:
    """Where no rich text comes along, mrkdwn is read as what the person saw."""
    assert unmarked(text, {"U1": "Ana"}) == words


def test_rich_text_as_words() -> None:
    """Lists, quotes, links and emoji are read as lines of words, marks in them as marks."""

    def section(*parts: Json, kind: str = "rich_text_section") -> Json:
        return {"type": kind, "elements": list(parts)}

    def text(words: str) -> Json:
        return {"type": "text", "text": words, "style": {"bold": True}}

    listed = {"type": "rich_text_list", "elements": [section(text("one")), section(text("two"))]}
    parts = [
        section(text("A1 *so* & <so> "), {"type": "emoji", "name": "x", "unicode": "1f44d-1f3fb"}),
        listed,
        section({"type": "link", "url": "https://x.org", "text": "site"}, kind="rich_text_quote"),
        section({"type": "emoji", "name": "ours"}, {"type": "broadcast", "range": "here"}),
    ]
    body = {"text": "ignored", "blocks": [{"type": "rich_text", "elements": parts}]}
    assert words_of(body, {}) == "A1 *so* & <so> 👍🏻\none\ntwo\n> site https://x.org\n:ours:@here"


_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(
    st.sampled_from(sorted(path.stem for path in PAYLOADS.glob("*.json"))),
    st.integers(0, 60),
    _JSON,
)
def test_odd_shapes_are_read_as_nothing(name: str, where: int, odd: object) -> None:
    """With any one part of a payload replaced by junk, reading it raises nothing."""
    body = payload(name)
    spots: list[tuple[Any, Any]] = []

    def walk(value: object) -> None:
        if isinstance(value, dict | list):
            pairs = value.items() if isinstance(value, dict) else enumerate(value)
            for key, inner in list(pairs):
                spots.append((value, key))
                walk(inner)

    walk(body)
    holder, key = spots[where % len(spots)]
    holder[key] = odd
    inbound.read(body, {})
    inbound.mentioned(body)


@pytest.mark.parametrize(
    ("url", "label", "typed"),
    [
        ("http://A2.my", "A2.my", "A2.my"),
        ("http://A2.so/", "A2.so", "A2.so"),
        ("https://x.org/a", "x.org/a", "https://x.org/a"),
        ("https://x.org/a", "here", "here https://x.org/a"),
        ("https://x.org/a", "", "https://x.org/a"),
        ("http://A2.it", "", "A2.it"),
        ("http://r1.es/", "", "r1.es"),
        ("http://A2b.my", "A2b.my", "A2b.my"),
        ("http://a1.so", "a1.so", "a1.so"),
        ("https://A2.my/page", "", "https://A2.my/page"),
    ],
)
def test_a_link_is_what_was_typed(url: str, label: str, typed: str) -> None:
    """Slack makes a link of words without a blank between; in rich text and in mrkdwn."""
    part = {"type": "link", "url": url, **({"text": label} if label else {})}
    section = {"type": "rich_text_section", "elements": [part, {"type": "text", "text": " so"}]}
    body = {"blocks": [{"type": "rich_text", "elements": [section]}]}
    assert words_of(body, {}) == f"{typed} so"
    assert unmarked(f"<{url}|{label}> so" if label else f"<{url}> so", {}) == f"{typed} so"


def test_rooms_and_groups_are_named() -> None:
    """By what the message's text calls them, else by what they are; never by Slack's codes."""

    def read(text: str, *parts: Json) -> str:
        section = {"type": "rich_text_section", "elements": list(parts)}
        return words_of(
            {"text": text, "blocks": [{"type": "rich_text", "elements": [section]}]}, {}
        )

    room = {"type": "channel", "channel_id": "C1"}
    group = {"type": "usergroup", "usergroup_id": "S1"}
    assert read("<#C1|maths> <!subteam^S1|@coaches>", room, group) == "#maths@coaches"
    assert read("<#C1> <!subteam^S1>", room, group) == "#channel@group"
    assert unmarked("<#C1> <!subteam^S1>", {}) == "#channel @group"
    assert read("", {"type": "color", "value": "#ff0000"}) == "#ff0000"


def test_the_numbers_of_a_list_are_words() -> None:
    """Slack keeps them in the list only; nested lists are points."""

    def item(words: str) -> Json:
        return {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}

    ordered = {"type": "rich_text_list", "style": "ordered", "elements": [item("a?"), item("b.")]}
    nested = {**ordered, "indent": 1, "elements": [item("x")]}
    more = {**ordered, "offset": 2, "elements": [item("c?")]}
    bullets = {**ordered, "style": "bullet", "elements": [item("d")]}
    body = {"blocks": [{"type": "rich_text", "elements": [ordered, nested, more, bullets]}]}
    assert words_of(body, {}) == "1. a?\n2. b.\n• x\n3. c?\n• d"
