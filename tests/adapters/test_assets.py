"""The files of the pages: whole, with their kind, and asked for again without being sent again."""

import pytest

from adapters.web.assets import _FOLDER, address
from tests.scenarios.lobby import LobbyDriver

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_assets(lobby: LobbyDriver) -> None:
    """Each is given as it is on the disk, and not again to who has it."""
    kinds = {"app.css": "text/css", "app.js": "text/javascript", "favicon.svg": "image/svg+xml"}
    for name, kind in kinds.items():
        given = await lobby.client.get(f"/static/{name}")
        assert given.status == 200
        assert given.content_type == kind
        assert given.headers["X-Content-Type-Options"] == "nosniff"
        assert await given.read() == (_FOLDER / name).read_bytes()
        again = await lobby.client.get(
            f"/static/{name}", headers={"If-None-Match": given.headers["ETag"]}
        )
        assert again.status == 304
        assert again.headers["Cache-Control"] == "no-cache"
        kept = await lobby.client.get(address(name))
        assert "immutable" in kept.headers["Cache-Control"]
        changed = await lobby.client.get(f"/static/{name}", headers={"If-None-Match": '"old"'})
        assert changed.status == 200


@pytest.mark.parametrize(
    "path", ["/static/", "/static/none.js", "/static/..%2fapp.py", "/static/a/b"]
)
async def test_nothing_else(lobby: LobbyDriver, path: str) -> None:
    """What is not in the folder is not there."""
    assert (await lobby.client.get(path)).status == 404
