"""What Slack takes: by slack_sdk's own models, and by limits that those do not check."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from adapters.slack.text import Json, units

_TEXT = {"header": 150, "button": 75}


def check_message(body: Json) -> None:
    """Check the body of a message."""
    assert body["text"].strip()
    assert units(body["text"]) <= 40_000
    assert 0 < len(body["blocks"]) <= 50
    assert sum(units(words) for words in _words(body["blocks"])) <= 13_000
    _blocks(body["blocks"])


def check_view(view: Json) -> None:
    """Check a modal or a home view."""
    View(**view).validate_json()
    assert 0 < len(view["blocks"]) <= 100
    if view["type"] == "modal":
        for part in ("title", "close", "submit"):
            if part in view:
                assert 0 < units(view[part]["text"]) <= 24
        asks = any(block["type"] == "input" for block in view["blocks"])
        assert "submit" in view or not asks
        assert len(view.get("private_metadata", "")) <= 3000
    _blocks(view["blocks"])


def _blocks(blocks: list[Json]) -> None:
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(ids) == len(set(ids)), "two blocks of one name"
    for block in blocks:
        parsed = Block.parse(block)
        assert parsed is not None, block
        parsed.validate_json()
        for part in [*block.get("elements", []), block.get("element"), block.get("text")]:
            if isinstance(part, dict):
                _element(part, block["type"])
        names = [each["action_id"] for each in block.get("elements", []) if "action_id" in each]
        assert len(names) == len(set(names)), "two actions of one name in a block"
        assert all(0 < len(name) <= 255 for name in names)
    for words in _words(blocks):
        assert words, "an empty text"


def _element(part: Json, inside: str) -> None:
    kind = part["type"]
    if kind in {"plain_text", "mrkdwn"}:
        assert 0 < units(part["text"]) <= _TEXT.get(inside, 3000)
    elif kind == "button":
        assert 0 < units(part["text"]["text"]) <= 75
        assert len(part.get("url", "")) <= 3000
        confirm = part.get("confirm", {})
        for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
            if confirm:
                assert 0 < units(confirm[name]["text"]) <= most
    elif "options" in part:
        assert 0 < len(part["options"]) <= 100
        for option in part["options"]:
            assert 0 < units(option["text"]["text"]) <= 75
            assert 0 < len(option["value"]) <= 150
        chosen = part.get("initial_options", [])
        chosen += [part["initial_option"]] if "initial_option" in part else []
        assert all(each in part["options"] for each in chosen)
    elif kind == "plain_text_input":
        assert 1 <= part["max_length"] <= 3000
        assert units(part.get("initial_value", "")) <= part["max_length"]


def _words(value: object) -> list[str]:
    """Return every text in blocks, wherever it stands."""
    if isinstance(value, list):
        return [words for each in value for words in _words(each)]
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [words for each in value.values() for words in _words(each)]
    return []
