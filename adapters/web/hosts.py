"""By which name a request calls us, and whether somebody else has passed it on. Pure."""

from collections.abc import Container
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from aiohttp import web

# What proxies, tunnels, gateways and content networks add, each in its way.
_PASSED_ON = frozenset(
    {
        "cdn-loop",
        "client-ip",
        "forwarded",
        "forwarded-for",
        "ngrok-auth-user-id",
        "surrogate-capability",
        "true-client-ip",
        "via",
        "x-arr-log-id",
        "x-arr-ssl",
        "x-backend",
        "x-client-ip",
        "x-cluster-client-ip",
        "x-envoy-external-address",
        "x-forwarded",
        "x-forwarder-for",
        "x-host",
        "x-http-host-override",
        "x-original-for",
        "x-original-forwarded-for",
        "x-original-host",
        "x-original-uri",
        "x-original-url",
        "x-originating-ip",
        "x-proxy-for",
        "x-proxyuser-ip",
        "x-real-ip",
        "x-real-port",
        "x-remote-addr",
        "x-remote-ip",
        "x-rewrite-url",
        "x-scheme",
        "x-varnish",
    }
)
_PASSED_ON_BY = (
    "cf-",
    "cloudfront-",
    "fastly-",
    "fly-",
    "tailscale-",
    "x-amz-",
    "x-amzn-",
    "x-appengine-",
    "x-azure-",
    "x-envoy-",
    "x-forwarded-",
    "x-goog-",
    "x-ms-",
    "x-tunnel-",
    "x-vercel-",
)


def passed_on(request: web.Request) -> bool:
    """Return whether a proxy or a tunnel says that it passes on what somebody else asks."""
    names = (name.lower() for name in request.headers)
    return any(name in _PASSED_ON or name.startswith(_PASSED_ON_BY) for name in names)


def calls_this_machine(host: str) -> bool:
    """Return whether a `Host` is what a machine calls itself: `localhost`, or a loopback address."""
    name = _named(host)
    address = _address(name)
    return name == "localhost" if address is None else address.is_loopback


def calls(host: str, names: Container[str]) -> bool:
    """Return whether a `Host` is one of these names, each in lower case; an empty one is nobody's."""
    name = _named(host)
    return bool(name) and name in names


def calls_us(request: web.Request, names: Container[str]) -> bool:
    """Return whether a request calls us by one of these names, as this machine, or by an address.

    A page elsewhere can point a name of its own at this machine, but no name is an address; and
    every browser says by which name it calls.
    """
    host = request.host
    known = calls_this_machine(host) or calls(host, names) or _address(_named(host)) is not None
    return known or "Host" not in request.headers


def _named(host: str) -> str:
    """Return the name in a `Host`, in lower case and without its port; empty where it is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name.partition("%")[0])
    except ValueError:
        return None
