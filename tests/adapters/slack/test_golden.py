"""Every card and form of the core as Block Kit, beside its golden file, and valid by Slack's models.

`PLNBOT_TEST_GOLDEN=write ./run test tests/adapters/slack/test_golden.py` writes the files anew.
"""

import json
import os
from pathlib import Path

import pytest

from adapters.slack.dialogs import Back, form_view
from adapters.slack.render import card_view, home_view, message
from adapters.slack.text import Json, Reader
from plnbot.refs import MemberRef
from plnbot.store.database import Store
from plnbot.talk.cards import Card
from plnbot.talk.pages import Page
from plnbot.testing import FrozenClock
from tests.adapters.slack.seeded import TEAM, Seeded, play, seeded
from tests.adapters.slack.valid import check_message, check_view

GOLDEN = Path(__file__).parent / "golden"
WRITE = os.environ.get("PLNBOT_TEST_GOLDEN") == "write"
READER = Reader("en", "America/New_York")


@pytest.fixture
async def played(store: Store, clock: FrozenClock) -> Seeded:
    """Return a workspace in which everything came up once."""
    chat = await seeded(store, clock)
    await play(chat)
    return chat


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_every_card_and_form(played: Seeded) -> None:
    """What the core shows is what the golden file holds, and no card or form is forgotten."""
    routes = played.parts.runner.routes
    posted = {name.removeprefix("post.") for name in played.shown if name.startswith("post.")}
    forms = {name.removeprefix("form.") for name in played.shown if name.startswith("form.")}
    assert posted == set(routes.cards), "play() in seeded.py must bring every card up"
    assert forms == set(routes.forms), "play() in seeded.py must bring every form up"
    assert played.pressed == set(routes.presses), "play() in seeded.py must press every button"
    rendered = {name: _rendered(name, shown) for name, shown in played.shown.items()}
    rendered["home"] = await _home(played, "U0MAYA")
    rendered["home.told"] = await _home(played, "U0PRIYA")
    if WRITE:
        _write(rendered)
    found = {path.stem: json.loads(path.read_text("utf-8")) for path in GOLDEN.glob("*.json")}
    assert rendered == found, "look at what changed; if it is meant, write the files anew"


def _rendered(name: str, shown: object) -> Json:
    if isinstance(shown, Card):
        body = message(shown, READER)
        check_message(body)
        check_view(card_view([shown], READER))
        return body
    assert not isinstance(shown, Page), name
    view = form_view(shown, READER, Back("C0CHAT"))  # type: ignore[arg-type]
    check_view(view)
    return view


async def _home(played: Seeded, user: str) -> Json:
    page = await played.parts.desk.page(MemberRef("slack", TEAM, user), "home", "")
    assert isinstance(page, Page)
    view = home_view(page, READER)
    check_view(view)
    return view


def _write(rendered: dict[str, Json]) -> None:
    GOLDEN.mkdir(exist_ok=True)
    for path in GOLDEN.glob("*.json"):
        path.unlink()
    for name, body in rendered.items():
        text = json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True)
        (GOLDEN / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
