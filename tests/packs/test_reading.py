"""Packs are checked at the edge: all mistakes at once, each with its line, whatever the file is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.engine.parts import HELP
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import CommandRoute, Context
from plnbot.packs import Entry, Pack, PackError, offered
from plnbot.packs.entries import LONGEST_TITLE
from plnbot.packs.reading import LARGEST, MOST_ENTRIES, MOST_PROBLEMS, named
from plnbot.talk.interactions import NOTHING, Answer, Command, Reply
from plnbot.talk.plain import card_as_text
from plnbot.talk.words import msg
from tests.engine.test_platforms import Bench, bench

__all__ = ["bench"]

PACK = Pack("trees.toml", "tree", named, offered=3)
GOOD = """# Trees.

[[tree]]
id = "oak"
name = { en = "Oak", es = "Roble" }

[[tree]]
id = "elm.2"
name = { en = "Elm" }
about = { en = "Tall.", es = "Alto." }
retired = true
"""


def said_of(text: str | bytes) -> list[tuple[int, str]]:
    """Return the lines and words of what is wrong, or nothing."""
    content = text.encode() if isinstance(text, str) else text
    try:
        PACK.parsed(content, "trees.toml")
    except PackError as error:
        return [(each.line, each.words) for each in error.problems]
    return []


def test_what_stands_there() -> None:
    """Entries in their order, titles in each language, English in the others."""
    trees = PACK.parsed(GOOD.encode(), "trees.toml")
    assert list(trees) == ["oak", "elm.2"]
    assert [trees["oak"].title.said(each) for each in ("en", "es", "fr")] == ["Oak", "Roble", "Oak"]
    assert [trees["elm.2"].about.said(each) for each in ("es", "fr")] == ["Alto.", "Tall."]
    assert [each.id for each in offered(trees)] == ["oak"]
    assert [each.id for each in offered(trees, ["elm.2"])] == ["oak", "elm.2"]


@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_editors_leave_their_marks(newline: str) -> None:
    """A byte order mark and Windows' line ends are no mistake, and lines are counted the same."""
    assert said_of(b"\xef\xbb\xbf" + GOOD.replace("\n", newline).encode()) == []
    broken = GOOD.replace("retired = true", "retired = 1").replace("\n", newline)
    assert said_of(broken) == [(11, "tree elm.2: `retired` must be true or false, without quotes")]


def test_all_at_once_and_by_line() -> None:
    """Three mistakes in two entries are three sentences, in the order of their lines."""
    text = GOOD.replace('"Oak", es = "Roble"', '"Oak", es = ""').replace('"oak"', '"an oak"')
    text = text.replace("about =", "abuot =")
    assert said_of(text) == [
        (
            4,
            "tree an oak: `id` must be a short word of letters, digits, `_`, `-` and `.`, in quotes",
        ),
        (5, "tree an oak: `name` has no words in es that can be shown on one line"),
        (10, "tree elm.2: `abuot` is no field of a tree; `about` is meant?"),
    ]


@pytest.mark.parametrize(
    ("was", "becomes", "line", "words"),
    [
        ('id = "elm.2"', 'id = "oak"', 8, "the same as an earlier one"),
        ('id = "elm.2"', "id = 7", 8, "must be a short word"),
        ('id = "elm.2"', "", 7, "tree “Elm”: `id`"),
        ('{ en = "Elm" }', '{ es = "Olmo" }', 9, "English at least"),
        ('{ en = "Elm" }', '{ en = "Elm", spanish = "Olmo" }', 9, "two letters"),
        ('{ en = "Elm" }', f'{{ en = "{"x" * (LONGEST_TITLE + 1)}" }}', 9, "longer in en"),
        ('{ en = "Elm" }', '{ en = "E\\nlm" }', 9, "on one line"),
        ('{ en = "Elm" }', '{ en = "\\u0000" }', 9, "on one line"),
        ('"Elm"', '"Elm', 9, "is not TOML"),
        ("retired = true", "wood = 3", 11, "it has `about`, `id`, `name`, `retired`"),
        (GOOD, '[tree]\nid = "a"', 1, "starts with a line [[tree]]"),
        ("[[tree]]", "[[bush]]", 1, "`bush` is not read here"),
        (GOOD, "", 1, "has no tree"),
        (GOOD, "tree = [1]", 1, "has no tree"),
        ('id = "oak"', 'id = "oak"\nretired = true', 1, "there is none to choose"),
    ],
)
def test_one_mistake(was: str, becomes: str, line: int, words: str) -> None:
    """Each mistake stands at its line and is said plainly."""
    found = said_of(GOOD.replace(was, becomes))
    assert any(line == at and words in said for at, said in found), found


def test_lines_behind_a_long_string() -> None:
    """What looks like an entry within a long string is none, and the lines behind it are right."""
    long = 'about = { en = "x" }\n[[tree]]\nid = """\n[[tree]]\nid = "no"\n"""\nwood = 1\n'
    found = said_of('[[tree]]\nid = "ash"\nname = { en = "Ash" }\n' + long)
    assert [line for line, words in found if "`wood`" in words] == [10]
    assert [line for line, words in found if "`id` must" in words] == [6]


def test_how_much_is_read(tmp_path: Path) -> None:
    """A file that is too large, has too many entries or offers too many is refused for that."""
    path = tmp_path / "trees.toml"
    path.write_bytes(b"#" * (LARGEST + 1))
    with pytest.raises(PackError, match="larger than 256 KB"):
        PACK.load(path)
    many = '[[tree]]\nid = "t{}"\nname = {{ en = "T" }}\n'
    crowd = "".join(map(many.format, range(MOST_ENTRIES + 1)))
    assert "500 is the most" in said_of(crowd)[0][1]
    assert "4 are offered" in said_of("".join(map(many.format, range(4))))[0][1]
    wrong = "".join(f'[[tree]]\nid = "t{n}"\n' for n in range(MOST_ENTRIES))
    assert len(said_of(wrong)) == MOST_PROBLEMS
    with pytest.raises(PackError, match=r"trees\.toml:1: cannot be read: No such file"):
        PACK.load(tmp_path / "none" / "trees.toml")


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"# fine\n\n# \xff\n", 3, "not UTF-8"),
        (b"x = " + b"[" * 5000, 1, "not TOML"),
        (b"\x00", 1, "not TOML"),
    ],
)
def test_not_a_pack_at_all(content: bytes, line: int, words: str) -> None:
    """Bytes of another kind are answered by a sentence too."""
    ((at, said),) = said_of(content)
    assert at == line
    assert words in said


@given(st.text(alphabet="[]tre=\"{}x\n#, idnamo'1.", max_size=200) | st.text(max_size=60))
def test_whatever_it_is_it_is_answered(text: str) -> None:
    """Nothing else is ever raised, and every line lies in the file."""
    lines = text.count("\n") + 1
    assert all(1 <= line <= lines for line, _words in said_of(text.encode("utf-8", "replace")))


@pytest.mark.parametrize("value", ["true", '"3"', "3.5", "10", "-1"])
def test_numbers(value: str) -> None:
    """A number is a whole one within its bounds."""

    def read(entry: Entry) -> object:
        entry.whole("size", least=0, most=9, otherwise=0)
        return named(entry)

    pack = Pack("trees.toml", "tree", read)  # type: ignore[type-var] # only for the field
    text = GOOD.replace('id = "oak"', f'id = "oak"\nsize = {value}')
    with pytest.raises(PackError, match="5: tree oak: `size` must be a whole number from 0 to 9"):
        pack.parsed(text.encode(), "trees.toml")


async def test_members_read_a_sentence(bench: Bench) -> None:
    """Nobody is told to try again, and nothing of the file stands before people."""

    def needs_trees(_ctx: Context, _words: str) -> Answer:
        PACK.parsed(b"[[tree]]", "trees.toml")
        return NOTHING

    about = msg("See trees")
    route = CommandRoute("trees", needs_trees, ANYONE, HELP, about, about)
    bench.parts.desk.routes.commands["trees"] = route
    answer = await bench.do("ana", Command("trees"))
    assert isinstance(answer, Reply)
    said = card_as_text(answer.card)
    assert "A list that this needs has a mistake in it" in said
    assert "trees.toml" not in said
