"""Runs import-linter with the contracts of pyproject.toml, in which the capabilities are filled in.

`{capability}` in a list stands for one line a capability, `{capabilities}` in a layer for all of them
side by side; which there are says `plnbot/capabilities.py`.
"""

import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from importlinter.cli import lint_imports

from plnbot.capabilities import NAMES

ROOT = Path(__file__).parents[2]
ONE, ALL = "{capability}", "{capabilities}"
_ITEM = re.compile(r'"[^"]*\{capability\}[^"]*"')


def filled_in(contracts: str, names: Sequence[str] = NAMES) -> str:
    """Return contracts in which every capability is named."""

    def each(item: re.Match[str]) -> str:
        return ", ".join(item[0].replace(ONE, name) for name in names)

    return _ITEM.sub(each, contracts.replace(ALL, " : ".join(names)))


def main() -> int:
    """Check every contract; return 1 where one is broken."""
    contracts = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    _, mark, ours = contracts.partition("[tool.importlinter]")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pyproject.toml"
        file.write_text(filled_in(mark + ours), encoding="utf-8")
        return lint_imports(config_filename=str(file), no_logo=True)


if __name__ == "__main__":
    sys.exit(main())
