"""Dataclasses whose methods come late are in nothing else unlike the library's."""

import copy
import dataclasses
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.values import dataclass

Decorator = Callable[..., Any]
Fields = list[tuple[str, str, int]]
WAYS = ("plain", "default", "factory", "keyword", "unshown", "uncompared", "kept out")
fields = st.lists(
    st.tuples(
        st.text("abcdefgh_", min_size=1, max_size=3).filter(lambda each: not each.startswith("__")),
        st.sampled_from(WAYS),
        st.integers(0, 2),
    ),
    max_size=5,
    unique_by=lambda each: each[0],
)
values = st.lists(st.integers(0, 2), max_size=5)


@dataclass(frozen=True, slots=True)
class Kept:
    """One that is known by its name, as what is pickled has to be."""

    name: str
    more: tuple[int, ...] = ()


@dataclass(slots=True)
class Changing:
    """One that changes."""

    many: int = 0


def declared(by: Decorator, given: Fields, *, frozen: bool) -> type:
    """Return a class with these fields, made by one of the two."""
    members: dict[str, object] = {
        "__annotations__": {name: "int" for name, _, _ in given},
        "__module__": __name__,
        "__post_init__": lambda self: NOTED.append(type(self).__name__),
    }
    for name, way, value in given:
        ways: dict[str, dict[str, Any]] = {
            "default": {"default": value},
            "factory": {"default_factory": lambda value=value: value},
            "keyword": {"kw_only": True},
            "unshown": {"default": value, "repr": False},
            "uncompared": {"default": value, "compare": False},
            "kept out": {"default": value, "init": False},
        }
        if way in ways:
            members[name] = dataclasses.field(**ways[way])
    made: type = by(frozen=frozen, slots=True)(type("Said", (), members))
    return made


NOTED: list[str] = []


def happening(what: Callable[[], object]) -> object:
    """Return what comes of a call, an error included."""
    try:
        return what()
    except (TypeError, AttributeError) as error:
        return type(error), str(error)


@given(
    declares=fields,
    positional=values,
    named=st.dictionaries(st.sampled_from("abc"), st.integers(0, 2)),
    frozen=st.booleans(),
)
def test_whatever_is_declared_behaves_alike(
    *, declares: Fields, positional: list[int], named: dict[str, int], frozen: bool
) -> None:
    """Made, shown, compared, hashed, set, replaced, taken apart and copied, errors in the same words."""
    classes = [
        happening(partial(declared, by, declares, frozen=frozen))
        for by in (dataclasses.dataclass, dataclass)
    ]
    if not isinstance(classes[0], type):  # refused at once by the library, here when one is made
        assert happening(classes[1]) == classes[0]  # type: ignore[arg-type]
        return
    seen = [_seen(each, positional, named) for each in classes]
    assert seen[0] == seen[1]


def _seen(cls: Any, positional: list[int], named: dict[str, int]) -> list[object]:
    NOTED.clear()
    one = happening(lambda: cls(*positional, **named))
    if isinstance(one, tuple):
        return [one, cls.__match_args__]
    other = cls(*positional, **named)
    name = next(iter(cls.__match_args__), "")
    return [
        repr(one),
        one == other,
        one == positional,
        happening(lambda: hash(one) == hash(other)),
        happening(lambda: hash(one) == hash(dataclasses.astuple(one))),  # type: ignore[call-overload]
        name and happening(lambda: setattr(one, name, 1)),
        name and happening(lambda: delattr(one, name)),
        happening(lambda: dataclasses.asdict(other)),
        happening(lambda: repr(dataclasses.replace(other, **named))),
        happening(lambda: copy.copy(other) == other),
        cls.__match_args__,
        list(NOTED),
    ]


def test_one_may_be_sent_to_a_child_process() -> None:
    """What is pickled comes back the same, before anything was compared or hashed."""
    kept = Kept("A fraction", (1, 2))
    assert pickle.loads(pickle.dumps(kept)) == kept  # noqa: S301 - our own
    assert len({kept, Kept("A fraction", (1, 2))}) == 1


def test_what_changes_has_no_hash() -> None:
    """Whoever puts it into a set is told, as ever."""
    changing = Changing()
    changing.many += 1
    assert changing == Changing(1)
    with pytest.raises(TypeError, match="unhashable"):
        hash(changing)


def test_methods_of_ones_own_stay() -> None:
    """What a class says itself is what it does."""

    @dataclass(frozen=True, slots=True)
    class Alike:
        name: str

        def __hash__(self) -> int:
            return hash(self.name.lower())

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Alike) and other.name.lower() == self.name.lower()

        def __repr__(self) -> str:
            return f"<{self.name}>"

    assert Alike("Ana") == Alike("ANA")
    assert repr(Alike("Ana")) == "<Ana>"
    assert hash(Alike("Ana")) == hash(Alike("ANA"))


def test_one_may_come_of_another() -> None:
    """Fields of the first stand before those of the second, and each is of its own kind."""

    @dataclass(frozen=True, slots=True)
    class More(Kept):
        last: int = 7

    assert More("Ana", (1,)) == More("Ana", (1,), 7) != Kept("Ana", (1,))
    assert Kept("Ana", (1,)) == Kept("Ana", (1,))


def test_many_threads_may_use_one_first() -> None:
    """Whoever comes first has the methods made; all get theirs."""

    @dataclass(frozen=True, slots=True)
    class Shared:
        number: int

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(Shared, [1] * 64))
        assert all(pool.map(lambda each: each == Shared(1), made))
        assert len(set(pool.map(hash, made))) == 1
