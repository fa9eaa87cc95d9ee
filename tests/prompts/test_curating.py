"""Ideas of members and who looks after them: one at a time, two at once, in time and too late."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from plnbot.engine import roles, work
from plnbot.engine.ports import Person
from plnbot.engine.roles import Grant, Role
from plnbot.errors import Refused
from plnbot.members.store import people
from plnbot.prompts import actions
from plnbot.prompts import store as prompts
from plnbot.prompts.actions import DecidedError
from plnbot.prompts.model import Prompt, Status
from plnbot.prompts.model.suggesting import MOST_WAITING, Decision, Rewording
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.talk.cards import Actions, Select
from plnbot.talk.interactions import Joined, Left, Press, Reply
from plnbot.talk.plain import card_as_text
from plnbot.testing import FrozenClock
from tests.prompts.staffroom import DAILY, MONDAY, QUESTIONS, ROOM, TEAM, Staffroom, staffroom

FIRST = datetime(2026, 11, 23, 20, 45, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
IDEA = "What did you borrow from a colleague lately, and how did it go in your own room?"
OTHER = "Which idea of a colleague did you make your own this month, and what did you change?"


async def jump(here: Staffroom, until: datetime) -> None:
    """Let everything due by then happen, each at its own time."""
    await here.parts.runner.run_all_due()
    while (at := await here.store.read(work.next_at)) is not None and at <= until:
        here.clock.at = max(at, here.clock.at)
        await here.parts.runner.run_all_due()
    here.clock.at = max(until, here.clock.at)


async def person(here: Staffroom, user: str) -> Person:
    """Return a member, who joins where they have not."""
    ref = MemberRef("slack", TEAM, user)
    known = await here.store.read(lambda tx: people.by_ref(tx, ref))
    if known is None:
        await here.do(user, Joined())
        known = await here.store.read(lambda tx: people.by_ref(tx, ref))
    assert known is not None
    return known


async def curator(here: Staffroom, user: str) -> Person:
    """Return a member who looks after the bank."""
    one = await person(here, user)
    await here.store.run(
        lambda tx: roles.grant(
            tx, one.network.id, one.id, Grant(Role.CURATOR), by=None, now=here.clock.now()
        )
    )
    return one


async def idea(here: Staffroom, by: Person, words: str = IDEA, *, named: bool = True) -> Prompt:
    """Return an idea that somebody suggests."""
    directory = here.parts.desk.directory
    made = await here.store.run(
        lambda tx: actions.suggest(tx, words, here.clock.now(), directory, by=by, named=named)
    )
    return made.prompt


async def settle(
    here: Staffroom, prompt: Prompt, decision: Decision, by: Person, reason: str = ""
) -> Prompt:
    """Have a curator decide, and what follows happen."""
    directory, now = here.parts.desk.directory, here.clock.now()
    done = await here.store.run(
        lambda tx: actions.settle(tx, prompt.id, decision, now, directory, by=by, reason=reason)
    )
    await here.parts.runner.run_all_due()
    return done


async def reword(here: Staffroom, prompt: Prompt, words: str, by: Person) -> Rewording | Prompt:
    """Have a curator word a prompt otherwise."""
    directory, now = here.parts.desk.directory, here.clock.now()
    return await here.store.run(
        lambda tx: actions.reword(tx, prompt.id, {"en": words}, now, directory, by=by)
    )


async def again(here: Staffroom, prompt: Prompt) -> Prompt:
    """Return a prompt as it stands now."""
    return await here.store.read(lambda tx: prompts.the_prompt(tx, prompt.id))


async def test_an_idea_runs_before_the_rest_with_its_name(store: Store, clock: FrozenClock) -> None:
    """Approved, it is the next to be planned; it says whose it is, while they want that and are here."""
    here = await staffroom(store, clock)
    await here.make()
    ben, cleo = await person(here, "U0BEN"), await curator(here, "U0CLEO")
    suggested = await idea(here, ben)
    assert suggested.status is Status.SUGGESTED
    await jump(here, FIRST + DAY)
    assert here.asked() == [QUESTIONS[0]], "what waits is not asked"
    await settle(here, suggested, Decision.APPROVE, cleo)
    await jump(here, FIRST + 7 * WEEK)
    assert here.asked()[7] == f"{IDEA}\nAn idea of Ben"
    assert here.asked()[1:7] == list(QUESTIONS[1:7]), "what was planned stays planned"
    (asked,) = await store.read(lambda tx: prompts.asked_of(tx, suggested.id))
    assert asked.asked_at == FIRST + 7 * WEEK
    told = [each for each in here.sender.sent if each.to == ben.ref]
    assert len(told) == 1
    await here.do("U0BEN", Left(), Place("slack", TEAM, ""))
    await jump(here, clock.at + DAY)
    assert _shown(here, suggested) == [IDEA, ""]
    await here.do("U0BEN", Joined(), Place("slack", TEAM, ""))
    await jump(here, clock.at + DAY)
    assert _shown(here, suggested)[1] == "An idea of Ben"
    now = clock.now()
    await store.run(lambda tx: actions.change_own(tx, suggested, IDEA, now, by=ben, named=False))
    await jump(here, clock.at + DAY)
    assert _shown(here, suggested) == [IDEA, ""]
    with pytest.raises(Refused, match="as they are"):
        await store.run(
            lambda tx: actions.change_own(tx, suggested, OTHER, now, by=ben, named=False)
        )


async def test_an_idea_is_put_on_one_of_the_next_dates(store: Store, clock: FrozenClock) -> None:
    """A curator approves it and chooses when; what was planned that day goes elsewhere, none comes twice."""
    here = await staffroom(store, clock)
    await here.make()
    ben = await person(here, "U0BEN")
    suggested = await idea(here, ben)
    shown = await here.do("U0MAYA", Press("prompts.approve", str(suggested.id)))
    assert isinstance(shown, Reply)
    rows = [each.items for each in shown.card.blocks if isinstance(each, Actions)]
    (dates,) = (each for row in rows for each in row if isinstance(each, Select))
    assert len(dates.options) == 6
    second = dates.options[1].value
    await here.do("U0MAYA", Press("prompts.put_on", str(suggested.id), second))
    await jump(here, FIRST + 8 * WEEK)
    assert here.asked()[1].startswith(IDEA)
    assert len(set(here.asked())) == len(here.asked()) == 9
    late = await here.do("U0MAYA", Press("prompts.put_on", str(suggested.id), second))
    assert isinstance(late, Reply)
    assert "in the bank" in card_as_text(late.card, "UTC")


def _shown(here: Staffroom, prompt: Prompt) -> Sequence[str]:
    """Return the words of the newest card that asks a prompt, and whose idea it says it is."""
    del prompt
    cards = [each.card for each in here.sender.sent if each.to == ROOM]
    words = [
        block.text.bare() for card in cards[-1:] for block in card.blocks if hasattr(block, "text")
    ]
    return [words[0], next((each for each in words[1:] if "idea" in each), "")]


async def test_two_curators_at_once(store: Store, clock: FrozenClock) -> None:
    """Who comes second is told by whom it was decided; an undo is an undo for both."""
    here = await staffroom(store, clock)
    ben, cleo, dora = (
        await person(here, "U0BEN"),
        await curator(here, "U0CLEO"),
        await curator(here, "U0DORA"),
    )
    suggested = await idea(here, ben)
    await settle(here, suggested, Decision.DECLINE, cleo, "We asked this in October.")
    with pytest.raises(DecidedError) as second:
        await settle(here, suggested, Decision.APPROVE, dora)
    assert second.value.prompt.decided_by == cleo.id
    assert second.value.prompt.status is Status.DECLINED
    stands = await again(here, suggested)
    assert stands.reason == "We asked this in October."
    await settle(here, suggested, Decision.RETURN, dora)
    back = await again(here, suggested)
    assert (back.status, back.reason) == (Status.SUGGESTED, "")
    directory, now = here.parts.desk.directory, clock.now()
    other = await idea(here, ben, OTHER)
    await settle(here, other, Decision.APPROVE, cleo)
    numbers = [suggested.id, other.id]
    done, late = await store.run(
        lambda tx: actions.settle_all(tx, numbers, Decision.APPROVE, now, directory, by=dora)
    )
    assert [each.id for each in done] == [suggested.id]
    assert [(each.id, each.decided_by) for each in late] == [(other.id, cleo.id)]


async def test_an_author_agrees_to_other_words_or_not(store: Store, clock: FrozenClock) -> None:
    """Until they agree nothing changes; their own words go back; after two weeks it lapses."""
    here = await staffroom(store, clock)
    ben, cleo = await person(here, "U0BEN"), await curator(here, "U0CLEO")
    first, second, third = [
        await idea(here, ben, words) for words in (IDEA, QUESTIONS[0][:-1] + " today?", OTHER)
    ]
    made = [
        await reword(here, each, f"{each.words['en']} Why?", cleo)
        for each in (first, second, third)
    ]
    assert all(isinstance(each, Rewording) for each in made)
    assert (await again(here, first)).words == first.words
    now = clock.now()
    for each in made[:2]:
        assert isinstance(each, Rewording)
    await store.run(lambda tx: actions.agree(tx, _open(made[0]), now))
    agreed = await again(here, first)
    assert (agreed.status, agreed.words["en"]) == (Status.ACCEPTED, f"{IDEA} Why?")
    assert agreed.decided_by == cleo.id
    await store.run(lambda tx: actions.keep_own_words(tx, _open(made[1])))
    kept = await store.read(lambda tx: prompts.proposed(tx, second.id))
    assert kept is not None
    assert kept.outcome == "kept"
    await jump(here, clock.at + 14 * DAY)
    lapsed = await store.read(lambda tx: prompts.proposed(tx, third.id))
    assert lapsed is not None
    assert lapsed.outcome == "lapsed"
    assert (await again(here, third)).status is Status.SUGGESTED
    assert (await again(here, third)).words == third.words
    await settle(here, third, Decision.APPROVE, cleo)
    assert await store.read(lambda tx: prompts.proposed(tx, third.id)) is None


def _open(made: Rewording | Prompt) -> Rewording:
    assert isinstance(made, Rewording)
    return made


async def test_whose_author_is_gone_needs_no_agreement(store: Store, clock: FrozenClock) -> None:
    """Nobody is asked where nobody can answer: an idea of who was erased is worded at once."""
    here = await staffroom(store, clock)
    ben, cleo = await person(here, "U0BEN"), await curator(here, "U0CLEO")
    suggested = await idea(here, ben)
    await reword(here, suggested, OTHER, cleo)
    await store.run(lambda tx: prompts.change_prompt(tx, suggested.id, author_id=None))
    made = await reword(here, suggested, OTHER, cleo)
    assert isinstance(made, Prompt)
    assert (made.status, made.words) == (Status.ACCEPTED, {"en": OTHER})


async def test_what_is_taken_back_leaves_nothing(store: Store, clock: FrozenClock) -> None:
    """Planned already, another takes its place; asked already, it stays, and its name may go."""
    here = await staffroom(store, clock)
    ben, cleo = await person(here, "U0BEN"), await curator(here, "U0CLEO")
    suggested = await idea(here, ben)
    await settle(here, suggested, Decision.APPROVE, cleo)
    asks = await here.make()
    planned = [each.prompt for each in await here.every(asks)]
    assert planned[0] == suggested.id
    now = clock.now()
    await store.run(lambda tx: actions.take_back_idea(tx, suggested, now))
    planned = [each.prompt for each in await here.every(asks)]
    assert None not in planned
    assert suggested.id not in planned
    assert len(set(planned)) == 6
    assert await store.read(lambda tx: prompts.get_prompt(tx, suggested.id)) is None
    other = await idea(here, ben, OTHER)
    await settle(here, other, Decision.APPROVE, cleo)
    await jump(here, FIRST + 7 * WEEK)
    with pytest.raises(Refused, match="asked already"):
        await store.run(lambda tx: actions.take_back_idea(tx, other, clock.now()))


async def test_the_same_again_and_too_many(store: Store, clock: FrozenClock) -> None:
    """The same idea of the same member is one; so many may wait, and no more."""
    here = await staffroom(store, clock)
    ben = await person(here, "U0BEN")
    suggested = await idea(here, ben)
    assert (await idea(here, ben, IDEA.upper())).id == suggested.id
    for number in range(MOST_WAITING - 1):
        await idea(here, ben, f"{OTHER} {number}")
    with pytest.raises(Refused, match="wait already"):
        await idea(here, ben, "One more?")
    for nothing in ("", "  \n ", "x" * 301):
        with pytest.raises(Refused):
            await idea(here, ben, nothing)


async def test_what_fell_flat_is_set_aside_for_better_words(
    store: Store, clock: FrozenClock
) -> None:
    """Nobody answered: after three days it is asked no more, until somebody words it otherwise."""
    here = await staffroom(store, clock)
    cleo = await curator(here, "U0CLEO")
    await here.make(DAILY)
    await jump(here, FIRST + 4 * DAY)
    flat = await store.read(
        lambda tx: prompts.listed(tx, here.network.id, Status.SET_ASIDE, most=9)
    )
    assert [each.words["en"] for each in flat] == [QUESTIONS[1], QUESTIONS[0]]
    await jump(here, FIRST + 25 * DAY)
    asked = here.asked()
    assert sorted(set(asked)) == sorted(QUESTIONS)
    assert len(asked) == len(QUESTIONS), "none came twice, and then there was silence, not an error"
    first = flat[1]
    made = await reword(here, first, OTHER, cleo)
    assert isinstance(made, Prompt)
    assert (made.status, made.uses) == (Status.ACCEPTED, 0)
    await jump(here, FIRST + 27 * DAY)
    assert here.asked()[len(QUESTIONS) :] == [OTHER]


async def test_a_bank_that_runs_low_is_told_once(store: Store, clock: FrozenClock) -> None:
    """Fourteen dates and ten prompts: told at the first; told again only after there were more."""
    here = await staffroom(store, clock)
    cleo = await curator(here, "U0CLEO")
    await here.make(DAILY)

    def told() -> int:
        return sum(1 for each in here.sender.sent if each.to == cleo.ref and not each.edits)

    await jump(here, FIRST + 3 * DAY)
    assert told() == 1
    now = clock.now()
    lines = "\n".join(f"- Which number of {n} things worked best, and why?" for n in range(40, 60))
    made = await store.run(lambda tx: actions.paste(tx, lines, now, by=cleo))
    assert len(made.lines) == 20
    await jump(here, FIRST + 5 * DAY)
    assert told() == 1
    await jump(here, FIRST + 33 * DAY)
    assert told() == 2
    assert len(set(here.asked())) == len(here.asked()) == 30


async def test_pasting_warns_and_is_undone(store: Store, clock: FrozenClock) -> None:
    """Each line is a prompt, whatever is wrong with it; what is there is not added; all go out again."""
    here = await staffroom(store, clock)
    cleo = await curator(here, "U0CLEO")
    text = f"1. {IDEA}\n\n• Is it good?\n{QUESTIONS[0].upper()}\n2) {IDEA}\n{IDEA[:-1]} today?"
    now = clock.now()
    made = await store.run(lambda tx: actions.paste(tx, text, now, by=cleo))
    assert [each.prompt.words["en"] for each in made.lines] == [
        IDEA,
        "Is it good?",
        f"{IDEA[:-1]} today?",
    ]
    assert len(made.known) == 2
    assert [[one.flaw.value for one in each.flaws] for each in made.lines] == [
        [],
        ["short", "yes_or_no"],
        [],
    ]
    near = made.lines[2].near
    assert near is not None
    assert near.id == made.lines[0].prompt.id
    counted = await store.read(lambda tx: prompts.counts_of(tx, here.network.id))
    assert counted[Status.ACCEPTED] == len(QUESTIONS) + 3
    await here.make()
    out = await store.run(
        lambda tx: actions.undo_paste(tx, made.lines[1].prompt, clock.now(), by=cleo)
    )
    assert out == 3
    counted = await store.read(lambda tx: prompts.counts_of(tx, here.network.id))
    assert counted[Status.ACCEPTED] == len(QUESTIONS)
    for nothing in ("", "\n \n", "\n".join(f"Line {n}?" for n in range(101)), "x" * 301):
        with pytest.raises(Refused):
            await store.run(lambda tx, it=nothing: actions.paste(tx, it, now, by=cleo))  # type: ignore[misc]


async def test_an_empty_bank_is_no_error(store: Store, clock: FrozenClock) -> None:
    """With nothing to ask, nothing is asked, the curator is told, and what comes then is asked."""
    here = await staffroom(store, clock)
    cleo = await curator(here, "U0CLEO")

    def none(tx: Tx) -> None:
        for each in prompts.whole_bank(tx, here.network.id):
            prompts.drop_prompt(tx, each.id)

    await store.run(none)
    await here.make(DAILY)
    await jump(here, FIRST + DAY)
    assert here.asked() == []
    assert [each.to for each in here.sender.sent] == [cleo.ref]
    await store.run(lambda tx: actions.paste(tx, OTHER, clock.now(), by=cleo))
    await jump(here, MONDAY + 4 * DAY)
    assert here.asked() == [OTHER]
