"""The pulse beneath the platforms: whose options they are, what is on offer, when everybody is asked, what is erased."""

from datetime import UTC, date, datetime, timedelta

import pytest

from plnbot.activities.store import write
from plnbot.calendars.school import kept
from plnbot.calendars.school.model import Entry, Kind, Reach, Source, Whose
from plnbot.members import store as members
from plnbot.pulse import store as kept_pulse
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.talk.interactions import Answer, Command, OpenForm, Press, Reply, Submit
from plnbot.talk.pages import Page
from plnbot.talk.plain import card_as_text
from tests.engine.test_platforms import Bench, bench
from tests.every_row import every_row
from tests.growth.test_growth import done

__all__ = ["bench"]
ANA, BO = 1, 2
TALKS = {"way": ["talk"], "time": "evening"}
NOES = ("not_topic", "not_kind", "too_long", "not_now", "back")


def said(answer: Answer) -> str:
    """Return everything that an answer shows."""
    assert isinstance(answer, Reply)
    return " ".join(card_as_text(each) for each in (answer.card, *answer.more))


async def asked(bench: Bench) -> None:
    """Let there be a chat tonight, and Ana and Bo say that they like to talk."""
    await bench.plan()
    for who in ("ana", "bo"):
        await bench.do(who, Submit("pulse.answer", TALKS))


async def test_options_are_ones_own(bench: Bench) -> None:
    """Whoever presses another's button is told the same as for none, and nothing is learned."""
    await asked(bench)
    (ana,) = await bench.store.read(lambda tx: kept_pulse.options_of(tx, ANA))
    for row in (str(ana.id), "99", "x"):
        for name in NOES:
            told = said(await bench.do("bo", Press(f"pulse.{name}", row)))
            assert "This is not offered to you any more" in told
    (ana,) = await bench.store.read(lambda tx: kept_pulse.options_of(tx, ANA))
    assert ana.because is None
    assert ana.rules == ("time", "soon", "talk")


async def test_not_what_was_done_nor_what_is_switched_off(bench: Bench) -> None:
    """A chat that somebody took part in is not offered to them, nor one of a capability that is off."""
    await asked(bench)
    at = bench.clock.now()
    took_part = done(BO, "chat:1", "Tonight", started=at, ended=at + timedelta(minutes=20))
    await bench.store.run(lambda tx: write(tx, [took_part], at))
    assert "Nothing for you just now" in said(await bench.do("bo", Command("pulse")))
    assert "One thing for you" in said(await bench.do("ana", Command("pulse")))
    await bench.store.run(lambda tx: members.networks.switch(tx, 1, "chats", off=True))
    assert "Nothing for you just now" in said(await bench.do("ana", Command("pulse")))
    shown = await bench.parts.desk.page(MemberRef("test", "w", "ana"), "pulse", "")
    assert isinstance(shown, Page)
    assert "Tonight" not in str(shown.blocks)


@pytest.mark.parametrize(("years", "known"), [("2", "rookie"), ("9", "between"), ("31", "veteran")])
async def test_experience_is_known_from_the_profile(bench: Bench, years: str, known: str) -> None:
    """It stands in the form already, and rules know it where nobody answers it."""
    told = {"subjects": ["math"], "years": years, "quiet": "none", "zone": "row:America/New_York"}
    await bench.do("ana", Command("home"), leads=True)
    await bench.do("ana", Submit("members.start", told))
    form = await bench.do("ana", Press("pulse.answer"))
    assert isinstance(form, OpenForm)
    (asked,) = [each for each in form.form.inputs if each.name == "experience"]
    assert getattr(asked, "value", "") == known


def crowd(tx: Tx, many: int) -> None:
    """Let so many more members be there."""
    network = members.first_network(tx)
    assert network is not None
    for at in range(many):
        ref = MemberRef("test", "w", f"u{at}")
        members.new_member(tx, network, ref, f"U{at}", locale="en", now=datetime.now(UTC))


async def test_everybody_is_asked_on_school_days_however_many(bench: Bench) -> None:
    """More than go into one unit, each once; not in a break, but a week later; who answered lately is not."""
    await bench.do("ana", Command("home"), leads=True)
    await bench.store.run(lambda tx: crowd(tx, 120))
    zone = "America/New_York"
    first, last = date(2026, 11, 20), date(2026, 11, 27)

    def on_holiday(tx: Tx) -> None:
        whose = Whose(1, Reach.NETWORK)
        calendar = kept.add(tx, whose, Source.TYPED, bench.clock.now(), by=ANA, zone=zone)
        kept.put_in(tx, calendar.id, [Entry(first, last, Kind.BREAK, "Break")])

    await bench.store.run(on_holiday)
    await bench.do("ana", Submit("pulse.answer", TALKS))
    await bench.do("ana", Submit("pulse.rhythm", {"weeks": "4"}))
    await bench.until(bench.clock.now() + timedelta(days=3))
    assert not bench.shown("What do you need next?")
    await bench.until(bench.clock.now() + timedelta(days=7))
    assert len(bench.shown("What do you need next?")) == 120
    await bench.until(bench.clock.now() + timedelta(days=14))
    assert len(bench.shown("What do you need next?")) == 120
    await bench.until(bench.clock.now() + timedelta(days=14))
    assert len(bench.shown("What do you need next?")) == 241


async def test_only_organisers_have_everybody_asked(bench: Bench) -> None:
    """Nobody else is even shown the question."""
    await bench.do("ana", Command("home"), leads=True)
    assert "another role" in said(await bench.do("bo", Command("pulse ask")))
    await bench.do("bo", Submit("pulse.rhythm", {"weeks": "4"}))
    assert await bench.store.read(lambda tx: kept_pulse.rhythm_of(tx, 1)) is None


async def test_erased_nothing_is_left(bench: Bench, database_url: str) -> None:
    """Answers and options go with their member, and others keep theirs."""
    await asked(bench)
    await bench.do("bo", Submit("members.forget", {"answers": "gone"}))
    rows = every_row(database_url)
    for table in ("pulse_answer", "pulse_option"):
        assert [row["member_id"] for row in rows[table]] == [ANA], table
