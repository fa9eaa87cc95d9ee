"""A chat from its plan to its archive, and one during which the bot was away."""

from datetime import timedelta

from plnbot.engine.ports import Rejected
from plnbot.talk.cards import Actions, Button, Card
from plnbot.talk.interactions import Command, Joined, Opened, Press, Said, Submit
from tests.adapters.script import ANA, BO, CY, EIGHT, Script

DOCUMENT = """#PLNchat Feedback that *pupils* use
Warm-up: Who are you, and where do you teach?
Q1: What worked this week? 🎉 https://example.org/a_(b)
Q2: Where does feedback go to die?
Q3: What will you try?
"""


async def before(script: Script) -> None:
    """Plan, publish, change, and take a change back."""
    wish = {"questions": DOCUMENT, "starts": "today 8 pm Eastern", "plan": "classic60"}
    await script.do(ANA, Command("chat new"))
    await script.do(ANA, Press("chat.plan_in"))
    await script.do(ANA, Submit("chat.new_in", wish))
    await script.do(ANA, Submit("chat.new", {**wish, "starts": "soon"}), "errors chat.new")
    await script.do(ANA, Submit("chat.new", wish))
    await script.do(ANA, Press("chat.skills", "1"))
    await script.do(ANA, Submit("chat.skills", {"skills": ["communication"]}, "1"))
    await script.do(ANA, Press("chat.publish", "1"))
    await script.do(ANA, Press("chat.discard", "1"))
    await script.do(ANA, Press("chat.restore", "1"))
    await script.do(ANA, Press("chat.publish", "1"), "press chat.publish again")
    await script.do(ANA, Press("chat.change", "1"))
    fewer = {**wish, "questions": DOCUMENT.rpartition("\nQ")[0]}
    await script.do(ANA, Submit("chat.new", fewer, "1"), "submit chat.new fewer")
    row = row_of(script, "submit chat.new fewer", "chat.change_now")
    await script.do(ANA, Press("chat.change_now", row))
    await script.do(ANA, Press("chat.take_back", "1"))
    await script.do(BO, Command("chat list"))
    await script.do(BO, Press("chat.remind", "1"))
    later = {**wish, "starts": "today 8:30 pm Eastern"}
    await script.do(ANA, Submit("chat.new", later, "1"), "submit chat.new later")
    row = row_of(script, "submit chat.new later", "chat.change_now")
    await script.do(ANA, Press("chat.change_now", row), "press chat.change_now later")
    await script.do(ANA, Submit("chat.new", wish, "1"), "submit chat.new as before")
    row = row_of(script, "submit chat.new as before", "chat.change_now")
    await script.do(ANA, Press("chat.change_now", row), "press chat.change_now as before")
    await script.do(ANA, Submit("chat.new", later, "1"), "submit chat.new that waits")
    await script.do(CY, Press("chat.remind", "1"))
    await script.do(CY, Press("chat.no_reminder", "1"))
    await script.do(BO, Press("chat.where", "1"), "press chat.where before")
    await script.do(BO, Command("where"), "command where too early")
    await script.do(ANA, Press("chat.co_moderator", "1"))
    await script.do(ANA, Submit("chat.co_moderator", {"person": "row:2"}, "1"))
    await script.do(BO, Press("chat.decline", "1"))
    await script.do(ANA, Command("chat panel"), "command chat panel before")
    await script.do(ANA, Opened("panel", "1"), "opened panel")


async def during(script: Script) -> None:
    """Answer, ask where we are, steer, and have a room that refuses."""
    await script.do(CY, Joined())
    await script.do(CY, Said("A1 Exit tickets, read the same day. https://example.org/x", "m1"))
    await script.do(BO, Said("What question are we on?", "m2"), "said where")
    await script.do(BO, Said("A9 Nothing", "m3"), "said unknown")
    await script.do(BO, Press("chat.answer", "1"))
    await script.do(BO, Submit("chat.answer", {"words": "Audio *feedback*"}, "1"))
    await script.do(BO, Press("chat.here", "1"))
    await script.do(BO, Command("where"))
    await script.do(BO, Press("chat.not_here", "1"))
    await script.do(ANA, Press("chat.open_up", "1"))
    await script.do(ANA, Press("chat.keep_in", "1"))
    await script.do(ANA, Press("chat.hold", "1"))
    await script.do(ANA, Press("chat.resume", "1"))
    await script.do(ANA, Press("chat.extend", "1"))
    await script.do(ANA, Press("chat.skip", "1"))
    row = row_of(script, "press chat.skip", "chat.put_back")
    await script.do(ANA, Press("chat.put_back", row))
    await script.do(ANA, Press("chat.skip", "1"), "press chat.skip again")
    await script.do(ANA, Command("chat panel"), "command chat panel skipped")
    await script.do(ANA, Press("chat.after_all", "1", "2"))
    await script.do(ANA, Press("chat.bonus", "1"))
    await script.do(ANA, Submit("chat.bonus", {"words": "What did you eat?"}, "1"))
    await script.do(ANA, Command("chat bonus And what else?"), "command chat bonus")
    for words in ("hold", "resume", "extend", "skip", "next"):
        await script.do(ANA, Command(f"chat {words}"))
    await script.do(ANA, Press("chat.go_on", "1"))
    await script.do(ANA, Press("chat.where", "1"))
    await script.do(ANA, Press("chat.hand_over", "1"))
    await script.cannot_read()
    refuses = Rejected("I may not write in this room.")
    script.sender.answer = lambda out: refuses if out.to == script.room and not out.edits else None
    await script.do(ANA, Press("chat.go_on", "1"), "press chat.go_on unposted")
    script.sender.answer = lambda _outgoing: None
    await script.do(ANA, Press("chat.try_again", "1"))
    await script.do(ANA, Command("chat end"))


async def after(script: Script) -> None:
    """Look after the archive; then play a chat during which the bot is away."""
    await script.do(ANA, Press("chat.hide", "1"))
    await script.do(ANA, Submit("chat.hide", {"why": "A pupil is named."}, "1"))
    await script.do(ANA, Submit("chat.hide", {"why": "Too loud."}, "2"), "form chat.hide another")
    await script.until(EIGHT + timedelta(hours=11, minutes=1))  # the night is over
    await script.do(ANA, Press("chat.show", "1"))
    await script.do(BO, Press("chat.leave_out", "1"))
    await script.do(BO, Press("chat.let_in", "1"))
    await script.do(BO, Press("chat.retract", "1"))
    await script.do(BO, Opened("chat", "1"), "opened chat")
    await script.do(ANA, Opened("chats"), "opened chats")
    six = "\n".join(f"Q{number}: Why so, {number}?" for number in range(1, 7))
    wish = {"questions": six, "starts": "today 8 pm Eastern", "plan": "classic60"}
    await script.do(ANA, Submit("chat.new", wish), "form chat.new again")
    await script.do(ANA, Press("chat.publish", "2"), "press chat.publish second")
    await script.until(EIGHT + timedelta(days=1, minutes=20))
    script.clock.at = EIGHT + timedelta(days=1, minutes=31)  # away in between
    await script.until(EIGHT + timedelta(days=1, minutes=33))
    await script.do(ANA, Submit("chat.hand_over", {"person": "row:2"}, "2"))
    await script.do(BO, Press("chat.end", "2"))
    left = {**wish, "title": "Perhaps later", "starts": "in a week 8 pm Eastern"}
    await script.do(ANA, Submit("chat.new", left), "form chat.new left a draft")
    await sorted_lines(script)
    thrown = {**wish, "title": "Never mind", "starts": "in a week 9 pm Eastern"}
    await script.do(ANA, Submit("chat.new", thrown), "form chat.new thrown away")
    row = row_of(script, "form chat.new thrown away", "chat.discard")
    await script.do(ANA, Press("chat.discard", row), "press chat.discard a draft")
    await script.do(ANA, Opened("chat", row), "opened chat thrown away")
    await script.do(ANA, Press("chat.delete", row))


async def sorted_lines(script: Script) -> None:
    """Make lines of a pasted document something else, and take the start that it says."""
    asked = "Who is in?\nQ1: Why?\nQ2: What?\nThink of it.\n\nBring a book."
    document = f"Join us on December 6 at 8 pm ET.\n{asked}"
    wish = {"questions": document, "starts": "in a week 8 pm Eastern", "plan": "classic60"}
    shown = "form chat.new with doubts"
    await script.do(ANA, Submit("chat.new", wish), shown)
    for action in (
        "chat.line_closing",
        "chat.line_opening",
        "chat.line_question",
        "chat.line_part",
    ):
        card = script.shown.cards[shown]
        row = next(each.row for each in buttons(card) if each.action == action)
        shown = f"press {action}"
        await script.do(ANA, Press(action, row), shown)
    chat = row.partition(".")[0]
    await script.do(ANA, Opened("chat", chat), "opened chat with doubts")
    await script.do(ANA, Press("chat.documents_start", chat))
    await script.do(ANA, Submit("chat.new", wish), "submit chat.new whose lines stay")


def row_of(script: Script, shown: str, action: str) -> str:
    """Return the row of a button that was shown."""
    return next(each.row for each in buttons(script.shown.cards[shown]) if each.action == action)


def buttons(card: Card) -> list[Button]:
    """Return the buttons of a card."""
    rows = (each.items for each in card.blocks if isinstance(each, Actions))
    return [each for row in rows for each in row if isinstance(each, Button)]
