"""An idea that was approved is put on one of the dates to come."""

from collections.abc import Iterator
from dataclasses import replace

from plnbot.engine.routes import Context, Routes
from plnbot.errors import Refused
from plnbot.prompts import actions, store
from plnbot.prompts.actions import CURATES, ORGANISES
from plnbot.prompts.model import OPEN_STATUSES, Prompt
from plnbot.prompts.routes.dates import date_of
from plnbot.prompts.routes.objects import A_DATE, A_PROMPT
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Card, Option, Paragraph, Select, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.plain import day_words
from plnbot.talk.text import Style, When, verbatim
from plnbot.talk.words import msg
from plnbot.walltime import local

routes = Routes()
_IN_LIST, _SHOWN = 50, 300


def with_dates(ctx: Context, card: Card, prompt: Prompt) -> Card:
    """Return a card with the dates on which a prompt could be asked, where there are some."""
    if prompt.status not in OPEN_STATUSES:
        return card
    options = tuple(_dates(ctx, prompt))[: limits.OPTIONS]
    if not options:
        return card
    choose = Select(
        ctx.t("Ask it on one of the next dates"), "prompts.put_on", options, str(prompt.id)
    )
    return replace(card, blocks=(*card.blocks, Actions((choose,))))


def _dates(ctx: Context, prompt: Prompt) -> Iterator[Option]:
    """Yield the dates of all that draws from where the prompt is."""
    for asks in store.schedules_of(ctx.tx, ctx.network.id):
        if prompt.id not in [each.id for each in actions.bank_for(ctx.tx, asks)]:
            continue
        title = short_words(asks.title, _IN_LIST)
        for each in store.occurrences_of(ctx.tx, asks.id):
            if each.at > ctx.now and each.prompt != prompt.id:
                day = day_words(local(each.at, asks.schedule.zone).date(), ctx.t.locale)
                yield Option(str(each.id), ctx.t("{day}: {title}", day=day, title=title))


@routes.press("prompts.put_on", needs=CURATES, of=A_PROMPT)
def put_on(ctx: Context, press: Press, prompt: Prompt) -> Answer:
    """Have it asked on the date that was chosen, and show that."""
    if prompt.status not in OPEN_STATUSES:
        raise Refused(msg("Only what is in the bank can be asked."))
    date = actions.put_on(ctx.tx, A_DATE.find(ctx, press.value), prompt, ctx.now, by=ctx.person)
    if ctx.may(ORGANISES):
        return date_of(ctx, date, ctx.t("It is asked on this day."))
    said = ctx.t("It is asked on {day}.", day=When(date.at, Style.DAY))
    words = Paragraph(verbatim(short_words(prompt.said(ctx.t.locale), _SHOWN)))
    return Reply(Card(ctx.t("Planned"), (words, Paragraph(said)), Tone.GOOD))
