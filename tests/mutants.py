"""Mutants: one small change at a time, and which of them no test misses. On demand.

    ./run mutants evaluator|ledger|approvals|badges [HOW MANY] [SEED] [MINUTES]

A copy of the project gets a comparison turned, a sum made a difference, an `and` an `or`, a number one more, a condition its
opposite; then the subject's tests run until one fails, on SQLite. Those that live are printed with their line.
"""

import ast
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
SUBJECTS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "evaluator": (
        tuple(
            f"policies/{each}"
            for each in (
                *("evaluating", "sharing", "together", "worth", "needs", "meeting"),
                *("planning", "kinds", "selecting", "alike", "deeds", "periods", "standing"),
            )
        ),
        tuple(
            f"policies/test_{each}"
            for each in (
                *("edges", "left", "kept", "counting", "requirements", "time"),
                *("verdicts", "shipped", "properties"),
            )
        ),
    ),
    "ledger": (
        (
            "credit/model/chain",
            "credit/model/written",
            "credit/store/ledger",
            "credit/store/verifying",
        ),
        ("credit/test_model", "credit/test_ledger", "credit/test_deciding"),
    ),
    "approvals": (
        (
            *("credit/model/entries", "credit/model/standing", "credit/model/batches"),
            *("credit/actions/carrying", "credit/actions/deciding"),
            *("credit/actions/approvers", "credit/actions/batching", "credit/store/delegations"),
        ),
        ("credit/test_model", "credit/test_deciding", "credit/test_ledger", "credit/test_told"),
    ),
    "badges": (
        (
            "badges/model",
            *(f"badges/actions/{each}" for each in ("assigning", "assessing")),
            *(f"badges/routes/{each}" for each in ("objects", "applying", "assessing")),
        ),
        ("badges/test_model", "badges/test_assigning", "scenarios/test_badges"),
    ),
}
"""What is changed, below `plnbot`, and the tests that are to miss none of it."""
SECONDS = 240
_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
}
_HOW_MADE = frozenset({"slots", "frozen", "strict", "kw_only"})
_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}


def mutants(source: str) -> Iterator[tuple[int, str, str]]:
    """Yield each mutant of a source: its line, what was changed, and the whole."""
    sites = sum(1 for _ in _sites(ast.parse(source)))
    for at in range(sites):
        tree = ast.parse(source)
        node, change, what = next(site for number, site in enumerate(_sites(tree)) if number == at)
        change()
        yield node.lineno, what, ast.unparse(ast.fix_missing_locations(tree))


def _sites(tree: ast.AST) -> Iterator[tuple[ast.expr, "_Change", str]]:
    words = [node for node in ast.walk(tree) if isinstance(node, ast.keyword)]
    how_made = {word.value for word in words if word.arg in _HOW_MADE}
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and node not in how_made:
            yield from ((node, change, what) for change, what in _changes(node))


def _changes(node: ast.expr) -> Iterator[tuple["_Change", str]]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in _COMPARED:
            yield _Change(node, "ops", [_COMPARED[type(op)]()]), type(op).__name__
        case ast.BinOp(op=op) if type(op) in _COUNTED:
            yield _Change(node, "op", _COUNTED[type(op)]()), type(op).__name__
        case ast.BoolOp(op=op):
            yield _Change(node, "op", ast.Or() if isinstance(op, ast.And) else ast.And()), "and, or"
        case ast.Constant(value=bool()):
            yield _Change(node, "value", not node.value), repr(node.value)
        case ast.Constant(value=int()):
            yield _Change(node, "value", int(str(node.value)) + 1), repr(node.value)
        case ast.Call(func=ast.Name(id=name) as called) if name in _CALLED:
            yield _Change(called, "id", _CALLED[name]), name
        case ast.IfExp(test=test):
            yield _Change(node, "test", ast.UnaryOp(ast.Not(), test)), "if"


class _Change:
    """One change of a tree, done when it is called."""

    def __init__(self, node: ast.AST, field: str, value: object) -> None:
        self.node, self.field, self.value = node, field, value

    def __call__(self) -> None:
        setattr(self.node, self.field, self.value)


def main(subject: str, many: int, seed: int, minutes: int) -> int:
    """Try some mutants of a subject until the time is over; return how many live."""
    files, tests = SUBJECTS[subject]
    every = [
        (name, *mutant)
        for name in files
        for mutant in mutants((ROOT / "plnbot" / f"{name}.py").read_text("utf-8"))
    ]
    chosen = random.Random(seed).sample(every, min(many, len(every)))
    tried, alive, until = 0, 0, time.monotonic() + 60 * minutes
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for each in ("plnbot", "tests", "config", "adapters", "feeds", "docs"):
            shutil.copytree(ROOT / each, copy / each, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        if said := _failing(copy, tests):
            raise SystemExit(f"The tests fail already.\n{said}")
        for name, line, what, source in chosen:
            if time.monotonic() > until:
                break
            file = copy / "plnbot" / f"{name}.py"
            whole = file.read_text("utf-8")
            file.write_text(source, "utf-8")
            tried += 1
            if not _failing(copy, tests):
                alive += 1
                print(f"lives: {name}.py:{line}: {what}", flush=True)
            file.write_text(whole, "utf-8")
    print(f"{tried - alive} of {tried} killed, of {len(every)} there are (seed {seed})")
    return alive


def _failing(copy: Path, tests: tuple[str, ...]) -> str:
    """Return the end of what the tests say where one fails, or takes too long."""
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q"]
    command += ["-k", "not postgresql", *(f"tests/{each}.py" for each in tests)]
    try:
        done = subprocess.run(
            command, cwd=copy, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return "It takes too long."
    return (done.stdout + done.stderr)[-2000:] if done.returncode else ""


if __name__ == "__main__":
    subject, *given = sys.argv[1:] or ["evaluator"]
    defaults = [100, 1, 60]
    main(subject, *[*map(int, given), *defaults[len(given) :]])
