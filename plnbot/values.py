"""`dataclass`, as in the standard library, whose methods are made when one of them is first used.

The library writes and compiles six functions for each frozen class, which takes half a millisecond. The
house declares hundreds, and a start, or a word on the command line, uses few of them. So a class with slots
has its fields at once; the library makes its methods when it is first called, compared, hashed or shown, on a
twin with the same fields, from which they are taken over. Any other class is the library's at once.
`docs/decisions/022-dataclasses-have-their-methods-when-used.md` has the figures.
"""

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - handed on
else:

    def dataclass(cls: type | None = None, /, **how: bool) -> object:
        """Make a class as `dataclasses.dataclass` does; see there."""
        if cls is None:
            return lambda given: dataclass(given, **how)
        if not how.get("slots") or how.keys() - {"frozen", "slots", "kw_only"}:
            return dataclasses.dataclass(cls, **how)
        return _with_methods_later(cls, how.get("frozen", False), how.get("kw_only", False))


class _Method(Protocol):
    def __call__(self, *given: object, **named: object) -> object: ...


def _with_methods_later(cls: type, frozen: bool, kw_only: bool) -> type:  # noqa: FBT001 - as given
    # Python sets `__hash__` to None beside an `__eq__`: that is nobody's wish.
    own = {name for name, value in vars(cls).items() if name != "__hash__" or value is not None}
    cls.__doc__ = cls.__doc__ or cls.__name__  # else the library makes all of a signature for it
    as_given = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)
    made: type = as_given(cls)
    compared = ("__repr__", "__eq__", "__hash__") if frozen else ("__repr__", "__eq__")
    _have_made_later(made, [each for each in ("__init__",) if each not in own], frozen)
    _have_made_later(made, [each for each in compared if each not in own], frozen)
    for name, method in (_FROZEN if frozen else _CHANGES).items():
        if name not in own:
            setattr(made, name, method)
    return made


def _have_made_later(cls: type, names: Sequence[str], frozen: bool) -> None:  # noqa: FBT001 - as given
    for name in names:
        setattr(cls, name, _at_first_use(cls, name, names, frozen))


def _at_first_use(cls: type, name: str, names: Sequence[str], frozen: bool) -> _Method:  # noqa: FBT001 - as given
    def method(*given: object, **named: object) -> object:
        twin = vars(_twin(cls, frozen, init="__init__" in names))
        for each in names:
            setattr(cls, each, twin[each])
        made: object = twin[name](*given, **named)
        return made

    method.__name__, method.__qualname__ = name, f"{cls.__qualname__}.{name}"
    return method


def _twin(cls: type, frozen: bool, *, init: bool) -> type:  # noqa: FBT001 - as given
    """Return a class with the same fields, for which the library has made methods: `__init__`, or the others."""
    fields = dataclasses.fields(cls)
    members: dict[str, object] = {each.name: _like(each) for each in fields}
    members["__annotations__"] = {each.name: each.type for each in fields}
    members |= {"__module__": cls.__module__, "__doc__": cls.__doc__}
    if hasattr(cls, "__post_init__"):
        members["__post_init__"] = cls.__post_init__
    # With slots, what no argument gives gets its default in `__init__` too.
    slots = not all(each.init for each in fields)
    as_given = dataclasses.dataclass(
        init=init, repr=not init, eq=not init, frozen=frozen, slots=slots
    )
    made: type = as_given(type(cls.__name__, (), members))
    return made


def _like(field: "dataclasses.Field[Any]") -> object:
    given = ("init", "repr", "hash", "compare", "kw_only", "default", "default_factory")
    same = {name: getattr(field, name) for name in given}
    return dataclasses.field(
        **{name: each for name, each in same.items() if each is not dataclasses.MISSING}
    )


def _refuse_to_set(_self: object, name: str, _value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, each.name) for each in dataclasses.fields(self)]


def _take_state(self: Any, state: list[object]) -> None:
    for each, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)


_FROZEN = {
    "__setattr__": _refuse_to_set,
    "__delattr__": _refuse_to_delete,
    "__getstate__": _state,
    "__setstate__": _take_state,
}
_CHANGES = {"__hash__": None}
