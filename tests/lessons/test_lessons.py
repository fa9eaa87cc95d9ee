"""Lessons beneath the platforms: what may be remixed, what is found, what goes with whom, on both databases."""

import itertools
from datetime import timedelta

import pytest

from plnbot.activities.store import activities_of
from plnbot.engine import roles
from plnbot.engine.roles import Grant, Role
from plnbot.lessons import actions
from plnbot.lessons.model import MOST_AUTHORS, Fault, Licence, Told, Wanted, fault_of_remix
from plnbot.lessons.store.lessons import SHOWN
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.talk.interactions import Command, OpenForm, Press, Reply, Submit
from plnbot.talk.pages import Page, markdown
from plnbot.talk.plain import card_as_text
from plnbot.talk.uploads import received
from tests.engine.test_platforms import Bench, bench
from tests.every_row import every_row
from tests.growth.test_growth import page

__all__ = ["bench"]
FOLD = {
    "title": "Folded fractions",
    "about": "Fold a strip.",
    "subjects": ["math"],
    "licence": "cc-by-sa",
}


def test_share_alike_stays_so_whatever_is_made() -> None:
    """Of all pairs of licences, and for one's own: nothing leads from BY-SA to another, or from own terms anywhere."""
    for source, made in itertools.product(Licence, Licence):
        fault = fault_of_remix(source, made, own=False)
        if source is Licence.BY:
            assert fault is None
        elif source is Licence.BY_SA:
            assert fault == (None if made is Licence.BY_SA else Fault.SHARE_ALIKE)
        else:
            assert fault is Fault.OWN_TERMS
        assert fault_of_remix(source, made, own=True) is Fault.OWN_LESSON


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (Wanted(), True),
        (Wanted("math"), True),
        (Wanted("art"), False),
        (Wanted("math", "5", "cc-by"), True),
        (Wanted("", "6"), False),
        (Wanted("", "", "own"), False),
    ],
)
def test_what_is_looked_for(wanted: Wanted, *, fits: bool) -> None:
    """Each of subject, grade and licence has to fit where it is asked for."""
    assert wanted.fits(("math",), ("4", "5"), Licence.BY) is fits


def said(answer: object) -> str:
    """Return what somebody reads."""
    assert isinstance(answer, Reply), answer
    return card_as_text(answer.card)


async def shared(bench: Bench) -> None:
    """Let Ana share a lesson with a file; Bo designs it with her, Cy uses it and makes a remix."""
    for who in ("ana", "bo", "cy"):
        await bench.do(who, Command("home"))
    files = {"files": [received("strip.txt", b"Fold here.")]}
    await bench.do("ana", Submit("lessons.new", FOLD, files=files))
    await bench.do("ana", Submit("lessons.together", {"peer": "row:2"}, "1"))
    await bench.do("bo", Press("lessons.join", "1"))
    went = Submit("lessons.how", {"went": "well", "sentence": "They saw it."}, "1")
    assert "Its authors read it" in said(await bench.do("cy", went))
    remix = Submit("lessons.remix", {**FOLD, "title": "Ribbons"}, "1")
    assert "is shared" in said(await bench.do("cy", remix))


async def test_both_sides_have_an_activity_once(bench: Bench) -> None:
    """However often it is said; nobody has two of one lesson."""
    await shared(bench)
    again = Submit("lessons.how", {"went": "changed", "sentence": "Twice."}, "1")
    await bench.do("cy", again)
    done = await bench.store.read(lambda tx: [activities_of(tx, each) for each in (1, 2, 3)])
    assert [[one.done.title for one in each] for each in done] == [["Folded fractions"]] * 3


async def test_one_tap_says_no_more_than_that_it_was_used(bench: Bench) -> None:
    """How it went is for whoever used it to say: nothing stands chosen, and nothing is said for them."""
    await shared(bench)
    await bench.do("bo", Submit("lessons.new", {**FOLD, "title": "Strips"}))
    await bench.do("cy", Press("lessons.used", "3"))
    shown = str(await page(bench, "cy", "lesson", "3"))
    assert "Used it" in shown
    assert "It went well" not in shown
    form = await bench.do("cy", Press("lessons.how", "3"))
    assert isinstance(form, OpenForm)
    assert "unsaid" not in str(form)
    await bench.do("cy", Submit("lessons.how", {"went": "badly"}, "3"))
    assert "It did not work for us" in str(await page(bench, "cy", "lesson", "3"))


async def test_what_goes_with_whom(bench: Bench, database_url: str) -> None:
    """What two designed stays with the one who is left; what was one's alone goes, and its remix keeps its title."""
    await shared(bench)
    await bench.do("ana", Submit("members.forget", {"answers": "gone"}))
    rows = every_row(database_url)
    assert {row["title"] for row in rows["lesson"]} == {"Folded fractions", "Ribbons"}
    assert {row["member_id"] for row in rows["file"]} == {3}
    assert {row["member_id"] for row in rows["lesson_author"]} == {2, 3}
    await bench.do("bo", Submit("members.forget", {"answers": "gone"}))
    (left,) = every_row(database_url)["lesson"]
    assert (left["title"], left["source_title"], left["source_id"]) == (
        "Ribbons", "Folded fractions", None,
    )  # fmt: skip
    assert "Folded fractions" in str(await page(bench, "cy", "lesson", "2"))
    assert len(every_row(database_url)["search_entry"]) == 1
    await bench.do("cy", Submit("members.forget", {"answers": "gone"}))
    rows = every_row(database_url)
    for table in ("lesson", "lesson_use", "lesson_version", "file", "file_content", "search_entry"):
        assert rows[table] == [], table


async def test_two_at_once_lose_nothing(bench: Bench) -> None:
    """Of one field changed by two the second's words are kept aside, and stand with one press."""
    await shared(bench)
    for who, about in (("ana", "Fold it once."), ("bo", "Fold it twice.")):
        answer = await bench.do(who, Submit("lessons.change", {**FOLD, "about": about}, "1.0"))
    assert "You both changed this" in said(answer)
    assert "Fold it once." in str(await page(bench, "cy", "lesson", "1"))
    assert "Yours stands now" in said(await bench.do("bo", Press("lessons.mine", "2")))
    shown = str(await page(bench, "cy", "lesson", "1"))
    assert shown.index("Fold it twice.") < shown.index("Fold it once.")
    assert "no longer shared" in said(await bench.do("ana", Press("lessons.mine", "2")))


async def test_found_however_many_are_newer(bench: Bench) -> None:
    """What is looked for is looked for among all; a page that is cut says that it is."""
    for who in ("ana", "bo", "cy"):
        await bench.do(who, Command("home"))
    await bench.do("ana", Submit("lessons.new", {**FOLD, "subjects": ["art"]}))
    people = [await bench.parts.desk.person(MemberRef("test", "w", who)) for who in ("bo", "cy")]
    now = bench.clock.now()

    def newer(tx: Tx) -> None:
        for number in range(SHOWN):
            person = people[number % 2]
            assert person is not None
            told = Told(f"Strip {number}", "Fold it.", Licence.BY, subjects=("math",))
            actions.share(tx, person, told, now=now + timedelta(minutes=number))

    await bench.store.run(newer)
    for words in ("", "fold"):
        art = Submit("lessons.filter", {"words": words, "subject": "art"})
        assert "Folded fractions" in said(await bench.do("cy", art)), words
    shown = await page(bench, "cy", "lessons")
    assert isinstance(shown, Page)
    assert "The newest 200 are shown." in markdown(shown, "UTC", "en")


async def test_six_authors_at_most(bench: Bench) -> None:
    """Nine are asked while there is room: those who say yes first have it."""
    others = [f"o{number}" for number in range(9)]
    for who in ("ana", *others):
        await bench.do(who, Command("home"))
    await bench.do("ana", Submit("lessons.new", FOLD))
    for number in range(len(others)):
        asked = Submit("lessons.together", {"peer": f"row:{number + 2}"}, "1")
        assert "is asked" in said(await bench.do("ana", asked))
    told = [said(await bench.do(who, Press("lessons.join", "1"))) for who in others]
    assert [
        sum(words in each for each in told) for words in ("one of its authors now", "are the most")
    ] == [MOST_AUTHORS - 1, 4]


async def test_two_curators_decide_once(bench: Bench) -> None:
    """Taken down by one, it neither stands by a word of the other nor has another reason."""
    await shared(bench)
    await bench.do("bo", Submit("lessons.report", {"words": "A name is in it."}, "2"))

    def curate(tx: Tx) -> None:
        for who in (1, 2):
            its = Grant(Role.CURATOR)
            roles.grant(tx, 1, who, its, by=None, now=bench.clock.now())

    await bench.store.run(curate)
    await bench.do("ana", Submit("lessons.down", {"why": "A student's name."}, "2"))
    for what in (Press("lessons.stands", "2"), Submit("lessons.down", {"why": "Copied."}, "2")):
        assert "no longer shared" in said(await bench.do("bo", what))
    shown = str(await page(bench, "cy", "lesson", "2"))
    assert "A student's name." in shown
    assert "Copied." not in shown
