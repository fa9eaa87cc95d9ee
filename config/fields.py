"""What an operator may set: `PLNBOT_…` in the environment, then in a file of such lines.

Each field is the variable `PLNBOT_<FIELD>`; its description is the sentence that a mistake in it
is answered with ("PLNBOT_PORT must be …"), so write it to be read there. `example.env` lists
them all. An adapter's settings stand together at the end, under its name.
"""

from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Self
from urllib.parse import quote, urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from config.slack_fields import mistakes
from config.values import (
    LEAST_LIMIT,
    PREFIX,
    ApiUrl,
    ApiUrlWithSlash,
    AppToken,
    BotToken,
    ConfigToken,
    Contact,
    DatabaseUrl,
    Folder,
    GatewayUrl,
    Host,
    Limit,
    Locale,
    LogFormat,
    LogLevel,
    Networks,
    OneLine,
    OnOff,
    OnOffAuto,
    PrivateHosts,
    PublicUrl,
    Rate,
    Zone,
    is_loopback,
)
from plnbot.talk.words import LOCALES

_API_HINT = "the service's base address, beginning https:// (http:// on this machine alone)"


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

    data_dir: Folder = Field(
        Path("data"), description="a folder for the database, the secret and backups"
    )
    database_url: DatabaseUrl | None = Field(
        None,
        description="sqlite:///path/to/file or postgresql://name:password@host/database; "
        "left out, it is plnbot.sqlite3 in the data folder",
    )
    cluster: OnOff = Field(
        "off", description="on or off (on: several processes share the work, on PostgreSQL)"
    )
    host: Host = Field(
        "127.0.0.1",
        description="the address or name to listen on, alone: 127.0.0.1 (this machine only), "
        "0.0.0.0 (every network)",
    )
    port: int = Field(
        8477, ge=0, le=65535, description="a whole number from 0 to 65535; 0 takes any free port"
    )
    public_url: PublicUrl | None = Field(
        None,
        description="the address at which members reach the pages, such as "
        "https://pln.example.org: no path, no name or password in it",
    )
    lobby: OnOffAuto = Field(
        "auto", description="on, off or auto (on where only this machine can reach it)"
    )
    network_name: OneLine = Field(
        "Our learning network",
        min_length=1,
        max_length=80,
        description="the first network's name, 1 to 80 characters on one line",
    )
    locale: Locale = Field("en", description=f"a language that plnbot speaks: {', '.join(LOCALES)}")
    zone: Zone = Field(
        "America/New_York",
        description="the first network's time zone, as people call it or by its IANA name: "
        "Eastern, Madrid, Asia/Tokyo",
    )
    clock_rate: Rate = Field(
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
    member_limit: Limit = Field(
        60,
        ge=0,
        description=f"a whole number, {LEAST_LIMIT} or more, or 0 for no limit: how many messages, "
        "forms and commands one member may send within a minute",
    )
    press_limit: Limit = Field(
        300,
        ge=0,
        description=f"a whole number, {LEAST_LIMIT} or more, or 0 for no limit: how often one member "
        "may press buttons, and moderators steer, within a minute",
    )
    address_limit: Limit = Field(
        300,
        ge=0,
        description=f"a whole number, {LEAST_LIMIT} or more, or 0 for no limit: how many may sign "
        "in, or come into the lobby as somebody new, from one network address within a minute",
    )
    watch_from: Networks = Field(
        "",
        description="networks, parted by commas, that may read /healthz, /readyz and /metrics besides"
        " this machine: 10.0.0.0/8, fd00::/8",
    )
    contact: Contact | None = Field(
        None,
        description="an e-mail address or a web address, at which those whose pages are read can"
        " reach you; left out, it is the address of the pages",
    )
    private_hosts: PrivateHosts = Field(
        "",
        description="hosts, parted by commas, that may be read though they are in a private network:"
        " intranet.school.org, 10.0.0.7:8080",
    )
    log_level: LogLevel = Field("info", description="debug, info, warning or error")
    log_format: LogFormat = Field(
        "text", description="text (for people) or json (for a log collector)"
    )

    # Slack
    slack_bot_token: BotToken | None = Field(
        None, description="the bot token, which begins xoxb- (the app's page OAuth & Permissions)"
    )
    slack_app_token: AppToken | None = Field(
        None,
        description="the app-level token, which begins xapp- (the app's page Basic Information)",
    )
    slack_signing_secret: SecretStr | None = Field(
        None,
        min_length=16,
        description="the signing secret as it stands on the app's page Basic Information",
    )
    slack_client_id: OneLine | None = Field(
        None, description="the client ID as it stands on the app's page Basic Information"
    )
    slack_client_secret: SecretStr | None = Field(
        None, description="the client secret as it stands on the app's page Basic Information"
    )
    slack_authorize_url: ApiUrl = Field(
        "https://slack.com/oauth/v2/authorize", description=_API_HINT
    )
    slack_config_token: ConfigToken | None = Field(
        None,
        description="an app configuration token, which begins xoxe (at the foot of the page Your "
        "Apps); only ./run doctor slack uses it",
    )
    slack_api_url: ApiUrlWithSlash = Field("https://slack.com/api/", description=_API_HINT)

    # Discord
    discord_token: SecretStr | None = Field(
        None,
        min_length=20,
        description="the bot's token from Discord's developer portal; without it Discord is left "
        "alone",
    )
    discord_message_content: OnOff = Field(
        "off",
        description="on or off: on only with the message content intent switched on in Discord's "
        "developer portal; then answers typed freely count",
    )
    discord_members: OnOff = Field(
        "off",
        description="on or off: on only with the server members intent switched on in Discord's "
        "developer portal; then whoever comes into the server during a chat is greeted",
    )
    discord_threads: OnOff = Field(
        "on", description="on (a thread below each question) or off (one channel for all)"
    )
    discord_api_url: ApiUrl = Field("https://discord.com/api/v10", description=_API_HINT)
    discord_gateway_url: GatewayUrl | None = Field(
        None,
        description="the gateway's address, beginning wss:// (ws:// on this machine alone); left "
        "out, Discord says it",
    )

    @property
    def database(self) -> str:
        """The database's address as SQLAlchemy reads it; it may hold a password."""
        if self.database_url is None:
            # A folder may be named with signs that an address reads otherwise, such as `?`.
            return f"sqlite:///{quote(str(self.data_dir / 'plnbot.sqlite3'))}"
        return self.database_url.get_secret_value()

    @property
    def watchers(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The networks that may read how the bot is, besides this machine."""
        named = (each.strip() for each in self.watch_from.split(","))
        return tuple(ip_network(each) for each in named if each)

    @property
    def reads_inside(self) -> frozenset[str]:
        """The hosts that may be read though they are in a private network."""
        named = (each.strip().lower() for each in self.private_hosts.split(","))
        return frozenset(each for each in named if each)

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
        missing = next((words for wrong, words in mistakes(self) if wrong), None)
        if missing is not None:
            raise ValueError(missing)
        return self


def variables() -> Mapping[str, str]:
    """Return each field by the name of its variable."""
    return {f"{PREFIX}{field.upper()}": field for field in Settings.model_fields}
