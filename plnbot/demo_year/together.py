"""What people do with others: chats, prompts, meetings."""

from datetime import timedelta

from plnbot.chats import store as chats
from plnbot.chats.model import ChatState
from plnbot.chats.store import Chat
from plnbot.demo_year.stage import YearStage
from plnbot.first_start import COACH
from plnbot.members import store as members
from plnbot.peers.model import Introduction
from plnbot.peers.store import rounds
from plnbot.prompts import store as prompts
from plnbot.prompts.model import State
from plnbot.staging import DemoError
from plnbot.store.database import Tx
from plnbot.talk.interactions import Press, Submit

_QUESTIONS = tuple(timedelta(minutes=each) for each in (7, 14, 21))
_ENDS = timedelta(minutes=46)
_IN_CHATS, _ANSWER, _ON_PROMPTS, _INTRODUCED, _MEET = 0.15, 0.6, 0.1, 0.45, 0.5
_MINUTES = ("15", "30", "30", "45")


async def begin(stage: YearStage) -> None:
    """Let the coach open prompts and introductions, and most join those."""
    asks = {"when": "every Monday 3:45 pm", "pack": "what_worked", "days": "quiet"}
    await stage.done(COACH, Submit("prompts.new", asks))
    programme = {
        "name": "Across our schools", "aim": "peers", "when": "every 4 weeks on Tuesday 9 am",
        "size": "2", "districts": "no", "subjects": (), "gap": "8", "weeks": "12",
    }  # fmt: skip
    await stage.done(COACH, Submit("peers.new", programme))
    for each in stage.people:
        if stage.chance.random() < _INTRODUCED:
            await stage.done(each.who, Press("peers.join", "1"))


async def chat(stage: YearStage, number: int, starts: str) -> None:
    """Let the coach plan a chat and publish it; some come, some of them answer; wait for its end."""
    planned = stage.pack["chat"][number % len(stage.pack["chat"])]
    document = "\n".join(f"Q{at}: {each}" for at, each in enumerate(planned["questions"], 1))
    given = {"starts": starts, "plan": "short45", "title": planned["title"]}
    await stage.done(COACH, Submit("chat.new", {**given, "questions": document}))
    this = await stage.store.read(_newest)
    await stage.done(COACH, Press("chat.publish", str(this.id)))
    await stage.until(this.starts_at + timedelta(minutes=1))
    there = stage.some(_IN_CHATS)
    for each in there:
        await stage.done(each.who, Press("chat.here", str(this.id)))
    asked = await stage.store.read(lambda tx: chats.questions_of(tx, this.id))
    for question, after in zip([each for each in asked if each.number], _QUESTIONS, strict=False):
        await stage.until(this.starts_at + after)
        for each in there:
            if stage.chance.random() < _ANSWER:
                words = {"words": stage.says("answers")}
                await stage.done(each.who, Submit("chat.answer", words, str(question.id)))
    await stage.until(this.starts_at + _ENDS)


def _newest(tx: Tx) -> Chat:
    network = members.first_network(tx)
    drafts = chats.chats_of(tx, network.id, (ChatState.DRAFT,)) if network else ()
    if not drafts:
        raise DemoError("The chat was not written down.")
    return drafts[-1]


async def prompt(stage: YearStage) -> None:
    """Let some answer the prompt that was asked last."""
    asked = await stage.store.read(lambda tx: prompts.occurrences_of(tx, 1, (State.POSTED,)))
    for each in stage.some(_ON_PROMPTS) if asked else ():
        opens = Press("prompt.answer", str(asked[-1].id))
        await stage.fills(each.who, opens, words=stage.says("answers"), choice="1")


async def meetings(stage: YearStage) -> None:
    """Let most of those who were introduced and have said nothing yet meet, and say for how long."""
    live = await stage.store.read(lambda tx: rounds.in_programme(tx, 1, live=True))
    for one in live:
        if any(each.answer for each in one.seats) or stage.chance.random() > _MEET:
            continue
        await _meet(stage, one)


async def _meet(stage: YearStage, one: Introduction) -> None:
    minutes = stage.chance.choice(_MINUTES)
    for seat in one.here:
        who = stage.by_number[seat.member].who
        await stage.done(who, Press("peers.met", str(one.id)))
        await stage.done(who, Press("peers.took", str(one.id), minutes))
