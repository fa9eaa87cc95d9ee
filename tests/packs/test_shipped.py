"""The packs that are shipped are sound and translated, and no id in them ever goes."""

import shutil
from pathlib import Path

import pytest

from plnbot.chats.plans import PLANS
from plnbot.cli import main
from plnbot.operate.packs import checked, packs
from plnbot.packs import FOLDER, Pack
from plnbot.packs.teaching import GRADES, LANGUAGES, SKILLS, SUBJECTS, grades, skills, subjects
from plnbot.talk.words import LOCALES

# What was once shipped may be chosen somewhere. Add to these; retire in the pack what is to go.
ALWAYS = {
    PLANS.file: "classic60 tens60 short45 short30 quick15 slow_daily slow_weekly",
    SUBJECTS.file: "ela math science biology chemistry physics social history languages esl special"
    " art music pe cs cte library counselling coaching leadership elementary other",
    GRADES.file: "PK K 1 2 3 4 5 6 7 8 9 10 11 12 College",
    LANGUAGES.file: "en es zh tl vi ar fr ht ko ru uk pt de it pl hi ur ja so sw hmn nv qu ase other",
    SKILLS.file: "critical_thinking collaboration creativity communication self_direction"
    " information_media_literacy technology culturally_responsive",
}


@pytest.mark.parametrize("pack", packs(), ids=lambda pack: pack.file)
def test_no_id_goes(pack: Pack[object]) -> None:  # type: ignore[type-var] # of any kind
    """Each id that was ever shipped is there, and each that is there is written down here."""
    assert set(pack.load()) == set(ALWAYS[pack.file].split())


@pytest.mark.parametrize("pack", [SUBJECTS, GRADES, LANGUAGES, SKILLS], ids=lambda pack: pack.file)
def test_each_is_said_in_each_language(pack: Pack[object]) -> None:  # type: ignore[type-var]
    """Nothing that is shipped falls back to English."""
    for each in pack.load().values():
        assert set(each.title.by_language) == set(LOCALES), each.id  # type: ignore[attr-defined]


def test_plans_are_said_in_each_language() -> None:
    """Nor does a plan."""
    assert all(set(each.names.by_language) == set(LOCALES) for each in PLANS.load().values())


def test_read_once_and_when_needed() -> None:
    """A pack is read when somebody first needs it, and then kept."""
    assert subjects() is subjects()
    assert grades()["7"].title.said("es") == "7"
    assert skills()["technology"].about.said("es")


def test_the_check_of_what_is_shipped(capsys: pytest.CaptureFixture[str]) -> None:
    """`./run packs check` says how much is in each."""
    assert main(["packs", "check"]) == 0
    assert "subjects.toml: 22 × subject, sound" in capsys.readouterr().out


def test_the_check_of_other_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of any name is known by its entries; mistakes of all files are said at once."""
    mine, broken, what = (tmp_path / name for name in ("mine.toml", "broken.toml", "what.toml"))
    mine.write_text('[[skill]]\nid = "a"\nname = { en = "A" }\n')
    broken.write_text('[[subject]]\nid = "a"\n\n[[subject]]\nname = { en = "B" }\n')
    what.write_text("[[bush]]\n")
    files = [str(each) for each in (mine, broken, what, tmp_path / "none.toml", tmp_path)]
    assert main(["packs", "check", *files]) == 1
    said = capsys.readouterr()
    assert f"{mine}: 1 × skill, sound" in said.out
    assert f"{broken}:1: subject a: `name` must be" in said.err
    assert f"{broken}:4: subject “B”: `id` must be" in said.err
    assert f"{what}:1: I cannot tell which pack this is" in said.err
    assert f"{tmp_path / 'none.toml'}:1: cannot be read" in said.err
    assert f"{tmp_path}:1: cannot be read" in said.err


def test_a_file_that_nothing_reads(tmp_path: Path) -> None:
    """A misspelt name is noticed, and the pack that is then missing."""
    folder = tmp_path / "packs"
    shutil.copytree(FOLDER, folder)
    (folder / "skills.toml").rename(folder / "skill.toml")
    said = [str(each) for each in checked(folder=folder)]
    assert any("skill.toml:1: nothing reads this file" in each for each in said)
    assert any("skills.toml:1: cannot be read" in each for each in said)
