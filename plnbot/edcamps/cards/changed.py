"""What somebody is told who changed a board or a card, and with whom they clashed."""

from collections.abc import Mapping, Sequence

from plnbot.engine.editing import Clash
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Block, Button, Card, PageButton, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.text import Text
from plnbot.talk.words import Sentence, Translate, msg

TAKE = "edcamp.take_mine"
FIELD_NAMES: Mapping[str, Sentence] = {
    "title": msg("Title"),
    "about": msg("Description"),
    "day": msg("Day"),
    "slots": msg("Slots"),
    "rooms": msg("Rooms"),
    "phases": msg("Phases"),
    "words": msg("Card"),
    "invites": msg("Kind"),
    "needs": msg("Needs"),
}
_LONGEST = 220


def changed(t: Translate, leads: PageButton) -> Card:
    """Tell that all of it stands."""
    return Card(t("Changed"), (Actions((leads,)),), Tone.GOOD)


def clashed(
    t: Translate, clashes: Sequence[Clash], names: Mapping[int, str], leads: PageButton
) -> Card:
    """Show both words of each field that two changed, whose stand, and the way to take one's own."""
    blocks: list[Block] = [Paragraph(_both(t, each, names)) for each in clashes]
    rest = t("What else you changed stands.")
    blocks.append(Paragraph(rest, quiet=True))
    buttons = [
        Button(
            t("Take mine: {field}", field=t.say(FIELD_NAMES[each.field])), TAKE, str(each.number)
        )
        for each in clashes
    ]
    blocks.extend(
        Actions(tuple(buttons[at : at + limits.BUTTONS_IN_ROW]))
        for at in range(0, len(buttons), limits.BUTTONS_IN_ROW)
    )
    blocks.append(Actions((leads,)))
    return Card(t("You both changed this"), tuple(blocks), Tone.CAUTION)


def _both(t: Translate, clash: Clash, names: Mapping[int, str]) -> Text:
    return t(
        "**{field}**: {name} wrote “{theirs}” meanwhile, and that stands. You wrote “{mine}”.",
        field=t.say(FIELD_NAMES[clash.field]),
        name=t("somebody") if clash.by is None else names[clash.by],
        theirs=_on_one_line(clash.theirs),
        mine=_on_one_line(clash.words),
    )


def _on_one_line(words: str) -> str:
    return short_words(" · ".join(words.splitlines()), _LONGEST)
