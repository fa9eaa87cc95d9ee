"""`./run` on machines that lack something, with a stand-in for the Python found there."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ("sh", "dirname", "mkdir", "mv", "rm", "cat", "cksum", "grep", "sleep", "ln", "cp")
# Answers the questions that ./run asks; what it was told to install and start goes into `log`.
PYTHON = """#!/bin/sh
case "$*" in
*platform*) echo {version} ;;
*sys.version_info*) exit {old} ;;
*ensurepip*) exit {bare} ;;
*realpath*) echo same ;;
*"pip --version"*) ;;
*"-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python && echo venv >>log ;;
*"pip install"*) echo "${{@}}" | grep -o 'requirements/[a-z]*' >>log; exit {install} ;;
*) echo "in $PWD: $*" ;;
esac
"""


@dataclass(frozen=True, slots=True)
class Machine:
    """A checkout in a folder with a space in its name, and the programs that the machine has."""

    checkout: Path
    programs: Path

    def has_python(self, *, version: str = "3.12.1", bare: int = 0, install: int = 0) -> None:
        """Put a python3 on the machine; `bare` and `install` are its failures' exit codes."""
        old = int(tuple(map(int, version.split("."))) < (3, 11))
        python = self.programs / "python3"
        python.write_text(PYTHON.format(version=version, old=old, bare=bare, install=install))
        python.chmod(0o755)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start ./run from another folder."""
        return subprocess.Popen(
            [self.checkout / "run", *words],
            cwd="/",
            env={"PATH": str(self.programs)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str) -> tuple[int, str, str]:
        """Return the exit code of ./run, its output and what it said of itself."""
        with self.start(*words) as process:
            out, err = process.communicate()
        return process.returncode, out, err

    @property
    def log(self) -> list[str]:
        """What was made and installed, in order."""
        log = self.checkout / "log"
        return log.read_text().split() if log.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Set up a machine with the tools of any Unix and no Python."""
    programs, checkout = tmp_path / "bin", tmp_path / "a checkout"
    programs.mkdir()
    checkout.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (programs / tool).symlink_to(found)
    shutil.copy(ROOT / "run", checkout)
    shutil.copytree(ROOT / "requirements", checkout / "requirements")
    return Machine(checkout, programs)


def test_no_python(machine: Machine) -> None:
    """Without any Python it says how to get one, system by system."""
    code, out, err = machine.run()
    assert (code, out) == (1, "")
    assert err.startswith("plnbot: Python 3.11 or newer is needed, and no Python was found.")
    assert "sudo apt install python3 python3-venv" in err


def test_an_old_python(machine: Machine) -> None:
    """An older Python is named with its version."""
    machine.has_python(version="3.9.2")
    code, _out, err = machine.run()
    assert code == 1
    assert f"only 3.9.2 ({machine.programs}/python3) was found" in err


def test_a_python_that_makes_no_environments(machine: Machine) -> None:
    """Debian's Python without its venv package is told apart."""
    machine.has_python(bare=1)
    code, _out, err = machine.run()
    assert code == 1
    assert "python3 (3.12.1) cannot make environments: its venv module is missing." in err


def test_the_environment_is_made_once(machine: Machine) -> None:
    """The first start makes and installs, the second only starts; words reach plnbot whole."""
    machine.has_python()
    assert machine.run()[:2] == (0, f"in {machine.checkout}: -m plnbot run\n")
    code, out, err = machine.run("demo", "two words")
    assert (code, out, err) == (0, f"in {machine.checkout}: -m plnbot demo two words\n", "")
    assert machine.log == ["venv", "requirements/run"]


def test_changed_requirements_are_installed(machine: Machine) -> None:
    """A changed lock is installed into the same environment, and the tests' lock covers both."""
    machine.has_python()
    machine.run()
    for name in ("run", "dev"):
        with (machine.checkout / "requirements" / f"{name}.txt").open("a") as lock:
            lock.write("# changed\n")
    machine.run("test")
    machine.run()
    assert machine.log == ["venv", "requirements/run", "requirements/dev"]


def test_a_failed_installation_is_tried_again(machine: Machine) -> None:
    """Without a network it says so, starts nothing, leaves no lock, and goes on the next time."""
    machine.has_python(install=1)
    code, out, err = machine.run()
    assert (code, out) == (1, "")
    assert "It needs the network this one time." in err
    machine.has_python()
    shutil.copy(machine.programs / "python3", machine.checkout / ".venv" / "bin" / "python")
    assert machine.run()[0] == 0
    assert machine.log == ["venv", "requirements/run", "requirements/run"]


def test_two_at_once(machine: Machine) -> None:
    """Of several started together one makes the environment, and all start."""
    machine.has_python()
    started = [machine.start(f"n{each}") for each in range(2)]
    for process in started:
        process.communicate()
    assert [process.returncode for process in started] == [0, 0]
    assert machine.log == ["venv", "requirements/run"]


def test_a_lock_left_behind(machine: Machine) -> None:
    """A lock whose process is gone, as after a power cut, holds nobody up."""
    machine.has_python()
    gone = subprocess.Popen(["true"])
    gone.wait()
    (machine.checkout / ".venv.lock").mkdir()
    (machine.checkout / ".venv.lock" / "pid").write_text(f"{gone.pid}\n")
    code, _out, err = machine.run()
    assert code == 0
    assert "waiting" not in err
    assert not (machine.checkout / ".venv.lock").exists()
