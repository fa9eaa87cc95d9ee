"""A folder of packs: each file is one, and a mistake in one is that one's alone."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from plnbot.packs import Named, PackError, PackFile, PackFolder, Problem, Titles
from plnbot.packs.entries import Entry
from plnbot.packs.reading import named

HEAD = '# Trees.\n\n[pack]\nname = { en = "Woods" }\n\n'
OAK = '[[tree]]\nid = "oak"\nname = { en = "Oak" }\n'
Woods = PackFile[Titles, Named]


def _twice(packs: Mapping[str, Woods]) -> Iterator[tuple[str, Problem]]:
    seen: set[str] = set()
    for name, pack in packs.items():
        for each in pack.entries:
            if each in seen:
                yield name, Problem(pack.lines[each], f"{each} stands in another file")
        seen |= set(pack.entries)


def _head(entry: Entry) -> Titles:
    return entry.titles("name")


WOODS = PackFolder("woods", "tree", _head, named, _twice)


def test_each_file_is_a_pack_by_its_name(tmp_path: Path) -> None:
    """What stands in one file that is sound does not suffer from another that is not."""
    (tmp_path / "woods").mkdir()
    for name, text in (("b", HEAD + OAK), ("a", HEAD + OAK.replace("oak", "elm")), ("c", OAK)):
        (tmp_path / "woods" / f"{name}.toml").write_text(text)
    assert WOODS.files(tmp_path) == ["woods/a.toml", "woods/b.toml", "woods/c.toml"]
    sound = WOODS.sound(tmp_path)
    assert {name: (pack.head.said("en"), list(pack.entries)) for name, pack in sound.items()} == {
        "a": ("Woods", ["elm"]),
        "b": ("Woods", ["oak"]),
    }
    assert list(WOODS.between(tmp_path)) == []
    (tmp_path / "woods" / "c.toml").write_text(HEAD + OAK)
    assert [str(each) for each in WOODS.between(tmp_path)] == [
        "woods/c.toml:6: oak stands in another file"
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (OAK, 1, "has no [pack]: it stands before the first [[tree]]"),
        (HEAD.replace("[pack]", "[[pack]]") + OAK, 1, "has no [pack]"),
        (HEAD.replace("name", "nmae") + OAK, 3, "a pack: `name` must be"),
        (HEAD.replace("name", "nmae") + OAK, 4, "`nmae` is no field of a pack; `name` is meant?"),
        (HEAD, 1, "has no tree"),
        (HEAD + OAK.replace("name", "nam"), 6, "tree oak: `name` must be"),
        (HEAD + OAK + "[other]\nx = 1\n", 1, "`other` is not read here"),
    ],
)
def test_one_mistake(text: str, line: int, words: str) -> None:
    """What is wrong with the head and what with an entry is found at once, each at its line."""
    with pytest.raises(PackError) as refused:
        WOODS.parsed(text.encode(), "woods.toml")
    found = [(each.line, each.words) for each in refused.value.problems]
    assert any(line == at and words in said for at, said in found), found


def test_a_choice_of_words_and_a_list_of_titles() -> None:
    """One of a few words, and a list of what things are called in each language."""

    def read(entry: Entry) -> Named:
        entry.one_of("leaf", ("", "needle", "broad"))
        entry.many_titles("also", least=2, most=3, longest=9)
        return named(entry)

    woods = PackFolder("woods", "tree", _head, read, _twice)
    sound = OAK + 'leaf = "needle"\nalso = [\n    { en = "Fir" },\n    { en = "Yew" },\n]\n'
    assert len(woods.parsed((HEAD + sound).encode(), "woods.toml")) == 1
    for was, becomes, said in (
        ('"needle"', '"thorn"', '9: tree oak: `leaf` must be "needle" or "broad", in quotes'),
        ('    { en = "Yew" },\n', "", "10: tree oak: `also` must be a list of 2 to 3 × {"),
        ("Yew", "Yew of ages", "10: tree oak: `also` is longer in en than 9 characters: 11"),
        ('{ en = "Yew" }', '"Yew"', "10: tree oak: `also` must be {"),
    ):
        with pytest.raises(PackError) as refused:
            woods.parsed((HEAD + sound.replace(was, becomes)).encode(), "woods.toml")
        assert said in str(refused.value)
