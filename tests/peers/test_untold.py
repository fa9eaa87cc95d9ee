"""What an introduction, a card and a spreadsheet do not tell: profiles not shown to all, wishes, districts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plnbot.members.model import DEFAULT_SEEN, Profile
from plnbot.members.store import profiles
from plnbot.peers.cards import member as cards
from plnbot.peers.cards.introduction import STEPS
from plnbot.peers.model import Aim, Named, Programme
from plnbot.peers.store import programmes
from plnbot.quiet import Quiet
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import Press
from plnbot.talk.text import verbatim
from plnbot.talk.words import Translate
from plnbot.testing import FrozenClock, RecordingSender
from plnbot.visibility import Seen
from tests.peers.test_rounds import introduced, school, tried
from tests.peers.test_solving import person, solved
from tests.peers.year import BEGAN, LEAD, School

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def told(here: School) -> list[str]:
    """Return every card that was sent."""
    senders = here.parts.runner.senders.values()
    return [str(o.card) for each in senders if isinstance(each, RecordingSender) for o in each.sent]


@ON_SQLITE
async def test_for_matching_alone_is_on_no_card(store: Store, clock: FrozenClock) -> None:
    """Subject, grades and languages that somebody gave for matching match them, and are not shown."""
    here = await school(store, clock, 2)

    def hide(tx: Tx) -> None:
        seen = {**DEFAULT_SEEN, "subjects": Seen.MATCHING, "grades": Seen.MATCHING}
        for number in here.refs:
            hidden = Profile(
                subjects=("music",), grades=("7",), district=f"D{number}", seen=seen,
                quiet=Quiet(None, None),
            )  # fmt: skip
            profiles.save_profile(tx, number, hidden)

    await store.run(hide)
    dry = await tried(here)
    await here.do(LEAD, Press("peers.commit", str(dry.id)))
    await here.parts.runner.run_all_due()
    assert (await introduced(here))[0].step == "SUBJECT_AND_GRADE"
    met = [each for each in told(here) if "Who begins" in each]
    assert met
    for word in ("Music", "grades"):
        assert not any(word in each for each in met)


@ON_SQLITE
@pytest.mark.rows(88)
@pytest.mark.parametrize("hidden", [Seen.ME, Seen.MATCHING])
async def test_asked_again_when_others_see_the_district(
    store: Store, clock: FrozenClock, hidden: Seen
) -> None:
    """Hidden after it was shown: asked before a card says more than the field. Shown again: asked whether no stays."""
    here = await school(store, clock, 2)

    async def district(seen: Seen) -> None:
        told = Profile(
            subjects=("music",), grades=("7",), district="Belpre", quiet=Quiet(None, None),
            seen={**DEFAULT_SEEN, "district": seen},
        )  # fmt: skip

        def save(tx: Tx) -> None:
            for number in here.refs:
                profiles.save_profile(tx, number, told)

        await store.run(save)

    async def named() -> list[Named]:
        mine = await store.read(lambda tx: programmes.in_programme(tx, 1))
        return [each.named for each in mine.values()]

    await district(Seen.NETWORK)
    dry = await tried(here)
    assert await named() == [Named.UNASKED, Named.UNASKED], "of a dry run nobody is told"
    await here.do(LEAD, Press("peers.commit", str(dry.id)))
    await here.parts.runner.run_all_due()
    assert await named() == [Named.FREE, Named.FREE]
    assert any("Music" in each for each in told(here) if "Who begins" in each)
    await district(hidden)
    await here.until(BEGAN + timedelta(days=16))
    assert await named() == [Named.UNASKED, Named.UNASKED]
    assert sum("May your subject be named?" in each for each in told(here)) == 2
    second = [each for each in told(here) if "You have met not long ago" in each]
    assert second
    assert not any("Music" in each for each in second)
    first, other = here.refs
    await here.do(here.refs[first], Press("peers.name_not", "1"))
    await here.do(here.refs[other], Press("peers.name_it", "2"))
    await district(Seen.NETWORK)
    await here.until(BEGAN + timedelta(days=44))
    assert await named() == [Named.NO, Named.YES]
    again = [each for each in told(here) if "You show your district to everybody by now" in each]
    assert len(again) == 1


def test_that_somebody_is_set_aside_is_no_reason() -> None:
    """Who is left because somebody set them aside is left by the rules, as others are."""
    made = solved([person(1), person(2)], avoid=[[1, 2]])
    assert made["left"] == [[1, "RULES"], [2, "RULES"]]


def test_the_last_step_names_no_district() -> None:
    """Two of one district are not told so: that would tell each the other's."""
    assert "district" not in STEPS["SAME_DISTRICT"].source


@ON_SQLITE
@pytest.mark.parametrize("aim", Aim)
async def test_the_offer_says_what_holds(store: Store, clock: FrozenClock, aim: Aim) -> None:
    """From other districts only where that is ruled, in twos only where peers meet."""
    await school(store, clock, 2)
    of = await store.read(lambda tx: programmes.get(tx, 1))
    assert isinstance(of, Programme)
    of = replace(of, aim=aim, other_district=False)
    said = str(cards.offered(Translate("en"), of, verbatim("weekly"), 2, over=False))
    assert "other district" not in said
    assert ("in twos" in said) is (aim is Aim.PEERS)
