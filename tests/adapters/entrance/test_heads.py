"""Which requests are taken, by their heads alone."""

from http import HTTPStatus

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict, CIMultiDictProxy

from adapters.web.entrance.heads import FORM, LARGEST, refused

KIND = "application/x-www-form-urlencoded"
BAD, TYPE, LARGE = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
)
Pairs = list[tuple[str, str]]


def judged(method: str, *pairs: tuple[str, str]) -> HTTPStatus | None:
    """Return why a request with these headers is refused by a route that takes forms."""
    return refused(method, CIMultiDictProxy(CIMultiDict(pairs)), FORM)


@pytest.mark.parametrize(
    ("method", "pairs", "expected"),
    [
        ("GET", [], None),
        ("GET", [("Content-Length", "0")], None),
        ("GET", [("Content-Length", "1")], BAD),
        ("DELETE", [("Transfer-Encoding", "chunked")], BAD),
        ("POST", [], None),
        ("POST", [("Content-Length", "1")], TYPE),
        ("POST", [("Content-Length", "1"), ("Content-Type", KIND)], None),
        ("POST", [("Content-Length", "1"), ("content-type", KIND.upper())], None),
        ("POST", [("Transfer-Encoding", "chunked"), ("Content-Type", KIND)], None),
        ("POST", [("Content-Length", str(LARGEST)), ("Content-Type", KIND)], None),
        ("POST", [("Content-Length", str(LARGEST + 1)), ("Content-Type", KIND)], LARGE),
        ("POST", [("Content-Length", "9" * 9000), ("Content-Type", KIND)], LARGE),
        ("POST", [("Content-Length", "-1"), ("Content-Type", KIND)], BAD),
        ("POST", [("Content-Length", "²"), ("Content-Type", KIND)], BAD),
        ("POST", [("Content-Length", "1"), ("Content-Length", "1"), ("Content-Type", KIND)], BAD),
        ("POST", [("Content-Length", "1"), ("Content-Type", KIND), ("Content-Type", KIND)], TYPE),
        ("POST", [("Content-Length", "1"), ("Content-Type", "text/plain")], TYPE),
        ("POST", [("Content-Length", "1"), ("Content-Type", "multipart/form-data; boundary=b")], TYPE),
        ("POST", [("Content-Length", "1"), ("Content-Type", "application/json")], TYPE),
    ],
)  # fmt: skip
def test_what_is_taken(method: str, pairs: Pairs, expected: HTTPStatus | None) -> None:
    """A body of our type, in our size, with POST: nothing else."""
    assert judged(method, *pairs) == expected


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ("", True),
        (";", True),
        (";charset=utf-8", True),
        ('; Charset="UTF-8"', True),
        ("; charset = utf-8 ", True),
        ("; charset=utf8", False),
        ("; charset=utf-7", False),
        ("; charset=punycode", False),
        ("; charset=", False),
        ("; charset=utf-8; charset=punycode", False),
        ("; charset*0=puny; charset*1=code", False),
        ("; boundary=x", False),
    ],
)
def test_which_charset(said: str, taken: bool) -> None:  # noqa: FBT001 - a case
    """Only UTF-8, under its one name, or none at all."""
    found = judged("POST", ("Content-Length", "1"), ("Content-Type", KIND + said))
    assert (found is None) == taken


@given(st.text(max_size=20))
def test_nothing_is_unpacked(encoding: str) -> None:
    """Whatever a body says that it is packed with, it is refused."""
    sent = (("Content-Length", "1"), ("Content-Type", KIND), ("Content-Encoding", encoding))
    assert judged("POST", *sent) == TYPE
