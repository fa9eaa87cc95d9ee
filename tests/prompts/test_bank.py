"""The bank, purely: nothing twice before all once, what fits the day, what is low, what fell flat."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from plnbot.prompts.model import OPEN_STATUSES, Prompt, Status
from plnbot.prompts.model.bank import Draw, Stock, choose, fell_flat, stock, unasked
from plnbot.prompts.model.seasons import AUGUST, FEBRUARY, Season, first_month, season_of
from plnbot.prompts.model.suggesting import Decision, decide, decisions, may_take_back

SEASONS = st.none() | st.sampled_from(Season)


@st.composite
def banks(draw: st.DrawFn) -> list[Prompt]:
    """Return a bank of which some are closed, some for a season, some a member's idea."""
    return [
        Prompt(
            number,
            1,
            {"en": f"What about {number}?"},
            status=draw(st.sampled_from([*Status, Status.ACCEPTED, Status.ACCEPTED])),
            author=draw(st.none() | st.just(5)),
            uses=0,
            season=draw(SEASONS),
            breaks=draw(st.booleans()),
        )
        for number in range(1, draw(st.integers(1, 12)) + 1)
    ]


def asked(bank: Sequence[Prompt], one: Prompt) -> list[Prompt]:
    """Return the bank after one of it was asked."""
    used = replace(one, uses=one.uses + 1, status=Status.USED)
    return [used if each.id == one.id else each for each in bank]


def ahead(bank: Sequence[Prompt], planned: list[int], draw: Draw) -> None:
    """Plan six ahead, or all there are, and see that what is chosen was asked least often."""
    there = [each for each in bank if each.status in OPEN_STATUSES and not each.breaks]
    while len(planned) < min(6, len(there)):
        chosen = choose(bank, planned, draw)
        assert chosen is not None
        free = [each for each in there if each.id not in planned]
        assert chosen in free
        assert chosen.uses == min(each.uses for each in free)
        planned.append(chosen.id)


@given(banks(), st.lists(SEASONS, max_size=30), st.integers(0, 3))
def test_nothing_twice_before_all_once(
    bank: list[Prompt], days: list[Season | None], seed: int
) -> None:
    """Whatever the season and the seed: all once, then all twice."""
    often = {each.id: 0 for each in bank if each.status in OPEN_STATUSES and not each.breaks}
    planned: list[int] = []
    for season in days:
        ahead(bank, planned, Draw(season, seed=seed))
        if not planned:
            return
        one = next(each for each in bank if each.id == planned[0])
        planned = planned[1:]
        often[one.id] += 1
        bank = asked(bank, one)
        assert max(often.values()) - min(often.values()) <= 1


@given(banks(), st.lists(SEASONS, max_size=12), st.data())
def test_whoever_swaps_is_not_overruled(
    bank: list[Prompt], days: list[Season | None], data: st.DataObject
) -> None:
    """What comes may be reordered and swapped for others; what is planned besides is never among it."""
    planned: list[int] = []
    for season in days:
        ahead(bank, planned, Draw(season))
        if not planned:
            return
        planned = data.draw(st.permutations(planned))
        swapped = choose(bank, planned, Draw(season))
        if swapped is not None and swapped.id not in planned:
            planned[-1] = swapped.id
        assert len(set(planned)) == len(planned)
        one = next(each for each in bank if each.id == planned[0])
        planned, bank = planned[1:], asked(bank, one)


@given(banks(), SEASONS)
def test_what_fits_the_day(bank: list[Prompt], season: Season | None) -> None:
    """Of what was not asked yet, the season's come first, and a fill-in only where one is wanted."""
    chosen = choose(bank, (), Draw(season))
    fitting = [
        each
        for each in bank
        if each.status in OPEN_STATUSES and not each.breaks and each.season in (None, season)
    ]
    if chosen is not None and fitting:
        assert chosen in fitting
        seasonal = [each for each in fitting if each.season is not None]
        assert not seasonal or chosen in seasonal
        ideas = [each for each in seasonal or fitting if each.author is not None]
        assert not ideas or chosen == ideas[0]
    filled = choose(bank, (), Draw(season, fill_in=True))
    assert filled is None or filled.breaks


def test_by_chance_and_the_same_each_time() -> None:
    """A seed gives an order of its own, the same in every process, and another each time around."""
    bank = [Prompt(number, 1, {"en": "…"}) for number in range(1, 31)]

    def order(bank: Sequence[Prompt], seed: int) -> list[int]:
        taken: list[int] = []
        for _ in bank:
            chosen = choose(bank, taken, Draw(seed=seed))
            assert chosen is not None
            taken.append(chosen.id)
        return taken

    assert order(bank, 0) == list(range(1, 31))
    assert order(bank, 7) == order(list(reversed(bank)), 7)
    assert order(bank, 7) != order(bank, 8)
    assert order(bank, 7)[:5] == [22, 21, 15, 5, 23]
    again = [replace(each, uses=1, status=Status.USED) for each in bank]
    assert order(again, 7) != order(bank, 7)


def test_how_a_bank_stands() -> None:
    """Two weeks of prompts by the schedule's own dates are few; none is none."""
    assert [stock(*each) for each in ((0, 10), (10, 10), (11, 10), (1, 0), (2, 0))] == [
        Stock.EMPTY,
        Stock.LOW,
        Stock.ENOUGH,
        Stock.LOW,
        Stock.ENOUGH,
    ]
    bank = [
        Prompt(1, 1, {}),
        Prompt(2, 1, {}, uses=1, status=Status.USED),
        Prompt(3, 1, {}, breaks=True),
        Prompt(4, 1, {}, status=Status.SUGGESTED),
    ]
    assert unasked(bank) == 1


def test_what_fell_flat() -> None:
    """Under three answers a prompt is set aside, but a fill-in, and what a person decided about."""
    used = Prompt(1, 1, {}, status=Status.USED, uses=1)
    assert [fell_flat(used, each) for each in (0, 2, 3)] == [True, True, False]
    assert not fell_flat(replace(used, breaks=True), 0)
    assert not any(fell_flat(replace(used, status=each), 0) for each in set(Status) - {Status.USED})


def test_the_school_year() -> None:
    """August, January and May where school begins in August; half a year later in the south."""
    days = [date(2026, month, 15) for month in range(1, 13)]
    north = [season_of(each, AUGUST) for each in days]
    assert [each.value if each else "" for each in north] == (
        ["middle", "middle", "", "end", "end", "end", "start", "start", "start", "", "", ""]
    )
    south = [season_of(each, FEBRUARY) for each in days]
    assert south == [north[(place + 6) % 12] for place in range(12)]
    assert (first_month("Australia/Melbourne"), first_month("Europe/Madrid")) == (FEBRUARY, AUGUST)


@given(
    status=st.sampled_from(Status), uses=st.integers(0, 2), suggested=st.booleans(), data=st.data()
)
def test_what_can_be_decided(
    status: Status, uses: int, *, suggested: bool, data: st.DataObject
) -> None:
    """Each decision leads somewhere else but for other words, and a second of its kind nowhere."""
    prompt = Prompt(1, 1, {}, status=status, uses=uses, suggested=suggested)
    can = decisions(prompt)
    assert can, "something can always be done"
    decision = data.draw(st.sampled_from(can))
    becomes = decide(prompt, decision)
    assert becomes is not None
    after = replace(prompt, status=becomes)
    if decision is not Decision.REWORD:
        assert becomes is not status
        assert decide(after, decision) is None, "who comes second is told"
    if becomes is Status.SUGGESTED is not status:
        assert suggested
        assert not uses
    assert not may_take_back(replace(prompt, uses=1))


def test_an_undo_leads_back() -> None:
    """Approving and declining are undone to where an idea stood."""
    idea = Prompt(1, 1, {}, status=Status.SUGGESTED, suggested=True)
    for decision in (Decision.APPROVE, Decision.DECLINE):
        becomes = decide(idea, decision)
        assert becomes is not None
        assert decide(replace(idea, status=becomes), Decision.RETURN) is Status.SUGGESTED
    flat = replace(idea, status=Status.DECLINED, uses=1)
    assert decide(flat, Decision.RETURN) is Status.SET_ASIDE
