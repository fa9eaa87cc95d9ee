"""What is sealed opens with the same secret and for the same purpose alone, and shows nowhere."""

import pytest

from plnbot.sealing import Seal, SealedError


def test_only_the_same_secret_opens_it_for_the_same_purpose() -> None:
    """Another secret, another purpose, something cut off: each is refused; without a secret nothing is sealed."""
    seal = Seal((b"secret of the house",))
    sealed = seal.sealed("badges", b"the seed")
    assert seal.opened("badges", sealed) == b"the seed"
    assert "the seed" not in sealed
    assert "secret" not in repr(seal)
    for other, purpose, text in (
        (Seal((b"another",)), "badges", sealed),
        (seal, "tokens", sealed),
        (seal, "badges", sealed[:-4]),
    ):
        with pytest.raises(SealedError):
            other.opened(purpose, text)
    with pytest.raises(SealedError):
        Seal().sealed("badges", b"x")


def test_a_secret_is_changed_while_the_one_before_opens_still() -> None:
    """What the old secret sealed is renewed once, stays as it is then, and needs the old one no more."""
    old, new = Seal((b"old",)), Seal((b"new",))
    sealed = old.sealed("badges", b"the seed")
    both = Seal((b"new", b"old"))
    renewed = both.renewed("badges", sealed)
    assert both.renewed("badges", renewed) == renewed
    assert new.opened("badges", renewed) == b"the seed"
    with pytest.raises(SealedError):
        new.renewed("badges", sealed)
