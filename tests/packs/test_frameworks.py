"""Frameworks of skills: a network's own file, skills under others, and what is wrong in such a file."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.cli import main
from plnbot.operate.packs import checked
from plnbot.packs import FOLDER, PackError, frameworks
from plnbot.packs.frameworks import FRAMEWORKS, SKILLS, skills, skills_in, with_those_above

HEAD = '[pack]\nname = { en = "Portrait of a graduate" }\n\n'


def skill(name: str, within: str = "") -> str:
    """Return a skill as it is written, five lines long."""
    under = f'within = "{within}"' if within else "# on top"
    return f'[[skill]]\nid = "{name}"\nname = {{ en = "{name.title()}" }}\n{under}\n\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Have packs read from a folder of one's own."""
    there = tmp_path / "packs"
    shutil.copytree(FOLDER, there)
    (there / "skills").mkdir(exist_ok=True)
    monkeypatch.setattr(frameworks, "_frameworks", lambda: tuple(FRAMEWORKS.sound(there).values()))
    skills.cache_clear()
    yield there
    skills.cache_clear()


def wrong(text: str) -> list[tuple[int, str]]:
    """Return what is wrong with a framework, by line."""
    with pytest.raises(PackError) as refused:
        FRAMEWORKS.parsed((HEAD + text).encode(), "own.toml")
    return [(each.line, each.words) for each in refused.value.problems]


def test_a_circle_is_named_with_its_skills() -> None:
    """Each circle once, at the line of its first skill; what leads into it is not one of them."""
    text = skill("d", "a") + skill("a", "b") + skill("b", "c") + skill("c", "a") + skill("e", "e")
    assert wrong(text) == [
        (12, "skill a: `within` leads round in a circle, and no skill stands on top: a, b, c, a"),
        (27, "skill e: `within` leads round in a circle, and no skill stands on top: e, e"),
    ]
    with pytest.raises(PackError, match=r"^skills.toml:4: skill a: `within` leads"):
        SKILLS.parsed((skill("a", "b") + skill("b", "a")).encode(), "skills.toml")


def test_what_is_not_there_and_what_is_there_twice() -> None:
    """An unknown skill to stand within, the same id twice, an id of the bot's, a field mistyped."""
    assert wrong(skill("weighing", "critical_thinkin") + skill("weighing")) == [
        (
            7,
            (
                "skill weighing: `within` names a skill that is not there: critical_thinkin;"
                " critical_thinking is meant?"
            ),
        ),
        (10, "skill weighing: `id` is the same as an earlier one's"),
    ]
    assert wrong(skill("creativity")) == [
        (5, "skill creativity: `id` is one of skills.toml: choose another")
    ]
    assert "`within` is meant?" in wrong(skill("a", "technology").replace("within", "withn"))[0][1]
    assert wrong(skill("a", "technology").replace('"technology"', "3"))[0][0] == 7


@given(st.lists(st.integers(0, 5), min_size=6, max_size=6))
def test_a_framework_is_sound_or_has_a_circle(above: list[int]) -> None:
    """Whoever stands within whom: it is refused exactly where somebody is above themselves."""
    text = "".join(skill(f"s{n}", f"s{to}" if to != n else "") for n, to in enumerate(above))

    def climbs(n: int) -> bool:
        seen = [n]
        while above[n] != n:
            n = above[n]
            if n in seen:
                return False
            seen.append(n)
        return True

    if all(map(climbs, range(6))):
        assert len(FRAMEWORKS.parsed((HEAD + text).encode(), "own.toml")) == 6
    else:
        assert all("circle" in said for _line, said in wrong(text))


def test_a_networks_own_framework(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is offered in the networks that it names, known in all, and counts for what it stands within."""
    own = HEAD.replace("\n\n", '\nnetworks = ["Lincoln"]\n\n')
    text = own + skill("weighing", "critical_thinking") + skill("sources", "weighing")
    (folder / "skills" / "lincoln.toml").write_text(text)
    assert list(skills())[-8:] == list(SKILLS.load())
    assert "weighing" in skills_in("Lincoln")
    assert "weighing" not in skills_in("Lakeside")
    assert with_those_above(["sources", "weighing", "gone", "creativity"]) == (
        "sources",
        "weighing",
        "critical_thinking",
        "creativity",
    )
    found = [str(each) for each in checked(folder=folder)]
    assert "skills/lincoln.toml: 2 × skill, sound" in found
    assert main(["packs", "check", str(folder / "skills" / "lincoln.toml")]) == 0
    assert "2 × skill, sound" in capsys.readouterr().out


def test_files_beside_one_another(folder: Path) -> None:
    """One skill in two files, and more than people can choose from, are said; a circle is not read."""
    eighteen = "".join(skill(f"s{n}") for n in range(18))
    (folder / "skills" / "a.toml").write_text(HEAD + eighteen)
    (folder / "skills" / "b.toml").write_text(HEAD + skill("s3"))
    (folder / "skills" / "c.toml").write_text(HEAD + skill("x", "y") + skill("y", "x"))
    found = [str(each) for each in checked(folder=folder) if isinstance(each, PackError)]
    circle = "skill x: `within` leads round in a circle, and no skill stands on top: x, y, x"
    many = "26 are offered with those of other files, and people can choose from 25 at most: retire some"
    twice = "skill s3: stands in a.toml already"
    assert found == [
        f"skills/c.toml:7: {circle}",
        f"skills/a.toml:1: {many}",
        f"skills/b.toml:4: {twice}\nskills/b.toml:1: {many}",
    ]
    assert "s3" in skills()
    assert "x" not in skills()
