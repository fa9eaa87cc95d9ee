"""Checks that each feature that docs/features.md claims is shown by a test, and prints how it went.

Without words it prints row × platform from the last run of the tests; `--check` only compares what
is claimed with the marks `@pytest.mark.rows(…)`, which needs no run.
"""

import ast
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.rows import CACHED, PLATFORMS

ROOT = Path(__file__).parents[2]
_CLAIM = re.compile(r"^\| (\d+) \| (.+?) \|", re.MULTILINE)
_COLUMNS = (*PLATFORMS, "core")


def claimed(root: Path = ROOT) -> Mapping[int, str]:
    """Return what people can do by the document, by row; raises `ValueError` for a row said twice."""
    found: dict[int, str] = {}
    for row, words in _CLAIM.findall((root / "docs" / "features.md").read_text("utf-8")):
        if int(row) in found:
            raise ValueError(f"row {row} is claimed twice")
        found[int(row)] = words
    return found


def marked(root: Path = ROOT) -> Mapping[int, Sequence[str]]:
    """Return which tests show a row, as `file:line`, by the marks in their source."""
    found: dict[int, list[str]] = {}
    for path in sorted((root / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for row, line in _rows_of(node):
                found.setdefault(row, []).append(f"{path.relative_to(root)}:{line}")
    return found


def problems(root: Path = ROOT) -> Iterator[str]:
    """Yield a sentence for each row that is claimed and not shown, or shown and not claimed."""
    said, shown = claimed(root), marked(root)
    for row, words in said.items():
        if row not in shown:
            yield f"row {row} is claimed, and no test carries it: {words}"
    for row, places in shown.items():
        if row not in said:
            yield f"{places[0]}: row {row} stands nowhere in docs/features.md"


def table(said: Mapping[int, str], last: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Yield the lines of row × platform: how the last run went, a dot where nothing was run."""
    yield f"{'row':>4}  " + "".join(f"{each:<9}" for each in _COLUMNS) + "what people can do"
    for row, words in sorted(said.items()):
        by = last.get(str(row), {})
        cells = "".join(f"{by.get(each, '·'):<9}" for each in _COLUMNS)
        yield f"{row:>4}  {cells}{words}"


def _rows_of(node: ast.AST) -> Iterator[tuple[int, int]]:
    """Yield number and line of each row in `pytest.mark.rows(…)`, above a test or for a file."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "rows"
        and ast.unparse(node.func.value) == "pytest.mark"
    ):
        for each in node.args:
            if isinstance(each, ast.Constant) and isinstance(each.value, int):
                yield each.value, each.lineno


def _last_run(root: Path) -> Mapping[str, Mapping[str, str]]:
    path = root / ".pytest_cache" / "v" / CACHED
    found: Mapping[str, Mapping[str, str]] = json.loads(path.read_text()) if path.is_file() else {}
    return found


def main(words: Sequence[str]) -> int:
    """Print the table, or with `--check` only what does not fit; return 1 where something does not."""
    said = claimed()
    if "--check" not in words:
        last = _last_run(ROOT)
        print(*table(said, last), sep="\n")
        if not last:
            print("No run of the tests is remembered: ./run test tests/scenarios")
    wrong = list(problems())
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"{len(said)} rows are claimed, {len(wrong)} do not fit their tests.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
