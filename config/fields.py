"""What an operator may set: `PLNBOT_…` in the environment, then in a file of such lines.

Each field is the variable `PLNBOT_<FIELD>`; its description is the sentence that a mistake in it
is answered with ("PLNBOT_PORT must be …"), so write it to be read there. `example.env` lists
them all. An adapter's settings stand together at the end, under its name.
"""

from collections.abc import Callable, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from math import isfinite
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from plnbot.talk.words import LOCALES
from plnbot.walltime import UnknownZoneError, zone_named

PREFIX = "PLNBOT_"
LEAST_LIMIT = 30
"""A lower limit would hold up people in a lively chat, who write twenty answers a minute."""
_API_HINT = "the service's base address, beginning https:// (http:// on this machine alone)"


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach `host`."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _host(value: str) -> str:
    if not value or set(value) & set("/@?# \t") or "://" in value:
        raise ValueError
    return value


def _http_url(value: str) -> str:
    """Return an http(s) address without its last slash; ValueError says nothing of its content."""
    parts = urlsplit(value)
    ok = parts.scheme in {"http", "https"} and parts.hostname and not set(value) & set(" \\\t")
    if not ok or parts.username is not None or parts.query or parts.fragment:
        raise ValueError
    _ = parts.port  # raises ValueError where it is no number
    return value.rstrip("/")


def _gateway_url(value: str) -> str:
    scheme, _, rest = value.partition("://")
    if scheme not in {"ws", "wss"}:
        raise ValueError
    _api_url({"ws": "http", "wss": "https"}[scheme] + "://" + rest)
    return value.rstrip("/")


def _public_url(value: str) -> str:
    url = _http_url(value)
    if urlsplit(url).path:
        raise ValueError
    return url


def _api_url(value: str) -> str:
    url = _http_url(value)
    parts = urlsplit(url)
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise ValueError
    return url


def _database_url(value: SecretStr) -> SecretStr:
    url = value.get_secret_value().strip()
    scheme, colon, rest = url.partition("://")
    match scheme:
        case "postgres" | "postgresql" | "postgresql+psycopg" if colon and rest:
            return SecretStr(_parsed(f"postgresql+psycopg://{rest}"))
        case "sqlite" if len(rest) > 1 and rest.startswith("/") and rest != "/:memory:":
            return SecretStr(url)
        case _:
            raise ValueError


def _parsed(url: str) -> str:
    from sqlalchemy.engine import make_url  # noqa: PLC0415 - only where there is such an address
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    try:
        make_url(url)
    except ArgumentError:
        raise ValueError from None
    return url


def _begins(prefix: str) -> Callable[[SecretStr], SecretStr]:
    def check(value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith(prefix):
            raise ValueError
        return value

    return check


def _rate(value: float) -> float:
    if not isfinite(value):
        raise ValueError
    return value


def _limit(value: int) -> int:
    if 0 < value < LEAST_LIMIT:
        raise ValueError
    return value


def _name(value: str) -> str:
    if not value.isprintable():
        raise ValueError
    return value


def _locale(value: str) -> str:
    if value not in LOCALES:
        raise ValueError
    return value


def _zone(value: str) -> str:
    try:
        return zone_named(value)
    except UnknownZoneError:
        raise ValueError from None


def _networks(value: str) -> str:
    for each in value.split(","):
        if each.strip():
            ip_network(each.strip())
    return value


class Settings(BaseSettings):
    """All settings, checked. Made by `config.settings.load_settings`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        extra="ignore",  # load_settings names each unknown variable, with the nearest known one
        frozen=True,
        hide_input_in_errors=True,
        str_strip_whitespace=True,
    )

    data_dir: Annotated[
        Path,
        AfterValidator(lambda path: path.expanduser().absolute()),
        Field(validate_default=True),
    ] = Field(Path("data"), description="a folder for the database, the secret and backups")
    database_url: Annotated[SecretStr, AfterValidator(_database_url)] | None = Field(
        None,
        description="sqlite:///path/to/file or postgresql://name:password@host/database; "
        "left out, it is plnbot.sqlite3 in the data folder",
    )
    cluster: Annotated[Literal["on", "off"], BeforeValidator(_lower)] = Field(
        "off", description="on or off (on: several processes share the work, on PostgreSQL)"
    )
    host: Annotated[str, AfterValidator(_host)] = Field(
        "127.0.0.1",
        description="the address or name to listen on, alone: 127.0.0.1 (this machine only), "
        "0.0.0.0 (every network)",
    )
    port: int = Field(
        8477, ge=0, le=65535, description="a whole number from 0 to 65535; 0 takes any free port"
    )
    public_url: Annotated[str, AfterValidator(_public_url)] | None = Field(
        None,
        description="the address at which members reach the pages, such as "
        "https://pln.example.org: no path, no name or password in it",
    )
    lobby: Annotated[Literal["on", "off", "auto"], BeforeValidator(_lower)] = Field(
        "auto", description="on, off or auto (on where only this machine can reach it)"
    )
    network_name: Annotated[str, AfterValidator(_name)] = Field(
        "Our learning network",
        min_length=1,
        max_length=80,
        description="the first network's name, 1 to 80 characters on one line",
    )
    locale: Annotated[str, BeforeValidator(_lower), AfterValidator(_locale)] = Field(
        "en", description=f"a language that plnbot speaks: {', '.join(LOCALES)}"
    )
    zone: Annotated[str, AfterValidator(_zone)] = Field(
        "America/New_York",
        description="the first network's time zone, as people call it or by its IANA name: "
        "Eastern, Madrid, Asia/Tokyo",
    )
    clock_rate: Annotated[float, AfterValidator(_rate)] = Field(
        1.0,
        gt=0,
        le=3600,
        description="a number above 0 and up to 3600: how many times as fast the clock runs; 60 is "
        "a rehearsal in which a minute takes a second",
    )
    secret_key: SecretStr | None = Field(
        None,
        min_length=32,
        description="at least 32 random characters; left out, one is made and kept in the data "
        "folder",
    )
    secret_key_before: SecretStr | None = Field(
        None,
        min_length=32,
        description="the secret that was in use before, after the secret was changed: what it "
        "sealed is sealed anew at the start, and then this line can go",
    )
    member_limit: Annotated[int, AfterValidator(_limit)] = Field(
        60,
        ge=0,
        description=f"a whole number, {LEAST_LIMIT} or more, or 0 for no limit: how many messages, "
        "forms and commands one member may send within a minute",
    )
    press_limit: Annotated[int, AfterValidator(_limit)] = Field(
        300,
        ge=0,
        description=f"a whole number, {LEAST_LIMIT} or more, or 0 for no limit: how often one member "
        "may press buttons, and moderators steer, within a minute",
    )
    address_limit: Annotated[int, AfterValidator(_limit)] = Field(
        300,
        ge=0,
        description=f"a whole number, {LEAST_LIMIT} or more, or 0 for no limit: how many may sign "
        "in, or come into the lobby as somebody new, from one network address within a minute",
    )
    watch_from: Annotated[str, AfterValidator(_networks)] = Field(
        "",
        description="networks, parted by commas, that may read /healthz, /readyz and /metrics besides"
        " this machine: 10.0.0.0/8, fd00::/8",
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)] = (
        Field("info", description="debug, info, warning or error")
    )
    log_format: Annotated[Literal["text", "json"], BeforeValidator(_lower)] = Field(
        "text", description="text (for people) or json (for a log collector)"
    )

    # Slack
    slack_bot_token: Annotated[SecretStr, AfterValidator(_begins("xoxb-"))] | None = Field(
        None, description="the bot token, which begins xoxb- (the app's page OAuth & Permissions)"
    )
    slack_app_token: Annotated[SecretStr, AfterValidator(_begins("xapp-"))] | None = Field(
        None,
        description="the app-level token, which begins xapp- (the app's page Basic Information)",
    )
    slack_signing_secret: SecretStr | None = Field(
        None,
        min_length=16,
        description="the signing secret as it stands on the app's page Basic Information",
    )
    slack_client_id: Annotated[str, AfterValidator(_name)] | None = Field(
        None, description="the client ID as it stands on the app's page Basic Information"
    )
    slack_client_secret: SecretStr | None = Field(
        None, description="the client secret as it stands on the app's page Basic Information"
    )
    slack_authorize_url: Annotated[str, AfterValidator(_api_url)] = Field(
        "https://slack.com/oauth/v2/authorize", description=_API_HINT
    )
    slack_config_token: Annotated[SecretStr, AfterValidator(_begins("xoxe"))] | None = Field(
        None,
        description="an app configuration token, which begins xoxe (at the foot of the page Your "
        "Apps); only ./run doctor slack uses it",
    )
    slack_api_url: Annotated[str, AfterValidator(lambda url: f"{_api_url(url)}/")] = Field(
        "https://slack.com/api/", description=_API_HINT
    )

    # Discord
    discord_token: SecretStr | None = Field(
        None,
        min_length=20,
        description="the bot's token from Discord's developer portal; without it Discord is left "
        "alone",
    )
    discord_message_content: Annotated[Literal["on", "off"], BeforeValidator(_lower)] = Field(
        "off",
        description="on or off: on only with the message content intent switched on in Discord's "
        "developer portal; then answers typed freely count",
    )
    discord_members: Annotated[Literal["on", "off"], BeforeValidator(_lower)] = Field(
        "off",
        description="on or off: on only with the server members intent switched on in Discord's "
        "developer portal; then whoever comes into the server during a chat is greeted",
    )
    discord_threads: Annotated[Literal["on", "off"], BeforeValidator(_lower)] = Field(
        "on", description="on (a thread below each question) or off (one channel for all)"
    )
    discord_api_url: Annotated[str, AfterValidator(_api_url)] = Field(
        "https://discord.com/api/v10", description=_API_HINT
    )
    discord_gateway_url: Annotated[str, AfterValidator(_gateway_url)] | None = Field(
        None,
        description="the gateway's address, beginning wss:// (ws:// on this machine alone); left "
        "out, Discord says it",
    )

    @property
    def database(self) -> str:
        """The database's address as SQLAlchemy reads it; it may hold a password."""
        if self.database_url is None:
            return f"sqlite:///{self.data_dir / 'plnbot.sqlite3'}"
        return self.database_url.get_secret_value()

    @property
    def watchers(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The networks that may read how the bot is, besides this machine."""
        named = (each.strip() for each in self.watch_from.split(","))
        return tuple(ip_network(each) for each in named if each)

    @property
    def names(self) -> frozenset[str]:
        """The names by which this installation is called from elsewhere."""
        public = urlsplit(self.public_url or "").hostname
        return frozenset({self.host.lower(), *([public] if public else [])})

    @property
    def lobby_is_on(self) -> bool:
        """Whether the lobby, which asks for no account, may be served."""
        return self.lobby == "on" or (self.lobby == "auto" and not self.reached_from_outside)

    @property
    def reached_from_outside(self) -> bool:
        """Whether others than this machine can reach the pages, directly or through a proxy."""
        public = urlsplit(self.public_url).hostname if self.public_url else None
        return not is_loopback(self.host) or (public is not None and not is_loopback(public))

    @model_validator(mode="after")
    def _no_cluster_where_it_cannot_be(self) -> Self:
        if self.cluster == "on" and not self.database.startswith("postgresql"):
            raise ValueError(
                f"{PREFIX}CLUSTER cannot be on with SQLite, which one process has to itself. Set "
                f"{PREFIX}DATABASE_URL=postgresql://name:password@host/database for every process, "
                "or leave it off."
            )
        return self

    @model_validator(mode="after")
    def _no_lobby_for_strangers(self) -> Self:
        if self.lobby == "on" and self.reached_from_outside:
            which = "PUBLIC_URL" if is_loopback(self.host) else "HOST"
            raise ValueError(
                f"{PREFIX}LOBBY cannot be on while {PREFIX}{which} opens the pages to other "
                "machines: in the lobby anybody may be anybody. Set it to auto or off, or keep "
                f"{PREFIX}HOST=127.0.0.1 and leave {PREFIX}PUBLIC_URL out."
            )
        return self

    @property
    def slack_is_set_up(self) -> bool:
        """Whether Slack is to be connected."""
        return self.slack_bot_token is not None or self.slack_client_id is not None

    @model_validator(mode="after")
    def _slack_is_whole(self) -> Self:
        missing = next((words for wrong, words in self._slack_mistakes() if wrong), None)
        if missing is not None:
            raise ValueError(missing)
        return self

    def _slack_mistakes(self) -> tuple[tuple[bool, str], ...]:
        """Return what of Slack's settings does not go together, each with what to do about it."""
        slack = f"{PREFIX}SLACK_"
        one, many = self.slack_bot_token is not None, self.slack_client_id is not None
        socket, http = self.slack_app_token is not None, self.slack_signing_secret is not None
        return (
            (
                one and many,
                (
                    f"{slack}BOT_TOKEN is for one workspace and {slack}CLIENT_ID for many. Set only one "
                    "of the two."
                ),
            ),
            (
                many != (self.slack_client_secret is not None),
                f"{slack}CLIENT_ID and {slack}CLIENT_SECRET go together. Set both, or neither.",
            ),
            (
                (socket or http) and not (one or many),
                (
                    f"{slack}BOT_TOKEN is missing: the token that begins xoxb-, from the app's page "
                    "OAuth & Permissions."
                ),
            ),
            (
                (one or many) and not (socket or http),
                (
                    f"{slack}APP_TOKEN is missing: the token that begins xapp-, from the app's page "
                    "Basic Information. It needs no public address. (Behind one, "
                    f"{slack}SIGNING_SECRET does instead.)"
                ),
            ),
            (
                http and not socket and not self.public_url,
                (
                    f"{slack}SIGNING_SECRET means that Slack calls a public address, so "
                    f"{PREFIX}PUBLIC_URL must be set; or set {slack}APP_TOKEN, which needs none."
                ),
            ),
            (
                many and not self.public_url,
                (
                    f"{slack}CLIENT_ID lets workspaces install the app by a page, so "
                    f"{PREFIX}PUBLIC_URL must be set."
                ),
            ),
        )


def variables() -> Mapping[str, str]:
    """Return each field by the name of its variable."""
    return {f"{PREFIX}{field.upper()}": field for field in Settings.model_fields}
