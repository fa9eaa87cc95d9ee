"""What holds for any policy and any history."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import networkx as nx
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plnbot.policies import Entry, Outcome, Policy, Statement, Why, evaluate
from plnbot.policies.meeting import divided
from tests.policies.writing import ISSUED, TODAY, licence, policy

KINDS = ("course", "plc", "self_study", "conference")
TAGS = ("a", "b", "c")
RULES = {
    "study": '\n[[cap]]\nid = "study"\nmax = 5\nkinds = ["self_study"]',
    "online": '\n[[cap]]\nid = "online"\nmax_percent = 10\nkinds = ["plc", "self_study"]',
    "yearly": '\n[[cap]]\nid = "yearly"\nmax = 6\nper = "year"',
    "each": '\n[[cap]]\nid = "each"\nmax = 3\nper = "entry"\nkinds = ["conference"]',
    "earned": '\n[[cap]]\nid = "earned"\nmax_percent = 30\nof = "earned"\nkinds = ["conference"]',
    "tag": '\n[[cap]]\nid = "tag"\nmax = 4\ntags = ["a"]',
    "once": '\n[[once]]\nid = "once"\nkinds = ["conference"]',
    "bundle": '\n[[bundle]]\nid = "bundle"\nmin = 2\nby = "topic"\nkinds = ["plc"]',
    "beside": '\n[[require]]\nid = "beside"\ncount = 1\nbeside = true\ntags = ["c"]\ntitle = { en = "c" }',
    "least": '\n[[require]]\nid = "least"\nmin = 4\ntags = ["a"]\ntitle = { en = "a" }',
    "both": '\n[[require]]\nid = "both"\nmin = 3\neach = 1\ntags = ["a", "b"]\ntitle = { en = "a, b" }',
    "approval": '\n[[approval]]\nid = "approval"\nafter_it = 1\nkinds = ["course"]',
    "doubt": '\n[[cap]]\nid = "doubt"\nmax = 2\ndoubt = true\ntags = ["b"]',
    "twice": '\n[[award]]\nid = "twice"\ntimes = 2\ntags = ["b"]\nfirst_only = true',
    "credit": '\n[[award]]\nid = "credit"\neach = "semester_hour"\ngives = 15',
    "carry": '\n[[carry]]\nid = "carry"\nlast_months = 6\nmax = 8',
    "refuse": '\n[[accept]]\nid = "refuse"\nstatus = "no"\nkinds = ["plc"]\ntags = ["c"]',
    "split": "",
    "one": "",
}
GIVES_MORE = frozenset({"twice", "credit"})
NESTED = frozenset(
    {"study", "online", "yearly", "beside", "least", "both", "approval", "bundle", "refuse"}
)
"""Rules whose maxima lie within one another, of which none takes the first of several."""
MADE: dict[frozenset[str], Policy] = {}


def of(names: frozenset[str]) -> Policy:
    """Return the policy of these rules; reading is not what is tried here."""
    if names not in MADE:
        refuse = names & {"refuse"}
        rules = "".join(RULES[each] for each in sorted(names - refuse))
        overlap = next((each for each in ("split", "one") if each in names), "any")
        accept = "".join(RULES[each].replace("\nid", '\nsource = "law"\nid') for each in refuse)
        accept += '\n[[accept]]\nid = "all"\nsource = "law"\nkinds = ["course", "plc", "self_study", "conference"]\n'
        MADE[names] = policy(rules, head=f'overlap = "{overlap}"\n', accept=accept)
    return MADE[names]


names = st.frozensets(st.sampled_from(sorted(RULES)), max_size=7)


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Draw what somebody did over some years."""
    many = draw(st.integers(0, 7))
    return [draw(entries(f"e{at:02}")) for at in range(many)]


@st.composite
def entries(draw: st.DrawFn, name: str) -> Entry:
    """Draw one entry, most of them within the period."""
    amounts = draw(st.sampled_from([(), (), (), (("semester_hour", Decimal("0.5")),)]))
    tags = draw(st.frozensets(st.sampled_from(TAGS), max_size=2))
    minutes = draw(st.integers(0, 600))
    split = (
        tuple((each, minutes // len(tags)) for each in sorted(tags)) if draw(st.booleans()) else ()
    )
    return Entry(
        id=name,
        on=ISSUED + timedelta(days=draw(st.integers(-200, 900))),
        minutes=minutes,
        kind=draw(st.sampled_from((*KINDS, "juggling"))),
        title=draw(st.sampled_from(("Maps", "Fractions", ""))),
        tags=tags,
        topic=draw(st.sampled_from(("algebra", "reading", ""))),
        approved=draw(st.integers(0, 1)),
        amounts=amounts,
        split=split,
    )


def came(names: frozenset[str], done: Sequence[Entry]) -> Statement:
    """Return what a history comes to."""
    return evaluate(of(names), licence(), done, TODAY)


@given(names, histories())
@settings(max_examples=60, deadline=None)
def test_every_minute_is_accounted_for(names: frozenset[str], done: list[Entry]) -> None:
    """Parts add up to the entry, entries to the sums; each part says by which rule it is."""
    found = came(names, done)
    parts = [part for each in found.decisions for part in each.parts]
    assert [each.entry for each in found.decisions] == [each.id for each in done]
    assert all(each.minutes == sum(part.minutes for part in each.parts) for each in found.decisions)
    assert all(part.minutes >= 0 for part in parts)
    sums = (found.counted, found.pending, found.held, found.capped, found.refused, found.beside)
    assert sum(sums) == sum(each.minutes for each in found.decisions)
    known = of(names).rules().keys() | {"", "cycle", "unit"}
    assert all(part.rule in known for part in parts)
    assert all(part.source for part in parts if part.rule not in {"", "cycle", "unit"})


@given(names, histories())
@settings(max_examples=60, deadline=None)
def test_never_more_than_was_earned(names: frozenset[str], done: list[Entry]) -> None:
    """Without awards and multipliers no entry counts for more than its minutes, and all is all."""
    found = came(names - GIVES_MORE, done)
    for entry, decision in zip(done, found.decisions, strict=True):
        assert decision.minutes == entry.minutes
        assert decision.counted <= entry.minutes


@given(names, histories(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_does_not_matter(
    names: frozenset[str], done: list[Entry], chance: random.Random
) -> None:
    """Given in another order, each entry comes to the same, and so does everything else."""
    found = came(names, done)
    mixed = list(done)
    chance.shuffle(mixed)
    again = came(names, mixed)
    assert sorted(again.decisions) == sorted(found.decisions)
    assert again.standings == found.standings
    assert came(names, done) == found


@given(st.frozensets(st.sampled_from(sorted(NESTED))), histories(), entries("new"))
@settings(max_examples=60, deadline=None)
def test_one_more_never_lowers_the_total(
    names: frozenset[str], done: list[Entry], new: Entry
) -> None:
    """Where maxima lie within one another, nothing that is added takes away."""
    assert came(names, [*done, new]).counted >= came(names, done).counted


@given(names, histories(), entries("new"))
@settings(max_examples=60, deadline=None)
def test_what_counts_less_says_why(names: frozenset[str], done: list[Entry], new: Entry) -> None:
    """Where an entry counts less because of another, a maximum or a first time is shown on it."""
    before = {each.entry: each for each in came(names, done).decisions}
    for each in came(names, [*done, new]).decisions:
        if each.entry in before and each.counted < before[each.entry].counted:
            shown = {part.why for part in each.parts}
            once = {Why.OVER_CAP, Why.OFFICE, Why.AGAIN}
            first = "twice" in names and each.minutes < before[each.entry].minutes
            carried = Why.EARLIER in shown
            assert shown & once or first or carried


@given(names, histories())
@settings(max_examples=60, deadline=None)
def test_maxima_hold(names: frozenset[str], done: list[Entry]) -> None:
    """No kind, tag, year or entry counts for more than its maximum; a part of what is earned is one."""
    found = came(names, done)
    counts = {
        each.entry: each.counted
        for each in found.decisions
        if each.parts[0].why not in {Why.BESIDE, Why.CARRIED}
    }

    def under(kinds: Sequence[str] = KINDS, tag: str = "") -> int:
        return sum(
            counts.get(each.id, 0)
            for each in done
            if each.kind in kinds and (not tag or tag in each.tags)
        )

    most = {"study": (under(["self_study"]), 300), "online": (under(["plc", "self_study"]), 600)}
    most |= {"tag": (under(tag="a"), 240), "doubt": (under(tag="b"), 120)}
    for at in range(3):
        since = date(2024 + at, 7, 1)
        year = [each for each in done if since <= each.on < date(2025 + at, 7, 1)]
        most[f"yearly{at}"] = (sum(counts.get(each.id, 0) for each in year), 360)
    for name, (counted, limit) in most.items():
        assert name.rstrip("0123456789") not in names or counted <= limit
    if "each" in names:
        assert all(counts.get(each.id, 0) <= 180 for each in done if each.kind == "conference")
    if "earned" in names:
        assert under(["conference"]) * 10 <= sum(counts.values()) * 3


@given(names, histories())
@settings(max_examples=60, deadline=None)
def test_minimums_are_met_when_they_are(names: frozenset[str], done: list[Entry]) -> None:
    """Counted anew by hand: a minimum is met if, and only if, so much of it counted."""
    names = names - {"split", "one", "beside"} | {"least"}
    found = came(names, [each for each in done if not each.split])
    by_id = {each.id: each for each in done}
    counted = sum(
        each.counted
        for each in found.decisions
        if "a" in by_id[each.entry].tags and each.parts[0].why is not Why.CARRIED
    )
    standing = next(each for each in found.standings if each.asks == "least")
    assert standing.counted == counted
    assert standing.met is (counted >= 240)
    assert standing.missing == max(0, 240 - counted)


@given(
    st.lists(
        st.tuples(
            st.integers(1, 50), st.frozensets(st.integers(0, 3)).map(lambda s: tuple(sorted(s)))
        ),
        max_size=7,
    ),
    st.lists(st.integers(0, 60), min_size=4, max_size=4),
)
@example([(3, (0, 1)), (2, (0,))], [2, 3, 0, 0])
@settings(max_examples=60, deadline=None)
def test_minutes_are_divided_so_that_most_is_met(
    pieces: list[tuple[int, tuple[int, ...]]], wants: list[int]
) -> None:
    """As much as a maximal flow meets, and no minute is given twice or made up."""
    got = divided(pieces, dict(enumerate(wants)))
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(("from", "to"))
    for at, (minutes, fits) in enumerate(pieces):
        graph.add_edge("from", f"p{at}", capacity=minutes)
        for each in fits:
            graph.add_edge(f"p{at}", f"r{each}")
    for each, want in enumerate(wants):
        graph.add_edge(f"r{each}", "to", capacity=want)
    met = sum(min(got[each], want) for each, want in enumerate(wants))
    assert met == nx.maximum_flow_value(graph, "from", "to")
    assert sum(got.values()) == sum(minutes for minutes, fits in pieces if fits)


@given(names, histories())
@settings(max_examples=60, deadline=None)
def test_what_is_doubtful_is_held(names: frozenset[str], done: list[Entry]) -> None:
    """No minute is cut off by a figure in doubt: it is held."""
    for decision in came(names | {"doubt"}, done).decisions:
        for part in decision.parts:
            assert part.rule != "doubt" or part.outcome is Outcome.HELD
