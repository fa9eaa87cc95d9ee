"""Who accompanies whom, within what each has room for."""

from hypothesis import given
from hypothesis import strategies as st

from plnbot.matching import Offer, Person, Rules, Step, ties
from tests.matching.worlds import small


@given(small(), small(), st.lists(st.integers(0, 3), min_size=9, max_size=9), st.integers(0, 99))
def test_nobody_has_more_than_room_for(
    mentors: tuple[list[Person], Rules],
    mentees: tuple[list[Person], Rules],
    rooms: list[int],
    seed: int,
) -> None:
    """Each mentee has one mentor at most, nobody whom they avoid, and as many as can be have one."""
    rules = mentors[1]
    learners = [Person(each.id + 5, each.district, each.subject, each.field) for each in mentees[0]]
    offers = [
        Offer(each, room)
        for each, room in zip(mentors[0], rooms, strict=False)
        if each.id not in {one.id for one in learners}
    ]
    made = ties(offers, learners, rules, seed)
    assert len({each.mentee for each in made}) == len(made)
    for offer in offers:
        assert sum(each.mentor == offer.person.id for each in made) <= offer.room
    assert not rules.avoid & {(min(t.mentor, t.mentee), max(t.mentor, t.mentee)) for t in made}
    if not rules.avoid:
        assert len(made) == min(len(learners), sum(each.room for each in offers))


def test_the_same_few_do_not_carry_everyone() -> None:
    """Three with room for two each take one before anybody takes a second."""
    offers = [Offer(Person(number, number, "band"), 2) for number in range(3)]
    mentees = [Person(10 + number, 10 + number, "band") for number in range(3)]
    made = ties(offers, mentees, Rules(), 5)
    assert sorted(each.mentor for each in made) == [0, 1, 2]
    assert {each.step for each in made} == {Step.SUBJECT}


def test_nobody_offers() -> None:
    """Where nobody has room, nobody is accompanied."""
    assert ties([Offer(Person(1), 0)], [Person(2)], Rules(), 1) == ()
    assert ties([], [Person(2)], Rules(), 1) == ()
