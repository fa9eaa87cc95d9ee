"""Cards that are alike, for organisers: suggested, never made one by themselves."""

from plnbot.edcamps.actions import merging
from plnbot.edcamps.cards.board import open_board
from plnbot.edcamps.cards.card import line
from plnbot.edcamps.model import Board
from plnbot.edcamps.pages.seen import shown
from plnbot.edcamps.store import cards
from plnbot.engine.routes import Context
from plnbot.talk.cards import Actions, Button, Card, Look, Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.pages import Head, Heading, Page, PageBlock
from plnbot.talk.text import verbatim

_MOST = 50


def alike_page(ctx: Context, board: Board) -> Page:
    """Return each two cards that are alike, and what was made one."""
    t = ctx.t
    found = merging.pairs(ctx.tx, board, _MOST)
    blocks: list[PageBlock] = [Heading(t("Alike"), "alike")]
    if not found:
        blocks.append(Paragraph(t("No two cards are alike."), quiet=True))
    for one, other in found:
        first, second = shown(ctx, one), shown(ctx, other)
        button = Button(t("Make them one"), "edcamp.same", f"{other.id}.{one.id}", Look.PRIMARY)
        lines = (Paragraph(line(t, first)), Paragraph(line(t, second)))
        blocks.append(Card(t("Could these be one?"), (*lines, Actions((button,)))))
    heads = {each.id: each for each in cards.of_board(ctx.tx, board.id)}
    merged = [each for each in cards.merged_on(ctx.tx, board.id) if each.merged_into in heads]
    if merged:
        blocks.append(Heading(t("Made one"), "one"))
    for each in merged:
        said = t("It counts as “{card}”.", card=heads[each.merged_into or 0].words)
        apart = Actions((Button(t("Take them apart again"), "edcamp.apart", str(each.id)),))
        blocks.append(Card(verbatim(short_words(each.words, 140)), (Paragraph(said), apart)))
    about = t("Both keep their people and their votes, and can be taken apart again.")
    back = open_board(t, board)
    return Page(
        t("Cards that are alike"),
        tuple(blocks),
        live=board.scope,
        head=Head(about, actions=(back,)),
    )
