"""Ways into a private network, written in every spelling that some program somewhere reads."""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address

FOUR = (
    *("127.0.0.1", "127.8.9.10", str(IPv4Address(0)), "10.0.0.1", "10.255.255.254", "100.64.0.1"),
    *("100.100.100.200", "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.254"),
    *("192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.19.255.1"),
    *(
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
    ),
)
SIX = (
    *("::1", "::", "::2", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "100::1", "2001::1", "2001:2::1"),
    *(
        "2001:10::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
    ),
    *("fe80::1", "fe80::5efe:7f00:1", "febf::1", "fec0::1", "ff02::1", "ff0e::1"),
)
WIDE = {ord(str(digit)): 0xFF10 + digit for digit in range(10)}
CIRCLED = {ord(str(digit)): 0x245F + digit for digit in range(1, 10)}


def spellings(address: str) -> Iterator[str]:
    """Yield hosts that all mean one IPv4 address to something."""
    four = IPv4Address(address)
    whole, (a, b, c, d) = int(four), four.packed
    yield from (address, f"{address}.", str(whole), hex(whole), f"0x{whole:08X}", f"0{whole:o}")
    yield f"0{a:o}.0{b:o}.0{c:o}.0{d:o}"
    yield f"000{a:o}.{b}.{c}.0x{d:x}"
    yield f"0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}"
    yield f"0x{a:x}.{(b << 16) + (c << 8) + d}"
    yield f"{a}.{(b << 16) + (c << 8) + d}"
    yield f"{a}.{b}.{(c << 8) + d}"
    yield "".join(f"%{ord(each):02x}" for each in address)
    yield address.translate(WIDE)
    yield address.translate(CIRCLED)
    yield address.replace(".", "。")
    yield from (f"[{IPv6Address(prefix + int(four))}]" for prefix in _embedded())
    yield f"[{IPv6Address((0x2002 << 112) + (whole << 80) + 1)}]"
    yield f"[{IPv6Address((0x2001 << 112) + (whole ^ 0xFFFFFFFF))}]"
    yield f"[::ffff:{address}]"
    yield f"[::FFFF:{a:x}{b:02x}:{c:x}{d:02x}]"


def _embedded() -> Iterator[int]:
    """Yield where in IPv6 an IPv4 address stands at the end."""
    for prefix in (
        "::",
        "::ffff:0:0",
        "::ffff:0:0:0",
        "64:ff9b::",
        "64:ff9b:1::",
        "fe80::5efe:0:0",
    ):
        yield int(IPv6Address(prefix))


def hosts() -> Iterator[str]:
    """Yield every host that must not be connected to, as it stands in an address."""
    for four in FOUR:
        yield from spellings(four)
    for six in SIX:
        yield f"[{six}]"
        yield f"[{IPv6Address(six).exploded}]"
        yield f"[{six}%25lo]"
    yield from (
        "localhost",
        "LocalHost",
        "localhost.",
        "a.localhost",
        "localhost.localdomain",
        "0",
        "00",
    )


def names() -> dict[str, list[str]]:
    """Return names that lead inside, each with its addresses."""
    table = {f"four{at}.example": [each] for at, each in enumerate(FOUR)}
    table |= {f"six{at}.example": [each] for at, each in enumerate(SIX)}
    table |= {f"mapped{at}.example": [f"::ffff:{each}"] for at, each in enumerate(FOUR)}
    return table | {"both.example": ["127.0.0.1", "::1"], "metadata.example": ["169.254.169.254"]}


def addresses(port: int) -> Iterator[str]:
    """Yield addresses of web pages that lead inside, or are none."""
    for host in (*hosts(), *names()):
        yield f"http://{host}:{port}/feed"
        yield f"https://{host}:{port}/feed"
    for four in FOUR:
        yield f"http://{four}/latest/meta-data/"
        yield f"http://someone@{four}:{port}/"
        yield f"http://fine.example@{four}:{port}/"
        yield f"http://someone:secret@{four}:{port}/"
        yield f"http://fine.example:80@{four}:{port}/"
        yield f"http://fine.example\\@{four}:{port}/"
        yield f"http://{four}:{port}\\@fine.example/"
        yield f"http://{four}:{port}#@fine.example/"
        yield f"http:\t//{four}:{port}/"
        yield f"http://{four[:3]}\n{four[3:]}:{port}/"
        yield f"///{four}:{port}/"
        yield f"//{four}:{port}/"
        yield f"http:{four}:{port}/"
        for scheme in ("ftp", "file", "gopher", "dict", "ldap", "ws", "feed", "unix", "jar:http"):
            yield f"{scheme}://{four}:{port}/"
    yield from (
        "",
        "http://",
        "http:///x",
        "http://[",
        "http://[::1",
        "http://]:80/",
        "http://:80/",
    )
    yield from ("file:///etc/passwd", "data:text/xml,<rss/>", "javascript:1", "about:blank")
    yield from (
        f"http://fine.example:{closed}/" for closed in (22, 25, 6379, 5432, 11211, 99999, -1)
    )
