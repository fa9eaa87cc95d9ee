"""Menus as they are written and read, how far somebody is, and cycles: pure."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from plnbot.pathways.model import (
    Menu,
    MenuError,
    Part,
    Step,
    Way,
    Wrong,
    asks_for,
    cycle_of,
    packed,
    read_menu,
    standing,
    steps_of,
    unpacked,
    written,
)

TEXT = """Required: Keep everybody safe
- Safeguarding: https://safe.example.org/a | Talk it through | pathway 3
Elige 2: Try something
- Exit tickets: https://pln.example.org/page/reading.thing/entry-1
• Tonight: chat/12
- Visit a colleague"""


def test_a_menu_is_read_with_its_ways() -> None:
    """Headings in both languages; links, our own pages, pathways and words."""
    menu = read_menu(TEXT)
    assert [(part.title, part.needed, part.required) for part in menu] == [
        ("Keep everybody safe", 1, True),
        ("Try something", 2, False),
    ]
    steps = list(steps_of(menu))
    assert [each.id for each in steps] == [1, 2, 3, 4]
    assert [(way.link, way.page, way.pathway) for way in steps[0].ways] == [
        ("https://safe.example.org/a", "", 0),
        ("", "", 0),
        ("", "", 3),
    ]
    assert [steps[at].ways[0].page for at in (1, 2)] == ["reading.thing/entry-1", "chat/12"]
    assert steps[3].ways == ()
    assert asks_for(menu) == {3}


@pytest.mark.parametrize("locale", ["en", "es"])
def test_what_is_written_reads_back(locale: str) -> None:
    """In either language, and kept and read again; steps of the same name keep their number."""
    menu = read_menu(TEXT)
    assert read_menu(written(menu, locale), menu) == menu
    assert unpacked(packed(menu)) == menu
    turned = "Choose 1: All\n- New\n- Visit a colleague\n- tonight"
    assert [each.id for each in steps_of(read_menu(turned, menu))] == [5, 4, 3]


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("", Wrong.EMPTY, 1),
        ("- Step", Wrong.NO_PART, 1),
        ("Required: A\n- One\nwords", Wrong.NO_LINE, 3),
        ("Required:\n- One", Wrong.NO_NAME, 1),
        ("Required: A\n-", Wrong.NO_NAME, 2),
        ("Required: A", Wrong.NO_STEPS, 1),
        ("Choose 3: A\n- One\n- Two", Wrong.TOO_FEW, 1),
        ("Required: A\n- One\n- one", Wrong.TWICE, 3),
        ("Required: A\n- One: a|b|c|d|e|f", Wrong.TOO_MANY, 2),
        ("Required: A\n" + "\n".join(f"- {at}" for at in range(21)), Wrong.TOO_MANY, 1),
        ("\n".join(f"Required: {at}\n- S{at}" for at in range(9)), Wrong.TOO_MANY, 17),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, what: Wrong, line: int) -> None:
    """Each kind of mistake, where it stands."""
    with pytest.raises(MenuError) as caught:
        read_menu(text)
    assert (what, line) in [(each.what, each.line) for each in caught.value.problems]


@given(some.text(max_size=300))
def test_whatever_is_typed_is_a_menu_or_told(text: str) -> None:
    """Never anything else; and what is read can be written and read again."""
    with contextlib.suppress(MenuError):
        menu = read_menu(text)
        again = read_menu(written(menu, "en"))
        assert [len(each.steps) for each in menu] == [len(each.steps) for each in again]


def test_how_far_somebody_is() -> None:
    """By what they said, did or completed; more than is asked for counts for nothing."""
    ways = (Way("a", source="chat:1"), Way("b", pathway=7))
    menu: Menu = (
        Part("All", 1, (Step(1, "One", ways),)),
        Part("Two of three", 2, (Step(2, "x"), Step(3, "y"), Step(4, "z"))),
    )
    assert standing(menu, (), (), ()).counted == (0, 3)
    assert standing(menu, (), ("chat:1",), ()).done == {1}
    assert standing(menu, (), (), (7,)).done == {1}
    many = standing(menu, (2, 3, 4, 99), (), ())
    assert (many.counted, many.complete) == ((2, 3), False)
    assert standing(menu, (1, 2, 4), (), ()).complete


def test_a_pathway_that_asks_for_itself() -> None:
    """Directly, and by way of others; nothing where it does not."""
    assert cycle_of(1, {1: {1}}) == [1, 1]
    assert cycle_of(1, {1: {2, 4}, 2: {3}, 3: {1}, 4: {5}}) == [1, 2, 3, 1]
    assert cycle_of(1, {1: {2}, 2: {3}, 3: {2}}) == ()
