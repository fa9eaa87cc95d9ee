"""Whose a request is, by the connection and what a proxy on this machine says."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.entrance.addresses import source


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.9", [], "203.0.113.9"),
        ("203.0.113.9", ["198.51.100.7"], "203.0.113.9"),
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("::1", ["198.51.100.7"], "198.51.100.7"),
        ("::ffff:127.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("127.0.0.1", ["203.0.113.9, 198.51.100.7"], "198.51.100.7"),
        ("127.0.0.1", ["203.0.113.9", "198.51.100.7"], "198.51.100.7"),
        ("127.0.0.1", ["203.0.113.9", "192.0.2.1,198.51.100.7:5123"], "198.51.100.7"),
        ("127.0.0.1", ["[2001:db8::1]:443"], "2001:db8::/64"),
        ("127.0.0.1", ["[2001:db8::1]"], "2001:db8::/64"),
        ("127.0.0.1", ["2001:db8:0:0:ffff::2"], "2001:db8::/64"),
        ("127.0.0.1", ["::ffff:198.51.100.7"], "198.51.100.7"),
        ("127.0.0.1", ["fe80::1%eth0"], "fe80::/64"),
        ("2001:db8::77", [], "2001:db8::/64"),
        ("::ffff:198.51.100.7", [], "198.51.100.7"),
        ("127.0.0.1", ["unknown"], "127.0.0.1"),
        ("127.0.0.1", ["198.51.100.7,"], "127.0.0.1"),
        ("", [], ""),
    ],
)
def test_which_address(peer: str, forwarded: list[str], expected: str) -> None:
    """The last hop of all lines, parsed, where this machine's proxy says it; else the peer's."""
    assert source(peer, forwarded) == expected


@given(st.ip_addresses(v=4), st.lists(st.text(max_size=30), max_size=4), st.integers(0, 65535))
def test_nobody_chooses_their_address(real: IPv4Address, said: list[str], port: int) -> None:
    """Whatever a client writes before it, in however many lines, the proxy's own word counts."""
    for last in (f"{real}", f"{real}:{port}", f" {real} "):
        assert source("127.0.0.1", [*said, last]) == source("127.0.0.1", [last])
        assert source("127.0.0.1", [",".join([*said, last])]) == source("127.0.0.1", [last])


@given(st.ip_addresses(v=6), st.integers(0, 2**64 - 1))
def test_a_household_is_one(address: IPv6Address, other: int) -> None:
    """All addresses that somebody has for themselves count as one."""
    if address.ipv4_mapped is not None:
        return
    neighbour = IPv6Address((int(address) >> 64 << 64) | other)
    if neighbour.ipv4_mapped is None and not address.is_loopback and not neighbour.is_loopback:
        assert source(str(address), ()) == source(str(neighbour), ())
