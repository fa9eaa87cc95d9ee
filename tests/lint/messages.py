"""Gathers every sentence for translation and compiles the translations.

`./run messages` brings the .po files up to date with the code and compiles them; `--check` says
what is stale, untranslated, unsure or would break, and changes nothing.

A sentence is the literal in `t("…")`, `t.words("…")`, `t.n("one", "many", …)` or `msg("…")`; in
templates in `say("…")`, `many("one", "several", …)`, `_("…")` or a trans block.
"""

import contextlib
import re
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from plnbot.talk.words import LOCALES
from tests.lint.wording import elsewhere

ROOT = Path(__file__).parents[2]
SOURCES = ("plnbot", "adapters", "feeds", "config")
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
OPTIONS = {"**.html": {"silent": "false"}}
KEYWORDS = {
    "t": None,
    "words": None,
    "n": (1, 2),
    "msg": None,
    "say": None,
    "many": (1, 2),
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
}
MARKUP = re.compile(r"\*\*|`")


def sentences(root: Path = ROOT) -> Catalog:
    """Return the sentences in the code and templates under `root`, each with its files."""
    found = Catalog(fuzzy=False)
    for folder in sorted(SOURCES):
        walked = extract_from_dir(str(root / folder), METHODS, OPTIONS, KEYWORDS)
        for name, line, message, comments, context in sorted(walked, key=lambda each: each[:2]):
            place = (f"{folder}/{Path(name).as_posix()}", line)
            found.add(message, None, [place], auto_comments=comments, context=context)
    return found


def folder_of(locale: str, root: Path = ROOT) -> Path:
    """Return where a language's catalogue lies."""
    return root / "config" / "locales" / locale / "LC_MESSAGES"


def read(locale: str, root: Path = ROOT) -> Catalog:
    """Return a language's catalogue as it is written, empty where there is none yet."""
    path = folder_of(locale, root) / "plnbot.po"
    if not path.is_file():
        header = f"# plnbot in {LOCALES[locale]}."
        return Catalog(locale, "plnbot", header, "plnbot", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale, "plnbot", abort_invalid=True)


def brought_up_to_date(written: Catalog, found: Catalog) -> Catalog:
    """Return `written` with exactly the sentences `found`; what was dropped once comes back."""
    dropped = dict(written.obsolete)
    written.update(found, no_fuzzy_matching=True, update_creation_date=False)
    for message in _said(written):
        once = dropped.get(_forms(message.id)[0])
        if once and not _is_translated(message) and _forms(once.id) == _forms(message.id):
            message.string = once.string
            written.obsolete.pop(_forms(message.id)[0], None)
    return written


def write(catalog: Catalog, locale: str, root: Path = ROOT) -> None:
    """Write a language's .po and the .mo compiled from it."""
    folder = folder_of(locale, root)
    folder.mkdir(parents=True, exist_ok=True)
    with _whole(folder / "plnbot.po") as file:
        write_po(file, catalog, width=100, include_lineno=False, sort_by_file=True)
    with _whole(folder / "plnbot.mo") as file:
        write_mo(file, catalog)


@contextlib.contextmanager
def _whole(path: Path) -> Iterator[BytesIO]:
    """Write a file as a whole or not at all: whoever stops it half way loses no translation."""
    written = BytesIO()
    yield written
    beside = path.with_suffix(f"{path.suffix}.new")
    beside.write_bytes(written.getvalue())
    beside.replace(path)


def problems(locale: str, found: Catalog, root: Path = ROOT) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong with a language."""
    written = read(locale, root)
    known = {_forms(message.id) for message in _said(written)}
    current = {_forms(message.id) for message in _said(found)}
    for message in _said(found):
        if _forms(message.id) not in known:
            yield f"{locale}: not gathered yet: {_named(message)}"
    for message in _said(written):
        if _forms(message.id) not in current:
            yield f"{locale}: no longer said: {_named(message)}"
        elif not _is_translated(message):
            yield f"{locale}: not translated: {_named(message)}"
        elif message.fuzzy:
            yield f"{locale}: marked as unsure (fuzzy): {_named(message)}"
        elif not _is_alike(message):
            yield f"{locale}: other {{placeholders}}, ** or ` than the English: {_named(message)}"
    yield from _of_other_regions(locale, written, root)
    if not _is_compiled(written, folder_of(locale, root) / "plnbot.mo"):
        yield f"{locale}: plnbot.mo is not what plnbot.po says"


def _of_other_regions(locale: str, written: Catalog, root: Path) -> Iterator[str]:
    said = {_named(each): " ".join(_forms(each.string)) for each in _said(written)}
    packs = sorted((root / "config" / "packs").glob("*.toml"))
    said |= {each.name: each.read_text(encoding="utf-8") for each in packs}
    for name, words in said.items():
        for word, instead in elsewhere(locale, words):
            yield f"{locale}: says {word!r} and not {instead!r}: {name}"


def _said(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _forms(value: str | Sequence[str] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _named(message: Message) -> str:
    files = ", ".join(sorted({name for name, _line in message.locations}))
    return f"{_forms(message.id)[0]!r}" + (f" ({files})" if files else "")


def _is_translated(message: Message) -> bool:
    forms = _forms(message.string)
    return bool(forms) and all(forms)


def _is_alike(message: Message) -> bool:
    """Whether a translation has the English sentence's placeholders and markup, so can't fail."""
    sources, said = _forms(message.id), _forms(message.string)
    try:
        wanted = [_holds(form) for form in sources]
        given = [_holds(form) for form in said]
    except ValueError:
        return False
    if len(sources) == 1:
        return given == wanted
    allowed = wanted[-1][0] | {"n"}
    return all(names <= allowed and wanted[-1][0] - {"n"} <= names for names, _marks in given)


def _holds(sentence: str) -> tuple[frozenset[str], int]:
    names = (name for _text, name, _spec, _conversion in Formatter().parse(sentence))
    return frozenset(name for name in names if name is not None), len(MARKUP.findall(sentence))


def _is_compiled(written: Catalog, path: Path) -> bool:
    if not path.is_file():
        return False
    fresh = BytesIO()
    write_mo(fresh, written)
    fresh.seek(0)
    with path.open("rb") as file:
        return _contents(read_mo(file)) == _contents(read_mo(fresh))


def _contents(catalog: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {_forms(message.id): _forms(message.string) for message in _said(catalog)}


def main(words: Sequence[str]) -> int:
    """Run the task; return 1 where something is left to do by hand."""
    if set(words) - {"--check"}:
        print("./run messages takes --check or nothing.")
        return 2
    found = sentences()
    wrong: list[str] = []
    for locale in sorted(set(LOCALES) - {"en"}):
        if not words:
            write(brought_up_to_date(read(locale), found), locale)
        wrong += problems(locale, found)
    print(*wrong, sep="\n", end="\n" if wrong else "")
    count = sum(1 for _ in _said(found))
    print(f"{count} sentences, {len(wrong)} to mend" + (" (./run messages)" if wrong else "."))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
