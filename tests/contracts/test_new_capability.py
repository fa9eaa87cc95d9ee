"""A capability of one's own is a folder, a line, a migration and translations; omissions are found.

`wins` is really added to a copy of the project, and lives there. What it touched outside its folder is
printed (`-s`) and is what docs/developing.md says under "Adding a capability".
"""

import filecmp
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from plnbot.store.migrations import revisions

WINS = Path(__file__).parent / "wins"
ITS_OWN = ("__init__", "model", "store", "actions", "cards", "routes", "capability")
COPIED = ("plnbot", "adapters", "config", "feeds", "tests", "docs")
KNOWN = ".import_linter_cache"
PO = Path("config/locales/es/LC_MESSAGES/plnbot.po")
_GAP = 'gap=Listens(actions.ongoing, NothingToDo("the next round is a week away")),'
OMISSIONS: Mapping[str, tuple[str, str, str]] = {
    # What is forgotten: the line of the declaration, what stands there instead, what finds it.
    "deletion": ("words=Gathered.BELOW,", "", "'words'"),
    "renaming": ('renamed=NothingToDo("it counts and names nobody"),', "", "'renamed'"),
    "gap": (_GAP, "", "'gap'"),
    "refusal": ("refused=actions.not_posted,", "", "'refused'"),
    "doctor": ("rooms=actions.rooms,", "", "'rooms'"),
    "deletion, denied": (
        "words=Gathered.BELOW,",
        'words=NothingToDo("nobody answers"),',
        "posts and gathers disagree about words below",
    ),
    "gap, denied": (
        _GAP,
        'gap=NothingToDo("we are always there"),',
        "are gathered but for gaps",
    ),
}


@pytest.fixture(scope="module")
def grown(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project to which the capability was added, as the document says."""
    around = tmp_path_factory.mktemp("grown")
    root = around / "plnbot"
    root.mkdir()
    shared = repository.parent / "shared"
    if shared.is_dir():  # what tests may read stands beside the copy as beside the original
        (around / "shared").symlink_to(shared.resolve())
    # What was compiled and found out about unchanged files is copied along: they keep their times.
    # Not what another process is just writing there, though.
    left = shutil.ignore_patterns("*.png", "*.pyc.*")
    for name in (*COPIED, *([KNOWN] if (repository / KNOWN).is_dir() else [])):
        shutil.copytree(repository / name, root / name, ignore=left)
    for name in ("pyproject.toml", "README.md", "CHANGELOG.md", "run"):
        shutil.copy(repository / name, root / name)
    shutil.rmtree(root / "tests" / "contracts" / "wins")
    folder = root / "plnbot" / "wins"
    folder.mkdir()
    for name in ITS_OWN:
        shutil.copy(WINS / f"{name}.py", folder)
    shutil.copy(WINS / "script.py", root / "tests" / "adapters" / "script" / "wins.py")
    shutil.copy(WINS / "lived.py", root / "tests" / "contracts" / "lived.py")
    _replace(
        root / "plnbot" / "capabilities.py", '    "members",\n', '    "wins",\n    "members",\n'
    )
    _add_migration(root)
    with (root / PO).open("a", encoding="utf-8") as file:
        file.write("\n" + (WINS / "es.po").read_text("utf-8").partition("\n")[2])
    assert _runs(root, "-m", "tests.lint.messages").returncode == 0
    return root


def _replace(file: Path, old: str, new: str) -> None:
    words = file.read_text("utf-8")
    assert words.count(old) == 1, (file, old)
    file.write_text(words.replace(old, new), "utf-8")


def _add_migration(root: Path) -> None:
    last = revisions()[-1]
    mine = f"{int(last) + 1:04}"
    words = (WINS / "migration.py").read_text("utf-8")
    words = words.replace('"9999"', f'"{mine}"').replace('"9998"', f'"{last}"')
    folder = root / "plnbot" / "store" / "migrations" / "versions"
    (folder / f"{mine}_rounds_of_wins.py").write_text(words, "utf-8")


def _runs(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], cwd=root, capture_output=True, text=True, timeout=300, check=False
    )


def _touched(repository: Path, root: Path) -> Iterator[tuple[str, int]]:
    """Yield every file that is not as it was, and how many of its lines are new."""
    for file in sorted(each for each in root.rglob("*") if each.is_file()):
        path = file.relative_to(root)
        before = repository / path
        if "__pycache__" in path.parts or path.suffix == ".pyc" or path.parts[0].startswith("."):
            continue
        if not before.exists() or not filecmp.cmp(file, before, shallow=False):
            old = before.read_bytes().splitlines() if before.exists() else []
            yield path.as_posix(), len(set(file.read_bytes().splitlines()) - set(old))


def test_what_it_touches(grown: Path, repository: Path) -> None:
    """One line of the list, its migration, its translations; and its part of the script that plays."""
    touched = dict(_touched(repository, grown))
    outside = {
        path: lines for path, lines in touched.items() if not path.startswith("plnbot/wins/")
    }
    del outside["tests/contracts/lived.py"]  # this test's own
    print("\nOutside its folder, adding wins touched:")
    for path, lines in outside.items():
        print(f"  {path}: {'compiled' if path.endswith('.mo') else f'{lines} lines'}")
    assert outside.pop("plnbot/capabilities.py") == 1
    (migration,) = (path for path in outside if "/migrations/" in path)
    assert set(outside) - {migration} == {
        PO.as_posix(),
        PO.with_suffix(".mo").as_posix(),
        "tests/adapters/script/wins.py",
    }


def test_it_is_whole(grown: Path) -> None:
    """The contracts, the import rules and the translations hold for it as for all others."""
    checks = (
        ("-m", "tests.lint.imports"),
        ("-m", "tests.lint.messages", "--check"),
        ("-m", "pytest", "-q", "tests/contracts/test_capabilities.py",
         "tests/contracts/test_personal.py", "tests/contracts/test_schema.py",
         "tests/adapters/discord/test_commands.py", "tests/scenarios/test_isolation.py",
         "-k", "not postgresql and not nothing_of_another and not taken_out"),
    )  # fmt: skip
    for words in checks:
        ran = _runs(grown, *words)
        assert ran.returncode == 0, ran.stdout + ran.stderr


def test_it_lives(grown: Path, migrated_file: Path, tmp_path: Path) -> None:
    """Everything of it comes up, and it meets deletions, gaps, refusals and the doctor."""
    del migrated_file
    url = f"sqlite:///{tmp_path / 'wins.sqlite3'}"
    made = "import sys; from plnbot.store.migrations import migrate; migrate(sys.argv[1])"
    assert _runs(grown, "-c", made, url).returncode == 0
    ran = _runs(grown, "-m", "tests.contracts.lived", url)
    print(f"\n{ran.stdout}")
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("forgotten", OMISSIONS)
def test_what_is_forgotten_is_found_by_name(grown: Path, forgotten: str) -> None:
    """Before anything starts: the declaration itself says what is missing."""
    line, instead, found = OMISSIONS[forgotten]
    file = grown / "plnbot" / "wins" / "capability.py"
    whole = file.read_text("utf-8")
    _replace(file, line, instead)
    try:
        ran = _runs(grown, "-c", "from plnbot import capabilities; capabilities.every()")
    finally:
        file.write_text(whole, "utf-8")
    print(f"\n{forgotten}: {ran.stderr.strip().splitlines()[-1]}")
    assert ran.returncode != 0
    assert found in ran.stderr.splitlines()[-1]
