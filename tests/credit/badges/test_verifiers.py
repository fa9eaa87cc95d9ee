"""What four verifiers say of our badges: ours, two from npm, one from PyPI; with -s it is printed."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError

from plnbot.openbadges import keys
from plnbot.openbadges.picture import baked
from plnbot.openbadges.verdict import Standing, read, verdict
from tests.conftest import without
from tests.credit.badges.issuing import (
    HOST,
    KEY,
    LIST,
    NEXT,
    NOW,
    STRANGER,
    UNTIL,
    WEB,
    as_text,
    badge,
    by,
    listed,
    picture,
    spoiled,
)

EVERY = 1 if os.environ.get("PLNBOT_TEST_FAULTS") == "long" else 3
"""Of the fields that are spoiled, how many apart; ours looks at each of them in `test_badges`."""
WITHDRAWN = 8
DID = f"{HOST}/did.json"
Cases = Mapping[str, dict[str, Any]]
Answers = Mapping[str, Mapping[str, str]]


def _cases() -> Cases:
    good, web = by(KEY, badge()), by(KEY, badge(WEB), WEB)
    signed_by_next = by(
        NEXT, {**badge(WEB), "credentialStatus": badge(WEB)["credentialStatus"]}, WEB
    )
    stranger = by(STRANGER, badge(KEY.public.did), KEY.public.did)
    foreign_method = by(STRANGER, badge(KEY.public.did), STRANGER.public.did)
    return {
        "good": good,
        "good, did:web": web,
        "good, out of its picture": dict(read(baked(picture(), as_text(good)))),
        "rotated: the old key": web,
        "rotated: the new key": signed_by_next,
        "withdrawn": by(KEY, badge(index=WITHDRAWN)),
        "expired": by(KEY, badge(until=UNTIL.replace(year=2026, month=10))),
        "signed by a stranger": stranger,
        "a stranger's key named": foreign_method,
        "a word put in": {**good, "endorsedBy": "everybody"},
        **dict([each for each in spoiled(good) if each[0].endswith("changed")][::EVERY]),
    }


def _documents(issuer: str = KEY.public.did) -> dict[str, Any]:
    # Each list is its issuer's: a badge of the other one would not believe it.
    return {
        LIST: listed(KEY, [WITHDRAWN], issuer),
        DID: keys.web_document(WEB, [KEY.public, NEXT.public]),
    }


def _of_web(name: str) -> bool:
    return "did:web" in name or name.startswith("rotated")


def _ours(case: Mapping[str, Any], documents: Mapping[str, Any]) -> str:
    found = verdict(case, NOW, lambda _did: documents[DID], documents.get)
    return (
        found.standing.value if found.standing is not Standing.CHANGED else f"refused: {found.why}"
    )


def _openbadgeslib(case: Mapping[str, Any], documents: Mapping[str, Any]) -> str:
    def download(address: str) -> bytes:
        return json.dumps(documents[address]).encode()

    try:
        # It knows only lists that are signed as JWT, so it is to read the bit and not the signature.
        OB3LdpVerifier().verify(
            as_text(case), check_status=True, download=download, verify_status_list=False
        )
    except OB3VerificationError as error:
        said = str(error).splitlines()[0]
        return "withdrawn" if "revo" in said.lower() else f"refused: {said[:90]}"
    return "good"


@pytest.fixture(scope="module")
def from_npm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the verifiers from npm, or skip where they are not to be had."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        without("there is no Node here")
    folder = tmp_path_factory.mktemp("verifiers")
    for each in (Path(__file__).parent / "verifiers").iterdir():
        shutil.copy(each, folder)
    install = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    done = subprocess.run(
        install, cwd=folder, capture_output=True, text=True, timeout=240, check=False
    )
    if done.returncode:
        without(f"npm does not give the verifiers: {done.stderr[-200:]}")
    return folder


def _by_npm(folder: Path, cases: Cases, documents: Mapping[str, Any]) -> Answers:
    given = {"now": NOW.isoformat(), "documents": documents, "cases": cases}
    (folder / "cases.json").write_text(json.dumps(given), "utf-8")
    told = subprocess.run(
        ["node", "verify.mjs", "cases.json", "answers.json"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert told.returncode == 0, told.stderr[-2000:]
    answers: Answers = json.loads((folder / "answers.json").read_text("utf-8"))
    return answers


@pytest.mark.rows(122)
def test_verifiers_that_are_not_ours_agree(from_npm: Path) -> None:
    """Good ones are good, withdrawn ones withdrawn, and one that was changed is refused, by each of the four."""
    cases = _cases()
    table: dict[str, dict[str, str]] = {}
    for web in (False, True):
        some = {name: each for name, each in cases.items() if _of_web(name) is web}
        documents = _documents(WEB if web else KEY.public.did)
        for name, answers in _by_npm(from_npm, some, documents).items():
            ours, theirs = _ours(some[name], documents), _openbadgeslib(some[name], documents)
            table[name] = {"plnbot": ours, **answers, "openbadgeslib": theirs}
    _print(table)
    for name, answers in table.items():
        if name.startswith(("good", "rotated")):
            assert set(answers.values()) == {"good"}, (name, answers)
        elif name == "withdrawn":
            assert set(answers.values()) == {"withdrawn"}, (name, answers)
        elif name == "expired":
            assert answers["plnbot"] == "expired"
            assert not set(answers.values()) & {"good", "withdrawn"}, (name, answers)
        else:
            assert all(each.startswith("refused") for each in answers.values()), (name, answers)


def _print(table: Mapping[str, Mapping[str, str]]) -> None:
    for name, answers in table.items():
        print(f"{name}")
        for who, said in answers.items():
            print(f"    {who:14} {said}")


def test_a_key_that_got_lost_signs_nothing_any_more() -> None:
    """Taken out of the issuer's document, what it signed is refused; the other key's badges stay good."""
    old, new = by(KEY, badge(WEB), WEB), by(NEXT, badge(WEB), WEB)
    documents = {LIST: listed(NEXT, (), WEB), DID: keys.web_document(WEB, [NEXT.public])}
    assert "none of its issuer's" in _ours(old, documents)
    assert _ours(new, documents) == "good"
