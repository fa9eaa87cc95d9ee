"""The policies that ship: each is sound, sourced, said in both languages, and does what its histories expect."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from plnbot import cli
from plnbot.operate.policies import read
from plnbot.policies import Policy, evaluate
from plnbot.policies.histories import read_history
from plnbot.policies.rules import Status, Words
from plnbot.policies.shelf import FOLDER, cited, files, shelf

EXAMPLES = sorted((FOLDER / "examples").glob("*.csv"))
SHIPPED = [each.stem for each in files()]
JURISDICTIONS = frozenset(
    [
        "us-tx",
        "us-ny",
        "us-ma",
        "us-il",
        "us-va",
        "us-ga",
        "us-oh",
        "us-wa",
        "us-nc",
        "us-nj",
        "us-mn",
        "us-ca",
        "us-wi",
        "au-nsw",
        "us-az",
        "us-nv",
        "us-or",
        "us-in",
        "us-ut",
        "us-sc",
        "us-al",
        "au-vic",
        "gb-sct",
        "nz",
        "gb-eng",
    ]
)
NOTHING_ASKED = frozenset(["us-ca", "us-wi", "us-or", "gb-sct", "nz", "gb-eng"])


def of(example: Path) -> Path:
    """Return the policy that a history is for."""
    return FOLDER / f"{example.stem.split('.')[0]}.toml"


def test_all_jurisdictions_are_there() -> None:
    """Each is on the shelf, and has a history; nothing is asked where nothing is asked."""
    there = shelf()
    assert there.keys() >= JURISDICTIONS
    assert {of(each).stem for each in EXAMPLES} == set(SHIPPED)
    assert {name for name, each in there.items() if each.asks_nothing} == NOTHING_ASKED


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.stem)
def test_a_history(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`plnbot policy try` finds nothing otherwise than the history expects, in either language."""
    assert cli.main(["policy", "try", str(of(example)), str(example), "--language", "es"]) == 0, (
        capsys.readouterr().err
    )


@pytest.mark.parametrize("name", SHIPPED)
def test_a_policy_is_whole(name: str) -> None:
    """It is sourced, dated, sure of how sure it is, and speaks Spanish."""
    policy = read(FOLDER / f"{name}.toml")
    assert policy.checked.year >= 2026
    assert all(each.as_of and each.confidence for each in policy.sources.values())
    assert {"en", "es"} == set.union(*(set(each.by_language) for each in words(policy)))
    assert all(set(each.by_language) == {"en", "es"} for each in words(policy))
    named = {source for rule in policy.rules().values() for source in rule.sources}
    assert named <= policy.sources.keys()


def words(policy: Policy) -> Iterator[Words]:
    """Yield all words of a policy."""
    yield from (policy.name, policy.unit.name)
    yield from (each for each in (policy.note, policy.stands) if each)
    for rule in policy.rules().values():
        yield from (each for each in (rule.says, getattr(rule, "title", None)) if each)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_rule_comes_up(name: str) -> None:
    """Each rule decides something in a history, or is asked of somebody there."""
    policy = read(FOLDER / f"{name}.toml")
    seen: set[str] = set()
    for each in (
        read_history(each.read_text("utf-8")) for each in EXAMPLES if of(each).stem == name
    ):
        statement = evaluate(policy, each.licence, each.entries, each.today or date.max)
        seen |= {part.rule for decision in statement.decisions for part in decision.parts}
        seen |= {
            named for one in statement.standings for named in (one.asks.split(":")[0], one.rule)
        }
        seen |= {one.rule for one in statement.ways} | {one.rule for one in statement.to_sign}
        seen |= {one.id for one in each.licence.attested}
    shut = tuple(each for each in policy.accepts if each.status is not Status.YES)
    kinds = (policy.caps, policy.awards, shut, policy.onces, policy.bundles, policy.carries)
    asked = (policy.requires, policy.attests, policy.routes, policy.approvals, policy.extras)
    every = {
        rule.id for rules in (*kinds, *asked, policy.waives) for rule in rules if not rule.suspended
    }
    base = cited(policy.extends).rules().keys() if policy.extends else set()
    assert sorted(every - seen - base) == []


def test_a_history_that_expects_otherwise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its differences are said, and the command ends with 1."""
    wrong = EXAMPLES[0].read_text("utf-8").replace("counted = 62", "counted = 63")
    file = tmp_path / "wrong.csv"
    file.write_text(wrong, "utf-8")
    assert cli.main(["policy", "try", str(of(EXAMPLES[0])), str(file)]) == 1
    said = capsys.readouterr()
    assert "counted: 62, and not 63" in said.err
    assert "check with your licence office" in said.out


def test_histories_are_read() -> None:
    """Every example has facts, entries that expect something, and a day."""
    for each in EXAMPLES:
        history = read_history(each.read_text("utf-8"))
        assert history.today
        assert history.expected
        assert len(history.of_entries) == len(history.entries)
