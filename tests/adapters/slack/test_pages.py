"""What is missing on the pages of a channel, whichever way Slack gives them and wherever one ends."""

from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.pages import Pages

STAMPS = [f"17954820{number:02}.000000" for number in range(40)]
BEFORE_ALL = "1795481999.000000"


@given(
    stands=st.sets(st.sampled_from(STAMPS)),
    known=st.sets(st.sampled_from(STAMPS)),
    size=st.integers(1, 12),
    overlap=st.integers(0, 2),
    newest_first=st.booleans(),
    others=st.sets(st.sampled_from(STAMPS)),
)
def test_exactly_what_does_not_stand_is_gone(
    stands: set[str],
    known: set[str],
    size: int,
    overlap: int,
    *,
    newest_first: bool,
    others: set[str],
) -> None:
    """Every message that is gone is found on some page, and none that stands is, however they fall.

    Pages overlap where something was said while they were read.
    """
    everything = sorted(stands | others, reverse=newest_first)
    begins = range(0, len(everything), size)
    pages = [everything[max(0, at - overlap) : at + size] for at in begins] or [[]]
    where, gone, further = Pages(), set[str](), ""
    for number, page in enumerate(pages, 1):
        cursor = f"next|{number}" if number < len(pages) else ""
        where = Pages.read_from(further).after(sorted(page), cursor)
        gone |= set(where.gone(sorted(known), page, BEFORE_ALL))
        further = where.written
    assert further == ""
    assert gone == known - set(everything)


@given(known=st.sets(st.sampled_from(STAMPS)), sure=st.sampled_from(STAMPS))
def test_what_may_have_vanished_with_age_is_not_judged(known: set[str], sure: str) -> None:
    """A workspace may keep messages for a day alone: of what is older nobody says that it was deleted."""
    where = Pages().after([], "")
    assert set(where.gone(sorted(known), [], sure)) == {each for each in known if each > sure}
