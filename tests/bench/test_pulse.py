"""How long it takes to choose for one teacher, with ten thousand things on offer."""

import random
import time
from datetime import timedelta

import pytest

from plnbot.engine.offers import OnOffer
from plnbot.pulse import actions, packs
from plnbot.pulse.actions import answer
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx
from plnbot.talk.interactions import Command, Submit
from plnbot.talk.words import msg
from tests.bench.conftest import Print, percentile
from tests.engine.test_platforms import Bench, bench

__all__ = ["bench"]
pytestmark = pytest.mark.bench
THINGS, ROOMS = 10_000, 200
KINDS = ("article", "video", "episode", "webinar", "chat", "edcamp", "prompt", "badge", "pathway")
SAID = (
    "feedback fractions labs talk families rubrics calm starts maps poems robots reading newcomers"
    " evaluación rutinas assessment inquiry planning coaching routines projects essays music"
)
WORDS = SAID.split()
TOLD = {"subjects": ["math"], "grades": ["7"], "quiet": "none", "zone": "row:America/New_York"}
GOALS = "Better lab talk\nFeedback that is used\nCalmer starts"
GIVEN = {
    "need": ["feedback", "families", "projects"], "confident": "very", "time": "evening",
    "experience": "veteran", "way": ["talk", "read", "watch"],
}  # fmt: skip


def things(bench: Bench, chance: random.Random) -> list[OnOffer]:
    """Return so many things, each under its own title, in so many rooms."""
    made = []
    for at in range(THINGS):
        kind = chance.choice(KINDS)
        place = Place("test", "w", f"c{at % ROOMS}") if kind in ("chat", "prompt") else None
        made.append(
            OnOffer(
                kind,
                msg("Chat"),
                f"{' '.join(chance.sample(WORDS, 5)).capitalize()} {at}",
                f"{kind}/{at}",
                bench.clock.now() + timedelta(hours=at) if at % 3 else None,
                chance.choice((5, 20, 60, None)),
                (chance.choice(("math", "music", "science")),),
                (chance.choice(("6", "7", "8")),),
                (chance.choice(("creativity", "communication")),),
                held_in=place,
                source=f"{kind}:{at}",
                but_for=frozenset(range(5, 500)),
            )
        )
    return made


async def test_options_for_one_teacher(bench: Bench, say: Print) -> None:
    """From everything on offer to options that are kept, in one unit: cold, and when titles are known."""
    await bench.do("ana", Command("home"), leads=True)
    await bench.do("ana", Submit("members.start", {**TOLD, "goals": GOALS}))
    desk, now = bench.parts.desk, bench.clock.now()
    found = things(bench, random.Random(1))
    desk.routes.on_offer[:] = [lambda _tx, _network, _now: found]

    def choose(tx: Tx) -> float:
        person = desk.directory.known(tx, MemberRef("test", "w", "ana"))
        assert person is not None
        context = desk._context(tx, person, Place("test", "w", "room"), now)
        began = time.thread_time()
        chosen = actions.choose(context)
        taken = time.thread_time() - began
        assert len(chosen) == 5
        return taken

    await bench.store.run(lambda tx: _answer(bench, tx))
    packs.rules()
    cold = 1000 * await bench.store.run(choose)
    warm = [1000 * await bench.store.run(choose) for _ in range(20)]
    least, p50 = min(warm), percentile(warm, 0.5)
    what = f"{THINGS:,} on offer, {len(packs.rules())} rules"
    say(f"{what}: first {cold:.1f} ms, then {least:.1f} at the least, {p50:.1f} ms at the median")


def _answer(bench: Bench, tx: Tx) -> None:
    person = bench.parts.desk.directory.known(tx, MemberRef("test", "w", "ana"))
    assert person is not None
    given = {name: [each] if isinstance(each, str) else each for name, each in GIVEN.items()}
    answer(tx, person, given, bench.clock.now())
