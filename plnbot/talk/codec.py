"""Cards and forms as plain data and back, for platforms that keep them in a database of ours."""

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from plnbot.refs import MemberRef, Place
from plnbot.talk import cards, forms, text, uploads

Made = TypeVar("Made")
_KINDS: Mapping[str, Callable[..., object]] = {
    each.__name__: each
    for each in (
        text.Text,
        text.Plain,
        text.Bold,
        text.Italic,
        text.Code,
        text.Link,
        text.Mention,
        text.Room,
        text.MessageLink,
        text.PageLink,
        text.When,
        text.Style,
        cards.Card,
        cards.Paragraph,
        cards.Field,
        cards.Fields,
        cards.Image,
        cards.Divider,
        cards.Button,
        cards.LinkButton,
        cards.PageButton,
        cards.Option,
        cards.Select,
        cards.Actions,
        cards.Tone,
        cards.Look,
        forms.Form,
        forms.TextInput,
        forms.ChoiceInput,
        forms.MultiChoiceInput,
        forms.DateInput,
        forms.TimeInput,
        forms.NumberInput,
        forms.SearchInput,
        forms.FileInput,
        uploads.FileKind,
        MemberRef,
        Place,
    )
}
Packed = str | int | bool | list["Packed"] | dict[str, "Packed"] | None
_VALUES: Mapping[str, Callable[[str], object]] = {
    "instant": datetime.fromisoformat,
    "day": date.fromisoformat,
    "hour": time.fromisoformat,
    "number": Decimal,
}


def pack(value: object) -> Packed:
    """Return a card or a form, or a part of one, as JSON can hold it."""
    if isinstance(value, StrEnum):
        return {"is": type(value).__name__, "value": value.value}
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, datetime):
        return {"is": "instant", "value": value.isoformat()}
    if isinstance(value, date | time):
        return {"is": "day" if isinstance(value, date) else "hour", "value": value.isoformat()}
    if isinstance(value, Decimal):
        return {"is": "number", "value": str(value)}
    if isinstance(value, tuple):
        return [pack(each) for each in value]
    if dataclasses.is_dataclass(value) and type(value).__name__ in _KINDS:
        parts = {f.name: pack(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return {"is": type(value).__name__, **parts}
    reason = f"no part of a card: {type(value).__name__}"
    raise TypeError(reason)


def unpack_card(packed: object) -> cards.Card:
    """Return the card that `pack` made data of; raises `ValueError` for anything else."""
    return _unpacked_as(cards.Card, packed)


def unpack_form(packed: object) -> forms.Form:
    """Return the form that `pack` made data of; raises `ValueError` for anything else."""
    return _unpacked_as(forms.Form, packed)


def _unpacked_as(kind: type[Made], packed: object) -> Made:
    made = _unpack(packed)
    if isinstance(made, kind):
        return made
    raise ValueError(f"this is no {kind.__name__.lower()}")


def _unpack(packed: object) -> object:
    match packed:
        case None | str() | int():
            return packed
        case list():
            return tuple(_unpack(each) for each in packed)
        case {"is": str(name), "value": str(value)} if name in _VALUES:
            return _VALUES[name](value)
        case {"is": str(name), **parts} if name in _KINDS:
            kind = _KINDS[name]
            if isinstance(kind, type) and issubclass(kind, StrEnum):
                return kind(str(parts["value"]))
            return kind(**{str(key): _unpack(value) for key, value in parts.items()})
    reason = "this is no part of a card"
    raise ValueError(reason)
