"""Topics: suggested, made one and taken apart, voted on, and given dates."""

from plnbot.talk.interactions import Command, Opened, Press, Submit
from tests.adapters.script import ANA, BO, CY, Script

_VOTE = {"when": "until in 3 days 9 pm", "first": "in 9 days 8 pm", "second": "in 9 days 12 pm"}


async def before(script: Script) -> None:
    """Suggest topics, and call a first vote off."""
    await script.do(ANA, Submit("topic.vote", _VOTE), "errors topic.vote")
    await script.do(BO, Command("chat suggest Feedback that *pupils* use"), "topic 1")
    await script.do(CY, Press("topic.suggest"))
    await script.do(CY, Submit("topic.suggest", {"words": "Feedback pupils really use"}))
    await script.do(CY, Press("topic.same", "2.1"))
    await script.do(CY, Press("topic.apart", "2"))
    await script.do(ANA, Press("topic.merge", "2", "1"))
    await script.do(CY, Press("topic.too", "1"))
    await script.do(ANA, Command("chat suggest Calm starts"), "topic 3")
    await script.do(ANA, Command("chat suggest Homework nobody copies"), "topic 4")
    await script.do(BO, Command("chat suggest Homework nobody copies"), "topic 4 again")
    await script.do(BO, Press("topic.take_back", "4"))
    await script.do(BO, Command("chat topics"))
    await script.do(ANA, Command("chat vote"))
    await script.do(ANA, Submit("topic.vote", _VOTE))
    await script.do(BO, Press("topic.vote", "1", "3"))
    await script.do(CY, Command("chat topics"), "command chat topics while voting")
    await script.do(ANA, Opened("topics"), "opened topics while voting")
    await script.do(ANA, Press("topic.call_off", "1"))


async def after(script: Script) -> None:
    """Let two tie in a second vote, and leave one topic for a third, of which nothing comes."""
    await script.do(ANA, Submit("topic.vote", _VOTE), "form topic.vote again")
    await script.do(BO, Press("topic.vote", "2", "1"), "press topic.vote for one")
    await script.do(CY, Press("topic.vote", "2", "3"), "press topic.vote for the other")
    await script.do(ANA, Press("topic.end", "2"))
    soon = {**_VOTE, "when": "from tomorrow 9 am until tomorrow 9 pm"}
    await script.do(ANA, Submit("topic.vote", soon), "form topic.vote soon")
    await script.do(ANA, Press("topic.take", "4"))
    await script.do(CY, Opened("topics"), "opened topics")
