"""Chats that come again, once everything else was played."""

from datetime import timedelta

from plnbot.talk.interactions import Opened, Press, Submit
from tests.adapters.script import ANA, Script
from tests.adapters.script.chats import buttons


async def after(script: Script) -> None:
    """Plan a chat that comes again; move one date, leave one out, forget one, end it and go on."""
    wish = {
        "questions": "Q1: What went well today?",
        "starts": "every day 9 pm Eastern, not in breaks",
        "plan": "classic60",
        "title": "Three good things",
    }
    never = {**wish, "starts": "every blursday 9 pm"}
    await script.do(ANA, Submit("chat.new", never), "never comes: errors chat.new")
    await script.do(ANA, Submit("chat.new", wish), "form chat.new that repeats")
    draft = buttons(script.shown.cards["form chat.new that repeats"])
    first = int(next(each.row for each in draft if each.action == "chat.publish"))
    await script.do(ANA, Press("chat.publish", str(first)), "press chat.publish of a series")
    await script.do(ANA, Opened("chat_series", "1"), "opened chat_series")
    await script.do(ANA, Press("chat.week_later", str(first + 2)))
    await script.do(ANA, Opened("chats"), "opened chats that repeat")
    await script.until(script.clock.now() + timedelta(hours=50))
    await script.do(ANA, Press("chat.same_questions", str(first + 3)))
    await script.do(ANA, Press("chat.again", str(first)))
    await script.do(ANA, Press("chat.plan_there", str(first)), "form chat.new_there")
    unread = {**wish, "starts": "on Blursday"}
    await script.do(ANA, Submit("chat.new_there", unread, str(first)), "errors chat.new_there")
    await script.do(ANA, Press("chat.end_series", "1"))
    await script.do(ANA, Press("chat.series_again", "1"))
    await script.do(ANA, Press("chat.end_series", "1"), "press chat.end_series again")
