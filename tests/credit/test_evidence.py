"""Files that go along: what they are by their content, as many as there is room for, and gone with their member."""

import base64
from functools import partial
from random import Random

import pytest
from sqlalchemy import text

from plnbot.credit.personal import PERSONAL
from plnbot.credit.routes import evidence as routes
from plnbot.credit.store import evidence
from plnbot.members import store as members
from plnbot.members.actions import erasing
from plnbot.store.database import Store, Tx
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import Answer, Reply, Submit
from plnbot.talk.uploads import received
from plnbot.testing import FrozenClock
from tests.credit.school import PRIYA, SAM, School, school_of

PDF = b"%PDF-1.7\n" + Random(1).randbytes(5_000)
PNG = b"\x89PNG\r\n\x1a\n" + Random(2).randbytes(100)
DETAILS = {"what": "certificate", "held_by": "", "place": "", "shares": []}


@pytest.fixture
async def school(store: Store, clock: FrozenClock) -> School:
    """Return a school on the test's own database."""
    return await school_of(store, clock)


async def sends(school: School, user: str, *contents: bytes, entry: int = 0) -> Answer:
    """Let somebody send files along with an entry, or with a new one."""
    number = entry or await school.logs(user)
    files = {"files": [received("certificate.pdf", each) for each in contents]}
    return await school.do(user, Submit("credit.evidence", DETAILS, str(number), files=files))


def contents(tx: Tx) -> list[bytes]:
    """Return every content that is kept."""
    return [bytes(each) for each in tx.execute(text("SELECT content FROM credit_file")).scalars()]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_file_is_what_its_content_is(school: School) -> None:
    """A picture called a PDF is kept as a picture; a packed file called so is not taken, and said why."""
    assert isinstance(await sends(school, SAM, PNG), Reply)
    kept = await school.store.read(lambda tx: evidence.get(tx, 1))
    assert kept is not None
    assert kept.kind == "image"
    refused = await sends(school, SAM, PDF, b"PK\x03\x04 no pdf", entry=kept.entry)
    assert isinstance(refused, FieldErrors)
    assert "packed file" in str(refused.errors["files"])
    assert await school.store.read(contents) == [PNG]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_there_is_so_much_room(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """For an entry, for a member and for a network: who is over it is told which, and nothing is kept."""
    await sends(school, SAM, *[PDF + bytes([n]) for n in range(3)])
    entry = (await school.entries())[0].entry.id
    size = await school.store.read(lambda tx: evidence.used(tx, network=1))
    assert size == 3 * (len(PDF) + 1)

    async def refused(user: str, entry: int = 0, *, files: int = 1) -> str:
        more = [PDF + bytes([n, n]) for n in range(files)]
        answer = await sends(school, user, *more, entry=entry)
        assert isinstance(answer, FieldErrors)
        assert await school.store.read(lambda tx: evidence.used(tx, network=1)) == size
        return str(answer.errors["files"])

    assert "files are the most for one entry" in await refused(SAM, entry, files=3)
    monkeypatch.setattr(routes, "MOST_OF_A_MEMBER", size + len(PDF))
    assert "which is the most" in await refused(SAM, entry)
    monkeypatch.setattr(routes, "MOST_OF_A_NETWORK", size + len(PDF))
    assert "room for files is full" in await refused(PRIYA)


async def test_what_two_sent_goes_with_the_last_of_them(school: School) -> None:
    """A content is kept once; it is in what its member takes out, and an erasure leaves the other's alone."""
    await sends(school, SAM, PDF, PNG)
    await sends(school, PRIYA, PDF)
    assert sorted(await school.store.read(contents)) == sorted([PDF, PNG])
    holding = next(each for each in PERSONAL.holdings if each.name == "hours_evidence")
    for user, left in ((SAM, [PDF]), (PRIYA, [])):
        person, now = await school.person(user), school.clock.now()

        def taken_out(tx: Tx, member: int = person.id) -> list[bytes]:
            whose = members.whose(tx, member)
            assert whose is not None
            return [base64.b64decode(str(e["content_base64"])) for e in holding.export(tx, whose)]

        assert PDF in await school.store.read(taken_out)
        catalogue = school.parts.desk.routes
        erase = partial(
            erasing.erase, catalogue=catalogue, member=person.id, now=now, kept=(), by=None
        )
        await school.store.run(erase)
        assert await school.store.read(contents) == left
