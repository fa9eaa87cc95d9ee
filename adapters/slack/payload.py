"""Reading what Slack sent: what has not the shape it should have is read as nothing."""

from collections.abc import Mapping
from typing import Any

Payload = Mapping[str, Any]


def text_of(payload: Payload, name: str) -> str:
    """Return a string, or an empty one."""
    value = payload.get(name)
    return value if isinstance(value, str) else ""


def dict_of(value: object) -> dict[str, Any]:
    """Return an object, or an empty one."""
    return value if isinstance(value, dict) else {}


def dicts_of(value: object) -> list[Payload]:
    """Return the objects of a list, or none."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
