"""A policy's file as strangers write it: every mistake with its line, in plain words, and nothing worse."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plnbot import cli
from plnbot.policies import PolicyError, Problem, read_policy
from plnbot.policies.histories import read_history
from plnbot.policies.shelf import FOLDER
from tests.policies.writing import ALL, FIVE, HEAD, HOUR, NEED, SOURCE, text

CAP = '\n[[cap]]\nid = "most"\nsource = "law"\nmax = 3\n'


def wrong(written: str) -> str:
    """Return what is said of a file that is wrong."""
    with pytest.raises(PolicyError) as caught:
        read_policy(written)
    return str(caught.value)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("= 3", "line 1: is not TOML: Invalid statement"),
        ("", "has no [policy]"),
        (HEAD + HOUR + FIVE + NEED + ALL, "line 1: has no [[source]]"),
        (
            text() + CAP.replace("max", "mox"),
            "line 38: cap most: `mox` is not read here: do you mean `max`?",
        ),
        (
            text() + CAP.replace("[[cap]]", "[[kap]]"),
            "[kap] is not read in a policy: do you mean [cap]?",
        ),
        (text() + CAP.replace('"law"', '"lore"'), "cap most: there is no [[source]] called lore"),
        (text() + CAP.replace('source = "law"\n', ""), "cap most: has no `source`"),
        (text() + CAP.replace("3", "-3"), "must be a number from 0 to a million"),
        (text() + CAP.replace("3", "2.5"), 'must stand in quotes to be exact: "2.5"'),
        (text() + CAP.replace("3", '"NaN"'), "must be a number from 0 to a million"),
        (text() + CAP.replace("3", '"1e9999"'), "must be a number from 0 to a million"),
        (
            text() + CAP.replace("3", '"0.001"'),
            "is 0.060 minutes, which is not a whole number of them",
        ),
        (text() + CAP.replace("3", "true"), "must be a number"),
        (text() + CAP + "max_percent = 120\n", "must be a percentage, from 0 to 100"),
        (text() + CAP + "max_percent = 20\n", "needs one of `max` and `max_percent`"),
        (text() + CAP + CAP, "cap most: another rule has this id"),
        (text() + CAP.replace('"most"', '"Most wanted"'), "must be a short word of small letters"),
        (text() + CAP + "kinds = 3\n", "must be a list of ids"),
        (text() + CAP + 'since = "2024"\n', "must be a day such as 2024-07-01"),
        (text() + CAP + "since = 2025-01-01\nbefore = 2024-01-01\n", "ends before it starts"),
        (text() + CAP + 'per = "week"\n', 'must be "cycle" or "year" or "entry"'),
        (text() + CAP + "when = 3\n", "must be a table in braces"),
        (
            text() + CAP + "when = { clases = [] }\n",
            "`clases` is not read here: do you mean `classes`?",
        ),
        (text() + CAP + 'says = { es = "no" }\n', "with English always"),
        (text() + CAP + 'says = { en = "a\\u202eb" }\n', "with English always"),
        (text(unit=HOUR.replace("60", "0")), "must be a whole number from 1"),
        (text(cycle='\n[cycle]\nanchor = "issue"\n'), "`years` is how long it is"),
        (
            text(cycle='\n[cycle]\nanchor = "day"\nyears = 5\nday = "02-30"\n'),
            "must be a day that every year has",
        ),
        (text(need=""), "asks for nothing"),
        (text(accept=""), "accepts nothing: unknown kinds are refused"),
        (text(need=NEED + 'tags = ["x"]\n'), "a need asks `min`"),
        (text('\n[[waive]]\nid = "w"\nkinds = ["x"]'), "w: is about licences and not entries"),
        (text(head='stands = { en = "Nothing." }\n'), "`stands` is for a policy that asks nothing"),
        (
            text('\n[[route]]\nid = "way"\nasks = ["nowhere"]\ntitle = { en = "way" }'),
            "`asks` nowhere, and no",
        ),
        (
            text('\n[[require]]\nid = "r"\ntitle = { en = "r" }'),
            "needs one of `min`, `min_percent`",
        ),
        (
            text('\n[[require]]\nid = "r"\nmin = 1\ncount = 1\ntitle = { en = "r" }'),
            "has several of",
        ),
        (text('\n[[require]]\nid = "r"\ndistinct = 2\ntitle = { en = "r" }'), "need `tags`"),
        (text('\n[[require]]\nid = "r"\namount = 2\ntitle = { en = "r" }'), "needs a `measure`"),
        (
            text('\n[[require]]\nid = "r"\nmin = 1'),
            'require r: `title` is missing: { en = "…", es = "…" }',
        ),
        (text('\n[[award]]\nid = "a"'), "needs one of `gives` and `times`"),
        (text('\n[[bundle]]\nid = "b"'), "needs `min`, and `tags` where it goes by tag"),
        (
            text('\n[[cap]]\nid = "c"\nmax = 1\nof = "earned"'),
            '`of = "earned"` needs `max_percent`',
        ),
        (text(head='district_may = ["everything"]\n'), "`district_may` everything"),
        (text().replace("2026-11-01", "2019-11-01"), "was checked before it came into effect"),
        (text().replace("\nchecked = 2026-11-01", ""), "policy: `checked` is missing"),
        (text().replace("\n[policy]", "\n[[policy]]"), "sound"),
        ("policy = 3\n" + SOURCE, "`policy` must be a table"),
        (text() + "#" * 300_000, "is larger than 256 KB"),
        ("a = " + "[" * 100_000, "is not TOML"),
    ],
)
def test_a_mistake_has_its_line_and_its_reason(written: str, said: str) -> None:
    """Each is said in words for whoever wrote it."""
    if said == "sound":
        assert read_policy(written).id == "trial"
    else:
        assert said in wrong(written)


def test_all_mistakes_are_said_at_once() -> None:
    """In the order of their lines."""
    said = wrong(text() + CAP.replace("3", "-3") + "x =")
    assert "is not TOML" in said
    said = wrong(
        text() + CAP.replace("3", "-3") + CAP.replace("most", "more").replace("max", "mox")
    )
    lines = [int(each.split(":")[0].removeprefix("line ")) for each in said.splitlines()]
    assert len(lines) >= 2
    assert lines == sorted(lines)


SHIPPED = [each.read_text("utf-8") for each in sorted(FOLDER.glob("*.toml"))]
HISTORIES = [each.read_text("utf-8") for each in sorted((FOLDER / "examples").glob("*.csv"))]
BITS = (
    "",
    "[",
    "]",
    "=",
    '"',
    "{",
    "\n",
    "-1",
    "1e99",
    "true",
    "\x00",
    "9" * 50,
    "2024-13-01",
    "[[cap]]",
    "'''",
)


@given(st.sampled_from(SHIPPED), st.integers(0, 8000), st.integers(0, 60), st.sampled_from(BITS))
@settings(max_examples=150, deadline=None)
def test_a_spoiled_policy_is_a_policy_or_says_why(
    written: str, at: int, many: int, bit: str
) -> None:
    """Whatever is cut out and put in, nothing else is raised."""
    spoiled = written[:at] + bit + written[at + many :]
    said: tuple[Problem, ...] = ()
    try:
        read_policy(spoiled)
    except PolicyError as error:
        said = error.problems
    assert all(each.line >= 1 and each.words for each in said)


@given(st.sampled_from(HISTORIES), st.integers(0, 1500), st.integers(0, 40), st.sampled_from(BITS))
@settings(max_examples=150, deadline=None)
def test_a_spoiled_history_is_a_history_or_says_why(
    written: str, at: int, many: int, bit: str
) -> None:
    """The same for spreadsheets."""
    spoiled = written[:at] + bit + written[at + many :]
    said: tuple[Problem, ...] = ()
    try:
        read_history(spoiled)
    except PolicyError as error:
        said = error.problems
    assert all(each.line >= 1 and each.words for each in said)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("date,minutes,kind\n", "`issued` is missing"),
        (
            "# issued = 2024-07-01\n# expires = 2023-07-01\ndate,minutes,kind\n",
            "`expires` lies before",
        ),
        ("# issued = 2024-07-01\n# issue = 3\ndate,minutes,kind\n", "`issue` is not read"),
        ("# issued = 2024-07-01\ndate,minutes\n", "the column kind is missing"),
        ("# issued = 2024-07-01\ndate,minutes,kind,colour\n", "there is no column colour"),
        (
            "# issued = 2024-07-01\ndate,minutes,kind\n2025-02-30,60,plc\n",
            "line 3: date: `2025-02-30`",
        ),
        (
            "# issued = 2024-07-01\ndate,minutes,kind\n2025-02-01,1.5,plc\n",
            "minutes: `1.5` is no whole number",
        ),
        (
            "# issued = 2024-07-01\ndate,minutes,kind,in_person\n2025-02-01,1,plc,perhaps\n",
            "neither yes nor no",
        ),
        (
            "# issued = 2024-07-01\ndate,minutes,kind,amounts\n2025-02-01,1,plc,day\n",
            "semester_hour=3",
        ),
        ("# issued = 2024-07-01\ndate,minutes,kind\n2025-02-01,1,plc,more\n", "more cells than"),
        (
            "# issued = 2024-07-01\n# attested = [{ id = 'x' }]\ndate,minutes,kind\n",
            "facts of the licence",
        ),
    ],
)
def test_a_mistake_in_a_history(written: str, said: str) -> None:
    """Each has its line and its reason too."""
    with pytest.raises(PolicyError) as caught:
        read_history(written)
    assert said in str(caught.value)


def test_the_command_line_says_mistakes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the file's name before the line, and a status of 1; a sound one with its citation."""
    ill, well = tmp_path / "ill.toml", tmp_path / "well.toml"
    ill.write_text(text() + CAP.replace("max", "mox"), "utf-8")
    well.write_text(text() + CAP, "utf-8")
    assert cli.main(["policy", "check", str(ill), str(well)]) == 1
    said = capsys.readouterr()
    assert f"{ill}:" in said.err
    assert "do you mean `max`?" in said.err
    assert "trial@1, 3 rules, sound" in said.out
    assert cli.main(["policy", "check", str(tmp_path / "none.toml")]) == 1
    assert "No such file" in capsys.readouterr().err
    assert cli.main(["policy", "explain", str(ill)]) == 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_shipped_policy_is_explained(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each rule has its line, with its id and its source."""
    for each in sorted(FOLDER.glob("*.toml")):
        assert cli.main(["policy", "explain", str(each), "--language", language]) == 0
        said = capsys.readouterr().out
        known = read_policy(each.read_text("utf-8"))
        assert all(f"[{name};" in said for name in known.rules())
        assert ("licence office" in said) == (language == "en")
