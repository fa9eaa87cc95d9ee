"""What four verifiers say of our badges: ours, two from npm, one from PyPI; with -s it is printed."""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
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

EVERY = 1 if os.environ.get("PLNBOT_TEST_FAULTS") == "long" else 5
"""Of the fields that are spoiled, how many apart; ours looks at each of them in `test_badges`."""
WITHDRAWN = 8
DID = f"{HOST}/did.json"
LOST = f"{WEB}:lost"
"""An issuer that withdrew a key; another one than `WEB`, for one of the verifiers keeps documents."""
VERIFIERS = Path(__file__).parent / "verifiers"
Documents = Mapping[str, Any]
Case = tuple[str, str, dict[str, Any]]
"""What it is called, on which web it is looked at, and the badge."""
Answers = Mapping[str, Mapping[str, str]]


def _cases() -> Sequence[Case]:
    good, web = by(KEY, badge()), by(KEY, badge(WEB), WEB)
    next_key = by(NEXT, badge(WEB), WEB)
    lost, anew = by(KEY, badge(LOST), LOST), by(NEXT, badge(LOST), LOST)
    found = {
        "good": ("own key", good),
        "good, did:web": ("rotated", web),
        "good, out of its picture": ("own key", dict(read(baked(picture(), as_text(good))))),
        "rotated: the old key": ("rotated", web),
        "rotated: the new key": ("rotated", next_key),
        "key withdrawn: signed by it": ("lost", lost),
        "good, key withdrawn: signed anew": ("lost", anew),
        "withdrawn": ("own key", by(KEY, badge(index=WITHDRAWN))),
        "expired": ("own key", by(KEY, badge(until=UNTIL.replace(year=2026, month=10)))),
        "signed by a stranger": ("own key", by(STRANGER, badge(), KEY.public.did)),
        "a stranger's key named": ("own key", by(STRANGER, badge(), STRANGER.public.did)),
        "a word put in": ("own key", {**good, "endorsedBy": "everybody"}),
    }
    changed = [each for each in spoiled(good) if each[0].endswith("changed")][::EVERY]
    named = [(name, *case) for name, case in found.items()]
    return [*named, *((name, "own key", each) for name, each in changed)]


def _webs() -> Mapping[str, Documents]:
    # Each list is its issuer's: a badge of the other one would not believe it.
    both = keys.web_document(WEB, [KEY.public, NEXT.public])
    lost = keys.web_document(LOST, [NEXT.public], [(KEY.public, "2026-11-02T08:00:00Z")])
    return {
        "own key": {LIST: listed(KEY, [WITHDRAWN])},
        "rotated": {LIST: listed(KEY, [WITHDRAWN], WEB), DID: both},
        "lost": {LIST: listed(NEXT, [WITHDRAWN], LOST), keys.document_address(LOST): lost},
    }


def _ours(case: Mapping[str, Any], documents: Documents) -> str:
    found = verdict(case, NOW, lambda did: documents[keys.document_address(did)], documents.get)
    return (
        found.standing.value if found.standing is not Standing.CHANGED else f"refused: {found.why}"
    )


def _openbadgeslib(case: Mapping[str, Any], documents: Documents) -> str:
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
def from_npm(pytestconfig: pytest.Config) -> Path:
    """Return a folder with the verifiers from npm, or skip where they are not to be had.

    They are kept between runs under the hash of what they are: to unpack them takes longest.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        without("there is no Node here")
    wanted = hashlib.sha256((VERIFIERS / "package.json").read_bytes()).hexdigest()[:12]
    place = pytestconfig.cache.mkdir("badges") / f"verifiers-{wanted}"
    if not place.exists():
        with tempfile.TemporaryDirectory(dir=place.parent) as folder:
            made = Path(folder) / "made"
            shutil.copytree(VERIFIERS, made)
            _install(npm, made)
            # Where another run was faster, its folder stays.
            with contextlib.suppress(OSError):
                made.rename(place)
    return place


def _install(npm: str, folder: Path) -> None:
    install = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    done = subprocess.run(
        install, cwd=folder, capture_output=True, text=True, timeout=240, check=False
    )
    if done.returncode:
        without(f"npm does not give the verifiers: {done.stderr[-200:]}")


def _by_npm(place: Path, folder: Path, cases: Sequence[Case]) -> Answers:
    """Return what both say of all cases; Node starts once, and finds what it imports beside its file."""
    script = place / f"verify-{os.getpid()}.mjs"
    shutil.copy(VERIFIERS / "verify.mjs", script)
    given = {"now": NOW.isoformat(), "webs": _webs(), "cases": cases}
    (folder / "cases.json").write_text(json.dumps(given), "utf-8")
    command = ["node", str(script), str(folder / "cases.json"), str(folder / "answers.json")]
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    finally:
        script.unlink()
    assert told.returncode == 0, told.stderr[-2000:]
    answers: Answers = json.loads((folder / "answers.json").read_text("utf-8"))
    return answers


@pytest.mark.rows(122)
def test_verifiers_that_are_not_ours_agree(from_npm: Path, tmp_path: Path) -> None:
    """Good ones are good, withdrawn ones withdrawn, and one that was changed is refused, by each of the four."""
    cases, webs = _cases(), _webs()
    from_others = _by_npm(from_npm, tmp_path, cases)
    table: dict[str, dict[str, str]] = {}
    for name, web, document in cases:
        ours, theirs = _ours(document, webs[web]), _openbadgeslib(document, webs[web])
        table[name] = {"plnbot": ours, **from_others[name], "openbadgeslib": theirs}
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
