"""Checks that files and functions stay short, and that few lines ask the linters to look away."""

import ast
import io
import subprocess
import sys
import tokenize
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
MOST_WAIVERS = 40
PRODUCT = ("adapters", "config", "feeds", "plnbot")

LONGER: Mapping[str, str] = {
    "plnbot/store/migrations/versions": "a migration is what was run, and is read from top to bottom",
}
"""Files, or folders of them, that may be longer than that, or have longer functions, and why."""


def problems(root: Path = ROOT) -> Iterator[str]:
    """Yield a sentence for each file and function that is too long, and one for too many waivers."""
    waivers = 0
    for name in sources(root):
        source = (root / name).read_text("utf-8")
        waivers += how_many_waivers(source) if name.startswith(PRODUCT) else 0
        if not any(Path(name).is_relative_to(each) for each in LONGER):
            yield from too_long(name, source)
    if waivers > MOST_WAIVERS:
        yield f"{waivers} lines have a noqa, {MOST_WAIVERS} may: mend the function or the rule"


def sources(root: Path) -> list[str]:
    """Return every Python file of ours, by its path from `root`."""
    listed = subprocess.run(  # files that are not committed yet count too
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=root,
        capture_output=True,
        check=True,
        text=True,
    )
    return sorted(name for name in listed.stdout.splitlines() if (root / name).exists())


def too_long(name: str, source: str) -> Iterator[str]:
    """Yield what is too long in one file."""
    if (lines := len(source.splitlines())) > LONGEST_FILE:
        yield f"{name}: {lines} lines, {LONGEST_FILE} may be: make it a room of several"
    for each in ast.walk(ast.parse(source)):
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (each.end_lineno or each.lineno) - each.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{name}:{each.lineno}: {each.name} has {lines} lines, {LONGEST_FUNCTION} may be"


def how_many_waivers(source: str) -> int:
    """Return how many comments ask a linter to look away."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return sum(each.type == tokenize.COMMENT and "noqa" in each.string for each in tokens)


def main() -> int:
    """Run the check; return 1 where something is too long or too often."""
    wrong = list(problems())
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"{len(sources(ROOT))} files, {len(wrong)} things that are too long or too many.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
