"""What Discord would refuse: its published description, and the limits which that leaves out."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

_COMMAND = re.compile(r"^[-_'\w]{1,32}$")


def units(words: str) -> int:
    """Return the length in UTF-16 units."""
    return len(words.encode("utf-16-le")) // 2


class Strict:
    """Checks bodies by the name of their schema."""

    def __init__(self, description: Path) -> None:
        self._spec = json.loads(description.read_text("utf-8"))
        self._validators: dict[str, Draft202012Validator] = {}

    def check(self, schema: str, body: object, name: str) -> None:
        """Fail with what is wrong about a body."""
        plain = json.loads(json.dumps(body))
        if schema not in self._validators:
            whole = {
                "$ref": f"#/components/schemas/{schema}",
                "components": self._spec["components"],
            }
            self._validators[schema] = Draft202012Validator(whole, format_checker=FormatChecker(()))
        errors = [
            f"{'/'.join(map(str, each.absolute_path))}: {each.message[:200]}"
            for each in self._validators[schema].iter_errors(plain)
        ]
        assert not errors, f"{name}: {errors}"
        problems = list(unpublished(plain))
        assert not problems, f"{name}: {problems}"


def unpublished(body: dict[str, Any]) -> Iterator[str]:
    """Yield what breaks a limit that the description does not hold."""
    yield from _texts(body)
    ids = [each["custom_id"] for each in _walked(body) if each.get("custom_id")]
    if len(set(ids)) != len(ids):
        yield f"two components of one name: {ids}"
    if "title" in body and len(body.get("components", [])) > 5:
        yield "a dialog with more than five parts"
    for each in _walked(body):
        if each.get("type") == 2 and each.get("style") == 5 and not each.get("url"):
            yield "a link button without an address"
        if each.get("type") == 1 and "description" not in each and not each.get("components"):
            yield "an empty row"
        if each.get("type") in {1, 2, 3, 6} and "description" in each:
            name = str(each["name"])
            if name != name.lower() or not _COMMAND.match(name):
                yield f"a command's name: {name!r}"


def _texts(body: dict[str, Any]) -> Iterator[str]:
    if units(body.get("content") or "") > 2000:
        yield "more than 2,000 characters of content"
    embeds = body.get("embeds", [])
    whole = 0
    for each in embeds:
        parts = {
            "title": (each.get("title", ""), 256),
            "description": (each.get("description", ""), 4096),
            "footer": (each.get("footer", {}).get("text", ""), 2048),
            "author": (each.get("author", {}).get("name", ""), 256),
        }
        for name, (words, most) in parts.items():
            if units(words) > most:
                yield f"{name} of {units(words)} characters"
        whole += sum(units(words) for words, _most in parts.values())
        if not any(words for words, _most in parts.values()) and "image" not in each:
            yield "an empty embed"
    if whole > 6000:
        yield f"{whole} characters in embeds"
    if "embeds" in body and not embeds and not body.get("content"):
        yield "an empty message"
    if "embeds" in body and body.get("allowed_mentions") != {"parse": []}:
        yield "mentions are not off"


def _walked(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from _walked(each)
    elif isinstance(value, list):
        for each in value:
            yield from _walked(each)
