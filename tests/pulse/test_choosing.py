"""What rules give and what a no takes away: pure."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from plnbot.engine.needs import NEEDS, needs
from plnbot.engine.offers import OnOffer
from plnbot.packs import PackError
from plnbot.pulse.choosing import given
from plnbot.pulse.model import LATER, MOST, Because, No, Rule, Shares, Teacher, Used
from plnbot.pulse.offered import stems
from plnbot.pulse.packs import QUESTIONS, RULES, questions, rules
from plnbot.talk.words import msg

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
ANY = Rule(id="any", points=1)


def thing(title: str, kind: str = "article", **other: object) -> OnOffer:
    """Return something on offer."""
    return OnOffer(kind, msg("article"), title, f"{kind}/{title}", **other)  # type: ignore[arg-type] # told apart by name


def chosen(
    things: list[OnOffer],
    chosen_by: list[Rule],
    teacher: Teacher = Teacher(),  # noqa: B008 - a frozen value
    noes: list[No] | None = None,
) -> list[tuple[str, tuple[str, ...]]]:
    """Return the titles that are given, each with its rules."""
    found = given(things, chosen_by, teacher, noes=noes or [], now=NOW, stems=stems)
    return [(things[each.place].title, each.rules) for each in found]


MATH = Teacher(
    answers={"form": frozenset({"read"})},
    subjects=frozenset({"math"}),
    grades=frozenset({"g5"}),
    skills=frozenset({"creativity"}),
    needs=(stems("feedback"), stems("evaluación"), stems("student talk")),
    goals=stems("labs"),
    minutes=20,
    used=frozenset({"chat"}),
)


@pytest.mark.parametrize(
    ("rule", "one", "holds"),
    [
        (Rule(id="r", points=1, answers={"form": frozenset({"read"})}), {}, True),
        (Rule(id="r", points=1, answers={"form": frozenset({"talk"})}), {}, False),
        (Rule(id="r", points=1, answers={"time": frozenset({"short"})}), {}, False),
        (Rule(id="r", points=1, kinds=frozenset({"book"})), {"kind": "book"}, True),
        (Rule(id="r", points=1, kinds=frozenset({"book"})), {}, False),
        (Rule(id="r", points=1, shares=Shares.SUBJECTS), {"subjects": ("math",)}, True),
        (Rule(id="r", points=1, shares=Shares.SUBJECTS), {"subjects": ("art",)}, False),
        (Rule(id="r", points=1, shares=Shares.GRADES), {"grades": ("g5", "g6")}, True),
        (Rule(id="r", points=1, shares=Shares.SKILLS), {"skills": ("creativity",)}, True),
        (Rule(id="r", points=1, shares=Shares.SKILLS), {}, False),
        (Rule(id="r", points=1, shares=Shares.NEED), {"title": "Giving Feedback"}, True),
        (Rule(id="r", points=1, shares=Shares.NEED), {"title": "Tipos de evaluación"}, True),
        (Rule(id="r", points=1, shares=Shares.NEED), {"title": "Feeding fish"}, False),
        (Rule(id="r", points=1, shares=Shares.NEED), {"title": "When students talk"}, True),
        (Rule(id="r", points=1, shares=Shares.NEED), {"title": "Small talk"}, False),
        (Rule(id="r", points=1, shares=Shares.GOAL), {"title": "A lab that talks"}, True),
        (Rule(id="r", points=1, fits=True), {"minutes": 20}, True),
        (Rule(id="r", points=1, fits=True), {"minutes": 21}, False),
        (Rule(id="r", points=1, fits=True), {}, False),
        (Rule(id="r", points=1, within=7), {"at": NOW + timedelta(days=7)}, True),
        (Rule(id="r", points=1, within=7), {"at": NOW + timedelta(days=8)}, False),
        (Rule(id="r", points=1, within=7), {}, False),
        (Rule(id="r", points=1, used=Used.NEW), {}, True),
        (Rule(id="r", points=1, used=Used.NEW), {"kind": "chat"}, False),
        (Rule(id="r", points=1, used=Used.KNOWN), {"kind": "chat"}, True),
    ],
)
def test_a_rule_holds_where_all_that_it_names_does(
    rule: Rule, one: dict[str, object], *, holds: bool
) -> None:
    """Answers, kinds, what is shared, time, days, and what was used; what is not named may be anything."""
    assert bool(chosen([thing(**{"title": "Title", **one})], [rule], MATH)) is holds  # type: ignore[arg-type] # as named


def test_points_come_first_then_what_begins_sooner() -> None:
    """And each option says which rules gave it; one that rules take as much from is not given."""
    more = Rule(id="more", points=5, kinds=frozenset({"book"}))
    less = Rule(id="less", points=-1, kinds=frozenset({"paper"}))
    things = [
        thing("late", "chat", at=NOW + timedelta(days=9)),
        thing("soon", "edcamp", at=NOW),
        thing("paper", "paper"),
        thing("book", "book"),
    ]
    assert chosen(things, [ANY, more, less]) == [
        ("book", ("any", "more")),
        ("soon", ("any",)),
        ("late", ("any",)),
    ]


def test_each_kind_once_before_any_comes_twice_and_never_more_than_five() -> None:
    """However many there are of one kind, and however many points they have."""
    best = Rule(id="best", points=50, kinds=frozenset({"article"}))
    things = [thing(f"a{at}") for at in range(9)] + [thing("b", "book"), thing("c", "chat")]
    titles = [title for title, _ in chosen(things, [ANY, best])]
    assert titles == ["a0", "b", "c", "a1", "a2"]
    assert len(titles) == MOST


@pytest.mark.parametrize(
    ("because", "left"),
    [
        (Because.TOPIC, ["Rubrics that help", "Long", "Chat"]),
        (Because.KIND, ["Chat"]),
        (Because.LONG, ["Feedback in the lab today", "Rubrics that help", "Chat"]),
        (Because.NOW, ["Feedback in the lab today", "Rubrics that help", "Long", "Chat"]),
    ],
)
def test_what_a_no_takes_away(because: Because, left: list[str]) -> None:
    """This one always; what is called alike, its kind, or what takes as long, by what was said."""
    things = [
        thing("Feedback in the lab"),
        thing("Feedback in the lab today", minutes=5),
        thing("Rubrics that help"),
        thing("Long", minutes=60),
        thing("Chat", "chat"),
    ]
    no = No("article/Feedback in the lab", "article", "Feedback in the lab", 30, because, NOW)
    found = [title for title, _ in chosen(things, [ANY], noes=[no])]
    assert sorted(found) == sorted(left)


def test_not_now_is_for_four_weeks_and_the_rest_for_good() -> None:
    """Then it may come again."""
    no = No("article/x", "article", "x", None, Because.NOW, NOW - LATER)
    assert chosen([thing("x")], [ANY], noes=[no])
    assert not chosen([thing("x")], [ANY], noes=[replace(no, because=Because.TOPIC)])


def test_the_packs_are_in_order() -> None:
    """Five questions at most, in both languages; every rule says why; the words of needs find something."""
    assert len(questions()) == 5
    titles = [
        *(each.title for each in questions().values()),
        *(each.title for each in needs().values()),
    ]
    assert all(each.said("es") != each.said("en") for each in titles)
    for rule in rules().values():
        assert rule.why.said("es") != rule.why.said("en")
        assert rule.rule.points


@pytest.mark.parametrize(
    ("pack", "text", "said"),
    [
        (RULES, 'points = 1\nanswers = ["way.sing"]', "names what nobody can answer: way.sing"),
        (RULES, "kinds = []", "`points` must be a whole number other than 0"),
        (RULES, 'points = 1\nshares = "luck"', '`shares` must be "subjects"'),
        (QUESTIONS, 'answers = ["a", "b"]\nminutes = [1]', "has 1 numbers, and `answers` has 2"),
        (QUESTIONS, 'answers = ["a"]', "`said` must be a list of 2 to 12"),
        (NEEDS, 'words = ["x"]\nskills = ["luck"]', "names what no pack knows: luck"),
    ],
)
def test_a_mistake_in_a_pack_is_said(pack: object, text: str, said: str) -> None:
    """By its field, in words for whoever wrote it."""
    head = f'[[{pack.entry}]]\nid = "x"\nname = {{ en = "X" }}\nwhy = {{ en = "X" }}\n'  # type: ignore[attr-defined] # a pack
    with pytest.raises(PackError, match=r"x\.toml") as caught:
        pack.parsed((head + text).encode(), "x.toml")  # type: ignore[attr-defined] # a pack
    assert said in str(caught.value)
