"""Every card and form of the core as Block Kit, beside its golden file, and valid by Slack's models.

Pages have no address here, so what Slack shows instead of them comes up too.
`PLNBOT_TEST_UPDATE_GOLDENS=1 ./run test tests/adapters/slack/test_golden.py` writes the files anew.
"""

import json
import os
import re
from pathlib import Path

import pytest

from adapters.slack.dialogs import Back, form_view
from adapters.slack.render import card_view, home_view, message
from adapters.slack.text import Json, Reader
from plnbot.refs import MemberRef
from plnbot.store.database import Store
from plnbot.talk.pages import Page
from plnbot.testing import FrozenClock
from tests.adapters.script import ANA, BO, Script, everything, slug
from tests.adapters.slack.valid import check_message, check_view

GOLDEN = Path(__file__).parent / "golden"
UPDATE = "PLNBOT_TEST_UPDATE_GOLDENS"
READER = Reader("en", "America/New_York")
_SECRET = re.compile(r"(?<=/signin/)[\w-]{20,}|(?<=/calendar/)[\w-]{20,}|(?<=/practice/)\w{20,}")


@pytest.fixture
async def played(store: Store, clock: FrozenClock) -> Script:
    """Return a workspace in which everything came up once."""
    return await everything(store, clock, "slack", address="")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_every_card_and_form(played: Script) -> None:
    """What the core shows is what the golden file holds, and nothing is left over."""
    rendered = {slug(name): _message(played, name) for name in played.shown.cards}
    rendered |= {slug(name): _form(played, name) for name in played.shown.forms}
    rendered["home"] = await _home(played, ANA)
    rendered["home-told"] = await _home(played, BO)
    made = {name: _written(body) for name, body in rendered.items()}
    if os.environ.get(UPDATE) == "1":
        _write(made)
    stand = {path.stem: path.read_text("utf-8") for path in GOLDEN.glob("*.json")}
    assert sorted(made) == sorted(stand), f"{UPDATE}=1 writes them anew; look at the difference"
    for name, body in made.items():
        assert body == stand[name], name


def _message(played: Script, name: str) -> Json:
    card = played.shown.cards[name]
    body = message(card, READER)
    check_message(body)
    check_view(card_view([card], READER))
    return body


def _form(played: Script, name: str) -> Json:
    view = form_view(played.shown.forms[name], READER, Back(played.room.channel))
    check_view(view)
    return view


async def _home(played: Script, user: str) -> Json:
    who = MemberRef("slack", played.room.workspace, played.ids[user])
    page = await played.parts.desk.page(who, "home", "")
    assert isinstance(page, Page)
    view = home_view(page, READER)
    check_view(view)
    return view


def _written(body: Json) -> str:
    text = json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True)
    return _SECRET.sub("SECRET", text) + "\n"


def _write(made: dict[str, str]) -> None:
    GOLDEN.mkdir(exist_ok=True)
    for path in GOLDEN.glob("*.json"):
        path.unlink()
    for name, body in made.items():
        (GOLDEN / f"{name}.json").write_text(body, encoding="utf-8")
