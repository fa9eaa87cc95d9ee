"""By which name a request calls us, and whether somebody else has passed it on. Pure."""

from collections.abc import Container
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web

THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
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


def calls_us(request: web.Request, names: Container[str]) -> bool:
    """Return whether a request calls us by one of these names or by a bare address.

    A page elsewhere can point a name of its own at this machine, but no name is an address; and
    every browser says by which name it calls.
    """
    if "Host" not in request.headers:
        return True
    name = named(request.host)
    return name in names or _is_address(name)


def named(host: str) -> str:
    """Return the name in a `Host`, in lower case and without its port; empty where it is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True
