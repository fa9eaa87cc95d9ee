"""Cards as messages of Discord's API. Pure: the same card is always the same JSON."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace

from adapters.discord import names
from adapters.discord.codes import Component
from adapters.discord.markup import Reader, bare, cut, escaped, marked, size
from adapters.discord.names import Name
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Divider,
    Fields,
    Image,
    LinkButton,
    Look,
    PageButton,
    Paragraph,
    Select,
    Tone,
)
from plnbot.talk.text import Link, Text
from plnbot.talk.words import Translate
from plnbot.values import dataclass

Json = dict[str, object]

TITLE = 256
AUTHOR = 256
DESCRIPTION = 4096
FOOTER = 900
BUTTON = 80
PLACEHOLDER = 150
OPTION = 100
LINK = 512
EMBEDS = 10
NOBODY: Json = {"parse": []}
EPHEMERAL = 1 << 6
NO_LINK_PREVIEWS = 1 << 2

_COLOURS = {
    Tone.PLAIN: 0x4E5D94,
    Tone.QUESTION: 0x2E6FD8,
    Tone.GOOD: 0x2E8B57,
    Tone.CAUTION: 0xC77700,
}
_STYLES = {Look.PLAIN: 2, Look.PRIMARY: 1, Look.DANGER: 4}
_TO_A_PAGE = 5
_ON_ONE_LINE = 60


def message(card: Card, reader: Reader, *, guild: str = "") -> Json:
    """Return the body of a message that shows the card and can ping nobody.

    `guild` names the server a direct message is about, so that its buttons know.
    """
    rows = _Rows(reader, guild)
    components = [row for each in card.blocks if isinstance(each, Actions) for row in rows.of(each)]
    return {
        "embeds": list(_embeds(card, reader, rows)),
        "components": components,
        "allowed_mentions": NOBODY,
    }


def private(body: Json) -> Json:
    """Return a message that only the person sees whose doing it answers."""
    return {**body, "flags": EPHEMERAL}


def asks_first(label: str, why: str, press: Name, reader: Reader) -> Json:
    """Return the question before a press that should not happen by mistake."""
    t = Translate(reader.locale)
    words = t("Are you sure?") if not why else Text()
    said = "\n".join(part for part in (escaped(why), marked(words, reader, 200)) if part)
    yes = {
        "type": Component.BUTTON,
        "style": _STYLES[Look.DANGER],
        "label": cut(label, BUTTON),
        "custom_id": names.written(replace(press, kind=names.PRESS)),
    }
    embed = {
        "title": cut(escaped(label), TITLE),
        "description": cut(said, DESCRIPTION),
        "color": _COLOURS[Tone.CAUTION],
    }
    return {
        "embeds": [embed],
        "components": [{"type": Component.ROW, "components": [yes]}],
        "allowed_mentions": NOBODY,
    }


def asked_before(label: str, footer: str) -> str:
    """Return what a message says about the press of this label, as `message` wrote it there."""
    begin = f"{label}: "
    lines = (line.removeprefix(begin) for line in footer.split("\n") if line.startswith(begin))
    return next(lines, "")


def nudge(user: str, words: Text, reader: Reader) -> Json:
    """Return plain words to one member in a channel, the one message that may ping: them alone."""
    return {
        "content": f"<@{user}> {marked(words, reader, 1800)}",
        "allowed_mentions": {"parse": [], "users": [user]},
        "flags": NO_LINK_PREVIEWS,
    }


@dataclass(slots=True)
class _Rows:
    """Makes rows of components; remembers names already used, and links too long for a button."""

    reader: Reader
    guild: str
    used: set[str] = field(default_factory=set)
    links: list[Text] = field(default_factory=list)

    def of(self, actions: Actions) -> Iterator[Json]:
        """Yield the row, if anything is in it."""
        made = [one for each in actions.items if (one := self._item(each)) is not None]
        if made:
            yield {"type": Component.ROW, "components": made}

    def _item(self, item: Button | LinkButton | PageButton | Select) -> Json | None:
        match item:
            case LinkButton(url=url, label=label):
                if size(url) > LINK:
                    self.links.append(Text((Link(url, label.bare()),)))
                    return None
                return {**self._button(label, _TO_A_PAGE), "url": url}
            case PageButton(label=label, page=page, row=row):
                named = self._named(names.PAGE, page, row)
                return {**self._button(label, _STYLES[Look.PLAIN]), "custom_id": named}
            case Select():
                return self._select(item)
            case Button(label=label, look=look):
                kind = names.ASK_FIRST if item.confirm else names.PRESS
                named = self._named(kind, item.action, item.row)
                return {**self._button(label, _STYLES[look]), "custom_id": named}

    def _button(self, label: Text, style: int) -> Json:
        return {"type": Component.BUTTON, "style": style, "label": bare(label, self.reader, BUTTON)}

    def _select(self, select: Select) -> Json:
        options = [
            {"label": bare(each.label, self.reader, OPTION), "value": each.value}
            for each in select.options
        ]
        return {
            "type": Component.SELECT,
            "custom_id": self._named(names.PRESS, select.action, select.row),
            "placeholder": bare(select.label, self.reader, PLACEHOLDER),
            "options": options,
        }

    def _named(self, kind: str, action: str, row: str) -> str:
        named = names.written(Name(kind, action, row, self.guild), self.used)
        self.used.add(named)
        return named


def _embeds(card: Card, reader: Reader, rows: _Rows) -> Iterator[Json]:
    embed: Json = {
        "title": marked(card.title, reader, TITLE, times=False),
        "color": _COLOURS[card.tone],
    }
    if card.label:
        embed["author"] = {"name": bare(card.label, reader, AUTHOR)}
    body = _description([*card.blocks, *(Paragraph(link) for link in rows.links)], reader)
    if body:
        embed["description"] = body
    notes = "\n".join(_notes(card, reader))
    if notes:
        embed["footer"] = {"text": cut(notes, FOOTER)}
    pictures = [each for each in card.blocks if isinstance(each, Image)]
    if pictures:
        embed["image"] = {"url": pictures[0].url}
    yield embed
    for each in pictures[1:EMBEDS]:
        yield {"image": {"url": each.url}, "color": _COLOURS[card.tone]}


def _description(blocks: Sequence[Block], reader: Reader) -> str:
    """Return the blocks' words in one run; what comes last gives way where not all fits."""
    parts: list[str] = []
    left = DESCRIPTION
    for block in blocks:
        between = 2 if parts else 0
        said = _block(block, reader, left - between) if left > between + 1 else ""
        if said:
            parts.append(said)
            left -= size(said) + between
    return "\n\n".join(parts)


def _block(block: Block, reader: Reader, most: int) -> str:
    match block:
        case Paragraph(text=text, quiet=False):
            return marked(text, reader, most)
        case Paragraph(text=text):
            return _quiet(marked(text, reader, most - 4 * _lines(text)), most)
        case Fields():
            return _facts(block, reader, most)
        case Image(alt=alt):
            return _quiet(marked(alt, reader, most - 4 * _lines(alt)), most)
        case Actions() | Divider():
            return ""


def _facts(fields: Fields, reader: Reader, most: int) -> str:
    facts = [
        f"**{marked(each.label, reader, 200)}:** {marked(each.value, reader, 900)}"
        for each in fields.fields
    ]
    together = " · ".join(facts)
    short = all(len(each.value.bare()) <= _ON_ONE_LINE for each in fields.fields)
    said = together if short else "\n".join(facts)
    kept = list(facts)
    while kept and size(said) > most:
        kept.pop()
        said = (" · " if short else "\n").join(kept)
    return said


def _quiet(words: str, most: int) -> str:
    said = "\n".join(f"-# {line}" if line.strip() else line for line in words.split("\n"))
    return said if size(said) <= most else ""


def _lines(text: Text) -> int:
    return text.bare().count("\n") + 1


def _notes(card: Card, reader: Reader) -> Iterator[str]:
    """Yield what is asked before a press counts, under the label it belongs to."""
    rows: Iterable[Actions] = (each for each in card.blocks if isinstance(each, Actions))
    for row in rows:
        for item in row.items:
            if isinstance(item, Button) and item.confirm:
                label = bare(item.label, reader, BUTTON)
                asked = bare(item.confirm, reader, 300).replace("\n", " ")
                yield f"{label}: {asked}"
