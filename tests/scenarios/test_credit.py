"""Hours: from a draft or a short form to an approver and back, on every platform."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from plnbot.activities import store as activities
from plnbot.activities.model import Done
from plnbot.activities.model import Role as Part
from plnbot.engine import roles
from plnbot.engine.roles import Grant, Role
from plnbot.members import store as members
from plnbot.store.database import Tx
from tests.scenarios.driver import Document, Driver, InTime
from tests.scenarios.test_roles import in_days

WORKSHOP = {
    "title": "Fractions workshop",
    "minutes": "90",
    "what_kind": "workshop",
    "reflection": "Fold paper first.",
}


async def school(driver: Driver) -> None:
    """Let a teacher, two approvers and the administrator come in."""
    assert isinstance(driver, InTime)
    for who in ("maya", "sam", "priya", "luis"):
        await driver.say(who, "/pln home")
        await driver.lets_write(who)

    def give(tx: Tx) -> None:
        home = members.first_network(tx)
        assert home is not None
        for person in driver.parts.desk.directory.in_workspace(tx, *_workspace(driver, tx)):
            if person.name.startswith(("Priya", "Luis")):
                grant = Grant(Role.APPROVER)
                roles.grant(tx, home.id, person.id, grant, by=None, now=driver.now())

    await driver.store.run(give)


def _workspace(driver: Driver, tx: Tx) -> tuple[str, str]:
    assert isinstance(driver, InTime)
    maya = driver.parts.desk.directory.by_id(tx, 1)
    assert maya is not None
    return maya.ref.platform, maya.ref.workspace


async def took_part(driver: Driver, name: str = "Sam", title: str = "Chat on fractions") -> None:
    """Write down that somebody was in a chat for 48 minutes."""
    assert isinstance(driver, InTime)
    ended = driver.now() - timedelta(minutes=5)

    def write(tx: Tx) -> None:
        everybody = driver.parts.desk.directory.in_workspace(tx, *_workspace(driver, tx))
        person = next(each for each in everybody if each.name.startswith(name))
        started = ended - timedelta(minutes=48)
        done = Done(
            person.network.id, person.id, "chat", Part.ATTENDED, title, started, ended, 48, "chat:7"
        )
        activities.write(tx, [done], driver.now())

    await driver.store.run(write)


async def logs(driver: Driver, **otherwise: str) -> None:
    """Let Sam log a workshop of last Friday."""
    await driver.say("sam", "/pln credit log")
    await driver.submit("sam", **{**WORKSHOP, "day": in_days(driver, -3), **otherwise})


@pytest.mark.rows(110, 118)
async def test_forty_seconds_on_a_phone(driver: Driver) -> None:
    """Five short questions; the approver sees what was sent in, and nobody else sees it at all."""
    await school(driver)
    await logs(driver)
    assert "Sent in" in await driver.alone("sam")
    assert "Fractions workshop" in await driver.page("sam", "credit")
    assert "Fractions workshop" not in await driver.page("maya", "credit")
    await driver.say("priya", "/pln credit queue")
    await driver.press("priya", "Look at one …", choose="1.1")
    seen = await driver.alone("priya")
    assert "Fold paper first." in seen
    assert "1 h 30 min" in seen
    with pytest.raises(
        AssertionError, match="404"
    ):  # an approver has another page, with what was shared
        await driver.page("luis", "credit.entry/1")


@pytest.mark.rows(111, 120)
async def test_a_draft_knows_the_chat_and_the_minutes(driver: Driver) -> None:
    """It waits privately with its minutes and why; one tap, one sentence, and it is sent in."""
    await school(driver)
    await took_part(driver)
    await driver.say("sam", "/pln credit drafts")
    await driver.press("sam", "Look at one …", choose="1")
    draft = await driver.alone("sam")
    assert "48 minutes" in draft
    assert "from the first thing you did there" in draft
    await driver.press("sam", "Reflect more …", choose="what")
    assert "So what does it mean" in await driver.alone("sam")
    await driver.submit("sam", minutes="40", ask1="Fold paper first.", ask2="", ask3="")
    assert "Sent in" in await driver.alone("sam")
    await driver.say("sam", "/pln credit drafts")
    assert "No draft waits" in await driver.alone("sam")


@pytest.mark.rows(111)
async def test_what_is_not_confirmed_lapses_quietly(driver: Driver) -> None:
    """A month later it is gone, and nothing was claimed."""
    await school(driver)
    await took_part(driver)
    await driver.say("sam", "/pln credit drafts")
    assert "Chat on fractions" in await driver.alone("sam")
    await driver.pass_time(timedelta(days=31))
    await driver.say("sam", "/pln credit drafts")
    assert "No draft waits" in await driver.alone("sam")


@pytest.mark.rows(114, 117)
async def test_returned_with_a_note_and_the_same_entry_comes_back(driver: Driver) -> None:
    """The note says what to mend; the same entry is in the queue again, and its history has every step."""
    await school(driver)
    await logs(driver)
    await driver.say("priya", "/pln credit queue")
    await driver.press("priya", "Look at one …", choose="1.1")
    await driver.press("priya", "Return")
    await driver.submit("priya", note="There was a break of half an hour.")
    await driver.pass_time(timedelta(hours=6))
    assert "break of half an hour" in await driver.messages("sam")
    await driver.press_on_page("sam", "credit.entry/1", "Change")
    await driver.submit("sam", **{**WORKSHOP, "day": in_days(driver, -3), "minutes": "60"})
    await driver.say("priya", "/pln credit queue")
    await driver.press("priya", "Look at one …", choose="1.2")
    assert "1 hour" in await driver.alone("priya")
    await driver.press("priya", "Approve")
    await driver.pass_time(timedelta(days=1))
    assert "approved" in await driver.messages("sam")
    page = await driver.page("sam", "credit.entry/1")
    for step in ("sent it in", "returned it", "changed it", "approved it"):
        assert step in page


@pytest.mark.rows(115)
async def test_with_whom_it_waits_and_since_when(driver: Driver) -> None:
    """It says so at once, and after a week both are reminded."""
    await school(driver)
    await logs(driver)
    assert "with Luis Herrera, Priya Nair since" in await driver.alone("sam")
    await driver.pass_time(timedelta(days=8))
    await once_a_day(driver)
    assert "I have reminded them" in await driver.messages("sam")
    assert "waits for you" in await driver.messages("priya")


async def once_a_day(driver: Driver) -> None:
    """Let the daily look happen, and what follows from it within a day."""
    from plnbot.credit.actions import daily

    assert isinstance(driver, InTime)
    await driver.store.run(lambda tx: daily.plan(tx, driver.now()))
    await driver.pass_time(timedelta(days=1))


@pytest.mark.rows(119)
async def test_it_stopped_me_claiming_the_hour_twice(driver: Driver) -> None:
    """The same again, an overlap and a day of 25 hours are said at once, kindly, and nothing is lost."""
    await school(driver)
    await took_part(driver)
    await driver.say("sam", "/pln credit drafts")
    await driver.press("sam", "Look at one …", choose="1")
    await driver.press("sam", "Confirm")
    await driver.submit("sam", minutes="48", ask1="Fold paper first.")
    await logs(driver)
    await logs(driver)
    assert "You have sent this in already" in await driver.alone("sam")
    await driver.submit(
        "sam", **{**WORKSHOP, "title": "Another", "day": in_days(driver, -3), "minutes": "1400"}
    )
    assert "more than 24 hours" in await driver.alone("sam")
    await driver.submit(
        "sam", **{**WORKSHOP, "title": "Another", "day": in_days(driver, 3), "minutes": "0"}
    )
    assert "at least 1" in await driver.alone("sam")


@pytest.mark.rows(114)
async def test_a_batch_is_looked_into_before_it_is_approved(driver: Driver) -> None:
    """Several at once: those that were drawn are looked at first; then all are approved, and Sam is told."""
    await school(driver)
    for n in range(2):
        await logs(driver, title=f"Workshop {n}", day=in_days(driver, -3 - n))
    await driver.say("priya", "/pln credit queue")
    await driver.press("priya", "Approve several")
    for number in (1, 2):
        await driver.press("priya", "Look at this one …", choose=f"{number}.1")
        await driver.press("priya", "It is right")
    await driver.press("priya", "Approve these 2")
    assert "2 entries approved" in await driver.alone("priya")
    await driver.say("priya", "/pln credit queue")
    assert "Nothing waits" in await driver.alone("priya")


@pytest.mark.rows(114)
async def test_somebody_decides_while_the_approver_is_away(driver: Driver) -> None:
    """Sam, a teacher, may decide for Priya until that day, but nothing of his own; then no more."""
    await school(driver)
    await driver.say("maya", "/pln credit log")
    await driver.submit("maya", **{**WORKSHOP, "day": in_days(driver, -3)})
    await driver.say("priya", "/pln credit queue")
    await driver.press("priya", "I am away …")
    await driver.submit("priya", member="Sam", until=in_days(driver, 2))
    assert "decides in your place" in await driver.alone("priya")
    await driver.say("sam", "/pln credit queue")
    await driver.press("sam", "Look at one …", choose="1.1")
    await driver.press("sam", "Approve")
    assert "Approved" in await driver.alone("sam")
    await driver.pass_time(timedelta(days=4))
    await driver.say("sam", "/pln credit queue")
    assert "another role" in await driver.alone("sam")


@pytest.mark.rows(113, 124)
async def test_two_licences_from_one_log(driver: Driver) -> None:
    """Texas and New York, one log: each says what it makes of it, by which rule, and what would count."""
    await school(driver)
    for policy in ("Texas", "New York"):
        await driver.say("sam", "/pln credit licences")
        await driver.press("sam", "Add a licence")
        issued = {"issued": "2024-07-01", "expires": "", "number": policy, "classes": ""}
        await driver.submit("sam", policy=policy, **issued)
        assert "Check with your licence office" in await driver.alone("sam")
    await logs(driver, what_kind="other", title="Staff picnic")
    said = await driver.alone("sam")
    assert "valid learning, no licence credit here" in said
    assert "What would count: " in said
    await driver.say("sam", "/pln credit log")
    await driver.submit("sam", **{**WORKSHOP, "day": in_days(driver, -4), "provider": "approved"})
    assert "1.5 CPE hours counted" in await driver.alone("sam")
    page = await driver.page("sam", "credit.licence/1")
    assert "19 TAC 232.11" in page
    assert "150 CPE hours" in page


@pytest.mark.rows(112, 121)
async def test_what_is_left_of_self_study_and_an_exemplar_to_take_along(driver: Driver) -> None:
    """Of thirty hours two are taken once they are approved; what was chosen is one file that opens offline."""
    await school(driver)
    await driver.say("sam", "/pln credit licences")
    await driver.press("sam", "Add a licence")
    issued = {"issued": "2024-07-01", "expires": "", "number": "", "classes": ""}
    await driver.submit("sam", policy="Texas", **issued)
    await logs(driver, what_kind="self_study", provider="self", minutes="120")
    left = "CPE hours left of 30 CPE hours"
    assert f"30 {left}" in await driver.page("sam", "credit.licence/1")
    await driver.say("priya", "/pln credit queue")
    await driver.press("priya", "Look at one …", choose="1.1")
    await driver.press("priya", "Approve")
    assert f"28 {left}" in await driver.page("sam", "credit.licence/1")
    await driver.press_on_page("sam", "credit", "Make a portfolio")
    await driver.submit("sam", entries=("1",))
    page = await driver.page("sam", "credit.document/1")
    assert "Portfolio of professional learning" in page
    assert "to open offline" in page


@pytest.mark.rows(116)
async def test_a_year_ends_in_a_transcript_that_anybody_checks(driver: Driver) -> None:
    """The code verifies without a session, says when something was revoked, and shows no titles."""
    assert isinstance(driver, InTime)
    await school(driver)
    await took_part(driver)
    await driver.say("sam", "/pln credit drafts")
    await driver.press("sam", "Look at one …", choose="1")
    await driver.press("sam", "Confirm")
    await driver.submit("sam", minutes="48", ask1="Fold paper first.")
    await driver.say("priya", "/pln credit queue")
    await driver.press("priya", "Look at one …", choose="1.1")
    await driver.press("priya", "Approve")
    await driver.say("sam", "/pln credit status")
    await driver.press("sam", "Make a transcript")
    await driver.submit("sam", shows="hours")
    page = await driver.page("sam", "credit.document/1")
    assert "Chat on fractions" in page
    assert "approved by Priya" in page
    assert "Chat on fractions" in await driver.file("sam", "credit.csv/1")
    code = await driver.store.read(
        lambda tx: tx.execute(text("SELECT code FROM credit_document")).scalar_one()
    )
    seen = await public(driver, code)
    assert "Genuine" in seen
    assert "Unchanged" in seen
    assert "Sam" not in seen
    assert "fractions" not in seen
    await driver.press("priya", "Take it back")
    assert "no longer stands" in await public(driver, code)
    assert "No document has this code" in await public(driver, "nothing")


async def public(driver: Driver, code: str) -> str:
    """Return what anybody sees by a code."""
    from plnbot.talk.pages import Page, markdown

    assert isinstance(driver, InTime)
    found = await driver.parts.desk.public_page("record", code, "en")
    assert isinstance(found, Page)
    return markdown(found, "UTC", "en")


@pytest.mark.rows(123)
async def test_the_years_end_of_a_district(driver: Driver) -> None:
    """The hand-off file names who did what; the report by kind singles nobody out."""
    assert isinstance(driver, InTime)
    await school(driver)
    await logs(driver, title="=HYPERLINK(1)")
    await driver.say("priya", "/pln credit queue")
    await driver.press("priya", "Look at one …", choose="1.1")
    await driver.press("priya", "Approve")
    await driver.say("maya", "/pln credit year")
    assert "fewer than 5" in await driver.page("maya", "credit.year")
    table = await driver.file("maya", "credit.handoff/wide.2026")
    assert "Sam" in table
    assert "'=HYPERLINK" in table, "no cell is a formula"
    assert await driver.file("sam", "credit.handoff/wide.2026") == ""


PDF = b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n"


@pytest.mark.rows(110, 118)
async def test_a_certificate_goes_along(driver: Driver) -> None:
    """A file is what its content is, its approver takes it, nobody else; it goes with the entry."""
    assert isinstance(driver, InTime)
    await school(driver)
    await logs(driver)
    details = {
        "what": "certificate",
        "held_by": "Ridgeview",
        "place": "Room 3",
        "shares": ("reflection",),
    }
    await driver.press("sam", "Evidence")
    await driver.submit("sam", **details, files=Document("certificate.png", PDF))
    await driver.pass_time(timedelta(minutes=1))
    assert "certificate.png" in await driver.page("priya", "credit.look/1")
    assert "%PDF" in await driver.file("priya", "credit.file/1")
    assert "%PDF" in await driver.file("sam", "credit.file/1")
    assert await driver.file("emma", "credit.file/1") == ""
    await driver.press("sam", "Evidence")
    await driver.submit("sam", **details, files=Document("fake.pdf", b"PK\x03\x04 no pdf"))
    await driver.pass_time(timedelta(minutes=1))
    assert "packed file" in await driver.alone("sam") + await driver.messages("sam")
    await driver.press_on_page("sam", "credit.entry/1", "Take it back")
    left = await driver.store.read(
        lambda tx: tx.execute(text("SELECT COUNT(*) FROM credit_file")).scalar_one()
    )
    assert left == 0


@pytest.mark.rows(120)
async def test_phone_died_the_draft_was_there(driver: Driver) -> None:
    """What was sent with a mistake in it is there when the form is opened again; sent in, it is gone."""
    await school(driver)
    await driver.say("sam", "/pln credit log")
    sentence = "I answered the door, came back, and my sentence was there."
    typed = {**WORKSHOP, "day": in_days(driver, -3), "minutes": "0", "reflection": sentence}
    await driver.submit("sam", **typed)
    assert "at least 1" in await driver.alone("sam")
    assert isinstance(driver, InTime)
    assert sentence in await driver.store.read(unsent)
    await driver.say("sam", "/pln credit log")
    await driver.submit("sam", **{**typed, "minutes": "60"})
    assert "Sent in" in await driver.alone("sam")
    assert await driver.store.read(unsent) == ""


def unsent(tx: Tx) -> str:
    """Return what is kept of forms that were not sent."""
    return "".join(map(str, tx.execute(text("SELECT given FROM kept_form")).scalars()))
