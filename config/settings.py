"""Reads the settings, and answers every mistake at once in sentences that say how to mend it."""

import os
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from dotenv.parser import parse_stream
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from config.fields import Settings, variables
from config.values import PREFIX
from plnbot.errors import PlnError

__all__ = [
    "LOBBY_KEY",
    "Settings",
    "SettingsError",
    "files",
    "load_settings",
    "lobby_key",
    "secret",
]

ENV_FILE = f"{PREFIX}ENV_FILE"
_NOT_OURS = (f"{PREFIX}TEST_",)  # read by the tests alone
_SECRET_LENGTH = 32
LOBBY_KEY = "lobby_key"
"""The file in the data folder that holds the lobby's key."""
_LOBBY_KEY = re.compile("[0-9a-f]{32}")


class SettingsError(PlnError):
    """Settings that cannot be used: a sentence for each mistake, one a line, no secret in them."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class _Source:
    """Variables by upper-case name, and where to find each one to mend it."""

    values: Mapping[str, str]
    where: Mapping[str, str] = field(default_factory=dict)
    path: Path | None = None

    def place_of(self, name: str) -> str:
        return self.where.get(name, "in the environment")


def load_settings(overrides: Mapping[str, object] | None = None) -> Settings:
    """Return the settings from `overrides`, the environment, `.env` and `<data_dir>/plnbot.env`.

    The earlier wins. `overrides` are fields by name, such as the command line gives; None in one
    leaves it to the others. Raises SettingsError, which names every mistake.
    """
    given = {name: value for name, value in (overrides or {}).items() if value is not None}
    sources = [_environment(), _env_file()]
    data_dir = Path(str(_first("data_dir", given, sources) or "data")).expanduser()
    sources.append(_data_file(data_dir))
    problems = [problem for source in sources for problem in _unknown(source)]
    files = [source.path for source in reversed(sources) if source.path is not None]
    try:
        # The stub of pydantic's plugin does not know the private arguments of BaseSettings.
        settings = Settings(_env_file=files or None, **given)  # type: ignore[arg-type]
    except ValidationError as error:
        problems += [_sentence(each, given, sources) for each in error.errors()]
    if problems:
        raise SettingsError(*problems)
    return settings


def files(data_dir: Path) -> tuple[Path, ...]:
    """Return the files that settings are read from, those that are there."""
    named = Path(os.environ.get(ENV_FILE) or ".env").expanduser()
    return tuple(each for each in (named, data_dir / "plnbot.env") if each.is_file())


def secret(settings: Settings) -> bytes:
    """Return the key that signs links and sessions; the first call makes it, for good.

    It is `PLNBOT_SECRET_KEY`, else the file `secret` in the data folder (mode 0600). Raises
    SettingsError where that can be neither read nor made.
    """
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value().encode()
    path = settings.data_dir / "secret"
    try:
        if not path.exists():
            _write_once(path, secrets.token_hex(_SECRET_LENGTH))
        path.chmod(0o600)
        key = path.read_bytes().strip()
    except OSError as error:
        raise SettingsError(
            f"The secret in {path} cannot be used: {error.strerror}. Let plnbot write to the "
            f"folder that {PREFIX}DATA_DIR names, or set {PREFIX}SECRET_KEY."
        ) from error
    if len(key) < _SECRET_LENGTH:
        raise SettingsError(
            f"The secret in {path} is cut short. Restore it from a backup, or delete the file: a "
            "new one is made, and everybody signs in once more."
        )
    return key


def secrets_of(settings: Settings) -> tuple[bytes, ...]:
    """Return what opens what was sealed, the present secret first; raises as `secret` does."""
    before = settings.secret_key_before
    return (secret(settings), *([before.get_secret_value().encode()] if before else ()))


def lobby_key(settings: Settings) -> str:
    """Return the key in the lobby's address; the first call makes it, for good.

    It is in the file `lobby_key` in the data folder (mode 0600), beside `secret` and not in the
    database, which others may hold. Raises SettingsError where it can be neither read nor made.
    """
    path = settings.data_dir / LOBBY_KEY
    try:
        if not path.exists():
            _write_once(path, secrets.token_hex(16))
        path.chmod(0o600)
        key = path.read_bytes().decode(errors="replace").strip()
    except OSError as error:
        raise SettingsError(
            f"The lobby's key in {path} cannot be used: {error.strerror}. Let plnbot write to the "
            f"folder that {PREFIX}DATA_DIR names, or switch the lobby off: {PREFIX}LOBBY=off."
        ) from error
    if not _LOBBY_KEY.fullmatch(key):
        raise SettingsError(
            f"The lobby's key in {path} is cut short. Delete the file: a new one is made, and the "
            "lobby has a new address."
        )
    return key


def _write_once(path: Path, text: str) -> None:
    """Write a file whole and for its owner alone, unless another process was faster."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)


def _environment() -> _Source:
    return _Source({name.upper(): value for name, value in os.environ.items()})


def _env_file() -> _Source:
    named = os.environ.get(ENV_FILE)
    if named and not Path(named).expanduser().is_file():
        raise SettingsError(f"{ENV_FILE} must name a file of settings; {named} is none.")
    return _read(Path(named or ".env").expanduser())


def _data_file(data_dir: Path) -> _Source:
    source = _read(data_dir / "plnbot.env")
    if f"{PREFIX}DATA_DIR" in source.values:
        place = source.place_of(f"{PREFIX}DATA_DIR")
        raise SettingsError(
            f"{PREFIX}DATA_DIR ({place}) cannot stand in a file of the data folder itself. Set it "
            "in the environment or in .env."
        )
    return source


def _read(path: Path) -> _Source:
    if not path.is_file():
        return _Source({})
    values, where = {}, {}
    try:
        with path.open(encoding="utf-8-sig") as stream:
            for binding in parse_stream(stream):
                written = binding.original  # with the blank lines before it
                blank = written.string.removesuffix(written.string.lstrip())
                line = f"in {path}, line {written.line + blank.count(chr(10))}"
                if binding.error or (binding.key and binding.value is None):
                    raise SettingsError(f"Not understood {line}: write {PREFIX}NAME=value.")
                if binding.key is not None:
                    values[binding.key.upper()] = binding.value or ""
                    where[binding.key.upper()] = line
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError:
        raise SettingsError(f"{path} is not text in UTF-8. Save it again as such.") from None
    return _Source(values, where, path)


def _first(name: str, given: Mapping[str, object], sources: list[_Source]) -> object:
    variable = f"{PREFIX}{name.upper()}"
    found = (source.values[variable] for source in sources if source.values.get(variable))
    return given.get(name) or next(found, None)


def _unknown(source: _Source) -> Iterator[str]:
    known = [*variables(), ENV_FILE]
    for name in source.values:
        if name in known or not name.startswith(PREFIX) or name.startswith(_NOT_OURS):
            continue
        bare = name.removeprefix(PREFIX)
        near = get_close_matches(bare, [each.removeprefix(PREFIX) for each in known], n=1)
        hint = f"did you mean {PREFIX}{near[0]}?" if near else "config/example.env lists them all."
        yield f"{name} ({source.place_of(name)}) is not a setting; {hint}"


def _sentence(error: ErrorDetails, given: Mapping[str, object], sources: list[_Source]) -> str:
    if not error["loc"]:
        return error["msg"].removeprefix("Value error, ")
    name = str(error["loc"][0])
    variable = f"{PREFIX}{name.upper()}"
    place = "on the command line"
    if name not in given:
        place = next((s.place_of(variable) for s in sources if s.values.get(variable)), "")
    return f"{variable} ({place}) must be {Settings.model_fields[name].description}."
