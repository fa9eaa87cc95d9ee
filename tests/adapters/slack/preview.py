"""Pictures of how cards look in Slack, drawn from the golden files by a preview of our own.

`.venv/bin/python -m tests.adapters.slack.preview` draws them anew into docs/pictures; it needs
Chromium. Slack draws them itself in life: this is near it, not the same.
"""

import asyncio
import html
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from playwright.async_api import async_playwright

from adapters.slack.text import Json
from tests.adapters.slack.seen import label_of

GOLDEN = Path(__file__).parent / "golden"
PICTURES = Path(__file__).parents[3] / "docs" / "pictures"
DRAWN = {
    "slack-question": ("card-chats-announcement", "card-chats-question"),
    "slack-panel": ("card-chats-panel-latest",),
    "slack-form": ("command-chat-new",),
    "slack-home": ("home-told",),
    "reading-find": ("form-reading-find",),
    "reading-done": ("press-reading-done",),
    "reading-digest": ("card-reading-digest",),
}
STYLE = """
* { box-sizing: border-box }
body { margin: 0; padding: 14px; width: 560px; background: #fff; color: #1d1c1d;
  font: 15px/1.46 Lato, "Segoe UI", "DejaVu Sans", sans-serif }
.message { display: flex; gap: 9px; margin-bottom: 16px }
.face { flex: none; width: 36px; height: 36px; border-radius: 6px; background: #1f3a5f;
  color: #fff; font-weight: bold; display: grid; place-items: center }
.who b { margin-right: 6px } .who i { font: 10px sans-serif; background: #eee; padding: 1px 4px;
  border-radius: 3px; color: #555 } .who small { color: #616061; margin-left: 6px }
.body { flex: 1 } h3 { font-size: 18px; margin: 4px 0 } p { margin: 4px 0; white-space: pre-wrap }
.context { color: #616061; font-size: 13px; margin: 4px 0; white-space: pre-wrap }
.fields { display: grid; grid-template-columns: 1fr 1fr; gap: 6px 16px; margin: 6px 0;
  white-space: pre-wrap }
.actions { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0 }
.button, .select { border: 1px solid #bbb; border-radius: 8px; padding: 5px 12px; font-weight: bold;
  font-size: 14px } .primary { background: #007a5a; border-color: #007a5a; color: #fff }
.danger { color: #e01e5a; border-color: #e01e5a } .select { color: #616061 }
hr { border: 0; border-top: 1px solid #ddd; margin: 10px 0 }
code { background: #f8f8f8; border: 1px solid #ddd; border-radius: 3px; padding: 0 3px;
  color: #c01343; font-size: 13px } a { color: #1264a3 } .date { white-space: nowrap }
.view { border: 1px solid #ddd; border-radius: 10px; padding: 16px 20px }
.view h2 { margin: 0 0 8px; font-size: 20px } label { display: block; font-weight: bold;
  margin-top: 12px } .input { border: 1px solid #868686; border-radius: 6px; padding: 7px 10px;
  min-height: 38px; white-space: pre-wrap; color: #616061 } .long { min-height: 84px }
.submit { text-align: right; margin-top: 14px }
"""


def page_of(names: tuple[str, ...]) -> str:
    """Return golden files as one page."""
    shown = [json.loads((GOLDEN / f"{name}.json").read_text("utf-8")) for name in names]
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{''.join(map(_drawn, shown))}"


def _drawn(body: Json) -> str:
    inside = "".join(part for block in body["blocks"] for part in _block(block))
    if body.get("type") in {"modal", "home"}:
        title = f"<h2>{_safe(body['title']['text'])}</h2>" if "title" in body else ""
        submit = body.get("submit")
        foot = (
            f"<div class=submit><span class='button primary'>{_safe(submit['text'])}</span></div>"
            if submit
            else ""
        )
        return f"<div class=view>{title}{inside}{foot}</div>"
    who = "<div class=who><b>plnbot</b><i>APP</i><small>8:10 PM</small></div>"
    return f"<div class=message><div class=face>p</div><div class=body>{who}{inside}</div></div>"


def _block(block: Json) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield f"<h3>{_safe(block['text']['text'])}</h3>"
        case "context":
            yield from (f"<div class=context>{_text(each)}</div>" for each in block["elements"])
        case "section":
            fields = "".join(f"<div>{_text(each)}</div>" for each in block["fields"])
            yield f"<div class=fields>{fields}</div>"
        case "rich_text":
            for element in block["elements"]:
                yield f"<p>{''.join(map(_part, element['elements']))}</p>"
        case "actions":
            yield f"<div class=actions>{''.join(map(_action, block['elements']))}</div>"
        case "divider":
            yield "<hr>"
        case "input":
            element = block["element"]
            chosen = element.get("initial_option", {}).get("text", {}).get("text", "")
            value = element.get("initial_value") or chosen or block.get("hint", {}).get("text", "")
            long = " long" if element.get("multiline") else ""
            yield f"<label>{_safe(block['label']['text'])}</label>"
            yield f"<div class='input{long}'>{_safe(value)}</div>"


def _action(element: Json) -> str:
    kind = "button" if element["type"] == "button" else "select"
    more = " ▾" if kind == "select" else ""
    return (
        f"<span class='{kind} {element.get('style', '')}'>{_safe(label_of(element))}{more}</span>"
    )


def _part(part: Json) -> str:
    words = _safe(part.get("text") or part.get("fallback") or part.get("url") or "")
    style = part.get("style", {})
    if part["type"] == "link":
        return f"<a>{words}</a>"
    if style.get("bold"):
        return f"<b>{words}</b>"
    return f"<code>{words}</code>" if style.get("code") else words


def _text(element: Json) -> str:
    words = str(element["text"])
    if element["type"] == "plain_text":
        return _safe(words)
    words = re.sub(r"<!date\^\d+\^[^|]*\|([^>]*)>", r"\1", words)
    words = re.sub(r"<(https?://[^|>]+)\|?([^>]*)>", r"<a>\2\1</a>", words)
    words = re.sub(r"\*([^*\n]+)\*", r"<b>\1</b>", words)
    return re.sub(r"`([^`\n]+)`", r"<code>\1</code>", words)


def _safe(words: object) -> str:
    # Not every machine that draws has a font with emoji.
    return html.escape("".join(char for char in str(words) if char < "\U00010000"))


async def draw() -> None:
    """Draw every picture."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 588, "height": 300})
        for name, golden in DRAWN.items():
            await page.set_content(page_of(golden))
            await page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(draw())
