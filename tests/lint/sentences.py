"""Finds words for people that no translator would ever see.

In Python the types do most of it: a card takes a `Text`, and a `Text` is made of a translated
sentence or of `verbatim` words. What types cannot see is looked for here: a sentence written into
`verbatim` and its kin or into `Refused`, and words standing bare in a template.
"""

import ast
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment

ROOT = Path(__file__).parents[2]
FOLDERS = ("plnbot", "adapters")
BARE = frozenset({"verbatim", "bold", "Plain", "Bold", "Italic", "Refused"})
READ_ALOUD = frozenset({"aria-label", "placeholder", "title", "alt", "aria-description"})
NAMES = frozenset({"plnbot"})
WORD = re.compile(r"[^\W\d_]{3,}")


def in_code(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and words of each sentence in Python source that cannot be translated."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else ""
        if _is_translator(node.func):  # `Translate(locale)("…")`, which nothing gathers
            yield node.lineno, _literal(node.args[0])
        words = _literal(node.args[0])
        if called in BARE and WORD.search(words) and words not in NAMES:
            yield node.lineno, words


def in_template(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and words of each sentence in a template that cannot be translated."""
    tokens = Environment(autoescape=True).lex(source)
    markup = "".join(words if kind == "data" else _hole(words) for _, kind, words in tokens)
    reader = _Reader()
    reader.feed(markup)
    yield from reader.found


def problems(root: Path = ROOT) -> list[str]:
    """Return one line for each sentence that cannot be translated."""
    lines = []
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            look = {".py": in_code, ".html": in_template}.get(path.suffix)
            if look is not None:
                found = look(path.read_text(encoding="utf-8"))
                lines += [f"{path.relative_to(root)}:{line}: {words!r}" for line, words in found]
    return lines


def _is_translator(called: ast.expr) -> bool:
    return isinstance(called, ast.Call) and getattr(called.func, "id", "") == "Translate"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []

    def handle_data(self, data: str) -> None:
        self._look(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        for name, value in attrs:
            if name in READ_ALOUD:
                self._look(value or "")

    def _look(self, words: str) -> None:
        said = " ".join(words.split())
        if WORD.search(said) and said not in NAMES:
            self.found.append((self.getpos()[0], said))


def _hole(words: str) -> str:
    """Return blanks as long in lines as what they stand for."""
    return " " + "\n" * words.count("\n")


def _literal(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(words)):
            return words
        case ast.JoinedStr(values=parts):
            return " ".join(_literal(part) for part in parts)
        case _:
            return ""


if __name__ == "__main__":
    lines = problems()
    for each in lines:
        print(each)
    if lines:
        print("Say these with t(), msg() or say(), so that they can be translated.")
    sys.exit(bool(lines))
