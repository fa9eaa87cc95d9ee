"""A schedule as its organisers see it now, put together from everything that is known of it."""

from collections.abc import Iterator

from plnbot.engine import outbox
from plnbot.engine.routes import Context
from plnbot.prompts import actions, cards, store
from plnbot.prompts.cards import Date, Panel
from plnbot.prompts.model import PromptSchedule, State
from plnbot.prompts.packs import prompt_packs
from plnbot.skills.store import carried
from plnbot.talk.cards import Card
from plnbot.talk.text import Style, Text, When, verbatim
from plnbot.talk.zones import zone_title

_MOST_ZONES = 4


def panel_of(ctx: Context, asks: PromptSchedule, note: Text | None = None) -> Card:
    """Return a schedule's card, with the next three times where its readers live."""
    from plnbot.talk.times import next_times, said

    rooms = store.rooms_of(ctx.tx, asks.id)
    school = actions.school_of(ctx.tx, asks, ctx.now)
    paused = asks.paused_until is not None and asks.paused_until > ctx.now
    since = asks.paused_until if paused and asks.paused_until else ctx.now
    bank = store.bank_of(ctx.tx, asks.network, asks.pack)
    shown = Panel(
        asks,
        rooms,
        said(ctx.t, asks.schedule, ctx.now),
        next_times(ctx.t, asks.schedule, since, school, zones=_zones(ctx, asks)),
        pack_title(ctx, asks.pack),
        sum(1 for each in bank if not each.uses),
        tuple(_notes(ctx, asks)),
        paused,
        carried(ctx.tx, asks.carrier),
    )
    return cards.panel(ctx.t, shown, note)


def dates_of(ctx: Context, asks: PromptSchedule) -> Card:
    """Return the next dates of a schedule with their prompts, those skipped among them."""
    actions.plan_ahead(ctx.tx, asks, ctx.now)
    every = store.occurrences_of(ctx.tx, asks.id, (State.PLANNED, State.SKIPPED, State.POSTED))
    coming = [each for each in every if each.at > ctx.now]
    prompts = store.prompts_by_id(ctx.tx, [each.prompt for each in coming if each.prompt])
    listed = [Date(each, prompts.get(each.prompt or 0)) for each in coming]
    return cards.dates(ctx.t, asks, listed, zone=ctx.person.zone)


def pack_title(ctx: Context, pack: str) -> Text:
    """Return what a pack is called; one that is gone has its own name still."""
    found = prompt_packs().get(pack)
    if found is not None:
        return verbatim(found.head.name.said(ctx.t.locale))
    return verbatim(pack) if pack else ctx.t("Our own prompts")


def _zones(ctx: Context, asks: PromptSchedule) -> list[str]:
    """Return where readers live whose clocks differ, those first where most do."""
    where = ctx.person.ref
    here = ctx.directory.in_workspace(ctx.tx, where.platform, where.workspace)
    found = [each.zone for each in here if each.zone != asks.schedule.zone]
    return sorted(set(found), key=lambda zone: (-found.count(zone), zone))[:_MOST_ZONES]


def who_reads(ctx: Context, asks: PromptSchedule) -> Iterator[Text]:
    """Say who reads what is answered, where not everybody may look into the rooms."""
    rooms = {each.place for each in store.rooms_of(ctx.tx, asks.id)}
    closed = ctx.looks.closed(ctx.tx, rooms)
    if not closed:
        return
    if closed == rooms:
        yield ctx.t(
            "Its rooms are not open to all: only who may look into one of them reads and answers"
            " what is asked there."
        )
        return
    yield ctx.t(
        "One of its rooms is not open to all, but others are: what is answered in any of them is"
        " read in all of them, and on the prompt's page by the whole network."
    )


def _notes(ctx: Context, asks: PromptSchedule) -> Iterator[Text]:
    t = ctx.t
    if asks.paused_until is not None and asks.paused_until > ctx.now:
        yield t("Paused: it goes on by itself on {day}.", day=When(asks.paused_until, Style.DAY))
    if asks.pack and asks.pack not in prompt_packs():
        yield t("This pack is no longer offered. It goes on with the prompts it took from there.")
    if asks.same_hour:
        yield t(
            "Each room is asked at its own local hour ({zones}); the answers come together.",
            zones=", ".join(
                dict.fromkeys(
                    zone_title(each.zone, t.locale) for each in store.rooms_of(ctx.tx, asks.id)
                )
            ),
        )
    yield from who_reads(ctx, asks)
    for each in store.rooms_of(ctx.tx, asks.id):
        since = each.refused_at
        if since is not None and not outbox.posted_since(ctx.tx, each.place, since):
            yield t("A room does not take it: {why}", why=verbatim(each.refused_why))
