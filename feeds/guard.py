"""What may be connected to, said where nothing gets around it: when the socket is made.

By then a name is an address, a number written in any of its dozen ways is an address, and what a
redirect named is an address; so literals, names that lead inside, names that change their mind and
redirects are all seen at this one place. Before it, `checked` looks at what is said in the address
itself. `ipaddress.is_global` is not asked: it lets through several ways into the own network, and
what it says changes between versions of Python.
"""

import re
import socket
from collections.abc import Collection
from contextvars import ContextVar
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from aiohttp.connector import AddrInfoType
from yarl import URL

from plnbot.errors import Refused
from plnbot.talk.words import msg

_DENIED = tuple(
    ip_network(each)
    for each in (
        "0.0.0.0/8",  # this host
        "10.0.0.0/8",
        "100.64.0.0/10",  # behind a carrier's translation, and a cloud's metadata
        "127.0.0.0/8",
        "168.63.129.16/32",  # a cloud's inner services, at an address that looks public
        "169.254.0.0/16",  # link-local, clouds' metadata
        "172.16.0.0/12",
        "192.0.0.0/24",  # protocol assignments, a cloud's metadata
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
        "2001::/23",  # Teredo, ORCHID and other protocol assignments
        "2001:db8::/32",
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "3fff::/20",  # documentation
    )
)
_UNICAST = IPv6Network("2000::/3")
"""All that is global in IPv6. Outside: mapped and translated IPv4, unique local, link-local, …"""

_CLOSED_PORTS = frozenset(
    (
        *(0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95),
        *(101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179),
        *(389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601),
        *(
            636,
            989,
            990,
            993,
            995,
            1433,
            1521,
            1719,
            1720,
            1723,
            2049,
            2375,
            2376,
            3306,
            3389,
            3659,
        ),
        *(4045, 4190, 5060, 5061, 5432, 5672, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679),
        *(6697, 9042, 9200, 10080, 11211, 27017),
    )
)
"""Where other things listen than web servers, which might understand a request as something else."""
_LONGEST = 4000
_MOST_KNOWN = 4096
_AT_ONCE = 32 * 1024
_ODD = re.compile(r"[\x00-\x20\x7f\\]")


class NotPublicError(OSError):
    """An address that nothing is connected to."""


blocked: ContextVar[list[str] | None] = ContextVar("blocked", default=None)
"""Where a fetch hears that an address it was led to is none to connect to: several attempts may be
made for one name, and what they raise is melted into one error on the way."""


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address is one of the public internet."""
    if isinstance(address, IPv6Address) and address not in _UNICAST:
        return False
    return not any(address in each for each in _DENIED if each.version == address.version)


def public_socket(info: AddrInfoType) -> socket.socket:
    """Return a socket for an address that a name led to; raises `NotPublicError`."""
    family, where = info[0], info[4]
    try:
        fine = is_public(ip_address(where[0]))
    except ValueError:
        fine = False
    if not fine or family not in {socket.AF_INET, socket.AF_INET6}:
        if (heard := blocked.get()) is not None:
            heard.append(str(where[0]))
        raise NotPublicError("not a public address")
    return any_socket(info)


def any_socket(info: AddrInfoType) -> socket.socket:
    """Return a socket that takes in little at once.

    What comes in one piece is taken apart in one go, and a piece may be ten thousand answers that say
    nothing; so much of it that the loop stands still.
    """
    family, kind, protocol, _name, _where = info
    made = socket.socket(family=family, type=kind, proto=protocol)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _AT_ONCE)
    return made


class Guard:
    """Looks at addresses as they are written. `private` are hosts that may lead anywhere.

    Each is `host` or `host:port`, exactly as it stands in an address.
    """

    def __init__(self, private: Collection[str] = ()) -> None:
        self._private = frozenset(each.lower() for each in private)
        # Feeds are asked again and again, and to take an address apart is a tenth of asking.
        self._looked_at = lru_cache(_MOST_KNOWN)(self._look)

    def allows_private(self, url: URL) -> bool:
        """Tell whether this host was named as one that may lead into a private network."""
        if not self._private:
            return False
        host = (url.raw_host or "").lower()
        place = f"[{host}]" if ":" in host else host
        return not self._private.isdisjoint({host, place, f"{place}:{url.port}"})

    def checked(self, address: str) -> URL:
        """Return an address that may be asked, without the place on its page; raises `Refused`."""
        return self._looked_at(address)

    def _look(self, address: str) -> URL:
        written = address.strip()
        odd = _ODD.search(written)
        try:
            url = URL(written)
            port, host = url.port, url.raw_host
        except ValueError as error:
            raise no_address() from error
        if odd or url.scheme not in {"http", "https"} or not host or len(written) > _LONGEST:
            raise no_address()
        if "@" in url.raw_authority:
            raise Refused(
                msg("An address with a name or a password in it is not read. Take it out, please.")
            )
        if port is None or (port in _CLOSED_PORTS and not self.allows_private(url)):
            raise Refused(
                msg("Nothing is read from port {port} of {host}.", port=port or 0, host=host)
            )
        return url.with_fragment(None) if url.raw_fragment else url


def not_public(host: str) -> Refused:
    """Return what is said where a host leads to no public address."""
    return Refused(
        msg(
            "{host} is in a private network, from which nothing is read. Whoever runs plnbot can"
            " allow this one host.",
            host=host,
        )
    )


def no_address() -> Refused:
    """Return what is said where an address is none of the web."""
    return Refused(
        msg("That is not the address of a web page. One begins with https:// or http://.")
    )
