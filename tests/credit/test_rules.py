"""Whose rules a licence goes by, what they ask of who holds it, and until when they ask to keep files."""

import functools
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from plnbot.credit.actions import daily, rules
from plnbot.credit.actions.keeping import NOTICE
from plnbot.policies import Statement
from plnbot.policies.shelf import cited, shelf
from plnbot.refs import MemberRef
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import Command, OpenForm, Press, Reply, Submit
from plnbot.talk.pages import Page, markdown
from plnbot.talk.plain import day_words
from plnbot.testing import FrozenClock
from plnbot.walltime import local
from tests.credit.school import LEE, MAYA, SAM, TEAM, School, labels, school_of, words
from tests.credit.test_evidence import PDF, contents, sends
from tests.policies.writing import text

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LICENCE = {"issued": "2026-07-01", "expires": "", "number": "", "classes": ""}
RETAINED = '\n[[retain]]\nid = "records"\nmonths = 6\nfrom = "activity"\n'
STRICT = '\n[[cap]]\nid = "few"\nmax = 1\nkinds = ["workshop"]\n'


@pytest.fixture
async def school(store: Store, clock: FrozenClock) -> School:
    """Return a school on the test's own database."""
    return await school_of(store, clock)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Yield a folder of policies that are in use instead of those that ship."""
    monkeypatch.setattr(rules, "shelf", functools.partial(shelf, tmp_path))
    monkeypatch.setattr(rules, "cited", functools.partial(cited, folder=tmp_path))
    forget()
    yield tmp_path
    forget()


def forget() -> None:
    """Have policies read anew, as a bot that starts again does."""
    rules.policies.cache_clear()
    rules._as_cited.cache_clear()


def write(folder: Path, added: str = "", version: str = "1", name: str = "trial") -> None:
    """Write a policy down, and keep the version before."""
    file = folder / f"{name}.toml"
    if file.exists():
        file.rename(folder / f"{name}@1.toml")
    file.write_text(text(added).replace('version = "1"', f'version = "{version}"'), "utf-8")
    forget()


async def stands(school: School) -> Statement:
    """Return where Sam's licence stands."""
    person, now = await school.person(SAM), school.clock.now()
    found = await school.store.read(lambda tx: rules.statements(tx, person, now))
    assert found[0].statement is not None
    return found[0].statement


async def approves(school: School, entry: int) -> None:
    """Let Lee approve an entry of Sam's."""
    await school.card(LEE, Press("credit.approve", f"{entry}.1"))


async def test_a_changed_rule_never_changes_what_was_decided(school: School, folder: Path) -> None:
    """Ninety minutes were approved; a maximum of an hour comes, and only what is new stands under it."""
    write(folder)
    await school.card(SAM, Submit("credit.licence", {**LICENCE, "policy": "row:trial"}))
    await approves(school, await school.logs())
    assert (await stands(school)).counted == 90
    write(folder, STRICT, "2")
    assert (await stands(school)).counted == 90
    await approves(school, await school.logs(title="Another", day="2026-11-19"))
    found = await stands(school)
    assert (found.policy.cite, found.counted, found.capped) == ("trial@2", 90, 90)


async def test_nothing_counts_that_nobody_has_approved(school: School) -> None:
    """Texas says nothing of approvals: what was sent in waits all the same, until one says yes."""
    await school.card(SAM, Submit("credit.licence", {**LICENCE, "policy": "row:us-tx"}))
    entry = await school.logs(provider="approved")
    found = await stands(school)
    assert (found.counted, found.pending) == (0, 90)
    await approves(school, entry)
    found = await stands(school)
    assert (found.counted, found.pending) == (90, 0)


async def test_a_network_goes_by_its_districts_rules(school: School) -> None:
    """An administrator chooses them; whoever has a licence of the state is judged by both from then on."""
    await school.card(SAM, Submit("credit.licence", {**LICENCE, "policy": "row:us-oh"}))
    assert (await stands(school)).policy.id == "us-oh"
    assert "another role" in words(await school.card(SAM, Command("credit rules")))
    assert isinstance(await school.do(MAYA, Command("credit rules")), OpenForm)
    await school.card(MAYA, Submit("credit.rules", {"rules": ["us-oh-revere"]}))
    assert (await stands(school)).policy.id == "us-oh-revere"
    await school.card(MAYA, Submit("credit.rules", {"rules": []}))
    assert (await stands(school)).policy.id == "us-oh"


async def test_rules_ask_who_holds_the_licence(school: School) -> None:
    """Born in March, the period begins in March; signed, the plan no longer waits for it."""
    card = await school.card(SAM, Submit("credit.licence", {**LICENCE, "policy": "row:us-ny"}))
    assert "the month in which you were born" in words(card)
    card = await school.card(SAM, Submit("credit.holder", {"month": "3"}, "1"))
    assert "the month in which you were born" not in words(card)
    assert (await stands(school)).since.month == 3
    await school.card(SAM, Press("credit.unlicensed", "1"))
    card = await school.card(SAM, Submit("credit.licence", {**LICENCE, "policy": "row:us-oh"}))
    assert "Not signed yet: plan approved" in words(card)
    signed = {"employment": "employed", "signed0": "2026-08-01"}
    card = await school.card(SAM, Submit("credit.holder", signed, "2"))
    assert "Not signed yet" not in words(card)
    assert "Missing: 18 CEUs" in words(card), "a number that was taken away is not another's"
    card = await school.card(SAM, Submit("credit.licence", {**LICENCE, "policy": "row:us-tx"}))
    assert "What the rules ask of you" not in labels(card)


async def test_files_go_when_no_rule_asks_to_keep_them(school: School, folder: Path) -> None:
    """Half a year after the day Sam is told; a month later the files are gone, and the entry stands."""
    write(folder, RETAINED)
    await school.card(SAM, Submit("credit.licence", {**LICENCE, "policy": "row:trial"}))
    assert isinstance(await sends(school, SAM, PDF), Reply)

    async def on(days: int) -> list[bytes]:
        school.clock.at += timedelta(days=days)
        now = school.clock.now()

        def look(tx: Tx) -> None:
            daily.look(tx, school.parts.desk.directory, now)

        await school.store.run(look)
        await school.parts.runner.run_all_due()
        return await school.store.read(contents)

    page = await school.parts.desk.page(MemberRef("slack", TEAM, SAM), "credit.entry", "1")
    assert isinstance(page, Page)
    day = local(school.clock.now() + timedelta(days=180), "America/New_York").date() + NOTICE
    assert f"they go on {day_words(day, 'en', with_year=True)} at the earliest" in markdown(
        page, "UTC", "en"
    )
    assert await on(170) == [PDF]
    assert "files of this entry" not in told(school)
    assert await on(20) == [PDF]
    assert await on(NOTICE.days - 1) == [PDF]
    assert "files of this entry" in told(school)
    assert await on(2) == []
    assert (await school.entries())[0].title == "Fractions workshop"


def told(school: School) -> str:
    """Return all that people were told."""
    return "\n".join(words(each.card) for each in school.sender.sent)
