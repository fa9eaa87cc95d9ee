"""What is said in spaces: noted where people sit together, carried where they do not."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.engine import outbox
from plnbot.engine.ports import OwnMessage, Person
from plnbot.engine.routes import Context
from plnbot.refs import Place
from plnbot.spaces import actions, carrying, posting, store
from plnbot.spaces.carrying import source_of
from plnbot.spaces.declared import Tenants, Turn
from plnbot.spaces.model import Heard, Kind, Space, State
from plnbot.store.database import Tx
from plnbot.talk.cards import Card, Paragraph, Tone
from plnbot.talk.interactions import NOTHING, Answer, Reply, Said
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class SpaceEars:
    """Hears words in spaces. Others may hear them too, where nothing is carried."""

    tenants: Tenants
    own_message: OwnMessage | None = None

    def hears(self, tx: Tx, place: Place, _message: str, _now: datetime) -> bool:
        """Return whether a space stands here, or somebody's end is here."""
        return bool(store.at(tx, place))

    def heard(self, ctx: Context, said: Said) -> Answer | None:
        """Note that a member spoke, or carry what they said."""
        here = [each for each in store.at(ctx.tx, ctx.where) if each.member(ctx.person.id)]
        relays = [each for each in here if each.kind is Kind.RELAY]
        for each in here:
            if each.kind is not Kind.RELAY and not said.version:
                store.change_member(ctx.tx, each.id, ctx.person.id, spoke_at=ctx.now)
                self.tenants.spoke(ctx.tx, each, ctx.person.id, ctx.now)
        return self._carried(ctx, relays, said) if relays else None

    def counted(self, tx: Tx, place: Place, since: datetime) -> Sequence[str]:
        """Return the messages written here since then that stand at other ends."""
        prefix = source_of(place, "")
        here = [each.id for each in store.at(tx, place) if each.kind is Kind.RELAY]
        found = store.sources_in(tx, here, prefix, since) if here else ()
        return [each.removeprefix(prefix) for each in found]

    def deleted(self, tx: Tx, place: Place, messages: Sequence[str], now: datetime) -> None:
        """Take messages back at the other ends; what comes of them late is void."""
        for here in store.at(tx, place):
            space = store.hold(tx, here.id) or here
            for source in (source_of(place, each) for each in messages):
                word = store.word_from(tx, space.id, source)
                if word is None and space.kind is Kind.RELAY:
                    store.add_tombstone(tx, space.id, source, now)
                elif word is not None and not word.gone:
                    carrying.take_back(tx, space, word, now)

    def renamed(self, _tx: Tx, _person: Person, _now: datetime) -> None:
        """Leave what was carried: it bears the name that its author had."""

    def _carried(self, ctx: Context, relays: Sequence[Space], said: Said) -> Answer:
        source = source_of(ctx.where, said.message)
        known = [each for each in relays if store.word_from(ctx.tx, each.id, source)]
        meant = next(iter(known), None) or self._meant(ctx, relays, said)
        space = store.hold(ctx.tx, meant.id) if meant else None
        if space is not None and space.state is not State.OPEN:
            return NOTHING
        if space is None:
            words = ctx.t("Reply to the message that you mean: several people hear you here.")
            return Reply(Card(ctx.t("For whom is that?"), (Paragraph(words),), Tone.CAUTION))
        turn = Turn(ctx.tx, self.tenants, ctx.now)
        took = carrying.take_in(turn, space, ctx.person.id, source, (said.words, said.version))
        if took is Heard.STOP:
            actions.stop(turn, space, ctx.person.id)
        if took is Heard.NO_WORDS:
            no = ctx.t("I carry words alone. Pictures and files stay here.")
            return Reply(Card(ctx.t("That was not carried"), (Paragraph(no),), Tone.CAUTION))
        return NOTHING

    def _meant(self, ctx: Context, relays: Sequence[Space], said: Said) -> Space | None:
        """Return whom words are for, where several ends share one place: whom they reply to."""
        if len(relays) == 1:
            return relays[0]
        above = outbox.standing_at(ctx.tx, ctx.person.ref, ctx.where, said.reply_to)
        number = posting.number(above.args, posting.SPACE) if above else 0
        return next((each for each in relays if each.id == number), None)
