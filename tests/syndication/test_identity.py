"""Each post once: whatever a publisher does to guids, addresses, titles and dates."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.syndication import Item
from plnbot.syndication.identity import By, Ledger, Marks, marks_of, same

NOON = datetime(2026, 11, 23, 12, 0, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def post(at: int) -> Item:
    """Return a post that is like no other in any mark."""
    return Item(
        guid=f"tag:{at}",
        link=f"https://a.example/post/{at}",
        title=f"On fractions, part {at}",
        published=NOON + at * DAY,
    )


CHANGES: dict[str, Callable[[int, Item], Item]] = {
    "nothing": lambda _at, item: item,
    "its title": lambda at, item: replace(item, title=f"Corrected {at}"),
    "its date, every day": lambda at, item: replace(item, published=NOON + 9 * DAY * (at + 1)),
    "title and date": lambda at, item: replace(item, title=f"New {at}", published=NOON + 500 * DAY),
    "its address": lambda at, item: replace(item, link=f"https://b.example/x/{at}"),
    "a guid of each build": lambda at, item: replace(item, guid=f"build-7-{at}"),
    "a token in the address": lambda at, item: replace(
        item, guid=f"https://a.example/t/{at}9", link=f"https://a.example/t/{at}9"
    ),
    "the host of all": lambda at, item: replace(
        item,
        guid=f"https://new.example/post/{at}",
        link=f"https://new.example/post/{at}?utm_source=rss",
    ),
    "no guid any more": lambda _at, item: replace(item, guid=""),
    "no date any more": lambda _at, item: replace(item, published=None),
    "tracking words": lambda _at, item: replace(item, link=f"{item.link}?utm_campaign=x&fbclid=1"),
    "secure now": lambda _at, item: replace(
        item, link=item.link.replace("https://", "http://www.")
    ),
}


@pytest.mark.parametrize("what", CHANGES)
@given(count=st.integers(min_value=1, max_value=12), fresh=st.integers(min_value=0, max_value=3))
def test_a_change_of_one_mark_makes_nothing_new(what: str, count: int, fresh: int) -> None:
    """All that was known is known again, and what is really new is new beside it."""
    old = [post(at) for at in range(count)]
    changed = [CHANGES[what](at, item) for at, item in enumerate(old)]
    new = [post(100 + at) for at in range(fresh)]
    found = Ledger(map(marks_of, old)).sort_out([*new, *changed])
    assert [known for _, known in found[:fresh]] == [None] * fresh
    assert [known and known.marks for _, known in found[fresh:]] == [marks_of(each) for each in old]


@given(st.permutations([post(at) for at in range(6)]), st.integers(min_value=1, max_value=6))
def test_what_stands_twice_in_a_feed_is_new_once(posts: Sequence[Item], twice: int) -> None:
    """A copy in the same document is the same post, wherever it stands."""
    found = Ledger([]).sort_out([*posts, *posts[:twice]])
    assert [known is None for _, known in found] == [True] * len(posts) + [False] * twice


def test_a_guid_that_was_used_again_hides_nothing() -> None:
    """A new post under an old guid is new; both are known the next time."""
    old, new = post(1), replace(post(2), guid="tag:1")
    ledger = Ledger([marks_of(old)])
    assert [known for _, known in ledger.sort_out([new])] == [None]
    again = Ledger([marks_of(old), marks_of(new)]).sort_out([new, old])
    assert [known and known.marks for _, known in again] == [marks_of(new), marks_of(old)]


def test_a_guid_that_all_have_says_nothing() -> None:
    """Where every post has the same guid, the others marks tell them apart."""
    posts = [replace(post(at), guid="the blog") for at in range(5)]
    assert [known for _, known in Ledger([]).sort_out(posts)] == [None] * 5
    later = Ledger(map(marks_of, posts)).sort_out([replace(post(9), guid="the blog"), *posts])
    assert [known is None for _, known in later] == [True, *([False] * 5)]


def test_an_address_that_all_have_says_nothing() -> None:
    """Every episode of a podcast may lead to its front page."""
    posts = [replace(post(at), link="https://pod.example/") for at in range(5)]
    assert [known for _, known in Ledger([]).sort_out(posts)] == [None] * 5
    later = Ledger(map(marks_of, posts)).sort_out(
        [replace(post(9), link="https://pod.example/", title=post(3).title), *posts]
    )
    assert [known is None for _, known in later] == [True, *([False] * 5)]


def test_one_address_with_another_word_each_day() -> None:
    """A page that is rewritten daily, without a guid, is new each day."""
    word = replace(post(1), guid="")
    tomorrow = replace(word, title="Quotient", published=NOON + 30 * DAY)
    assert Ledger([marks_of(word)]).sort_out([tomorrow])[0][1] is None


@pytest.mark.parametrize(
    ("one", "other", "by"),
    [
        (Marks(guid="a"), Marks(guid="a"), By.GUID),
        (Marks(guid="a"), Marks(guid="b"), None),
        (Marks(), Marks(), None),
        (Marks(link="https://a.example/1"), Marks(link="https://a.example/1"), By.LINK),
        (Marks(title="links"), Marks(title="links"), None),
        (
            Marks(title="links", published=NOON.replace(hour=0, second=0)),
            Marks(title="links", published=NOON.replace(hour=0, second=0)),
            By.TITLE,
        ),
        (
            Marks("a", "https://a.example/1", "photo", NOON.replace(hour=0, second=0)),
            Marks("b", "https://a.example/2", "photo", NOON.replace(hour=0, second=0)),
            None,
        ),
    ],
)
def test_by_which_rule(one: Marks, other: Marks, by: By | None) -> None:
    """The rule that speaks is told, and it is the same the other way round."""
    assert same(one, other) == by
    assert same(other, one) == by


MARKS = st.builds(
    Marks,
    st.sampled_from(("", "a", "b")),
    st.sampled_from(("", "https://a.example/1", "https://b.example/1", "https://a.example/2")),
    st.sampled_from(("", "links", "on halves")),
    st.sampled_from((None, NOON, NOON + DAY)),
)


@given(MARKS, MARKS)
def test_the_rules_are_even_handed(one: Marks, other: Marks) -> None:
    """Which of two is asked about makes no difference; and what has a mark is itself."""
    assert same(one, other) == same(other, one)
    if one.guid or one.link:
        assert same(one, one) is not None


@given(st.lists(MARKS, max_size=8))
def test_a_ledger_answers_as_the_rules_do(kept: list[Marks]) -> None:
    """It finds by its index what comparing with each would find."""
    item = Item(guid="a", link="https://a.example/1", title="On halves", published=NOON)
    ledger, marks = Ledger(kept), marks_of(item)
    ((_, known),) = ledger.sort_out([item])
    shared = ledger._shared([marks])
    assert (known is not None) == any(same(marks, each, shared=shared) for each in kept)


def test_marks_are_never_long() -> None:
    """A guid of a megabyte is kept as its digest."""
    marks = marks_of(Item(guid="g" * 10**6, link="https://a.example/" + "x" * 10**6))
    assert max(len(marks.guid), len(marks.link)) < 100
