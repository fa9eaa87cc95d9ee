"""The packs that are shipped are sound and translated, and no id in them ever goes."""

import shutil
from pathlib import Path

import pytest

from plnbot.chats.plans import PLANS
from plnbot.cli import main
from plnbot.operate.packs import checked, packs
from plnbot.packs import FOLDER, Pack, PackError
from plnbot.packs.frameworks import SKILLS, skills
from plnbot.packs.teaching import GRADES, LANGUAGES, SUBJECTS, grades, subjects
from plnbot.prompts.model.seasons import Season
from plnbot.prompts.packs import PROMPT_PACKS, prompt_packs
from plnbot.talk.words import LOCALES
from tests.packs import prompt_ids

# What was once shipped may be chosen somewhere. Add to these; retire in the pack what is to go.
ALWAYS = {
    "fields.toml": "languages sciences numbers society arts body support leading",
    "starters.toml": """
        week swap door stuck kept dropped first_page feedback speak wrong kitchen two_ways
        why_this source near concert mixed all_in calm listen morning little
    """,
    "matching.toml": "usual",
    "goals.toml": """
        wait_longer student_talk feedback_used check_understanding calm_starts reach_all multilingual
        families less_marking reading_everywhere own_questions visit_colleague
    """,
    "needs.toml": """
        co_teaching feedback climate differentiation inclusion multilingual literacy
        numeracy talk projects technology culture families wellbeing new_teachers
    """,
    "learning.toml": """
        chat edcamp badge prompt reflection reading sharing peers lesson
    """,
    "future_ready.toml": "ownership pathways skills opportunities reflection",
    "pulse.toml": "need confident time experience way",
    "suggestions.toml": """
        need goal skills subject grade time soon read watch talk one_to_one show rookie_somebody
        rookie_small veteran_lead veteran_recognised not_yet_confident very_confident something_new
        something_known
    """,
    "protocols.toml": "what connect compass",
    "session_protocols.toml": "what ewns share open",
    "columns.toml": "wide hours",
    PLANS.file: "classic60 tens60 short45 short30 quick15 slow_daily slow_weekly",
    SUBJECTS.file: "ela math science biology chemistry physics social history languages esl special"
    " art music pe cs cte library counselling coaching leadership elementary other",
    GRADES.file: "PK K 1 2 3 4 5 6 7 8 9 10 11 12 College",
    LANGUAGES.file: "en es zh tl vi ar fr ht ko ru uk pt de it pl hi ur ja so sw hmn nv qu ase other",
    SKILLS.file: "critical_thinking collaboration creativity communication self_direction"
    " information_media_literacy technology culturally_responsive",
}


@pytest.mark.parametrize("pack", [each for each in packs() if isinstance(each, Pack)])
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
    (folder / "others").mkdir()
    (folder / "prompts" / "openers.toml").rename(folder / "others" / "openers.toml")
    said = [str(each) for each in checked(folder=folder)]
    assert any("others/openers.toml:1: nothing reads this file" in each for each in said)
    assert any("skill.toml:1: nothing reads this file" in each for each in said)
    assert any("skills.toml:1: cannot be read" in each for each in said)


def test_prompts_are_many_and_each_another_thought(tmp_path: Path) -> None:
    """Sixteen packs of thirty, all sound, and one that says what another says is found."""
    packs = prompt_packs()
    assert {name: len(pack) for name, pack in packs.items()} == dict.fromkeys(
        prompt_ids.SHIPPED, 30
    )
    assert [name for name, pack in packs.items() if pack.head.breaks] == ["fill_ins"]
    assert {each.season for each in packs["look_back"].entries.values()} == set(Season)
    assert list(PROMPT_PACKS.between()) == []
    shutil.copytree(FOLDER / "prompts", tmp_path / "prompts")
    openers = tmp_path / "prompts" / "openers.toml"
    again = openers.read_text(encoding="utf-8").replace('id = "first_seen"', 'id = "again"')
    entry = again[again.index("[[prompt]]") :].split("\n\n")[0].replace("on walking", "by walking")
    wellbeing = tmp_path / "prompts" / "wellbeing.toml"
    with wellbeing.open("a", encoding="utf-8") as file:
        file.write(f"\n{entry}\n")
    (found,) = PROMPT_PACKS.between(tmp_path)
    assert "prompt again: is near “Where do you teach" in str(found)
    assert "(openers, first_seen)" in str(found)
    assert found.problems[0].line == entry_line(wellbeing, "again") - 1


def entry_line(path: Path, name: str) -> int:
    """Return the line, from 1, of an id in a pack."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return lines.index(f'id = "{name}"') + 1


def test_no_prompt_goes() -> None:
    """Each id of a prompt that was ever shipped is there: networks keep by it what was asked."""
    for name, ids in prompt_ids.SHIPPED.items():
        assert set(prompt_packs()[name].entries) == set(ids.split()), name


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('mood = "invitation"', 'mood = "order"', '`mood` must be "question" or "invitation"'),
        ('mood = "invitation"', "", "ends without a question mark: say mood"),
        ("Where do you teach", "Do you teach here", "can be answered by yes or no"),
        ("¿Dónde das clase y qué", "¿Das clase y", "by yes or no: begin with what, which"),
        ("walking into your room?", "your Chromebook?", "names a product: Chromebook (in en)"),
        (', es = "¿Qué trabajo ajeno', ', fr = "¿Qué trabajo ajeno', "`words` has no words in es"),
        ('kind = "emoji"', 'kind = "stars"', '`kind` must be "open" or "scale" or "emoji"'),
        ('kind = "emoji"', "", '`options` can be tapped: say kind = "scale"'),
        ("☀️ Rested", "Rested", "`options` begins without an emoji: Rested"),
        ("breaks = true", "breaks = 1", "`breaks` must be true or false"),
    ],
)
def test_what_a_prompt_may_not_be(was: str, becomes: str, said: str) -> None:
    """Every rule of the wording is one of the packs, in each language, and said in words."""
    text = (FOLDER / "prompts" / "openers.toml").read_text(encoding="utf-8")
    text = text.replace("[[prompt]]", "breaks = true\n\n[[prompt]]", 1)
    assert was in text
    with pytest.raises(PackError) as refused:
        PROMPT_PACKS.parsed(text.replace(was, becomes, 1).encode(), "openers.toml")
    assert said in str(refused.value)
