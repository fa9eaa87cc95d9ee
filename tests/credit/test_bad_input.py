"""Bad input: each gets its sentence, in the field where it is mended, and what was typed is there again."""

import pytest

from plnbot.store.database import Store
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import Command, OpenForm, Press, Submit
from plnbot.testing import FrozenClock
from tests.credit.school import LEE, LOG, SAM, School, school_of, words
from tests.credit.test_ledger import whole

LICENCE = {
    "policy": "row:us-tx",
    "issued": "2026-07-01",
    "expires": "",
    "number": "",
    "classes": "",
}
LONG = "x" * 10_000
CONTROLS = "".join(map(chr, (0, 1, 7, 8, 27, 31, 127, 133, 0x2028, 0x202E)))
WRONG_HOURS = {
    "zero": ("minutes", {"minutes": "0"}, "at least 1"),
    "negative": ("minutes", {"minutes": "-5"}, "at least 1"),
    "25 hours": ("minutes", {"minutes": "1500"}, "A day has"),
    "no number": ("minutes", {"minutes": "an hour"}, "in figures, such as"),
    "to come": ("day", {"day": "2026-11-27"}, "still to come"),
    "no day": ("day", {"day": "2026-02-30"}, "day"),
    "fifteen years ago": ("day", {"day": "2001-01-01"}, "long ago"),
    "a long title": ("title", {"title": LONG}, "150"),
    "a long sentence": ("reflection", {"reflection": LONG}, "3000"),
    "no title": ("title", {"title": ""}, "fill this in"),
    "no such kind": ("what_kind", {"what_kind": "juggling"}, "choose one"),
}
WRONG_LICENCES = {
    "ends before it begins": ("expires", {"expires": "2026-06-30"}, "ends before it begins"),
    "ends as it begins": ("expires", {"expires": "2026-07-01"}, "ends before it begins"),
    "is still to come": ("issued", {"issued": "2027-07-01"}, "still to come"),
    "is of another century": ("issued", {"issued": "1890-07-01"}, "too long ago"),
    "has the number of another": ("number", {"number": "tx-1"}, "with this number already"),
}


@pytest.fixture
async def school(store: Store, clock: FrozenClock) -> School:
    """Return a school on the test's own database."""
    return await school_of(store, clock)


async def wrong(school: School, form: str, values: dict[str, str]) -> dict[str, str]:
    """Return what is said to a form, by its fields."""
    answer = await school.do(SAM, Submit(form, values))
    assert isinstance(answer, FieldErrors), answer
    return {name: str(said) for name, said in answer.errors.items()}


@pytest.mark.rows(119)
async def test_hours_that_cannot_be(school: School) -> None:
    """Each mistake is said in its field; nothing was sent in, and what was typed is there again."""
    for how, (field, values, said) in WRONG_HOURS.items():
        errors = await wrong(school, "credit.log", {**LOG, "reflection": "Mine", **values})
        assert said in errors[field], how
        assert await school.entries() == [], how
    opened = await school.do(SAM, Command("credit log"))
    assert isinstance(opened, OpenForm)
    assert {each.name: getattr(each, "value", "") for each in opened.form.inputs}[
        "reflection"
    ] == "Mine"


async def test_licences_that_cannot_be(school: School) -> None:
    """A cycle that ends before it starts, the number of another one, days that cannot be."""
    await school.card(SAM, Submit("credit.licence", {**LICENCE, "number": "TX-1"}))
    for how, (field, values, said) in WRONG_LICENCES.items():
        errors = await wrong(school, "credit.licence", {**LICENCE, **values})
        assert said in errors[field], how
    assert "TX-1" not in words(await school.card(SAM, Command("credit licences")))
    for at in range(2, 11):
        await school.card(SAM, Submit("credit.licence", {**LICENCE, "number": f"TX-{at}"}))
    assert "the most" in (await wrong(school, "credit.licence", LICENCE))["policy"]


async def test_before_the_licence(school: School) -> None:
    """It is taken in, for another licence may want it, and said at once that it counts nothing for this one."""
    await school.card(SAM, Submit("credit.licence", LICENCE))
    early = {**LOG, "day": "2026-06-30", "provider": "approved"}
    said = words(await school.card(SAM, Submit("credit.log", early)))
    assert "Sent in" in said
    assert "no licence credit here: It was before this period" in said


async def test_characters_that_nobody_sees(school: School) -> None:
    """What would break a signature, a line or a reading order is no part of what is kept; the chain is whole."""
    number = await school.logs(title=f"Frac{CONTROLS}tions", reflection=f"Fold{CONTROLS} paper")
    await school.card(LEE, Press("credit.approve", f"{number}.1"))
    entry = (await school.entries())[0]
    kept = entry.title + str(entry.words["reflection"])
    assert "Frac" in kept
    assert not set(kept) & set(CONTROLS)
    assert await whole(school.store) == ""
