"""Taking lists of feeds over: read once, then each feed by itself; what fails is kept for another try."""

from datetime import datetime, timedelta

from plnbot.engine import notices, outbox, uploads, work
from plnbot.engine.context import Context, Due
from plnbot.engine.outside import Outside, OutsideWork
from plnbot.engine.ports import Person
from plnbot.errors import Refused, Unavailable
from plnbot.packs.feeds import PackFeed, feed_packs
from plnbot.reading.actions import feeds as actions
from plnbot.reading.actions import polling
from plnbot.reading.actions.keys import lane_of
from plnbot.reading.actions.polling import Failed, read_feed
from plnbot.reading.model.feeds import About, Audience, Manner
from plnbot.reading.store import feeds, imports
from plnbot.reading.store.feeds import New
from plnbot.reading.store.imports import Import, Listed, State
from plnbot.skills.store import carry
from plnbot.store.database import Tx
from plnbot.syndication import Outline, Outlines, Reading
from plnbot.talk.uploads import UploadedFile
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.values import dataclass

LIST, TAKE, CARD = "reading.list", "reading.take", "reading.import"
LARGEST = 5_000_000
_PACK = "pack:"
_OK = 200
_AT_ONCE = 10
_SHOWN_EACH = 20
"""So many times the card that shows progress is made anew, at most."""
_UNREADABLE = msg("The list cannot be read just now. Try again in some minutes.")


@dataclass(frozen=True, slots=True)
class ToList:
    """A list that is to be read: its bytes, or where it lies."""

    content: bytes
    address: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a list says, or why it says nothing."""

    outlines: Outlines | None = None
    why: Sentence = _UNREADABLE


def begin(ctx: Context, file: UploadedFile | None, address: str, manner: Manner) -> int:
    """Have a list taken over into this room, and its progress shown to who asked; return its number."""
    place, network = ctx.where.channel_itself(), ctx.network.id
    source = address or (file.name if file else "")
    number = imports.begin(ctx.tx, network, place, source, ctx.now, manner=manner, by=ctx.person.id)
    payload: work.Payload = {
        "import": number,
        "file": uploads.keep(ctx, file) if file else 0,
        "address": address,
    }
    work.add(ctx.tx, LIST, f"reading/list/{number}", ctx.now, payload, lane=LIST, network=network)
    notices.answer(
        ctx.tx, network, ctx.person.ref, CARD, {"import": number}, key=card_key(number), now=ctx.now
    )
    return number


def begin_pack(ctx: Context, name: str, manner: Manner) -> int:
    """Have a pack's feeds taken over into this room, as a list; return its number."""
    place, network = ctx.where.channel_itself(), ctx.network.id
    source = f"{_PACK}{name}"
    number = imports.begin(ctx.tx, network, place, source, ctx.now, manner=manner, by=ctx.person.id)
    imports.note(ctx.tx, number, listed_at=ctx.now)
    which = imports.get(ctx.tx, number)
    if which is not None:
        offered = [each for each in feed_packs()[name].entries.values() if not each.retired]
        outlines = [Outline(address=e.address, title=e.name.said("en")) for e in offered]
        for each in imports.put_in(ctx.tx, which, outlines):
            _take_at(ctx.tx, which, each, ctx.now)
    notices.answer(
        ctx.tx, network, ctx.person.ref, CARD, {"import": number}, key=card_key(number), now=ctx.now
    )
    return number


def _in_its_pack(which: Import, address: str) -> PackFeed | None:
    """Return what a pack says of a feed, where the list is one."""
    pack = feed_packs().get(which.source.removeprefix(_PACK)) if _is_pack(which) else None
    every = pack.entries.values() if pack is not None else ()
    return next((each for each in every if each.address == address), None)


def _about(found: PackFeed | None, title: str) -> About:
    if found is None:
        return About(title=title)
    pupils = found.audience == "pupils"
    return About(
        title=title,
        subjects=found.subjects,
        grades=found.grades,
        audience=Audience.PUPILS if pupils else Audience.TEACHERS,
        paywall=found.paywall,
    )


def _is_pack(which: Import) -> bool:
    return which.source.startswith(_PACK)


def card_key(number: int) -> str:
    """Return under which key the progress of a list stands."""
    return f"reading/import/{number}"


def _begin_list(due: Due) -> ToList | None:
    file, address = int(str(due.payload["file"])), str(due.payload["address"])
    kept = uploads.kept(due.tx, file) if file else None
    return ToList(kept.content if kept else b"", address)


async def _list(given: ToList, outside: Outside) -> Read:
    content = given.content
    try:
        if given.address:
            fetched = await outside.fetcher.fetch(given.address, first=LARGEST + 1)
            if fetched.status != _OK:
                why = msg("The list cannot be had: its address answers {n}.", n=fetched.status)
                return Read(why=why)
            content = fetched.body
        return Read(await outside.feeds.listed(content))
    except Refused as error:
        said = error.message
        return Read(why=said) if isinstance(said, Sentence) else Read()
    except Unavailable:
        return Read()


def _end_list(due: Due, read: Read) -> None:
    if file := int(str(due.payload["file"])):
        uploads.forget(due.tx, file)
    which = imports.get(due.tx, int(str(due.payload["import"])))
    if which is None:
        return
    if read.outlines is None or not read.outlines.feeds:
        why = read.why if read.outlines is None else msg("There is no feed in this list.")
        by = due.directory.by_id(due.tx, which.by) if which.by is not None else None
        said = Translate(by.locale if by else "en").say(why).bare()
        imports.note(due.tx, which.id, why=said, listed_at=due.now)
    else:
        imports.note(due.tx, which.id, listed_at=due.now)
        for each in imports.put_in(due.tx, which, read.outlines.feeds):
            _take_at(due.tx, which, each, due.now)
    outbox.refresh(due.tx, card_key(which.id), due.now)


def _list_given_up(due: Due, _reason: str) -> None:
    _end_list(due, Read())


def again(tx: Tx, which: Import, now: datetime) -> int:
    """Try those again that failed; return how many."""
    failed = imports.listed(tx, which.id, State.FAILED)
    for each in failed:
        imports.settle(tx, each.id, State.WAITS)
        _take_at(tx, which, each, now)
    outbox.refresh(tx, card_key(which.id), now)
    return len(failed)


def undo(tx: Tx, which: Import, now: datetime, *, by: Person) -> int:
    """Remove the feeds again that a list added; return how many."""
    gone = 0
    for each in imports.listed(tx, which.id, State.ADDED):
        feed = feeds.of_key(tx, which.network, actions.feed_key(each.address))
        if feed is not None and feed.removed_at is None:
            actions.remove(tx, feed, now, by=by)
            gone += 1
    return gone


def _take_at(tx: Tx, which: Import, each: Listed, at: datetime) -> None:
    work.put(
        tx, TAKE, f"reading/take/{each.id}", at, {"outline": each.id},
        lane=lane_of(TAKE, each.address), network=which.network, urgency=work.Urgency.COURTESY,
    )  # fmt: skip


def _begin_take(due: Due) -> str | None:
    each = _outline(due)
    return each.address if each is not None and each.state is State.WAITS else None


async def _take(address: str, outside: Outside) -> Reading | Failed:
    return await read_feed(address, None, outside)


def _end_take(due: Due, found: Reading | Failed) -> None:
    each = _outline(due)
    which = imports.get(due.tx, each.of) if each else None
    by = due.directory.by_id(due.tx, which.by) if which and which.by is not None else None
    if each is None or which is None:
        return
    if isinstance(found, Failed):
        imports.settle(due.tx, each.id, State.FAILED, f"{found.why}:{found.status}")
    elif by is None or found.feed is None:
        imports.settle(due.tx, each.id, State.FAILED, "answer:0")
    else:
        imports.settle(due.tx, each.id, _taken(due, which, each, found, by))
    _show_progress(due, which)


def _taken(due: Due, which: Import, each: Listed, reading: Reading, by: Person) -> State:
    key = actions.feed_key(each.address)
    before = feeds.of_key(due.tx, which.network, key)
    if before is not None and before.removed_at is None:
        if which.manner is not Manner.SHELF:
            feeds.put_in_room(due.tx, which.network, before.id, which.place, which.manner)
        return State.KNOWN
    said = reading.feed
    in_pack = _in_its_pack(which, each.address)
    title = each.title or (said.title if said else "") or each.address
    new = New(
        address=each.address,
        key=key,
        kind="",
        site=said.link if said else "",
        language=said.language if said else "",
        about=_about(in_pack, title),
        approval=None,
        last=0,
    )
    feed = actions.add(due.tx, new, which.place, which.manner, due.now, by=by)
    if in_pack is not None:
        carry(due.tx, feed.network, feed.carrier, in_pack.skills)
    polling.answered_first(due, feed, reading)
    return State.ADDED


def _take_given_up(due: Due, _reason: str) -> None:
    if (each := _outline(due)) is not None and (which := imports.get(due.tx, each.of)):
        imports.settle(due.tx, each.id, State.FAILED, "answer:0")
        _show_progress(due, which)


def _show_progress(due: Due, which: Import) -> None:
    """Show how far it is, a few times, and when it is done."""
    counts = imports.counts(due.tx, which.id)
    every = max(1, sum(counts.values()) // _SHOWN_EACH)
    if counts[State.WAITS] % every == 0:
        outbox.refresh(due.tx, card_key(which.id), due.now)


def _outline(due: Due) -> Listed | None:
    return imports.one(due.tx, int(str(due.payload["outline"])))


LISTING: OutsideWork[ToList, Read] = OutsideWork(
    kind=LIST,
    begin=_begin_list,
    do=_list,
    end=_end_list,
    given_up=_list_given_up,
    lane=LIST,
    longest=timedelta(minutes=3),
)
TAKING: OutsideWork[str, Reading | Failed] = OutsideWork(
    kind=TAKE,
    begin=_begin_take,
    do=_take,
    end=_end_take,
    given_up=_take_given_up,
    lane=TAKE,
    at_once=_AT_ONCE,
    longest=timedelta(minutes=3),
)
