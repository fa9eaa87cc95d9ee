"""docs/policies.md is true to the letter: its example does what it says, and it names every table and field."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from plnbot import cli
from plnbot.policies.reading import TABLES
from plnbot.policies.rules import When, Which
from plnbot.policies.shelf import FOLDER

PAGE = (Path(__file__).parents[2] / "docs" / "policies.md").read_text("utf-8")


def block(begins: str) -> str:
    """Return the indented lines that begin so."""
    lines = PAGE[PAGE.index(f"    {begins}") :].splitlines()
    end = next(at for at, line in enumerate(lines) if line and not line.startswith("    "))
    return "\n".join(line.removeprefix("    ") for line in lines[:end]) + "\n"


def test_its_example_does_what_it_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The policy is sound, is explained in both languages, and its history comes to what it expects."""
    policy, history = tmp_path / "us-xx.toml", tmp_path / "history.csv"
    policy.write_text(block("[policy]"), "utf-8")
    history.write_text(block("## Study"), "utf-8")
    assert cli.main(["policy", "check", str(policy)]) == 0
    assert cli.main(["policy", "explain", str(policy), "--language", "es"]) == 0
    assert "Estado de ejemplo" in capsys.readouterr().out
    assert cli.main(["policy", "try", str(policy), str(history)]) == 0, capsys.readouterr().err


def test_it_names_every_table_and_every_field() -> None:
    """What the reader knows stands on the page, and no table that it does not know."""
    named = set(re.findall(r"^\| `\[{1,2}([a-z]+)\]{1,2}` \|", PAGE, re.MULTILINE))
    assert named == set(TABLES)
    for each in (*fields(When), *fields(Which)):
        assert f"`{each.name}`" in PAGE, each.name


def test_it_names_all_that_ship() -> None:
    """No jurisdiction is forgotten."""
    said = PAGE[PAGE.index("## Those that ship") :]
    for each in sorted(FOLDER.glob("*.toml")):
        if "extends" not in (written := each.read_text("utf-8")):
            place = re.search(r'^name = \{ en = "([^":]+):', written, re.MULTILINE)
            assert place
            assert place[1] in said
