"""Discord's published description, where it stands beside this checkout."""

from pathlib import Path

import pytest

from tests.adapters.discord.strictness import Strict
from tests.conftest import without
from tests.scenarios.conftest import discord_proxy


@pytest.fixture(scope="session")
def peers(repository: Path) -> Path:
    """Return the folder of counterparts that tests may use and the project does not hold."""
    folder = repository.parent / "shared" / "peers"
    if not folder.is_dir():
        without("the counterparts are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def strict(peers: Path) -> Strict:
    """Return the check against Discord's published description."""
    return Strict(peers / "discord-openapi.json")


__all__ = ["discord_proxy"]
