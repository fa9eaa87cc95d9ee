"""The samples for systemd and containers hold what they promise, as far as that can be seen here."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.web.watched import ADDRESSES
from config.settings import Settings
from tests.conftest import without

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "config" / "deploy"
UNITS = sorted(each.name for each in DEPLOY.glob("plnbot*.*"))


def analyze(*words: object) -> subprocess.CompletedProcess[str]:
    """Run systemd-analyze."""
    tool = shutil.which("systemd-analyze")
    if tool is None:
        without("there is no systemd-analyze here (Debian's package is called systemd)")
    return subprocess.run(
        [tool, *map(str, words)], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """Return the units as they would be here, with this environment's Python."""
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8")
        here = text.replace("/opt/plnbot/.venv/bin/python", sys.executable)
        (tmp_path / name).write_text(here, encoding="utf-8")
    return tmp_path


def test_systemd_understands_every_line(units: Path) -> None:
    """Nothing is unknown, misspelt or missing."""
    verified = analyze("verify", "--man=no", *(units / name for name in UNITS))
    complaints = [line for line in verified.stderr.splitlines() if "plnbot" in line]
    assert complaints == []


@pytest.mark.parametrize("name", [each for each in UNITS if each.endswith(".service")])
def test_services_may_do_little(units: Path, name: str) -> None:
    """Systemd's own measure of exposure, 0 to 10: below 2.5."""
    shown = analyze("security", "--offline=true", "--threshold=25", units / name)
    assert shown.returncode == 0, shown.stdout[-300:]


def instructions() -> list[tuple[str, str]]:
    """Return the instructions of the container file, continued lines joined."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [
        (word, rest.strip())
        for word, _, rest in (line.partition(" ") for line in joined.splitlines() if line.strip())
    ]


def test_the_container_is_no_root_and_checks_its_health() -> None:
    """It ends as a number other than 0, with fixed images, the right port and an address there is."""
    given = instructions()
    users = [rest for word, rest in given if word == "USER"]
    assert users
    assert int(users[-1].partition(":")[0]) > 0
    images = [rest.split()[0] for word, rest in given if word == "FROM"]
    assert all(re.fullmatch(r"python:3\.1[1-9]-slim", image) for image in images)
    assert ("EXPOSE", str(Settings.model_fields["port"].default)) in given
    (check,) = [rest for word, rest in given if word == "HEALTHCHECK"]
    assert any(f"8477{address}'" in check for address in ADDRESSES)
    assert not [word for word, _ in given if word == "ADD"]


def test_nothing_but_the_program_is_sent_to_be_built() -> None:
    """Neither a database nor settings that lie in the repository can come into a layer."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    copied = {rest.split()[0] for word, rest in instructions() if word == "COPY"} - {"--from=build"}
    assert rules[0] == "*"
    assert {rule[1:] for rule in rules if rule.startswith("!")} - copied == {"config/example.env"}
    assert rules.index("**/*.env") > rules.index("!config")
    assert rules.index("!config/example.env") > rules.index("**/*.env")


def test_what_is_copied_into_the_container_is_enough(tmp_path: Path) -> None:
    """The bot looks over itself with nothing but the files that the image holds."""
    for word, rest in instructions():
        parts = shlex.split(rest)
        if word == "COPY" and not parts[0].startswith("--"):
            source, target = ROOT / parts[0], tmp_path / parts[1]
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, target)
    shown = subprocess.run(
        [sys.executable, "-m", "plnbot", "--port", "0", "doctor"],
        cwd=tmp_path,
        env={"PLNBOT_DATA_DIR": str(tmp_path / "data"), "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert shown.returncode == 0, shown.stderr
    assert "All is well." in shown.stdout


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_the_documents_show_the_proxies_files(name: str) -> None:
    """Both stand in docs/operating.md, whole, as tests/adapters/test_proxies.py runs them."""
    lines = (DEPLOY / name).read_text(encoding="utf-8").splitlines()
    shown = "\n".join(f"    {line}".rstrip() for line in lines)
    assert shown in (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
