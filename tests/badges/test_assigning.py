"""Who looks at an application and what they learn: only who was assigned, never who applied, without names."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from plnbot.badges.model import Standing
from plnbot.badges.store import applications, awards
from plnbot.engine import roles
from plnbot.engine.roles import Grant, Role, scoped
from plnbot.openbadges.picture import baked, drawn
from plnbot.refs import MemberRef
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import Answer, Command, OpenForm, OpenPage, Press, Reply, Submit, What
from plnbot.talk.pages import File, Missing, Page, markdown
from plnbot.talk.plain import card_as_text
from plnbot.talk.uploads import received
from plnbot.talk.words import Translate
from plnbot.testing import HeavyHere
from tests.credit.badges.elsewhere import OWNER, issued
from tests.engine.test_platforms import Bench, bench

__all__ = ["bench"]
# What is decided here is the same on any database; the scenarios run on both.
pytestmark = [
    pytest.mark.rows(122),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
TALK = {
    "name": "Talk",
    "about": "Leads a talk.",
    "criteria": "Asks: asks first | notes\nWaits: waits long",
    "days": "5",
    "months": "0",
    "blind": "no",
    "second": "0",
}
WORDS = {"c0": "I asked.", "c1": "I waited.", "reflection": "They talk now."}
YES = {"c0": "yes", "n0": "", "c1": "yes", "n1": ""}
NO = {"c0": "yes", "n0": "", "c1": "no", "n1": "Too short."}
ANA, BO, CY, DEE, EVE = range(1, 6)
PICTURE = baked(drawn("x", "y"), "by Bo")


def said(answer: Answer) -> str:
    """Return what somebody reads of an answer."""
    if isinstance(answer, Reply):
        return card_as_text(answer.card)
    if isinstance(answer, FieldErrors):
        return " ".join(Translate().say(each).bare() for each in answer.errors.values())
    assert isinstance(answer, OpenForm | OpenPage), answer
    return answer.form.title.bare() if isinstance(answer, OpenForm) else "page"


async def does(bench: Bench, who: str, what: What) -> str:
    """Let somebody do something and return what they read."""
    return said(await bench.do(who, what))


async def house(bench: Bench, *assessors: int, **otherwise: str) -> None:
    """Let Ana define one that some may assess, and Bo apply for it, with a file."""
    await bench.do("ana", Command("home"), leads=True)
    for who in ("bo", "cy", "dee", "eve"):
        await bench.do(who, Command("home"))
    await bench.do("ana", Submit("badges.define", {**TALK, **otherwise}))
    for each in assessors:
        await may_assess(bench, each)
    await bench.do("bo", Press("badges.apply", "1"))
    await bench.do("bo", Submit("badges.write", WORDS, "1"))
    files = {"file": [received("Bo.png", PICTURE)]}
    await bench.do("bo", Submit("badges.file", {"criterion": "0"}, "1", files=files))
    await bench.do("bo", Press("badges.send", "1"))


async def may_assess(bench: Bench, who: int) -> None:
    """Let somebody assess it."""
    await bench.do("ana", Submit("badges.assessor", {"member": f"row:{who}"}, "1"))


async def with_whom(bench: Bench) -> set[int]:
    """Return with whom the application is."""
    return set(await bench.store.read(lambda tx: applications.assessors_of(tx, 1)))


async def standing(bench: Bench) -> Standing:
    """Return where the application stands."""
    return (await bench.store.read(lambda tx: applications.found(tx, 1))).standing


async def page(bench: Bench, who: str, name: str, row: str = "1") -> str:
    """Return what stands on somebody's page, empty where there is none."""
    found = await bench.parts.desk.page(MemberRef("test", "w", who), name, row)
    return f"{markdown(found, 'UTC', 'en')} {found.blocks}" if isinstance(found, Page) else ""


async def file(bench: Bench, who: str) -> File | Missing:
    """Return the application's file, as somebody gets it."""
    found = await bench.parts.desk.download(MemberRef("test", "w", who), "badges.file", "1")
    assert isinstance(found, File | Missing)
    return found


LOOKS: Mapping[str, What] = {
    "what was told": Press("badges.open", "1"),
    "what was chosen": Press("badges.see", value="1"),
    "the form": Press("badges.assess", "1"),
    "a decision": Submit("badges.assess", YES, "1"),
}


@pytest.mark.parametrize("what", LOOKS.values(), ids=LOOKS)
async def test_only_who_was_assigned_looks(bench: Bench, what: What) -> None:
    """Not who applied, though they assess it too; not another assessor; not who curates; no way around."""
    await house(bench, BO, CY, DEE)
    (assigned,) = await with_whom(bench)
    assert assigned in {CY, DEE}
    other = "dee" if assigned == CY else "cy"
    told = {who: await does(bench, who, what) for who in ("bo", other, "ana", "eve")}
    assert all("I waited" not in each and "Decide" not in each for each in told.values()), told
    assert "You applied for this yourself" in told["bo"]
    assert "with other assessors" in told[other]
    assert await standing(bench) is Standing.WAITING
    for who in ("bo", other, "ana", "eve"):
        assert await page(bench, who, "badges.review") == ""
        assert isinstance(await file(bench, who), File) is (who == "bo"), who
    theirs = "cy" if assigned == CY else "dee"
    assert "I waited." in await page(bench, theirs, "badges.review")
    assert "You applied" not in await does(bench, theirs, what)


async def test_who_applied_is_never_drawn(bench: Bench) -> None:
    """Not even where there are not enough others, nor when somebody has to be replaced."""
    await house(bench, BO, CY, second="100")
    assert await with_whom(bench) == {CY}
    await bench.store.run(lambda tx: roles.revoke(tx, CY, Grant(Role.ASSESSOR, scoped("badge", 1))))
    assert "with other assessors" not in await does(bench, "bo", Press("badges.open", "1"))
    await may_assess(bench, EVE)
    await bench.until(bench.clock.now() + timedelta(days=5))
    assert await with_whom(bench) == {EVE}
    assert "with other assessors" in await does(bench, "cy", Press("badges.open", "1"))
    assert "Awarded" in await does(bench, "eve", Submit("badges.assess", YES, "1"))


async def test_an_assessor_alone_cannot_apply(bench: Bench) -> None:
    """Nobody else could look at it: that is said, and nothing begins."""
    await house(bench, CY)
    await bench.do("ana", Submit("badges.define", {**TALK, "name": "Other"}))
    await bench.do("ana", Submit("badges.assessor", {"member": f"row:{DEE}"}, "2"))
    assert "yet but you" in await does(bench, "dee", Press("badges.apply", "2"))
    assert "nothing is shown yet" in await does(bench, "eve", Press("badges.apply", "2"))


@pytest.mark.parametrize("blind", ["yes", "no"])
async def test_without_the_name_where_so_set(bench: Bench, blind: str) -> None:
    """Neither on card nor page, nor in a file's name or what a camera wrote; with it where it is not."""
    await house(bench, CY, blind=blind)
    looked = [
        await does(bench, "cy", Press("badges.open", "1")),
        await page(bench, "cy", "badges.review"),
    ]
    given = await file(bench, "cy")
    assert isinstance(given, File)
    named = blind == "no"
    assert all(("From Bo" in each) is named for each in looked)
    assert all(("From a teacher" in each) is not named for each in looked)
    assert ("Bo.png" in looked[1]) is named
    assert ("evidence-1.png" in looked[1]) is not named
    assert given.name == ("Bo.png" if named else "evidence-1.png")
    assert b"by Bo" not in given.content
    assert "Bo" not in "".join(looked) or named
    own = await file(bench, "bo")
    assert isinstance(own, File)
    assert own.name == "Bo.png", "their own keeps its name for themselves"
    assert "Bo.png" in await page(bench, "bo", "badges.application")


async def test_files_that_hold_a_name_are_not_taken_where_nobody_is_to_learn_it(
    bench: Bench,
) -> None:
    """A PDF holds its author's; a picture is stripped, a text is as it is read."""
    await house(bench, CY, blind="yes")
    await bench.do("cy", Submit("badges.assess", NO, "1"))
    for name, content, told in (
        ("bo.pdf", b"%PDF-1.7 by Bo", "holds its author's name"),
        ("bo.txt", b"What I saw.", "something is shown"),
        ("bo.png", b"\x89PNG\r\n\x1a\n by Bo", "cannot be read"),
    ):
        files = {"file": [received(name, content)]}
        given = Submit("badges.file", {"criterion": "1"}, "1", files=files)
        assert told in (await does(bench, "bo", given)).replace("not met yet", "something is shown")
    named = await bench.store.read(lambda tx: [each.name for each in applications.files(tx, 1)])
    assert named == ["Bo.png", "bo.txt"]


async def test_what_is_ones_own(bench: Bench) -> None:
    """Award, application, its files and what was brought from elsewhere: for their teacher, for nobody else."""
    await house(bench, CY)
    bench.parts.runner.tools.heavy = HeavyHere()
    for who in ("cy", "ana"):
        assert "no longer there" in await does(bench, who, Press("badges.unfile", "1", "1"))
        assert "no longer there" in await does(bench, who, Press("badges.back", "1"))
    await bench.do("cy", Submit("badges.assess", NO, "1"))
    assert "Asks: something is shown" in await does(bench, "bo", Press("badges.unfile", "1", "1"))
    await bench.do("bo", Press("badges.send", "1"))
    await bench.do("cy", Submit("badges.assess", YES, "1"))
    files = {"file": [received("b.json", issued().encode())]}
    await bench.do("bo", Submit("badges.bring", {"stated": OWNER}, "", files))
    for name in ("badges.application", "badges.award", "badges.brought"):
        assert await page(bench, "bo", name), name
        for who in ("cy", "ana", "eve"):
            assert await page(bench, who, name) == "", (who, name)
    for who in ("cy", "ana", "eve"):
        for press in ("badges.take", "badges.recheck", "badges.drop"):
            assert "no longer there" in await does(bench, who, Press(press, "1")), (who, press)
    assert "is taken out" in await does(bench, "bo", Press("badges.drop", "1"))


async def test_two_look_and_a_third_decides(bench: Bench) -> None:
    """Each once; where they disagree somebody else looks, and then what most say holds."""
    await house(bench, BO, CY, DEE, EVE, second="100")
    first = await with_whom(bench)
    assert len(first) == 2
    names = {CY: "cy", DEE: "dee", EVE: "eve"}
    one, two = (names[each] for each in sorted(first))
    assert "Another assessor looks too" in await does(bench, one, Submit("badges.assess", YES, "1"))
    assert "decided already" in await does(bench, one, Submit("badges.assess", NO, "1"))
    assert "Another assessor looks too" in await does(bench, two, Submit("badges.assess", NO, "1"))
    (third,) = await with_whom(bench) - first
    assert await standing(bench) is Standing.WAITING
    assert "Awarded" in await does(bench, names[third], Submit("badges.assess", YES, "1"))
    assert "decided already" in await does(bench, names[third], Press("badges.assess", "1"))
    (given,) = await bench.store.read(lambda tx: awards.of_member(tx, BO))
    assert given.until is None


async def test_who_hears_late_is_told_and_who_is_late_reminded(bench: Bench) -> None:
    """On the day before and at the hour; who has looked is left in peace."""
    await house(bench, CY, DEE, second="100")
    await bench.do("cy", Submit("badges.assess", YES, "1"))
    it = await bench.store.read(lambda tx: applications.found(tx, 1))
    assert it.hears_at is not None
    await bench.until(it.hears_at - timedelta(days=1))
    assert _reminded(bench) == ["dee"]
    await bench.until(it.hears_at - timedelta(minutes=1))
    assert not _told_of_delay(bench)
    await bench.until(it.hears_at)
    assert _reminded(bench)[:1] == ["dee"]
    await bench.until(it.hears_at + timedelta(hours=20))
    assert len(_told_of_delay(bench)) == 1
    assert set(_reminded(bench)) == {"dee"}


def _reminded(bench: Bench) -> list[str]:
    return [
        each.to.user
        for each in bench.platform.sent
        if isinstance(each.to, MemberRef) and "Somebody waits to hear" in card_as_text(each.card)
    ]


def _told_of_delay(bench: Bench) -> list[str]:
    told = (card_as_text(each.card) for each in bench.platform.sent)
    return [each for each in told if "You were to hear by today" in each]


async def test_five_look_at_most(bench: Bench) -> None:
    """Whoever was returned asks another as long as there is one, and not for ever."""
    await house(bench, CY, DEE)
    for _ in range(2):
        (now,) = [each for each in ("cy", "dee") if await _may_decide(bench, each)]
        assert "Returned" in await does(bench, now, Submit("badges.assess", NO, "1"))
        told = await does(bench, "bo", Press("badges.another", "1"))
    assert "nobody else who could look" in told
    assert await standing(bench) is Standing.RETURNED


async def _may_decide(bench: Bench, who: str) -> bool:
    return isinstance(await bench.do(who, Press("badges.assess", "1")), OpenForm)


async def test_what_is_with_its_teacher_nobody_else_reads(bench: Bench) -> None:
    """What was returned is written on and was not sent in; what was taken back is looked at no more."""
    await house(bench, CY)
    assert "I waited." in await page(bench, "cy", "badges.review")
    await bench.do("cy", Submit("badges.assess", NO, "1"))
    await bench.do("bo", Submit("badges.write", {**WORDS, "c1": "Not for you yet."}, "1"))
    for then in (Press("badges.send", "1"), None):
        assert await page(bench, "cy", "badges.review") == ""
        assert isinstance(await file(bench, "cy"), Missing)
        for what in LOOKS.values():
            assert "with its teacher now" in await does(bench, "cy", what)
        if then is not None:
            await bench.do("bo", then)
            assert "Not for you yet." in await page(bench, "cy", "badges.review")
            await bench.do("bo", Press("badges.back", "1"))


async def test_who_assesses_no_more_gets_no_file(bench: Bench) -> None:
    """At once, though another is drawn in their place only when it is looked after."""
    await house(bench, CY)
    assert isinstance(await file(bench, "cy"), File)
    await no_more(bench, CY)
    assert await with_whom(bench) == {CY}
    assert isinstance(await file(bench, "cy"), Missing)


async def no_more(bench: Bench, who: int) -> None:
    """Take somebody's role away by itself, as its end does."""
    its = Grant(Role.ASSESSOR, scoped("badge", 1))
    await bench.store.run(lambda tx: roles.revoke(tx, who, its))


async def leaves(bench: Bench, who: str) -> None:
    """Let somebody leave the workspace."""
    now, directory = bench.clock.now(), bench.parts.desk.directory
    await bench.store.run(lambda tx: directory.left(tx, MemberRef("test", "w", who), now))


async def test_who_has_left_is_not_drawn_and_replaced(bench: Bench) -> None:
    """Also where they have the role still: nobody would read it."""
    await house(bench, CY)
    await may_assess(bench, DEE)
    await leaves(bench, "cy")
    await bench.until(bench.clock.now() + timedelta(days=5))
    assert await with_whom(bench) == {DEE}
    await bench.do("ana", Press("badges.unassign", "1", str(DEE)))
    assert await with_whom(bench) == set()
    assert "yet but you" in await does(bench, "eve", Press("badges.apply", "1"))


async def test_what_is_late_goes_to_who_comes_later(bench: Bench) -> None:
    """Nobody is left and it is late: whoever is added then gets it, and it is with nobody else first."""
    await house(bench, CY)
    await no_more(bench, CY)
    await bench.until(bench.clock.now() + timedelta(days=9))
    assert await with_whom(bench) == set()
    await may_assess(bench, EVE)
    assert await with_whom(bench) == {EVE}
    await may_assess(bench, DEE)
    await bench.do("ana", Press("badges.unassign", "1", str(EVE)))
    assert await with_whom(bench) == {DEE}


async def test_decided_by_who_has_looked_where_the_others_are_gone(bench: Bench) -> None:
    """Two were to look, one has, the other may no more, and there is nobody else: it waits for nobody."""
    await house(bench, CY, DEE, second="100")
    assert "Another" in await does(bench, "cy", Submit("badges.assess", YES, "1"))
    await no_more(bench, DEE)
    await bench.until(bench.clock.now() + timedelta(days=5))
    assert await standing(bench) is Standing.AWARDED
    assert not _told_of_delay(bench)


async def test_the_day_before_is_reminded_of_each_time_it_was_sent(bench: Bench) -> None:
    """Sent in again a day later: the day before the new day is the day of the old one."""
    await house(bench, CY)
    await bench.until(bench.clock.now() + timedelta(days=1))
    await bench.do("cy", Submit("badges.assess", NO, "1"))
    await bench.do("bo", Press("badges.send", "1"))
    it = await bench.store.read(lambda tx: applications.found(tx, 1))
    assert it.hears_at is not None
    await bench.until(it.hears_at - timedelta(hours=1))
    assert _reminded(bench) == ["cy"]


async def test_nobody_is_reminded_of_what_they_are_given_just_now(bench: Bench) -> None:
    """Who hears tomorrow, and sent it in this evening: the day before has passed."""
    bench.clock.at += timedelta(hours=5)
    await house(bench, CY, days="1")
    await bench.until(bench.clock.now() + timedelta(hours=19))
    assert not _reminded(bench)


async def test_what_is_late_is_looked_after_every_week(bench: Bench) -> None:
    """Who had it leaves after the day: another gets it; its teacher was told once."""
    await house(bench, CY)
    await may_assess(bench, DEE)
    start = bench.clock.now()
    await bench.until(start + timedelta(days=6))
    assert await with_whom(bench) == {CY}
    await leaves(bench, "cy")
    for days in (13, 20, 27):
        await bench.until(start + timedelta(days=days))
        assert await with_whom(bench) == {DEE}
    assert len(_told_of_delay(bench)) == 1
    assert _reminded(bench).count("dee") == 3
