"""Where a request comes from, as one source of many: pure."""

import re
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

_WITH_PORT = re.compile(r"(?:\[(?P<v6>[^\]]*)\]|(?P<v4>[\d.]+))(?::\d+)?")
_HOUSEHOLD = 64
"""Whoever has one IPv6 address has all with the same first bits."""


def source(peer: str, forwarded: Iterable[str]) -> str:
    """Return the address that a request is counted under; an IPv6 one as its /64.

    `peer` is the connection's own, `forwarded` the lines of X-Forwarded-For in their order. Through
    a proxy on this machine it is the last hop, which that proxy has added: what stands before it,
    anybody may have written.
    """
    if is_this_machine(peer):
        last = ",".join(forwarded).rpartition(",")[2].strip()
        return _counted(last) or _counted(peer) or peer
    return _counted(peer) or peer


@lru_cache(1024)
def is_this_machine(peer: str) -> bool:
    """Return whether a connection comes from this machine, as a trusted proxy's does."""
    try:
        address = ip_address(peer.partition("%")[0])
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


@lru_cache(1024)
def _counted(said: str) -> str:
    """Return one address in its one form, empty where it is none: `addr:port` and `[v6]:port` too."""
    parted = _WITH_PORT.fullmatch(said)
    bare = (parted["v6"] or parted["v4"]) if parted else said
    try:
        address = ip_address(bare.partition("%")[0])
    except ValueError:
        return ""
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((address, _HOUSEHOLD), strict=False))
