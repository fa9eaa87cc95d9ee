"""A lobby with something on every page: what its people did before anybody looks.

They type, press and fill in forms as a browser without scripts does, through a running bot.
"""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from secrets import token_hex

from aiohttp import ClientSession, CookieJar

from tests.browser.filled_needs import needs_next, pathways
from tests.browser.practised import lessons, portfolio
from tests.credit.badges.elsewhere import issued
from tests.scenarios.driver import Document, Given
from tests.scenarios.lobby import Reading, filled

ROOM = "chat-night"
STEPS = 4
"""To the second question: the welcome, the warm-up, and two."""
PAGES = (
    "/",
    *(f"/as/maya/{each}" for each in ("room/chat-night", "room/lounge", "messages")),
    *(
        f"/as/maya/page/{each}"
        for each in (
            *("home", "help", "chats", "chats?sought=seating", "chat/1", "chat/1?sought=tickets"),
            *(
                "chat/2",
                "answers/1",
                "my_answers",
                "my_answers/1",
                "panel/1",
                "unheard/1",
                "summary_draft/1",
                "did",
                "notices",
            ),
            *("audit", "data", "data/profile", "roles", "districts", "school-calendars"),
            *("school-year", "prompts.bank", "looking_back", "reading.feeds", "reading.waiting"),
            *("reading.catalogue", "reading.shelf", "reading.thing/entry-1", "chat_series/1"),
            *("peers", "peers.programme/1", "prompt/7", "credit", "credit.queue", "credit.entry/1"),
            *("credit.licence/1", "credit.look/4", "credit.year"),
            *("edcamps", "edcamp/1", "edcamp.alike/1", "edcamp.grid/1", "edcamp.piece/1.3"),
            *(
                "edcamp_wall/1",
                "edcamp_paper/1",
                "edcamp_doors/1",
                "edcamp_session/1",
                "edcamp_notes/1",
            ),
            *("badges", "badges.one/1", "badges.keys", "insight", "assessment"),
        )
    ),
    *(f"/as/priya/page/{each}" for each in ("credit", "credit.entry/3", "credit.licence/2")),
    *("/as/priya/page/credit.document/1", "/as/luis/page/credit.queue"),
    *(f"/as/priya/page/{each}" for each in ("badges", "badges.application/1", "badges.award/1")),
    "/as/priya/page/badges.brought/1",
    "/as/luis/page/badges.review/3",
    *("/as/priya/page/goals", "/as/sam/page/goals", "/as/sam/page/goal/3", "/as/sam/page/skills"),
    *(f"/as/{who}/page/{what}" for who in ("priya", "luis") for what in ("lessons", "lesson/1")),
    *("/as/sam/page/portfolio", "/as/sam/page/exemplar/1", "/as/luis/page/portfolio.shared/1"),
    *("/as/sam/page/pulse", "/as/sam/page/pulse.rules"),
    *("/as/sam/page/pathways", "/as/sam/page/pathway/1"),
)
"""Every page there is, as its coach sees it."""
DRAFT = """#PLNchat Small changes
Warm-up: Who are you?
Q1: What worked this month, and how do you know?
Q2: What did not? https://example.org/not
Q3: What comes next for your class, and who could help you to get there before the holidays begin?
Skills: communication, critical thinking
"""
OWN = "What did a pupil teach you this week?\nWhat would you leave out next time?"
WORKSHOPS = (
    ("Fractions with folded paper", "90", "workshop", "approved"),
    ("Lesson study: exit tickets", "75", "observation", "district"),
    ("Reading group: Making thinking visible", "60", "book_study", "self"),
    ("State conference, second day", "240", "conference", "approved"),
)
SCHOOL_DAYS = """First day of school 17 August 2026
PD day: 6 November, 15 January
Thanksgiving 25–27 November 2026
Winter break 21 December – 1 January
Half day 18 December until noon
Spring break 15–19 March
Testing 3–7 May
Last day of school 10 June"""
ARABIC = "كتبت ملاحظة واحدة فقط (30 دقيقة)."


@dataclass(slots=True)
class Lobby:
    """A running lobby, and what each of its people last saw alone."""

    address: str
    client: ClientSession
    alone: dict[str, str] = field(default_factory=dict)

    async def says(self, who: str, words: str, room: str = ROOM) -> None:
        """Write in a room; a command opens what it opens."""
        page = await self.got(f"/as/{who}/room/{room}")
        composer = next(e for e in Reading(page).sheets if e.action.endswith("/say"))
        await self._sent(who, composer.action, dict(composer.fields) | {"words": words})

    async def fills(self, who: str, **values: Given) -> None:
        """Fill in the form that is open."""
        sheet = Reading(self.alone[who]).sheets[-1]
        form = filled(sheet, values, token_hex(8))
        async with self.client.post(
            self.address + sheet.action, data=form, headers={"X-Live": "1"}
        ) as answer:
            self.alone[who] = str((await answer.json()).get("html", ""))

    async def presses(self, who: str, label: str, page: str = f"room/{ROOM}") -> None:
        """Press the newest button of such a label, on what they saw alone or on a page."""
        shown = (self.alone.get(who, ""), await self.got(f"/as/{who}/{page}"))
        every = [sheet for each in shown for sheet in reversed(Reading(each).sheets)]
        sheets = [each for each in every if re.fullmatch(label, each.label)]
        await self._sent(who, sheets[0].action, dict(sheets[0].fields))

    async def stands(self, words: str, path: str) -> None:
        """Wait until words stand on a page: what comes of some presses comes later."""
        async with asyncio.timeout(60):
            while words not in await self.got(path):  # noqa: ASYNC110 - another process changes it
                await asyncio.sleep(0.2)

    async def _sent(self, who: str, action: str, fields: Mapping[str, str]) -> None:
        data = {**fields, "key": token_hex(8)}
        async with self.client.post(
            self.address + action, data=data, headers={"X-Live": "1"}
        ) as answer:
            told = await answer.json()
        self.alone[who] = str(told.get("html", ""))

    async def got(self, path: str) -> str:
        """Return a page."""
        async with self.client.get(self.address + path) as answer:
            return await answer.text()


async def fill(opened_by: str) -> None:
    """Let people of the lobby whose address this is do a little of everything."""
    address = opened_by.partition("/?")[0]
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as client:
        async with client.get(opened_by):
            lobby = Lobby(address, client)
        await _fill(lobby)


async def _fill(lobby: Lobby) -> None:
    await lobby.says("priya", "/pln me start")
    await lobby.fills(
        "priya", subjects=["science"], district="Ridgeview", goals="Better lab talk\nFewer slides"
    )
    await lobby.says("luis", "/pln me start")
    await lobby.fills("luis", subjects=["math"], district="Ridgeview Local Schools", goals="")
    await lobby.says("maya", "/pln chat new")
    await lobby.fills("maya", questions=DRAFT, starts="in 30 minutes", plan="classic60", title="")
    await lobby.presses("maya", "Publish")
    panel = f"page/panel/{await _newest(lobby)}"
    for _moment in range(STEPS):
        await lobby.presses("maya", ".+ now", panel)
    for who, words in (
        ("priya", "A1 Exit tickets: three lines, read the same evening."),
        ("luis", "A1 I stopped grading the first draft, and they began to read what I write."),
        ("emma", f"A1 {ARABIC}"),
        ("dwayne", "A2 The seating plan. https://example.org/seats"),
        ("sam", "Good to see you all."),
    ):
        await lobby.says(who, words)
    await lobby.says("maya", "/pln chat new")
    await lobby.fills(
        "maya", questions=DRAFT.replace("Small", "Large"), starts="in 9 days", plan="classic60"
    )
    await lobby.says("maya", "/pln chat new")
    await lobby.fills(
        "maya", questions=DRAFT, starts="every Thursday 8 pm, not in breaks", plan="classic60"
    )
    await lobby.says("maya", "/pln prompt new first Monday 3:45 pm until May")
    await lobby.fills("maya", pack="own", own=OWN, title="Monday question")
    await lobby.presses("maya", "Ask one now")
    for who, words in (
        ("priya", "What did you borrow from a colleague lately?"),
        ("dwayne", "Which question did a pupil ask that you could not answer?"),
        ("sam", "What do you do in the first three minutes of a lesson?"),
    ):
        await lobby.says(who, f"/pln prompt suggest {words}")
    await lobby.says("maya", "/pln calendar add")
    await lobby.fills("maya", days=SCHOOL_DAYS, address="")
    await _catalogue(lobby)
    await lobby.says("maya", "/pln find seating plan")
    await lobby.presses("maya", "Save")
    await _hours(lobby)
    await _goals(lobby)
    await _edcamp(lobby)
    await _badges(lobby)
    await needs_next(lobby)
    await pathways(lobby)


async def _edcamp(lobby: Lobby) -> None:
    """Let a board fill with cards and be voted on: it takes both at once."""
    await lobby.says("maya", "/pln edcamp new", "lounge")
    await lobby.fills(
        "maya",
        title="Spring EdCamp",
        day="in 9 days",
        slots="9:00–9:45\n10:00–10:45\n11:00–11:45 Before lunch",
        rooms="Library, 30 seats, projector, no steps\nGym, 200\nDen, voice",
        phases="Requests: no\nCards: no\nVotes: now\nOne card each until: in 2 days 8 am",
    )
    for who, words, invites, leads, needs in (
        ("priya", "Feedback without grades", "learn", "ask", ""),
        ("luis", "Feedback without any grades: how?", "discuss", "ask", ""),
        ("dwayne", "Robots that read poems aloud", "share", "lead", "projector"),
        (
            "emma",
            "A seating plan that calms, made together before the bell rings",
            "make",
            "ask",
            "",
        ),
        ("sam", "Clay animals", "share", "lead", "kiln"),
    ):
        await lobby.says(who, f"/pln edcamp card {words}", "lounge")
        about = "I tried it for a term. https://example.org/term" if leads == "lead" else ""
        given = {"invites": invites, "leads": leads, "about": about, "needs": needs}
        await lobby.fills(who, words=words, **given)
    await lobby.presses("emma", "I lead it", "page/edcamp/1")
    await lobby.says("priya", "/pln edcamp vote", "lounge")
    await lobby.presses("priya", "Interested")
    await lobby.presses("priya", "Maybe")
    await lobby.presses("maya", "Change the board", "page/edcamp/1")
    await lobby.fills("maya", phases="Requests: no\nCards: no\nVotes: no\nGrid: now")
    await lobby.stands("Suggest a grid", "/as/maya/page/edcamp.grid/1")
    await lobby.presses("maya", "Suggest a grid", "page/edcamp.grid/1")
    await lobby.stands("Publish it", "/as/maya/page/edcamp.grid/1")
    await lobby.presses("maya", "Publish it", "page/edcamp.grid/1")


async def _hours(lobby: Lobby) -> None:
    """Let Luis decide about hours, Maya send in an hour, and Priya several, for two licences."""
    day = (datetime.now(UTC) - timedelta(days=3)).date().isoformat()
    await lobby.says("maya", "/pln credit licences")
    await lobby.presses("maya", "Add a licence")
    await lobby.fills("maya", policy="Ohio: professional", issued="2025-07-01")
    workshop = {"title": "Fractions workshop", "minutes": "90", "what_kind": "workshop", "day": day}
    await lobby.says("maya", "/pln credit log")
    await lobby.fills("maya", **workshop, reflection="Fold paper first.")
    await lobby.says("maya", "/pln network role")
    await lobby.fills("maya", person="Luis Herrera", role="approver", where="", until="")
    for policy, number in (("Texas", "TX-48213"), ("New York", "NY-977")):
        await lobby.says("priya", "/pln credit licences")
        await lobby.presses("priya", "Add a licence")
        issued = {"issued": "2024-07-01", "expires": "", "number": number, "classes": ""}
        await lobby.fills("priya", policy=policy, **issued)
    for title, minutes, kind, provider in WORKSHOPS:
        await lobby.says("priya", "/pln credit log")
        sentence = "Fold paper first, then write the fraction."
        logged = {"title": title, "minutes": minutes, "what_kind": kind, "provider": provider}
        await lobby.fills("priya", **logged, reflection=sentence)
    await lobby.says("luis", "/pln credit queue")
    await lobby.presses("luis", "Approve", "page/credit.look/2")
    await lobby.presses("luis", "Return", "page/credit.look/3")
    await lobby.fills("luis", note="Which of the two days was it?")
    await lobby.says("priya", "/pln credit status")
    await lobby.presses("priya", "Make a transcript", "page/credit")
    await lobby.fills("priya", shows="name")


async def _catalogue(lobby: Lobby) -> None:
    """Let Maya list two things, one of which carries skills."""
    await lobby.says("maya", "/pln feed entry https://seats.example.org/plan")
    await lobby.fills("maya", title="A seating plan that calms", what="video", audience="teachers")
    await lobby.says("maya", "/pln feed entry https://talks.example.org/ten")
    talks: dict[str, Given] = {"title": "Number talks", "skills": ["communication", "creativity"]}
    await lobby.fills("maya", **talks, what="video", audience="teachers")


async def _goals(lobby: Lobby) -> None:
    """Let Sam set a goal, be fed by what he read, look back, and put the goal in other words."""
    await lobby.says("sam", "/pln goals")
    await lobby.presses("sam", "Set a goal")
    chosen = {"indicators": ["practice", "engagement"], "own": "Minutes until all write"}
    await lobby.fills("sam", words="Calm starts with a seating plan", **chosen, weeks="4")
    await lobby.says("sam", "/pln find seating plan")
    await lobby.presses("sam", "Done")
    await lobby.fills("sam", sentence="Pairs that talk sit near the window.", minutes="12")
    await lobby.says("sam", "/pln goals")
    await lobby.presses("sam", "Yes, it did")
    await lobby.presses("sam", "Look back", "page/goal/3")
    changed = {"practice": "clearly", "engagement": "little", "own": "none"}
    await lobby.fills("sam", words="They sit by the plan now. Next: the first task.", **changed)
    await lobby.presses("sam", "Change", "page/goal/3")
    await lobby.fills("sam", words="Calm starts: a seating plan, and work in two minutes")
    await lobby.says("sam", "/pln find number talks")
    await lobby.presses("sam", "Done")
    await lobby.fills("sam", sentence="They explained it to each other.", minutes="25")
    await lobby.presses("sam", "Tag it", "page/skills")
    await lobby.fills("sam", skills=["communication", "collaboration"])
    await portfolio(lobby)
    await lessons(lobby)


TALK = (
    "Asks first: opens with a question that has no one answer | notes of a lesson\n"
    "Waits: gives ten seconds after a question | a recording, or a pupil's count\n"
    "Builds on it: has pupils answer each other before the teacher does"
)


async def _badges(lobby: Lobby) -> None:
    """Let Maya define two; one is returned to Priya, one awarded, and Sam's waits for Luis."""
    for name, about in (
        ("Fractions through talk", "Leads a number talk in which pupils explain fractions."),
        ("Feedback that is used", "Gives feedback that pupils act on within a week."),
    ):
        await lobby.says("maya", "/pln badges define")
        standard = "MP.3 Construct viable arguments https://example.org/MP3"
        await lobby.fills(
            "maya",
            name=name,
            about=about,
            criteria=TALK,
            alignments=standard,
            days="7",
            months="36",
        )
        await lobby.presses("maya", "Add an assessor")
        await lobby.fills("maya", member="Luis Herrera")
    words = {
        "c0": "I asked which of two thirds and three quarters is nearer to one, and why.",
        "c1": "I counted to ten under the table. It felt like a minute.",
        "c2": "“I agree with Ana, because a quarter is smaller than a third.”",
        "reflection": "They talk to each other now, and I hear what they think.",
    }
    for who, badge in (("priya", 1), ("priya", 2), ("sam", 1)):
        await lobby.presses(who, "Apply", f"page/badges.one/{badge}")
        await lobby.presses(who, "Write")
        await lobby.fills(who, **words)
        await lobby.presses(who, "Send it in")
    for number, last in (("1", "no"), ("2", "yes")):
        await lobby.presses("luis", "Decide", f"page/badges.review/{number}")
        note = "I hear one pupil only. Who answered Ana?" if last == "no" else ""
        await lobby.fills("luis", c0="yes", c1="yes", c2=last, n0="", n1="", n2=note)
    await lobby.presses("priya", "Take it along", "page/badges.award/1")
    await lobby.fills("priya", email="priya@example.org", name="yes", shows="0")
    await lobby.presses("priya", "Bring one from elsewhere", "page/badges")
    brought = Document("asks-well.json", issued(owner="priya@example.org").encode())
    await lobby.fills("priya", stated="priya@example.org", file=brought)
    await lobby.stands("verified on", "/as/priya/page/badges")


async def _newest(lobby: Lobby) -> str:
    page = await lobby.got("/as/maya/page/chats")
    numbers = re.findall(r"/page/chat/(\d+)", page)
    return str(max(map(int, numbers)))
