"""What is said, changed and deleted, brought to whatever it is said under."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from plnbot.engine.ports import OwnMessage, Person
from plnbot.engine.routes import Context, Routes
from plnbot.gathering import actions, places, replies, store
from plnbot.gathering.actions import Message, source_of
from plnbot.gathering.declared import Read
from plnbot.gathering.hiding import hiding_routes, unnamed_hiding_routes
from plnbot.gathering.personal import personal
from plnbot.gathering.places import Declared, Found
from plnbot.gathering.quotes import without_quotes
from plnbot.gathering.store import Answer
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.cards import Card, Paragraph, Tone
from plnbot.talk.interactions import NOTHING, Reply, Said
from plnbot.talk.interactions import Answer as Told
from plnbot.talk.text import clean
from plnbot.talk.words import msg
from plnbot.values import dataclass

_OWN_MESSAGE = OwnMessage(
    msg("Count as my answer"), msg("Only your own messages can count as your answers.")
)


def gathering_routes(
    declared: Sequence[Declared], switched: Mapping[str, str] | None = None
) -> Routes:
    """Return what gathers for all who declare that they do.

    `switched` names the capability with which a kind is switched off.
    """
    routes, ears = Routes(), _Ears(tuple(declared))
    routes.ears.append(ears)
    routes.personal.append(personal(declared))
    for each in declared:
        if each.hiding is not None:
            hides = hiding_routes(each, each.hiding)
            if each.anonymous:
                hides.include(unnamed_hiding_routes(each, each.hiding))
            routes.include(_switchable(hides, (switched or {}).get(each.kind, "")))
    return routes


def _switchable(routes: Routes, name: str) -> Routes:
    return replace(
        routes,
        presses={key: replace(each, capability=name) for key, each in routes.presses.items()},
        forms={key: replace(each, capability=name) for key, each in routes.forms.items()},
    )


@dataclass(frozen=True, slots=True)
class _Ears:
    """Hears words, and what becomes of them."""

    declared: tuple[Declared, ...]
    own_message: OwnMessage = _OWN_MESSAGE

    def heard(self, ctx: Context, said: Said) -> Told | None:
        """Take answers out of what is said, or said otherwise by now."""
        source = source_of(ctx.where, said.message)
        to = replies.meant(ctx, self.declared, said)
        if (said.version or to) and not actions.newest(ctx.tx, source, said.version, ctx.now):
            return NOTHING
        before = store.from_message(ctx.tx, source, ctx.person.id)
        message = Message(source, before, actions.said_in(ctx.where))
        found = self._about(ctx, said, message.before)
        off = found and ctx.catalogue.gathered.get(found[0].kind) in ctx.network.off
        if off and not message.before:
            return None  # what stood before it was switched off still follows its author
        told = _nowhere(ctx, said) if found is None else _take(ctx, found, message, said)
        self._unsay(ctx, found, message)
        replies.heard(ctx, self.declared, source, to, words=bool(clean(said.words)))
        return None if off else told

    def _about(self, ctx: Context, said: Said, before: Sequence[Answer]) -> Found | None:
        """Return what words are about. What they answered once stays what they are about."""
        tx, now, where = ctx.tx, ctx.now, ctx.where
        thread = where.thread or said.reply_to
        place = where.in_thread(thread)
        below = places.below(tx, now, self.declared, place) if thread else None
        found = below or places.of_answers(tx, now, self.declared, before)
        return found if found or where.thread else places.in_room(tx, now, self.declared, where)

    def _unsay(self, ctx: Context, found: Found | None, message: Message) -> None:
        """Take away what a message answered of anything else than it is about now."""
        about = (found[1].kind, found[1].whole) if found else None
        for these in _by_whole(message.before):
            if (these[0].kind, these[0].whole) != about:
                once = places.of_answers(ctx.tx, ctx.now, self.declared, these)
                if once is not None:
                    actions.say(once[1], ctx.person, message, Read())

    def hears(self, tx: Tx, place: Place, message: str, now: datetime) -> bool:
        """Return whether words here may count, or this message did."""
        if place.thread:
            found = places.below(tx, now, self.declared, place)
        else:
            found = places.in_room(tx, now, self.declared, place)
        return found is not None or (
            bool(message) and bool(store.from_messages(tx, [source_of(place, message)]))
        )

    def counted(self, tx: Tx, place: Place, since: datetime) -> Sequence[str]:
        """Return the messages of a place, or a thread, that answered something since then."""
        sources = store.sources_in(tx, actions.said_in(place), since)
        return [found[1] for each in sources if (found := actions.message_of(each)) is not None]

    def deleted(self, tx: Tx, place: Place, messages: Sequence[str], now: datetime) -> None:
        """Take away what deleted messages said, whoever wrote them; what comes of them late is void."""
        sources = [source_of(place, each) for each in messages]
        actions.gone(tx, sources, now)
        replies.gone(tx, self.declared, sources, now)
        for these in _by_whole(store.from_messages(tx, sources)):
            found = places.of_answers(tx, now, self.declared, these)
            if found is not None:
                actions.delete(found[1], these)

    def renamed(self, tx: Tx, person: Person, _now: datetime) -> None:
        """Let everything that a member said bear their new name; who shows it does so anew."""
        store.rename(tx, person.id, person.name)


def _take(ctx: Context, found: Found, message: Message, said: Said) -> Told | None:
    declared, subject = found
    words = without_quotes(clean(said.words))
    read = subject.read(words, meant=said.meant) if words else Read()
    first = not said.version and bool(message.before or read.answers)
    if first and not actions.newest(ctx.tx, message.source, "", ctx.now):
        return NOTHING
    took = actions.say(subject, ctx.person, message, read)
    told: Told | None = declared.told(ctx, subject, said, took) if words else NOTHING
    return told


def _by_whole(these: Sequence[Answer]) -> list[list[Answer]]:
    """Return answers together that belong together."""
    found: dict[tuple[str, int], list[Answer]] = {}
    for each in these:
        found.setdefault((each.kind, each.whole), []).append(each)
    return list(found.values())


def _nowhere(ctx: Context, said: Said) -> Told | None:
    """Say so to whoever calls an answer what stands where nothing is asked."""
    if not said.meant:
        return None
    no = ctx.t("Nothing is asked where this message stands, so it counts nowhere.")
    return Reply(Card(ctx.t("An answer to what?"), (Paragraph(no),), Tone.CAUTION))
