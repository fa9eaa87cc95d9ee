"""Settings: where they come from, what is refused, and that no secret gets out."""

import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from dotenv import dotenv_values

from config.fields import variables
from config.settings import Settings, SettingsError, load_settings, secret
from plnbot.operate.backup import sqlite_file
from plnbot.store.migrations import migrate

Env = Callable[..., None]
EXAMPLE = Path(__file__).parents[2] / "config" / "example.env"


@pytest.fixture(autouse=True)
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Env:
    """Go to an empty folder without PLNBOT_ variables; return what sets them."""
    for name in os.environ:
        if name.upper().startswith("PLNBOT_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def put(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"PLNBOT_{name}", value)

    return put


def refusal() -> str:
    """Return what load_settings says when it refuses."""
    with pytest.raises(SettingsError) as refused:
        load_settings()
    return str(refused.value)


def test_nothing_needs_to_be_set(tmp_path: Path) -> None:
    """A fresh machine gets a SQLite file in ./data, loopback, and the lobby."""
    settings = load_settings()
    assert settings.data_dir == tmp_path / "data"
    assert settings.database == f"sqlite:///{tmp_path}/data/plnbot.sqlite3"
    assert (settings.host, settings.port) == ("127.0.0.1", 8477)
    assert settings.lobby_is_on
    assert not (tmp_path / "data").exists()


def test_a_cluster_needs_postgresql(env: Env) -> None:
    """A file is one process's; the refusal says what to set."""
    env(CLUSTER="on")
    assert "PLNBOT_DATABASE_URL=postgresql://" in refusal()
    env(CLUSTER="on", DATABASE_URL="postgresql://pln@db/pln")
    assert load_settings().cluster == "on"
    env(DISCORD_TOKEN="t" * 60)
    assert load_settings().discord_token is not None


def test_no_limit_that_a_lively_chat_would_reach(env: Env) -> None:
    """Few a minute are refused with the least that may be set; none at all is no limit."""
    env(MEMBER_LIMIT="10")
    assert "PLNBOT_MEMBER_LIMIT" in refusal()
    assert "30 or more, or 0 for no limit" in refusal()
    env(MEMBER_LIMIT="0", ADDRESS_LIMIT="30")
    assert (load_settings().member_limit, load_settings().address_limit) == (0, 30)


def test_the_nearer_source_wins(env: Env, tmp_path: Path) -> None:
    """The command line beats the environment, that beats .env, and that the data folder's file."""
    (tmp_path / ".env").write_text("PLNBOT_DATA_DIR=d\nPLNBOT_PORT=2\nPLNBOT_HOST=localhost\n")
    (tmp_path / "d").mkdir()
    names = ("PORT=1", "HOST=::1", "LOCALE=es")
    (tmp_path / "d" / "plnbot.env").write_text("\n".join(f"PLNBOT_{each}" for each in names))
    assert load_settings().port == 2
    env(PORT="3")
    assert load_settings().port == 3
    settings = load_settings({"port": 4, "host": None})
    assert (settings.port, settings.host, settings.locale) == (4, "localhost", "es")


def test_another_file_than_dot_env(env: Env, tmp_path: Path) -> None:
    """PLNBOT_ENV_FILE replaces .env, and must exist."""
    (tmp_path / ".env").write_text("PLNBOT_PORT=1")
    (tmp_path / "other").write_bytes(b"\xef\xbb\xbfPLNBOT_HOST=localhost\r\nELSE=1\r\n")
    env(ENV_FILE="other")
    settings = load_settings()
    assert (settings.host, settings.port) == ("localhost", 8477)
    env(ENV_FILE="gone")
    assert "PLNBOT_ENV_FILE must name a file of settings; gone is none." in refusal()


def test_an_empty_variable_is_an_unset_one(env: Env) -> None:
    """`PLNBOT_PORT=` leaves the default, as compose files write it."""
    env(PORT="", PUBLIC_URL="", SECRET_KEY="")
    assert load_settings().port == 8477


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("HOST", "http://127.0.0.1"),
        ("PUBLIC_URL", "ftp://pln.example"),
        ("PUBLIC_URL", "pln.example"),
        ("PUBLIC_URL", "https://pln.example/path"),
        ("PUBLIC_URL", "https://pln.example?x"),
        ("PUBLIC_URL", "https://name:hunter2@pln.example"),
        ("PUBLIC_URL", "https://pln.example:port"),
        ("LOBBY", "yes"),
        ("LOCALE", "tlh"),
        ("CLOCK_RATE", "0"),
        ("CLOCK_RATE", "3601"),
        ("CLOCK_RATE", "nan"),
        ("NETWORK_NAME", "two\nlines"),
        ("CONTACT", "me"),
        ("CONTACT", "ana@example.org (at night)"),
        ("PRIVATE_HOSTS", "intranet, http://10.0.0.7"),
        ("PRIVATE_HOSTS", "10.0.0.0/8"),
        ("PRIVATE_HOSTS", "*.school.org"),
        ("PRIVATE_HOSTS", "host:port"),
        ("LOG_LEVEL", "loud"),
        ("LOG_FORMAT", "xml"),
        ("SECRET_KEY", "hunter2"),
        ("SLACK_API_URL", "http://slack.example/api/"),
        ("SLACK_BOT_TOKEN", "xapp-hunter2"),
        ("SLACK_APP_TOKEN", "xoxb-hunter2"),
        ("SLACK_SIGNING_SECRET", "hunter2"),
        ("SLACK_AUTHORIZE_URL", "slack.com"),
        ("DISCORD_API_URL", "discord.com"),
        ("DATABASE_URL", "mysql://name:hunter2@host/pln"),
        ("DATABASE_URL", "postgresql://name:hunter2@host:port/pln"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "hunter2"),
    ],
)
def test_a_mistake_names_its_variable_and_the_way_out(env: Env, name: str, value: str) -> None:
    """One line says which variable, where it stands and what it must be, never its value."""
    env(**{name: value})
    said = refusal()
    description = Settings.model_fields[name.lower()].description
    assert said == f"PLNBOT_{name} (in the environment) must be {description}."
    assert "hunter2" not in said


BOT = {"SLACK_BOT_TOKEN": "xoxb-1"}
MANY = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "hunter2"}
APP, SIGNED = {"SLACK_APP_TOKEN": "xapp-1"}, {"SLACK_SIGNING_SECRET": "0123456789abcdef"}
PUBLIC = {"PUBLIC_URL": "https://pln.example"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({**BOT}, "PLNBOT_SLACK_APP_TOKEN is missing"),
        ({**APP}, "PLNBOT_SLACK_BOT_TOKEN is missing"),
        ({**BOT, **SIGNED}, "PLNBOT_PUBLIC_URL must be set"),
        ({**BOT, **APP, **MANY, **PUBLIC}, "Set only one of the two"),
        ({**APP, **PUBLIC, "SLACK_CLIENT_ID": "1.2"}, "go together"),
        ({**APP, **MANY}, "PLNBOT_PUBLIC_URL must be set"),
    ],
)
def test_slacks_settings_go_together(env: Env, given: dict[str, str], words: str) -> None:
    """What is missing beside the rest is named, with where it is found."""
    env(**given)
    said = refusal()
    assert words in said
    assert "hunter2" not in said


@pytest.mark.parametrize(
    "given", [{**BOT, **APP}, {**BOT, **SIGNED, **PUBLIC}, {**MANY, **SIGNED, **PUBLIC}]
)
def test_slack_three_ways(env: Env, given: dict[str, str]) -> None:
    """Socket Mode, HTTP and installs by many workspaces are each whole."""
    env(**given)
    assert load_settings().slack_is_set_up


def test_no_secret_in_a_traceback(env: Env) -> None:
    """Neither the error's causes nor the settings' own words hold a secret."""
    env(DATABASE_URL="mysql://name:hunter2@host/pln")
    with pytest.raises(SettingsError) as refused:
        load_settings()
    cause: BaseException | None = refused.value
    while cause is not None:
        assert "hunter2" not in f"{cause!r} {cause}"
        cause = cause.__cause__ or cause.__context__
    env(DATABASE_URL="postgres://name:hunter2@host/pln", SECRET_KEY="hunter2" * 8)
    settings = load_settings()
    assert "hunter2" not in f"{settings!r} {settings}"


def test_every_mistake_is_said_at_once(env: Env, tmp_path: Path) -> None:
    """Mistakes in the environment and in a file come together, each with its place."""
    (tmp_path / ".env").write_text("# mine\nPLNBOT_LOCALE=tlh\nPLNBOT_LOBBI=on\n")
    env(PORT="abc")
    said = refusal().splitlines()
    assert len(said) == 3
    assert said[0] == "PLNBOT_LOBBI (in .env, line 3) is not a setting; did you mean PLNBOT_LOBBY?"
    assert any(each.startswith("PLNBOT_PORT (in the environment) must be") for each in said)
    assert any(each.startswith("PLNBOT_LOCALE (in .env, line 2) must be") for each in said)


def test_an_unknown_variable_is_answered_with_the_nearest_one(env: Env) -> None:
    """A slip of the finger is not silently without effect; the tests' own variables are left."""
    env(PROT="1", TEST_AXE="x")
    assert refusal().endswith("is not a setting; did you mean PLNBOT_PORT?")
    env(PROT="1", QWXZ="1")
    assert "PLNBOT_QWXZ (in the environment) is not a setting; config/example.env" in refusal()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PLNBOT_PORT\n", "Not understood in .env, line 1: write PLNBOT_NAME=value."),
        (b"\nPLNBOT_SECRET_KEY='hunter2\n", "Not understood in .env, line 2"),
        (b"PLNBOT_LOCALE=\xff\n", ".env is not text in UTF-8."),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes, said: str) -> None:
    """A damaged line is named by its number, without what stands in it."""
    (tmp_path / ".env").write_bytes(content)
    answer = refusal()
    assert answer.startswith(said)
    assert "hunter2" not in answer


def test_the_data_folder_is_not_named_inside_itself(tmp_path: Path) -> None:
    """A PLNBOT_DATA_DIR in the data folder's own file is refused: it could have no effect."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "plnbot.env").write_text("PLNBOT_DATA_DIR=elsewhere")
    assert "cannot stand in a file of the data folder itself" in refusal()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_reached_through_psycopg(env: Env, scheme: str) -> None:
    """Addresses as hosting services hand them out work as they are."""
    env(DATABASE_URL=f"{scheme}://name:p%40ss@host/pln")
    assert load_settings().database == "postgresql+psycopg://name:p%40ss@host/pln"


@pytest.mark.parametrize(
    ("host", "public", "on"),
    [
        ("127.0.0.1", "", True),
        ("localhost", "http://localhost:8477/", True),
        ("::1", "", True),
        ("0.0.0.0", "", False),  # noqa: S104 - the case in point
        ("192.168.1.4", "", False),
        ("127.0.0.1.example.org", "", False),
        ("127.0.0.1", "https://pln.example", False),
    ],
)
def test_the_lobby_is_for_this_machine_alone(env: Env, host: str, public: str, on: bool) -> None:  # noqa: FBT001 - a table's column
    """Auto switches the lobby off where others can reach it, and on is refused there."""
    env(HOST=host, PUBLIC_URL=public)
    assert load_settings().lobby_is_on is on
    env(LOBBY="ON")
    if on:
        assert load_settings().lobby_is_on
    else:
        said = refusal()
        assert said.startswith("PLNBOT_LOBBY cannot be on")
        assert "PLNBOT_HOST=127.0.0.1" in said
    env(LOBBY="off")
    assert not load_settings().lobby_is_on


def test_the_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    """Several processes starting at once agree on one secret, in a file of mode 0600."""
    settings = load_settings()
    with ThreadPoolExecutor(8) as several:
        keys = set(several.map(lambda _: secret(settings), range(32)))
    assert len(keys) == 1
    assert len(keys.pop()) == 64
    assert stat.S_IMODE((tmp_path / "data" / "secret").stat().st_mode) == 0o600
    assert [each.name for each in (tmp_path / "data").iterdir()] == ["secret"]


def test_a_given_secret_is_used_and_not_written(env: Env, tmp_path: Path) -> None:
    """PLNBOT_SECRET_KEY takes the file's place."""
    env(SECRET_KEY="x" * 32)
    assert secret(load_settings()) == b"x" * 32
    assert not (tmp_path / "data").exists()


def test_a_secret_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    """An empty file is never taken for a key."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret").write_text("")
    with pytest.raises(SettingsError, match="cut short"):
        secret(load_settings())


def test_a_data_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A file where the folder should be is answered with a sentence."""
    (tmp_path / "data").write_text("")
    with pytest.raises(SettingsError, match="PLNBOT_DATA_DIR"):
        secret(load_settings())


def test_the_example_shows_every_setting_as_it_is_by_default(env: Env, tmp_path: Path) -> None:
    """example.env names each variable, and reading all its lines changes nothing."""
    before = load_settings()
    lines = EXAMPLE.read_text("utf-8").replace("#PLNBOT_", "PLNBOT_")
    (tmp_path / "all.env").write_text(lines)
    assert set(dotenv_values(tmp_path / "all.env")) == set(variables())
    env(ENV_FILE="all.env")
    assert load_settings() == before


@pytest.mark.parametrize("name", ["what now?", "x?mode=ro", "a#b", "50%25", "ü b & c", "a;b@c:d"])
def test_a_folder_may_be_named_with_any_signs(tmp_path: Path, name: str) -> None:
    """The database is in the folder that was named, whatever its name means in an address."""
    folder = tmp_path / name
    folder.mkdir()
    settings = load_settings({"data_dir": str(folder)})
    migrate(settings.database)
    assert [each.name for each in tmp_path.iterdir()] == [name]
    assert sqlite_file(settings.database) == folder / "plnbot.sqlite3"
    assert (folder / "plnbot.sqlite3").stat().st_size > 0
