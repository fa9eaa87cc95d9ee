"""Hypothesis strategies for text and cards, as capabilities make them."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from plnbot.refs import MemberRef, Place
from plnbot.talk import limits
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Divider,
    Field,
    Fields,
    Image,
    LinkButton,
    Look,
    Option,
    PageButton,
    Paragraph,
    Select,
    Tone,
)
from plnbot.talk.text import (
    Bold,
    Code,
    Italic,
    Link,
    Mention,
    Plain,
    Room,
    Span,
    Style,
    Text,
    When,
)

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
INSTANTS = st.datetimes(
    datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)  # noqa: DTZ001 - bounds are naive here
)  # fmt: skip
_SPANS: st.SearchStrategy[Span] = st.one_of(
    st.builds(Plain, words),
    st.builds(Bold, words),
    st.builds(Italic, words),
    st.builds(Code, words),
    st.builds(Link, st.just("https://example.org/a"), words),
    st.builds(Mention, st.builds(MemberRef, st.just("p"), st.just("w"), st.just("u")), words),
    st.builds(Room, st.builds(Place, st.just("p"), st.just("w"), st.just("c")), words),
    st.builds(When, INSTANTS, st.sampled_from(Style)),
)
texts: st.SearchStrategy[Text] = st.lists(_SPANS, max_size=6).map(lambda spans: Text(tuple(spans)))
_short = words.map(lambda each: Text((Plain(each[:40]),)))
_names = st.text("abcdefgh.", min_size=1, max_size=limits.ACTION)
_pressed = st.one_of(
    st.builds(Button, _short, _names, st.just("7"), st.sampled_from(Look), _short),
    st.builds(LinkButton, _short, st.just("https://example.org/")),
    st.builds(PageButton, _short, _names, st.just("7")),
)
_select = st.builds(
    Select,
    _short,
    _names,
    st.lists(st.builds(Option, st.just("v"), _short), min_size=1, max_size=3).map(tuple),
    st.just("7"),
)
_blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, texts, st.booleans()),
    st.builds(Fields, st.lists(st.builds(Field, _short, _short), max_size=3).map(tuple)),
    st.builds(Image, st.just("https://example.org/i.png"), _short),
    st.just(Divider()),
    st.one_of(_pressed, _select).map(lambda item: Actions((item,))),
)


def _one_press_each(blocks: list[Block]) -> tuple[Block, ...]:
    """Return the blocks with no more buttons than a card may have, none meaning the same."""
    seen: set[str] = set()
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Actions):
            name = getattr(block.items[0], "action", "")
            if len(seen) == limits.ROWS or name in seen:
                continue
            seen.add(name)
        kept.append(block)
    return tuple(kept)


cards: st.SearchStrategy[Card] = st.builds(
    Card,
    _short,
    st.lists(_blocks, max_size=6).map(_one_press_each),
    st.sampled_from(Tone),
    _short,
)
