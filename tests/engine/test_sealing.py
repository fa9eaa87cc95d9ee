"""What is sealed opens with the same secret and for the same purpose alone, and shows nowhere."""

import pytest

from plnbot.engine.sealing import Seal, SealedError


def test_only_the_same_secret_opens_it_for_the_same_purpose() -> None:
    """Another secret, another purpose, something cut off: each is refused; without a secret nothing is sealed."""
    seal = Seal(b"secret of the house")
    sealed = seal.sealed("badges", b"the seed")
    assert seal.opened("badges", sealed) == b"the seed"
    assert "the seed" not in sealed
    assert "secret" not in repr(seal)
    for other, purpose, text in (
        (Seal(b"another"), "badges", sealed),
        (seal, "tokens", sealed),
        (seal, "badges", sealed[:-4]),
    ):
        with pytest.raises(SealedError):
            other.opened(purpose, text)
    with pytest.raises(SealedError):
        Seal().sealed("badges", b"x")
