"""A link to a message leads there on the platform where it stands, and is mere words elsewhere."""

from adapters.discord import markup
from adapters.slack import text as slack
from adapters.web import render
from plnbot.refs import Place
from plnbot.talk.plain import plain
from plnbot.talk.text import MessageLink, PageLink, Text

IN_SLACK = MessageLink(Place("slack", "T1", "C1", "1795.000100"), "1795.000900", "Ana <3")
IN_DISCORD = MessageLink(Place("discord", "9", "8", "7"), "6", "Ana *3*")
IN_THE_LOBBY = MessageLink(Place("web", "lobby", "staff room", "12"), "34", "Ana <3")


def test_in_slack() -> None:
    """By the archive's address, into the thread, as mrkdwn and as rich text."""
    reader, said = slack.Reader(), Text((IN_SLACK, IN_DISCORD))
    address = "https://slack.com/archives/C1/p1795000900?thread_ts=1795.000100&cid=C1"
    escaped = address.replace("&", "&amp;")
    assert slack.mrkdwn(said, reader) == f"<{escaped}|Ana &lt;3>Ana *3*"
    first, second = slack.section(said, reader)["elements"]
    assert first == {"type": "link", "url": address, "text": "Ana <3"}
    assert second == {"type": "text", "text": "Ana *3*"}


def test_in_discord() -> None:
    """In the thread's own channel."""
    said = markup.marked(Text((IN_DISCORD, IN_SLACK)), markup.Reader(), 500)
    assert said == r"[Ana \*3\*](https://discord.com/channels/9/7/6)Ana \<3"


def test_in_the_lobby() -> None:
    """To the message beside its room."""
    viewer = render.Viewer(base="/n")
    said = str(render.as_html(Text((IN_THE_LOBBY, IN_SLACK)), viewer))
    assert said == '<a href="/n/room/staff%20room/thread/12#m34">Ana &lt;3</a>Ana &lt;3'


def test_to_a_page() -> None:
    """On a page to its place on the other page; in a chat its words alone."""
    said = Text((PageLink("chat", "1", "a5", "there <3"),))
    shown = str(render.as_html(said, render.Viewer(base="/me")))
    assert shown == '<a href="/me/page/chat/1#a5">there &lt;3</a>'
    assert slack.mrkdwn(said, slack.Reader()) == "there &lt;3"


def test_as_plain_words() -> None:
    """Its words alone."""
    assert plain(Text((IN_SLACK,))) == "Ana <3"
