"""Goals on both databases: set, revised with their history, ended, erased."""

from datetime import UTC, datetime, timedelta

import pytest

from plnbot.engine.personal import Erasure, Whose
from plnbot.errors import Refused
from plnbot.goals import store as goals
from plnbot.goals.model import Goal, matched
from plnbot.goals.personal import PERSONAL
from plnbot.members import store as members
from plnbot.refs import MemberRef
from plnbot.store.database import Store, Tx
from tests.every_row import every_row

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
THREE = ("Better talk in the lab", "Less marking", "Call three homes a week")


def before(*lines: str) -> list[Goal]:
    """Return goals of these words."""
    return [Goal(at, 1, 1, line, at, 1, NOW, NOW) for at, line in enumerate(lines)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (THREE, (0, 1, 2)),
        (THREE[::-1], (2, 1, 0)),
        (("less MARKING",), (1,)),
        (("Much less marking at home", "Sleep"), (1, None)),
        (("Better talk in labs", "Better talk in the lab"), (None, 0)),  # the same words first
        (("Call four homes a week", "Call three homes every week"), (None, 2)),  # the nearest
        ((), ()),
    ],
)
def test_which_line_is_which_goal(lines: tuple[str, ...], expected: tuple[int | None, ...]) -> None:
    """The same words, then the nearest ones, each goal once; what is like none is new."""
    found = matched(before(*THREE), lines)
    assert tuple(None if each is None else each.id for each in found) == expected


async def test_goals_are_revised_and_end(store: Store, database_url: str) -> None:
    """History stays with a goal, an end with its day; three at most; erased, not a word is left."""

    def live(tx: Tx) -> None:
        network = members.new_network(tx, "N", "en", "UTC", NOW)
        ana, bo = (
            members.new_member(
                tx, network, MemberRef("test", "w", name), name, locale="en", now=NOW
            )
            for name in ("ana", "bo")
        )
        goals.keep(tx, network.id, bo.id, ["Sleep"], NOW)
        goals.keep(tx, network.id, ana.id, THREE, NOW)
        one, two, three = goals.standing(tx, ana.id)
        goals.keep(tx, network.id, ana.id, ["Much less  marking", THREE[0], "Rest"], LATER)
        now = goals.standing(tx, ana.id)
        assert [each.words for each in now] == ["Much less marking", THREE[0], "Rest"]
        assert [each.id for each in now[:2]] == [two.id, one.id]
        assert [(each.words, each.at) for each in goals.worded_before(tx, two.id)] == [
            ("Less marking", NOW)
        ]
        assert goals.worded_before(tx, one.id) == []
        assert [(each.id, each.ended) for each in goals.ended(tx, ana.id)] == [(three.id, LATER)]
        assert goals.words_of(tx, [ana.id, bo.id, 0])[bo.id] == ("Sleep",)
        with pytest.raises(Refused):
            goals.add(tx, network.id, ana.id, "A fourth", LATER)
        whose = Whose(ana.id, network.id, NOW, (), "Former member 1")
        (holding,) = PERSONAL.holdings
        assert "Less marking" in str(holding.export(tx, whose))
        holding.erase(tx, Erasure(whose, LATER))
        assert goals.standing(tx, ana.id) == ()

    await store.run(live)
    rows = every_row(database_url)
    assert [row["words"] for row in rows["goal"]] == ["Sleep"]
    assert rows["goal_words"] == []
