"""Checks that every link between our documents leads somewhere; `--list` names the documents."""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"^(```|~~~).*?^\1\s*$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
FENCED = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(
    r"\]\(\s*<?([^)>\s]+)|\b(?:src|href|srcset)=\"([^\"]+)\"|^\[[^\]]+\]:\s+(\S+)", re.MULTILINE
)
HEADING = re.compile(r"^#+\s+(.+?)\s*#*$", re.MULTILINE)
OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def documents(root: Path = ROOT) -> list[Path]:
    """Return our documents, those at the top first."""
    return [*sorted(root.glob("*.md")), *sorted((root / "docs").rglob("*.md"))]


def problems(root: Path = ROOT) -> Iterator[str]:
    """Yield a sentence for each link that leads nowhere. Addresses outside are not asked."""
    for document in documents(root):
        shown = CODE.sub("", document.read_text("utf-8"))
        for found in LINK.finditer(shown):
            target = next(group for group in found.groups() if group)
            if not OUTSIDE.match(target) and not _leads_somewhere(document, target):
                yield f"{document.relative_to(root)}: {target} leads nowhere"


def _leads_somewhere(document: Path, target: str) -> bool:
    name, _hash, anchor = unquote(target).partition("#")
    path = document.parent / name if name else document
    if not path.exists():
        return False
    return not anchor or path.suffix != ".md" or anchor in _anchors(path)


def _anchors(document: Path) -> set[str]:
    anchors: set[str] = set()
    for heading in HEADING.findall(FENCED.sub("", document.read_text("utf-8"))):
        slug = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        anchors.add(slug if slug not in anchors else f"{slug}-{len(anchors)}")
    return anchors


def main(words: Sequence[str]) -> int:
    """Run the check; return 1 where a link leads nowhere."""
    if "--list" in words:
        for document in documents():
            title = HEADING.search(document.read_text("utf-8"))
            print(f"{document.relative_to(ROOT)!s:<42} {title[1] if title else ''}")
    wrong = list(problems())
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"{len(documents())} documents, {len(wrong)} links that lead nowhere.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
