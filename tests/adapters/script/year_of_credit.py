"""Hours: drafted, logged, planned, sent in, decided in every way, by one, by two at once, in a batch, instead of another."""

from datetime import timedelta

from plnbot.activities import store as activities
from plnbot.activities.model import Done
from plnbot.activities.model import Role as Part
from plnbot.credit.actions import daily
from plnbot.credit.actions.approvers import DECISIONS, KEPT, QUEUES, WAITING_DRAFTS
from plnbot.credit.store import batches
from plnbot.engine import notices, roles
from plnbot.engine.notices import How
from plnbot.engine.ports import Person
from plnbot.engine.roles import Grant, Role
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.talk.interactions import Command, Opened, Press, Submit
from plnbot.talk.uploads import received
from tests.adapters.script import ANA, BO, CY, Script

LOG = {
    "title": "Fractions *workshop*",
    "day": "2026-11-20",
    "minutes": "90",
    "what_kind": "workshop",
}
CONFIRM = {"minutes": "30", "ask1": "Wait three seconds.", "shares": ["reflection", "said"]}


async def after(script: Script) -> None:
    """Go through drafts, one's own entries, the queue and what people are told."""
    await _at_once(script)
    await _drafts(script)
    await _own(script)
    await _queue(script)
    await _several(script)
    await _licences(script)
    await _documents(script)
    await _told(script)


async def _at_once(script: Script) -> None:
    """Let everybody be told at once, by a message for each."""
    for user in (ANA, BO):
        who = MemberRef(script.room.platform, script.room.workspace, script.ids[user])
        person = await script.parts.desk.person(who)
        assert person is not None

        def wish(tx: Tx, person: Person = person) -> None:
            for kind in (QUEUES, WAITING_DRAFTS):
                notices.set_how(tx, person, kind, How.AT_ONCE, script.clock.at)

        await script.store.run(wish)


async def _drafts(script: Script) -> None:
    await script.do(CY, Command("credit drafts"), "command credit drafts empty")
    await script.do(CY, Command("credit status"), "command credit status empty")
    await _did(script, BO)
    await _did(script, ANA)
    await script.do(BO, Command("credit drafts"))
    await script.do(BO, Press("credit.drafts"))
    await _a_day(script)
    number = await _activity(script)
    await script.do(BO, Press("credit.draft", value=number))
    await script.do(BO, Press("credit.aside", number))
    await script.do(BO, Press("credit.unaside", number))
    await script.do(BO, Press("credit.confirm", number))
    await script.do(BO, Press("credit.reflect", number, "what"))
    too_long = {**CONFIRM, "minutes": "0"}
    await script.do(BO, Submit("credit.confirm", too_long, number), "errors credit.confirm")
    await script.do(BO, Submit("credit.confirm", CONFIRM, f"{number}.what"))
    await script.do(ANA, Press("credit.week"))


async def _did(script: Script, user: str) -> None:
    """Write down that somebody took part in a meeting of three quarters of an hour."""
    who = MemberRef(script.room.platform, script.room.workspace, script.ids[user])
    person = await script.parts.desk.person(who)
    assert person is not None
    ended = script.clock.at - timedelta(minutes=5)
    done = Done(
        person.network.id,
        person.id,
        "meeting",
        Part.ATTENDED,
        "Lesson study & tea",
        ended - timedelta(minutes=45),
        ended,
        45,
        "meeting:1",
    )

    def write(tx: Tx) -> None:
        activities.write(tx, [done], script.clock.at)

    await script.store.run(write)


async def _activity(script: Script) -> str:
    from plnbot.credit.actions.drafting import waiting

    async def of(user: str) -> str:
        who = MemberRef(script.room.platform, script.room.workspace, script.ids[user])
        person = await script.parts.desk.person(who)
        assert person is not None
        found = await script.store.read(lambda tx: waiting(tx, person.id, script.clock.at))
        return str(found[0][0])

    return await of(BO)


async def _own(script: Script) -> None:
    await script.do(BO, Command("credit log Fractions"))
    wrong = {**LOG, "minutes": "-5", "day": "2026-12-20"}
    await script.do(BO, Submit("credit.log", wrong), "errors credit.log")
    for day in range(11, 20):
        values = {**LOG, "title": f"Workshop {day}", "day": f"2026-11-{day}"}
        await script.do(BO, Submit("credit.log", values))
    await script.do(
        BO,
        Submit("credit.log", {**LOG, "title": "Workshop 19", "day": "2026-11-19"}),
        "errors again credit.log",
    )
    await script.do(BO, Command("credit plan Institute"))
    ahead = (script.clock.at + timedelta(days=2)).date().isoformat()
    await script.do(BO, Submit("credit.plan", {**LOG, "title": "Institute", "day": ahead}))
    await script.do(BO, Command("credit status"))
    first = await _entry(script, "Workshop 11")
    await script.do(BO, Press("credit.change", first))
    await script.do(
        BO,
        Submit(
            "credit.change",
            {**LOG, "title": "Workshop 11", "day": "2026-11-11", "minutes": "80"},
            first,
        ),
    )
    await script.do(BO, Press("credit.log"))
    with_a_file = await _entry(script, "Workshop 17")
    await script.do(BO, Press("credit.evidence", with_a_file))
    details = {"what": "certificate", "held_by": "Ridgeview", "place": "Room 3", "shares": ["said"]}
    files = {"files": [received("certificate.pdf", b"%PDF-1.7")]}
    await script.do(BO, Submit("credit.evidence", details, with_a_file, files=files))
    await script.do(BO, Press("credit.withdraw", first))
    await script.do(BO, Opened("credit"), "opened credit")
    await script.do(BO, Opened("credit.entry", first), "opened credit.entry")


async def _entry(script: Script, title: str, revision: str = "") -> str:
    from plnbot.credit.store import ledger

    who = MemberRef(script.room.platform, script.room.workspace, script.ids[BO])
    person = await script.parts.desk.person(who)
    assert person is not None
    stand = await script.store.read(lambda tx: ledger.of_member(tx, person.id))
    found = next(each.entry for each in stand if each.title == title)
    return f"{found.id}.{found.revision}" if revision else str(found.id)


async def _queue(script: Script) -> None:
    await script.do(ANA, Command("credit queue"))
    await script.do(ANA, Opened("credit.queue"), "opened credit.queue")
    row = await _entry(script, "Workshop 12", "with")
    await script.do(ANA, Press("credit.look", value=row))
    await script.do(ANA, Opened("credit.look", row.partition(".")[0]), "opened credit.look")
    await script.do(ANA, Press("credit.approve", row))
    await script.do(ANA, Press("credit.revoke", row))
    await script.do(ANA, Submit("credit.revoke", {"note": "It was another day."}, row))
    await script.do(ANA, Press("credit.reopen", row))
    for title, action, more in (
        ("Workshop 13", "adjust", {"minutes": "60"}),
        ("Workshop 14", "return", {}),
        ("Workshop 15", "deny", {}),
    ):
        row = await _entry(script, title, "with")
        await script.do(ANA, Press(f"credit.{action}", row))
        values = {"note": "There was a break of half an hour.", **more}
        await script.do(ANA, Submit(f"credit.{action}", values, row))
    await script.do(ANA, Press("credit.next"))
    await _ring(script)


async def _ring(script: Script) -> None:
    """Cy decides about Bo's, so Bo decides about Cy's only with an administrator's word."""
    for user in (BO, CY):
        who = MemberRef(script.room.platform, script.room.workspace, script.ids[user])
        person = await script.parts.desk.person(who)
        assert person is not None

        def grant(tx: Tx, person: Person = person) -> None:
            given = Grant(Role.APPROVER)
            roles.grant(tx, person.network.id, person.id, given, by=None, now=script.clock.at)

        await script.store.run(grant)
    row = await _entry(script, "Workshop 16", "with")
    await script.do(CY, Press("credit.approve", row), "press credit.approve by another")
    await script.do(
        CY, Submit("credit.log", {**LOG, "title": "Of Cy"}), "form credit.log of another"
    )
    theirs = await script.store.read(_latest)
    await script.do(BO, Press("credit.look", value=theirs), "press credit.look barred")
    await script.do(ANA, Press("credit.ring", theirs))
    await script.do(ANA, Submit("credit.ring", {"member": "Bo *Star* Lee"}, theirs))
    await script.do(BO, Press("credit.approve", theirs), "press credit.approve in a ring")


def _latest(tx: Tx) -> str:
    from sqlalchemy import text

    return str(tx.execute(text("SELECT MAX(id) FROM credit_entry")).scalar_one())


async def _several(script: Script) -> None:
    await script.do(ANA, Press("credit.batch"))
    batch = await script.store.read(lambda tx: batches.get(tx, 1))
    assert batch is not None
    for entry in batch.drawn:
        await script.do(ANA, Press("credit.sample", "1", f"{entry}.{batch.entries[entry]}"))
        await script.do(ANA, Press("credit.right", f"1.{entry}"))
    await script.do(ANA, Press("credit.together", "1"))
    await script.do(ANA, Press("credit.away"))
    until = (script.clock.at + timedelta(days=3)).date().isoformat()
    await script.do(ANA, Submit("credit.away", {"member": "Cy @everyone", "until": until}))
    await script.do(ANA, Press("credit.back", "1"))
    again = Submit("credit.away", {"member": "Cy @everyone", "until": until})
    await script.do(ANA, again, "form credit.away again")


async def _licences(script: Script) -> None:
    """Tell of two licences, one of them wrongly at first; see where they stand, and take one out."""
    told = {
        "policy": "Texas",
        "issued": "2024-09-01",
        "expires": "",
        "number": "TX 1*2",
        "classes": "",
    }
    await script.do(BO, Command("credit licences"), "command credit licences empty")
    await script.do(BO, Press("credit.license"))
    wrong = {**told, "issued": "2030-01-01", "expires": "2029-01-01"}
    await script.do(BO, Submit("credit.licence", wrong), "errors credit.licence")
    await script.do(BO, Submit("credit.licence", told))
    await script.do(
        BO,
        Submit("credit.licence", {**told, "policy": "Oregon", "number": "OR-7"}),
        "form credit.licence nothing asked",
    )
    await script.do(BO, Command("credit licences"))
    await script.do(BO, Command("credit status"), "command credit status with licences")
    await script.do(
        BO,
        Submit(
            "credit.log", {**LOG, "title": "Under rules", "day": "2026-11-09", "what_kind": "other"}
        ),
        "form credit.log under rules",
    )
    row = await _entry(script, "Under rules", "with")
    await script.do(ANA, Press("credit.look", value=row), "press credit.look under rules")
    await script.do(BO, Press("credit.relicense", "1"))
    await script.do(BO, Opened("credit.licence", "1"), "opened credit.licence")
    await script.do(BO, Press("credit.unlicensed", "2"))
    asks = {**told, "policy": "New York", "number": "NY-1"}
    await script.do(BO, Submit("credit.licence", asks), "form credit.licence asks more")
    await script.do(BO, Press("credit.holder", "2"))
    await script.do(BO, Submit("credit.holder", {"month": "3"}, "2"))
    await script.do(BO, Press("credit.unlicensed", "2"))
    georgia = {**told, "policy": "Georgia", "number": "GA-1"}
    await script.do(BO, Submit("credit.licence", georgia), "form credit.licence asks employment")
    await script.do(BO, Press("credit.otherwise", "3"))
    away = {"since": "2025-08-01", "until": "2026-06-30", "employment": "not_employed"}
    await script.do(BO, Submit("credit.otherwise", away, "3"))
    await script.do(BO, Press("credit.unlicensed", "3"))
    await script.do(ANA, Command("credit rules"))
    await script.do(ANA, Submit("credit.rules", {"rules": ["us-oh-revere"]}))


async def _documents(script: Script) -> None:
    """Make a transcript, a portfolio and a certificate; look at the year."""
    await script.do(
        CY, Submit("credit.transcript", {"shows": "hours"}), "form credit.transcript nothing"
    )
    await script.do(BO, Press("credit.transcript"))
    await script.do(BO, Submit("credit.transcript", {"shows": "name"}))
    await script.do(BO, Press("credit.portfolio"))
    kept = (await _entry(script, "Workshop 12"), await _entry(script, "Workshop 13"))
    await script.do(BO, Submit("credit.portfolio", {"entries": kept}))
    await script.do(BO, Press("credit.certificate", str(await _latest_activity(script))))
    await script.do(BO, Opened("credit.document", "1"), "opened credit.document")
    await script.do(ANA, Command("credit year"))
    await script.do(ANA, Opened("credit.year"), "opened credit.year")


async def _latest_activity(script: Script) -> int:
    who = MemberRef(script.room.platform, script.room.workspace, script.ids[BO])
    person = await script.parts.desk.person(who)
    assert person is not None
    found = await script.store.read(lambda tx: activities.activities_of(tx, person.id, 1))
    return found[0].id


async def _told(script: Script) -> None:
    await script.do(
        BO, Submit("credit.log", {**LOG, "title": "Waits long"}), "form credit.log late"
    )
    await script.until(script.clock.at + timedelta(days=4))
    plan = await _entry(script, "Institute")
    await script.do(BO, Press("credit.complete", plan))
    await _a_day(script)
    await script.until(script.clock.at + timedelta(days=8))
    await _a_day(script)
    await _files_go(script)
    await script.until(script.clock.at + timedelta(days=2))


async def _files_go(script: Script) -> None:
    entry = int(await _entry(script, "Workshop 17"))
    who = await script.parts.desk.person(
        MemberRef(script.room.platform, script.room.workspace, script.ids[BO])
    )
    assert who is not None
    args: notices.Args = {"entry": entry, "goes": "2027-01-31T17:00:00+00:00"}
    now = script.clock.at
    await script.store.run(
        lambda tx: notices.tell_now(tx, DECISIONS, who, KEPT, args, key="kept", now=now)
    )


async def _a_day(script: Script) -> None:
    await script.store.run(lambda tx: daily.plan(tx, script.clock.at))
    await script.until(script.clock.at + timedelta(minutes=1))
