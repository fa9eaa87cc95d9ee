"""What the second of two reads who changed the same at once, and the way to take their own words after all."""

from collections.abc import Mapping, Sequence

from plnbot.engine.context import Context
from plnbot.engine.editing import Clash
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Block, Button, Card, PageButton, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.text import Text
from plnbot.talk.words import Sentence

_LONGEST = 220
FieldNames = Mapping[str, Sentence]
"""What the fields of a form are called, by their names in it."""


def clashed(
    ctx: Context, clashes: Sequence[Clash], fields: FieldNames, take: str, leads: PageButton
) -> Card:
    """Show both words of each field that two changed, whose stand, and the way to take one's own.

    Pressing that is `take`, whose row is the number of the words that were kept aside.
    """
    t = ctx.t
    blocks: list[Block] = [Paragraph(_both(ctx, each, fields)) for each in clashes]
    blocks.append(Paragraph(t("What else you changed stands."), quiet=True))
    buttons = [
        Button(t("Take mine: {field}", field=t.say(fields[each.field])), take, str(each.number))
        for each in clashes
    ]
    blocks.extend(
        Actions(tuple(buttons[at : at + limits.BUTTONS_IN_ROW]))
        for at in range(0, len(buttons), limits.BUTTONS_IN_ROW)
    )
    blocks.append(Actions((leads,)))
    return Card(t("You both changed this"), tuple(blocks), Tone.CAUTION)


def _both(ctx: Context, clash: Clash, fields: FieldNames) -> Text:
    return ctx.t(
        "**{field}**: {name} wrote “{theirs}” meanwhile, and that stands. You wrote “{mine}”.",
        field=ctx.t.say(fields[clash.field]),
        name=ctx.t("somebody") if clash.by is None else ctx.called(clash.by),
        theirs=_on_one_line(clash.theirs),
        mine=_on_one_line(clash.words),
    )


def _on_one_line(words: str) -> str:
    return short_words(" · ".join(words.splitlines()), _LONGEST)
