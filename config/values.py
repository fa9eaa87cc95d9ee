"""What a setting's value may be, as types that check it. `ValueError` says nothing of a value."""

from collections.abc import Callable
from ipaddress import ip_address, ip_network
from math import isfinite
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

from plnbot.talk.words import LOCALES
from plnbot.walltime import UnknownZoneError, zone_named

PREFIX = "PLNBOT_"
LEAST_LIMIT = 30
"""A lower limit would hold up people in a lively chat, who write twenty answers a minute."""


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
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

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


def _contact(value: str) -> str:
    """Return what can stand in a header that introduces us."""
    at_home = "@" in value or value.startswith(("https://", "http://"))
    if not (value.isascii() and value.isprintable() and at_home) or set(value) & set(" ()<>"):
        raise ValueError
    return value


def _private_hosts(value: str) -> str:
    for each in value.split(","):
        if (host := each.strip()) and (
            set(host) & set("/@?# \t*") or urlsplit(f"//{host}").port == 0 or not host.isascii()
        ):
            raise ValueError
    return value


Folder = Annotated[
    Path, AfterValidator(lambda path: path.expanduser().absolute()), Field(validate_default=True)
]
DatabaseUrl = Annotated[SecretStr, AfterValidator(_database_url)]
OnOff = Annotated[Literal["on", "off"], BeforeValidator(_lower)]
OnOffAuto = Annotated[Literal["on", "off", "auto"], BeforeValidator(_lower)]
Host = Annotated[str, AfterValidator(_host)]
PublicUrl = Annotated[str, AfterValidator(_public_url)]
OneLine = Annotated[str, AfterValidator(_name)]
Locale = Annotated[str, BeforeValidator(_lower), AfterValidator(_locale)]
Zone = Annotated[str, AfterValidator(_zone)]
Rate = Annotated[float, AfterValidator(_rate)]
Limit = Annotated[int, AfterValidator(_limit)]
Networks = Annotated[str, AfterValidator(_networks)]
Contact = Annotated[str, AfterValidator(_contact)]
PrivateHosts = Annotated[str, AfterValidator(_private_hosts)]
LogLevel = Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)]
LogFormat = Annotated[Literal["text", "json"], BeforeValidator(_lower)]
BotToken = Annotated[SecretStr, AfterValidator(_begins("xoxb-"))]
AppToken = Annotated[SecretStr, AfterValidator(_begins("xapp-"))]
ConfigToken = Annotated[SecretStr, AfterValidator(_begins("xoxe"))]
ApiUrl = Annotated[str, AfterValidator(_api_url)]
ApiUrlWithSlash = Annotated[str, AfterValidator(lambda url: f"{_api_url(url)}/")]
GatewayUrl = Annotated[str, AfterValidator(_gateway_url)]
