"""Every card and every form of the core, as Discord's API gets it."""

import json
import os
import re
from pathlib import Path

import pytest

from adapters.discord import commands, dialogs, render
from adapters.discord.markup import Reader
from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.adapters.discord.strictness import Strict
from tests.adapters.script import Script, Shown, everything, slug

FOLDER = Path(__file__).parent / "goldens"
UPDATE = "PLNBOT_TEST_UPDATE_GOLDENS"
_SECRET = re.compile(r"(?<=/signin/)[\w-]{20,}|(?<=/calendar/)[\w-]{20,}|(?<=/practice/)\w{20,}")
READER = Reader("en", "America/New_York")
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def shown(store: Store, clock: FrozenClock) -> Shown:
    """Return everything that the core shows on Discord."""
    return (await everything(store, clock, "discord")).shown


def bodies(shown: Shown) -> dict[str, tuple[str, render.Json]]:
    """Return each golden by its name: the schema it must fit, and the body."""
    found: dict[str, tuple[str, render.Json]] = {}
    for name, card in shown.cards.items():
        found[slug(name)] = ("MessageCreateRequest", render.message(card, READER))
    for name, form in shown.forms.items():
        for step in range(len(dialogs.steps(form))):
            body = dialogs.dialog(form, "d0", step, {}, READER)
            label = slug(f"{name} step {step + 1}")
            found[label] = ("ModalInteractionCallbackRequestData", body)
    for name, errors in shown.errors.items():
        form = next(each for each in shown.forms.values() if each.name == name.split()[-1])
        body = dialogs.mend(form, "d0", errors, READER)
        found[slug(name)] = ("MessageCreateRequest", body)
    return found


def written(body: render.Json) -> str:
    """Return a body as a golden holds it, secrets that chance makes left out."""
    return _SECRET.sub("SECRET", json.dumps(body, indent=1, ensure_ascii=False)) + "\n"


async def test_each_is_as_it_was_and_fits(shown: Shown, strict: Strict) -> None:
    """Nothing looks different by accident or is new without a golden; all passes Discord's description."""
    found = bodies(shown)
    made = {name: written(body) for name, (_schema, body) in found.items()}
    if os.environ.get(UPDATE) == "1":
        FOLDER.mkdir(exist_ok=True)
        for old in FOLDER.glob("*.json"):
            old.unlink()
        for name, body in made.items():
            (FOLDER / f"{name}.json").write_text(body, encoding="utf-8")
    stand = {each.stem: each.read_text("utf-8") for each in FOLDER.glob("*.json")}
    assert sorted(made) == sorted(stand), f"{UPDATE}=1 writes them anew; look at the difference"
    for name, body in made.items():
        assert body == stand[name], name
    for name, (schema, sent) in found.items():
        strict.check(schema, sent, name)


async def test_commands_fit_what_discord_publishes(
    store: Store, clock: FrozenClock, strict: Strict
) -> None:
    """Every command of the core is registered, and the whole passes the description."""
    script = Script(store, clock, "discord", "")
    offers = script.parts.desk.offers()
    made = commands.registered(offers, script.parts.desk.own_message())
    for each in made:
        strict.check("ApplicationCommandUpdateRequest", each, str(each["name"]))
    paths = [
        (str(word["name"]), *([str(sub["name"])] if word["type"] == 2 else ()))
        for command in made
        for word in command.get("options", [])  # type: ignore[attr-defined] # a list of objects
        for sub in (word["options"] if word["type"] == 2 else [word])
    ]
    found = [commands.command_of(path, offers) for path in paths]
    assert found == sorted(offers, key=lambda each: each.name.split())
    assert len(made) <= 100
